"""What a proof found, in words: the sentence at its place, when it happens, and an example of a caller.

Used by every command that proves. Easy to break: an example may go round a hundred times, and nobody reads that; and
what stands in it is the admin's and the engine's text, printed only as a value of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from fs_control.face.problem_words import place_words
from fs_control.face.punctuation import listed
from fs_control.face.step_words import fault_words, step_words
from fs_control.face.words import language, printable, words

if TYPE_CHECKING:
    from fs_control.flow.nodes.base import TrailItem
    from fs_control.flow.proof import Finding, Times

LONGEST_PATH: Final = 30
"""Lines of an example."""


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield a finding: `file:line:column: sentence [rule]`, then when and how, indented."""
    yield f"{place_words(finding.place)}: {finding_sentence(finding)} {_rule(finding)}"
    if finding.times:
        yield "    " + words("proof.when", times=times_words(finding.times))
    if finding.path:
        yield "    " + words("proof.path")
        yield from (f"      {line}" for line in path_lines(finding.path))


def finding_sentence(finding: Finding) -> str:
    """Return what is wrong."""
    return words(f"proof.{finding.rule}", flow=finding.flow, step=finding.step, **_values(finding))


def _values(finding: Finding) -> dict[str, str]:
    from fs_control.flow.proof import Rule

    values = dict(finding.values)
    if finding.rule is Rule.STEP_BREAKS:
        values["name"] = fault_words(values["name"], language())
    return values


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding for machines."""
    from fs_control.flow.proof import ACCEPTABLE

    times = finding.times
    return {
        "rule": finding.rule.value,
        "may_be_accepted": finding.rule in ACCEPTABLE,
        "flow": finding.flow,
        "step": finding.step,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "sentence": finding_sentence(finding),
        "always": not times,
        "times": times_words(times) if times else None,
        "first": min(each.first for each in times).isoformat() if times else None,
        "path": [{"step": item.step, "kind": item.kind.value, "detail": item.detail} for item in finding.path],
    }


def times_words(times: Sequence[Times]) -> str:
    """Return when something happens."""
    said = listed(map(_kind_words, times), language())
    others = sum(each.others for each in times)
    return words("proof_times.others", times=said, count=others) if others else said


def _kind_words(times: Times) -> str:
    code = "proof_times.span_days" if times.days > 1 else "proof_times.span"
    time = words(code, begin=f"{times.begin:%H:%M}", end=f"{times.end:%H:%M}", days=times.days)
    days = tuple(words(f"weekday.{day - 1}") for day in times.weekdays)
    code = "proof_times.every_day" if times.every_day else "proof_times.weekdays"
    code = "proof_times.once" if times.count == 1 else code
    return words(code, time=time, days=days, count=times.count, first=times.first.isoformat())


def path_lines(path: tuple[TrailItem, ...]) -> Iterator[str]:
    """Yield what happens to the caller of an example, step by step."""
    for item in path[:LONGEST_PATH]:
        yield f"{printable(item.step)}: {_item_words(item)}"
    if len(path) > LONGEST_PATH:
        yield words("proof.path_more", count=len(path) - LONGEST_PATH)


def _item_words(item: TrailItem) -> str:
    from fs_control.flow.nodes.base import TrailKind
    from fs_control.flow.proof.verdict import is_hung_up

    if is_hung_up(item):
        return words("proof.path_gone")
    if item.kind is TrailKind.FAULT and not item.detail:
        return words("proof.path_fault")
    return step_words(item.kind, item.step, item.detail, language())


def _rule(finding: Finding) -> str:
    from fs_control.flow.proof import ACCEPTABLE

    code = "proof.accept" if finding.rule in ACCEPTABLE else "proof.never_accept"
    return words(code, rule=finding.rule.value)
