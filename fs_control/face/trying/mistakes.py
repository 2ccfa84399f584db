"""Naming every mistake of a flow or a file of cases before the command is refused, one line for each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from fs_control.face.words import printable, words
from fs_control.flow import FlowProblem, FlowProblems


@contextmanager
def mistakes_named() -> Iterator[None]:
    """Print the mistakes of a text that the block could not read; the refusal itself goes on."""
    try:
        yield
    except FlowProblems as found:
        name_mistakes(found.problems)
        raise


def name_mistakes(problems: Iterable[FlowProblem]) -> None:
    """Print mistakes beside the answer."""
    for problem in problems:
        place = f"{printable(problem.file)}:{problem.line}:{problem.column}"
        click.echo(f"{place}: {words(problem.code, **problem.values)}", err=True)
