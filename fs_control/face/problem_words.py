"""How a mistake of a flow is told: its place as editors find it, and the sentence; the same as JSON.

Used by every command that reads flows. Easy to break: programs read these lines, `file:line:column: sentence`; and a
file's name is somebody's text, printed without signs that steer a terminal.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fs_control.face.words import printable, words

if TYPE_CHECKING:
    from fs_control.flow import FlowProblem
    from fs_control.flow.proof import Place


def place_words(place: FlowProblem | Place) -> str:
    """Return `file:line:column`, counted from 1."""
    return f"{printable(place.file)}:{place.line}:{place.column}"


def problem_sentence(problem: FlowProblem) -> str:
    """Return what is wrong, in the reader's language."""
    return words(problem.code, **problem.values)


def problem_line(problem: FlowProblem) -> str:
    """Return a mistake as `file:line:column: sentence`."""
    return f"{place_words(problem)}: {problem_sentence(problem)}"


def problem_json(problem: FlowProblem) -> dict[str, Any]:
    """Return a mistake for machines."""
    return {**asdict(problem), "sentence": problem_sentence(problem)}
