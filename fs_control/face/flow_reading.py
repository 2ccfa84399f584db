"""Files of flows as the command line names them, and the names that they may mention, wherever the database is.

`read_flows` is what every command reads flows with; `names_for_flows` asks the database, and says once on stderr where
nobody could be asked. Easy to break: looking makes nothing, so a database that has never been set up stays so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fs_control.errors import FsControlError, UserMistake
from fs_control.face.options import load_settings, open_database
from fs_control.face.problem_words import problem_line
from fs_control.face.words import explained, progress, remark
from fs_control.flow import Flow, FlowFile, KnownNames, Reading, read_flow_files
from fs_control.ids import DEFAULT_ENTERPRISE

if TYPE_CHECKING:
    from sqlalchemy import Engine

STDIN: Final = "-"


def read_flows(paths: Iterable[Path], names: KnownNames) -> tuple[Reading, ...]:
    """Read files of flows together, in this order; `-` is stdin, whose flow is called as it says itself.

    A `flow` step may name each of these, each that lies in a folder of theirs, and each in `names.flows`. Raises
    nothing: what is wrong, with a file too, is among the `problems` of its reading.
    """
    from fs_control.store.flow_reading import read_flows as read_files

    paths = list(paths)
    readings = iter(read_files([path for path in paths if str(path) != STDIN], names))
    return tuple(_read_stdin(names) if str(path) == STDIN else next(readings) for path in paths)


@dataclass(frozen=True, slots=True)
class Sound:
    """A file in which nothing is wrong: its flow, and the text that places are found in."""

    file: str
    text: str
    flow: Flow


def sound_flows(paths: Iterable[Path], names: KnownNames) -> list[Sound]:
    """Read files in which nothing may be wrong; else every mistake is printed, and UserMistake says how many."""
    readings = read_flows(paths, names)
    wrong = [reading.problems for reading in readings if reading.problems]
    for problem in (problem for problems in wrong for problem in problems):
        click.echo(problem_line(problem), err=True)
    if wrong:
        raise UserMistake("flow_check_wrong", problems=sum(map(len, wrong)), count=len(wrong))
    return [Sound(each.file, each.text, each.flow) for each in readings if each.flow is not None]


def names_in(engine: Engine) -> KnownNames:
    """Return the names that flows may mention, of this installation at this moment."""
    from fs_control.media.library import Library, library_folder
    from fs_control.store.flow_reading import known_names

    return known_names(engine, DEFAULT_ENTERPRISE, Library(library_folder(load_settings())).names())


def names_for_flows(*, offline: bool) -> tuple[KnownNames, bool]:
    """Return the names that flows may mention, and whether they are known; where they are not, it is said why.

    Whether outside numbers can be dialled is told by this machine's settings, without a database too.
    """
    settings = load_settings()
    if offline:
        remark("flow_check_offline")
    elif settings.database_url is None and not (Path(settings.var) / "postgres").exists():
        remark("flow_check_no_database")
    else:
        try:
            with progress("progress.database"), open_database(settings) as engine:
                return replace(names_in(engine), can_dial=settings.can_dial or _has_gateway(engine)), True
        except FsControlError as error:
            remark("flow_check_database_away", reason=explained(error))
    return KnownNames(can_dial=settings.can_dial), False


def _read_stdin(names: KnownNames) -> Reading:
    from fs_control.flow.readings import MAX_BYTES

    file = FlowFile(STDIN, "", sys.stdin.buffer.read(MAX_BYTES + 1))
    (reading,) = read_flow_files([file], names)
    name = reading.flow.name if reading.flow is not None else ""
    return replace(reading, name=name)


def _has_gateway(engine: Engine) -> bool:
    """Tell whether the directory has a gateway in use, beside what the settings name."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.dialling import PostgresDialStore

    return any(each.enabled for each in PostgresDialStore(engine, DEFAULT_ENTERPRISE).gateways())
