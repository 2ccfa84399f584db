"""What is wrong with a flow's text: every problem at once, each with its place and what to do about it.

Knows no YAML and no pydantic. Places count from 1, columns in characters, as editors show them. A problem is a code
with values; its sentence is in `texts`. Where a name was misspelt, `values` has `nearest`, the valid name next to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nlargest
from itertools import islice
from typing import Final

from fs_control.errors import UserMistake

MAX_PROBLEMS: Final = 100
"""Nobody reads more at once; it bounds the work on a hostile text."""

_LONGEST_SHOWN: Final = 80
"""A value quoted in a sentence is cut here; names are shorter."""

_MOST_COMPARED: Final = 40
"""Comparing two names takes time; among many, those are compared that begin and end like the wrong one."""

_MOST_SHOWN: Final = 8
_DEEPEST_SHOWN: Final = 2
"""Of a list or a block, its beginning is quoted."""
_SHORT: Final = 3
"""A Chinese word of so few characters is alike if half of them are."""

_YAML_WORDS: Final[Mapping[str, str]] = {"None": "null", "True": "true", "False": "false"}


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """One thing that is wrong; `path` is where in the flow, such as `steps.choose.keys.1` ("" is the whole)."""

    file: str
    line: int
    column: int
    code: str
    values: Mapping[str, str]
    path: str


class FlowProblems(UserMistake):
    """The text is no flow; `problems` are in the order of the text, at least one and at most MAX_PROBLEMS."""

    def __init__(self, filename: str, problems: Sequence[FlowProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))[:MAX_PROBLEMS]
        super().__init__("flow_has_problems", file=filename, count=len(self.problems))


def shown(value: object) -> str:
    """Return a value as a sentence may quote it: as YAML spells it, on one line, and not too long."""
    text = " ".join(_yaml(value, _DEEPEST_SHOWN).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _yaml(value: object, depth: int) -> str:
    if isinstance(value, list | tuple | dict) and depth == 0:
        return "…"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(item, depth - 1) for item in value[:_MOST_SHOWN])}]"
    if isinstance(value, dict):
        pairs = islice(value.items(), _MOST_SHOWN)
        return "{" + ", ".join(f"{key}: {_yaml(item, depth - 1)}" for key, item in pairs) + "}"
    text = str(value)
    return _YAML_WORDS.get(text, text) if not isinstance(value, str) else text


def with_nearest(values: Mapping[str, str], wrong: str, valid: Collection[str]) -> Mapping[str, str]:
    """Add the valid name that was probably meant, if there is one."""
    if len(wrong) > _LONGEST_SHOWN:
        return values
    likely = (
        valid if len(valid) <= _MOST_COMPARED else nlargest(_MOST_COMPARED, valid, lambda name: _alike(name, wrong))
    )
    same = next((name for name in valid if name.casefold() == wrong.casefold()), None)
    if same is not None:
        return {**values, "nearest": same}
    is_short = len(wrong) <= _SHORT and not wrong.isascii()
    found = get_close_matches(wrong, likely, n=1, cutoff=0.5 if is_short else 0.6)
    return {**values, "nearest": found[0]} if found else values


def _alike(name: str, wrong: str) -> int:
    """Count the characters that two names begin with and end with alike; a slip of the pen leaves most of them."""
    ahead = next((at for at, (one, other) in enumerate(zip(name, wrong, strict=False)) if one != other), len(wrong))
    behind = zip(reversed(name), reversed(wrong), strict=False)
    return ahead + next((at for at, (one, other) in enumerate(behind) if one != other), len(wrong))
