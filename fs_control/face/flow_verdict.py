"""How what speaks against a flow is told where it is about to become active, and the same as JSON.

Knows no rule and no mistake by itself. Easy to break: these lines stand beside the answer, on stderr, and the refusal
that ends the command comes after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fs_control.face.problem_words import problem_json, problem_line
from fs_control.face.proof_words import finding_json, finding_lines
from fs_control.face.words import remark

if TYPE_CHECKING:
    from fs_control.activating import Judgement


def tell_verdict(judgement: Judgement) -> None:
    """Print everything that was found, in the order in which it has to be mended."""
    for problem in judgement.problems:
        click.echo(problem_line(problem), err=True)
    for line in (line for finding in judgement.findings for line in finding_lines(finding)):
        click.echo(line, err=True)
    for warning in judgement.warnings:
        remark("flow_warning", warning=problem_line(warning))


def verdict_json(judgement: Judgement) -> dict[str, Any]:
    """Return everything that was found, for machines."""
    return {
        "problems": [problem_json(each) for each in judgement.problems],
        "findings": [finding_json(each) for each in judgement.findings],
        "warnings": [problem_json(each) for each in judgement.warnings],
    }
