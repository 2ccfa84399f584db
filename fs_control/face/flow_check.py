"""`fs-control flow check`: every mistake of files of flows, each in a line that editors can jump to.

Reads and prints; what is wrong is found by `fs_control.flow`. Easy to break: the lines on stdout are `file:line:column:
sentence` and nothing else, because programs read them; whatever is said beside them goes to stderr.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from fs_control.face.click_words import REFUSED, Command, Option
from fs_control.face.flow_reading import names_for_flows, read_flows
from fs_control.face.words import print_json, printable, remark, words
from fs_control.flow import FlowProblem, Reading

EXAMPLES = (
    "fs-control flow check ivr_flows/*.yaml",
    "fs-control flow check ivr_flows/main.yaml --offline",
    "cat main.yaml | fs-control flow check -",
)


@click.command("check", cls=Command, examples=EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--offline", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def check_command(files: Sequence[Path], offline: bool, json: bool) -> None:
    """Check files of flows."""
    names, are_known = names_for_flows(offline=offline)
    readings = read_flows(files, names)
    if json:
        print_json({"names_checked": are_known, "files": [_as_json(reading) for reading in readings]})
    else:
        _print(readings)
    if any(reading.problems for reading in readings):
        click.get_current_context().exit(REFUSED)


def _print(readings: Sequence[Reading]) -> None:
    for reading in readings:
        warnings = {id(each) for each in reading.warnings}
        for problem in sorted((*reading.problems, *reading.warnings), key=lambda each: (each.line, each.column)):
            print_problem(problem, is_warning=id(problem) in warnings)
    wrong = [reading for reading in readings if reading.problems]
    if wrong:
        remark("flow_check_wrong", problems=sum(len(reading.problems) for reading in wrong), count=len(wrong))
    else:
        remark("flow_check_fine", count=len(readings))


def print_problem(problem: FlowProblem, *, is_warning: bool = False) -> None:
    """Print one mistake as `file:line:column: sentence`."""
    said = words(problem.code, **problem.values)
    if is_warning:
        said = words("flow_check_warning", problem=said)
    click.echo(f"{printable(problem.file)}:{problem.line}:{problem.column}: {said}")


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "file": reading.file,
        "flow": reading.name,
        "problems": [_problem_as_json(problem) for problem in reading.problems],
        "warnings": [_problem_as_json(problem) for problem in reading.warnings],
    }


def _problem_as_json(problem: FlowProblem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "code": problem.code,
        "values": dict(problem.values),
        "sentence": words(problem.code, **problem.values),
    }
