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
from fs_control.face.problem_words import place_words, problem_json, problem_line, problem_sentence
from fs_control.face.words import print_json, remark, words
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
            click.echo(_warning_line(problem) if id(problem) in warnings else problem_line(problem))
    wrong = [reading for reading in readings if reading.problems]
    if wrong:
        remark("flow_check_wrong", problems=sum(len(reading.problems) for reading in wrong), count=len(wrong))
    else:
        remark("flow_check_fine", count=len(readings))


def _warning_line(problem: FlowProblem) -> str:
    return f"{place_words(problem)}: {words('flow_check_warning', problem=problem_sentence(problem))}"


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "file": reading.file,
        "flow": reading.name,
        "problems": [problem_json(problem) for problem in reading.problems],
        "warnings": [problem_json(problem) for problem in reading.warnings],
    }
