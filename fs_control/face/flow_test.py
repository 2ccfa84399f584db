"""`fs-control flow test`: the cases that are written beside flows, played and compared with what they expect.

Exit code 1 where a case comes to something else. `--update` writes what came into the files instead. Easy to break:
it needs no database, so that it can run where the files are kept and nothing else is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Command, Option
from fs_control.face.options import load_settings
from fs_control.face.words import print_json, remark, say

if TYPE_CHECKING:
    from fs_control.face.trying.run_cases import CaseResult, FileResult, MakeOffice


@click.command(
    "test",
    cls=Command,
    examples=(
        "fs-control flow test",
        "fs-control flow test ivr_flows/main.yaml",
        "fs-control flow test ivr_flows/tests/main.yaml --update",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--update", "test_update", is_flag=True, cls=Option)
@click.option("--database", "test_database", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def test_flows(files: tuple[Path, ...], test_update: bool, test_database: bool, json: bool) -> None:
    """Play the cases of flows."""
    from fs_control.face.trying.mistakes import mistakes_named
    from fs_control.face.trying.run_cases import run_file
    from fs_control.face.trying.sources import case_files

    folder = Path(load_settings().flows)
    paths = case_files(files, folder)
    if not paths:
        raise UserMistake("test_no_cases", folder=str(folder))
    with mistakes_named(), _offices(test_database) as make_office:
        results = [run_file(path, make_office) for path in paths]
    if test_update:
        _update(results)
    elif json:
        print_json({"files": [_plain(result) for result in results]})
    else:
        _tell(results)
    if not test_update and any(result.failed for result in results):
        click.get_current_context().exit(1)


@contextmanager
def _offices(database: bool) -> Iterator[MakeOffice]:
    """Give the block what makes the office of a file: up, or from the database."""
    from fs_control.face.trying.sources import office_of_database, office_of_files

    if not database:
        yield office_of_files
        return
    with office_of_database() as office:
        yield lambda flows, _cases: office.with_flows(flows.texts, flows.files)


def _update(results: list[FileResult]) -> None:
    from fs_control.face.flow_files import replace_file
    from fs_control.face.trying.update import with_expectations

    for result in results:
        outcomes = [case.found if case.differences or not case.expects else None for case in result.cases]
        text = with_expectations(result.text, outcomes)
        if text != result.text:
            replace_file(result.path.resolve(), text)
            say("test.updated", file=str(result.path), count=sum(each is not None for each in outcomes))
        else:
            say("test.nothing_to_update", file=str(result.path))


def _tell(results: list[FileResult]) -> None:
    for result in results:
        for case in result.cases:
            if case.differences:
                _tell_failed(result, case)
    failed, played = sum(result.failed for result in results), sum(len(result.cases) for result in results)
    if failed:
        remark("test.failed", failed=failed, cases=played, files=len(results))
    else:
        say("test.passed", cases=played, files=len(results))


def _tell_failed(result: FileResult, case: CaseResult) -> None:
    say("test.case_failed", file=str(result.path), name=case.name)
    for each in case.differences:
        say("test.differs", key=each.key, expected=each.expected, found=each.found)


def _plain(result: FileResult) -> dict[str, object]:
    return {"file": str(result.path), "cases": [asdict(case) for case in result.cases]}
