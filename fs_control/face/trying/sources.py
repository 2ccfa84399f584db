"""Where the flows to be tried come from: files of a folder, or the active versions of the database.

Easy to break: a flow may run others, and of those only the ones that it names are read, so that a file that is being
written somewhere else in the folder spoils nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fs_control.errors import UserMistake
from fs_control.face.trying.case import Case
from fs_control.face.trying.names import names_in
from fs_control.face.trying.office import Office, made_up_office
from fs_control.flow.nodes.names import NameKind
from fs_control.ids import Micros, seconds
from fs_control.media.prompts import prompt_names, prompt_path, prompts_folder, seconds_of
from fs_control.records import FlowText

SUFFIX = ".yaml"
TESTS = "tests"
"""The folder beside flows in which their cases lie."""


def read_text(path: Path) -> str:
    """Read a file of text; UserMistake where there is none that could be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserMistake("file_not_utf8", file=str(path)) from None
    except OSError as error:
        raise UserMistake("file_unreadable", file=str(path), reason=error.strerror) from error


@dataclass(frozen=True, slots=True)
class FlowFiles:
    """Flows read from files, by their names, which are those of the files."""

    texts: tuple[FlowText, ...]
    files: Mapping[str, str]


def with_flows_beside(path: Path) -> FlowFiles:
    """Read a flow and, from the same folder, those that it runs and that these run."""
    texts = {path.stem: FlowText(path.stem, read_text(path))}
    files = {path.stem: str(path)}
    ahead = [path.stem]
    while ahead:
        for name in names_in(texts[ahead.pop()].text)[NameKind.FLOW]:
            beside = path.with_name(name + SUFFIX)
            if name not in texts and beside.exists():
                texts[name], files[name] = FlowText(name, read_text(beside)), str(beside)
                ahead.append(name)
    return FlowFiles(tuple(texts.values()), files)


def is_file(flow: str) -> bool:
    """Tell whether somebody names a file and not an active flow."""
    return flow.endswith((SUFFIX, ".yml")) or "/" in flow


def office_of_files(flows: FlowFiles, cases: Iterable[Case]) -> Office:
    """Return a made-up office for flows from files."""
    office = made_up_office(flows.texts, cases, prompt_names())
    return replace(office, files=flows.files, length_of=partial(_length, prompts_folder()))


@contextmanager
def office_of_database() -> Iterator[Office]:
    """Give the block the office of the database: its directory, active flows and customers."""
    from fs_control.face.database import database
    from fs_control.face.options import load_settings
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.media.library import Library, library_folder
    from fs_control.store.callers import PostgresCallerStore
    from fs_control.store.directory import PostgresDirectoryStore

    with database() as engine:
        directory, flows = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()
        look_up = PostgresCallerStore(engine, DEFAULT_ENTERPRISE).look_up
        folder = library_folder(load_settings())
        prompts = prompt_names().union(*Library(folder).names().values())
        yield Office(directory, tuple(flows), prompts, look_up, partial(_length, folder))


def _length(folder: Path, prompt: str, language: str) -> Micros | None:
    """Return how long a prompt takes that lies in a folder; None where it does not, or is no sound."""
    try:
        return seconds(seconds_of(prompt_path(folder, prompt, language)))
    except UserMistake:
        return None


# --- files of cases ------------------------------------------------------------------------------------------------


def case_files(named: Iterable[Path], folder: Path) -> tuple[Path, ...]:
    """Return the files of cases: those named, those of flows and folders that are named, else all below `folder`."""
    found = [each for path in (list(named) or [folder]) for each in _case_files(path)]
    return tuple(dict.fromkeys(found))


def _case_files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (each for each in sorted(path.rglob("*" + SUFFIX)) if each.parent.name == TESTS)
    elif path.parent.name == TESTS:
        yield path
    else:
        yield path.parent / TESTS / path.name


def flow_of(cases: Path, flow: str | None) -> Path:
    """Return the file of the flow that cases are about: the one beside their folder that is called as their file."""
    return cases.parent.parent / (cases.name if flow is None else flow + SUFFIX)
