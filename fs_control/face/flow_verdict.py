"""How what speaks against a flow is told: one line each, with the place an editor finds; the same as JSON.

Knows no rule and no mistake by itself. Easy to break: these lines stand beside the answer, on stderr, and the refusal
that ends the command comes after them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.words import printable, remark, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fs_control.activating import Finding, FlowDoor, Judgement
    from fs_control.flow import FlowProblem


def tell_verdict(judgement: Judgement) -> None:
    """Print everything that was found, in the order in which it has to be mended."""
    for line in (*problem_lines(judgement.problems), *finding_lines(judgement)):
        click.echo(line, err=True)
    for line in problem_lines(judgement.warnings):
        remark("flow_warning", warning=line)


def problem_lines(problems: Iterable[FlowProblem]) -> list[str]:
    """Return mistakes as `file:line:column: sentence`."""
    return [f"{_place(each.file, each.line, each.column)}: {words(each.code, **each.values)}" for each in problems]


def finding_lines(judgement: Judgement) -> list[str]:
    """Return what the proof found in the same way, each with the rule by which it may be accepted."""
    return [
        f"{_place(each.place.file, each.place.line, each.place.column)}: {finding_words(each)} [{each.rule}]"
        for each in judgement.findings
    ]


def finding_words(finding: Finding) -> str:
    """Return what a finding means, in the reader's language."""
    return words(f"proof.{finding.rule}", flow=finding.flow, step=finding.step, **finding.values)


def plain_verdict(judgement: Judgement, door: FlowDoor) -> dict[str, Any]:
    """Return everything that was found, for machines."""
    return {
        "problems": [_plain_problem(each) for each in judgement.problems],
        "findings": [_plain_finding(each, door) for each in judgement.findings],
        "warnings": [_plain_problem(each) for each in judgement.warnings],
    }


def _plain_problem(problem: FlowProblem) -> dict[str, Any]:
    return {**asdict(problem), "sentence": words(problem.code, **problem.values)}


def _plain_finding(finding: Finding, door: FlowDoor) -> dict[str, Any]:
    return {
        "file": finding.place.file,
        "flow": finding.flow,
        "step": finding.step,
        "line": finding.place.line,
        "column": finding.place.column,
        "rule": finding.rule,
        "may_be_accepted": door.may_accept(finding.rule),
        "sentence": finding_words(finding),
    }


def _place(file: str, line: int, column: int) -> str:
    return f"{printable(file)}:{line}:{column}"
