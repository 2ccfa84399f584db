"""Finds what an author meant where a text is no YAML: the character that, were it another, would make it so.

A guess is only told when it is proved: the text with the other character must be read further than before. So the
mistake is named at its own place, and what comes behind it is read, too. Easy to break: each proof reads the whole
text, so their number is bounded (`MAX_REREAD`), or a hostile text would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import yaml

from fs_control.flow.characters import LOOKALIKES, Place, lookalike_flaw

MAX_REREAD: Final = 500_000
"""Characters that may be read again to prove guesses; a quarter of a second."""
_LINES_BEFORE: Final = 3
"""A mistake is often found out some lines behind it."""
_LONGEST_BLOCK: Final = 100
"""Lines in a row that may have one and the same mistake."""

_MOST_LINES: Final = 5000
"""A flow has fewer."""

_NO_BLANK: Final = re.compile(r"""^(\s*(?:-\s+)?[\w*#-]+|.*?[{,]\s*(?:[\w*#-]+|"[^"]*")):(?=[^\s:/\\,}\]])""")
_BARE_SIGN: Final = re.compile(r"(?:^|(?<=[{,\[\s])|(?<=[:,-] ))([*#])(?=\s*(?::|,|\}|\]|$))")


@dataclass(frozen=True, slots=True)
class Fix:
    """One character that should be another; `added` characters were put in behind it."""

    place: Place
    code: str
    values: Mapping[str, str]
    added: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """A text that can be read further, and what had to be changed for it."""

    text: str
    fixes: tuple[Fix, ...]
    reread: int
    """How many characters were read to prove it."""


_Fixer: TypeAlias = Callable[[str, int], tuple[str, list[Fix]]]
"""Takes a line and its number, gives the line as it may have been meant and what was changed."""


def repair(text: str, error: yaml.MarkedYAMLError, budget: int) -> Repair | None:
    """Return the text with the likely cause of `error` put right, None where no guess can be proved."""
    lines = text.split("\n")
    reached = _reached(error)
    reread = 0
    for first, last in _blocks(lines, error):
        for fixer in _FIXERS:
            changed = [fixer(lines[number], number + 1) for number in range(first, last + 1)]
            fixes = [fix for _, found in changed for fix in found]
            if not fixes:
                continue
            reread += len(text)
            if reread > budget:
                return None
            fixed = "\n".join([*lines[:first], *(line for line, _ in changed), *lines[last + 1 :]])
            if _reaches_further(fixed, reached):
                return Repair(fixed, tuple(fixes), reread)
    return None


def repair_words(text: str) -> Repair | None:
    """Return a text that is all words as keys and values, where full-width colons made it words."""
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return None
    fixed = [_FIXERS[0](line, number) for number, line in enumerate(lines, start=1)]
    fixes = tuple(fix for _, found in fixed for fix in found)
    mended = "\n".join(line for line, _ in fixed)
    return Repair(mended, fixes, len(text)) if fixes and _reaches_further(mended, (0, 0)) else None


def _reached(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    mark = error.problem_mark
    return (0, 0) if mark is None else (mark.line, mark.column)


def _reaches_further(text: str, before: tuple[int, int]) -> bool:
    try:
        for _ in yaml.parse(text, yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        line, column = _reached(error)
        return line > before[0] or (line == before[0] and column > before[1] + 2)
    return True


def _blocks(lines: list[str], error: yaml.MarkedYAMLError) -> Iterator[tuple[int, int]]:
    """Give the runs of lines in which the cause of an error may be, the likeliest first."""
    found = min(_reached(error)[0], len(lines) - 1)
    begun = error.context_mark.line if error.context_mark is not None else found
    singles = dict.fromkeys([begun, *(found - back for back in range(_LINES_BEFORE + 1) if found >= back)])
    yield from ((number, number) for number in singles if number < len(lines))
    for last in (found, found - 1):
        first = last
        while first > 0 and last - first < _LONGEST_BLOCK and _has_lookalike(lines[first - 1]):
            first -= 1
        if 0 <= first < last:
            yield first, last


def _has_lookalike(line: str) -> bool:
    return not line.strip() or any(sign in LOOKALIKES for sign in line)


def _of_lookalikes(signs: str) -> _Fixer:
    """Make the fixer that takes these characters for what they look like."""

    def fixer(line: str, number: int) -> tuple[str, list[Fix]]:
        fixed = ""
        fixes: list[Fix] = []
        for index, sign in enumerate(line):
            if sign not in signs:
                fixed += sign
                continue
            if LOOKALIKES[sign] == " " and fixes and line[index - 1] == sign:
                fixed += " "
                continue
            needs_blank = LOOKALIKES[sign] == ":" and line[index + 1 : index + 2] not in ("", " ")
            fixed += LOOKALIKES[sign] + " " * needs_blank
            fixes.append(
                Fix(Place(number, index + 1), *lookalike_flaw(sign), added=len(LOOKALIKES[sign]) - 1 + needs_blank)
            )
        return fixed, fixes

    return fixer


def _blank_behind_colon(line: str, number: int) -> tuple[str, list[Fix]]:
    found = _NO_BLANK.match(line)
    if found is None:
        return line, []
    values = {"key": found.group(1).strip(" -{,")}
    place = Place(number, found.end() + 1)
    return f"{line[: found.end()]} {line[found.end() :]}", [Fix(place, "flow_blank_missing", values, added=1)]


def _quotes_around_sign(line: str, number: int) -> tuple[str, list[Fix]]:
    found = [(match.start(1), match.group(1)) for match in _BARE_SIGN.finditer(line)]
    fixes = [Fix(Place(number, at + 1), "flow_sign_needs_quotes", {"sign": sign}, added=2) for at, sign in found]
    return _BARE_SIGN.sub(r'"\1"', line), fixes


def _one_after_the_other(*fixers: _Fixer) -> _Fixer:
    """Make the fixer of a line in which several things are wrong, each of which alone proves nothing."""

    def fixer(line: str, number: int) -> tuple[str, list[Fix]]:
        fixes: list[Fix] = []
        for each in fixers:
            line, found = each(line, number)
            fixes += [replace(fix, place=_before(fix.place, fixes)) for fix in found]
        return line, fixes

    return fixer


def _before(place: Place, fixes: list[Fix]) -> Place:
    """Return where something stood before these fixes moved it."""
    return Place(place.line, place.column - sum(fix.added for fix in fixes if fix.place.column < place.column))


_FIXERS: Final[tuple[_Fixer, ...]] = (
    _of_lookalikes("："),
    _of_lookalikes("：，、；｛｝［］【】"),
    _of_lookalikes("“”„＂「」"),
    _of_lookalikes("‘’＇"),
    _of_lookalikes("　\u00a0"),
    _of_lookalikes("".join(LOOKALIKES)),
    _blank_behind_colon,
    _quotes_around_sign,
    _one_after_the_other(_of_lookalikes("：，、；｛｝［］【】"), _blank_behind_colon, _quotes_around_sign),
)
"""Tried in this order: what is likelier, and what is the smaller change, comes first."""
