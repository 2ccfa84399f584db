"""Looking at ourselves: database, flows, engine, port, disk, open files.

Owns the looking; whether it is well is judged in `own_checks`. Easy to break: a doctor makes nothing, so no database is
created or migrated here and no stranger knocks at the engine's door; PostgreSQL in the box is started for the look
where it has been made before, as every command does.
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import struct
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import TypeAdapter

from fs_control.activating import is_rolled_back
from fs_control.errors import FsControlError
from fs_control.face.client import EngineClient
from fs_control.face.clock_words import local_time
from fs_control.face.doctor import reading
from fs_control.face.doctor.facts import CalendarFacts, DatabaseFacts, EngineFacts, FlowFacts, OwnFacts
from fs_control.face.doctor.outbox import look_at_outbox
from fs_control.face.doctor.prompts import look_at_library, prompts_of
from fs_control.face.options import DATABASE_NAME, control_socket
from fs_control.flow import FlowProblems, PromptNames, parse_flow
from fs_control.ids import DEFAULT_ENTERPRISE, Micros
from fs_control.media.library import Library, library_folder
from fs_control.media.prompts import prompt_names
from fs_control.records import Directory, FlowText, JournalHealth
from fs_control.runtime.clock import WallClock
from fs_control.settings import Settings
from fs_control.store import migrations
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.engine import create_engine
from fs_control.store.flow_history import PostgresFlowHistory
from fs_control.store.flow_reading import PATTERN, names_of, read_flows
from fs_control.store.flow_versions import StoredFlow
from fs_control.store.local_postgres import LocalPostgres
from fs_control.web.socket_path import socket_address

_JOURNAL: Final = TypeAdapter(JournalHealth)

_PEER: Final = struct.Struct("3i")
"""struct ucred: process, user, group."""


def examine(settings: Settings) -> OwnFacts:
    """Look at everything of ours; what is broken is a fact and raises nothing."""
    database, flows, calendars = _look_at_database(settings)
    folder = Path(settings.var)
    library = Library(library_folder(settings))
    return OwnFacts(
        database=database,
        flows=flows,
        engine=_look_at_engine(settings),
        listening_ports=_listening_ports(),
        folder=settings.var,
        free_bytes=_free_bytes(folder),
        is_writable=os.access(_existing(folder), os.W_OK | os.X_OK),
        calendars=calendars,
        library=None if flows is None else look_at_library(library, flows.prompts),
        outbox=look_at_outbox(settings),
    )


# --- database and flows ----------------------------------------------------------------------------------------------


def _look_at_database(settings: Settings) -> tuple[DatabaseFacts, FlowFacts | None, CalendarFacts | None]:
    try:
        with _database_url(settings) as url:
            if url is None:
                return DatabaseFacts(), None, None
            differences = tuple(migrations.check_drift(url))
            if differences:
                return DatabaseFacts(differences=differences), None, None
            directory, active, stored = _load(url)
            flows = compare_flows(
                Path(settings.flows), directory, active, stored, Library(library_folder(settings)).names()
            )
            return DatabaseFacts(differences=()), flows, look_at_calendars(directory, WallClock().now())
    except FsControlError as fault:
        return DatabaseFacts(fault=fault), None, None


@contextmanager
def _database_url(settings: Settings) -> Iterator[str | None]:
    """Give the block the database as it is, None where the one in the box has never been made."""
    folder = Path(settings.var) / "postgres"
    if settings.database_url is not None or not folder.exists():
        yield settings.database_url
        return
    server = LocalPostgres(folder)
    try:
        server.start()
        yield server.url(DATABASE_NAME)
    finally:
        server.stop()


def _load(url: str) -> tuple[Directory, tuple[FlowText, ...], Mapping[str, StoredFlow]]:
    engine = create_engine(url)
    try:
        stored = PostgresFlowHistory(engine, DEFAULT_ENTERPRISE).active()
        return *PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load(), stored
    finally:
        engine.dispose()


def look_at_calendars(directory: Directory, now: Micros) -> CalendarFacts:
    """Find the calendars that do not know the public holidays of this year and the next one."""
    year = local_time(now, directory.time_zone).year
    unknown = {
        name: tuple(each for each in calendar.unknown_years if each in (year, year + 1))
        for name, calendar in directory.calendars.items()
    }
    return CalendarFacts(tuple(directory.calendars), {name: years for name, years in unknown.items() if years})


def compare_flows(
    folder: Path,
    directory: Directory,
    active: tuple[FlowText, ...],
    stored: Mapping[str, StoredFlow] = MappingProxyType({}),
    prompts: PromptNames | None = None,
) -> FlowFacts:
    """Read the flows of a folder and set them beside the active ones and the numbers that need them.

    `stored` says which of the active ones were rolled back; `prompts` are those there are, if not just the shipped.
    """
    groups = [group.name for group in directory.groups.values()]
    readings = read_flows(sorted(folder.glob(PATTERN)), names_of(directory, active, prompts or prompt_names()))
    texts = {each.name: each.text for each in readings if each.is_text}
    left = {name for name, text in texts.items() if is_rolled_back(text, stored.get(name))}
    known = {flow.name: flow.text for flow in active}
    wanted = {number.flow for number in directory.numbers.values() if number.flow is not None}
    return FlowFacts(
        folder=str(folder),
        active=tuple(known),
        problems=tuple(problem for each in readings if each.is_text for problem in each.problems),
        unreadable=tuple(each.file for each in readings if not each.is_text),
        changed=tuple(name for name, text in texts.items() if known.get(name) != text and name not in left),
        missing=tuple(sorted(wanted - known.keys())),
        unusable=tuple(flow.name for flow in active if not _is_usable(flow, groups)),
        rolled_back=tuple(sorted(left)),
        prompts=prompts_of(active),
    )


def _is_usable(flow: FlowText, groups: Collection[str]) -> bool:
    """Tell whether an engine can read an active flow; an agent who has left makes none unusable."""
    try:
        parse_flow(flow.text, filename=flow.name, groups=groups, prompts=None)
    except FlowProblems:
        return False
    return True


# --- the engine ------------------------------------------------------------------------------------------------------


def _look_at_engine(settings: Settings) -> EngineFacts:
    path = control_socket(settings)
    own = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    limit = None if own == resource.RLIM_INFINITY else own
    try:
        status = EngineClient(path).status()
        limit = _open_files_of_engine(path, limit)
    except FsControlError as fault:
        return EngineFacts(fault=fault, open_files=limit)
    return EngineFacts(
        is_switch_there=bool(status["is_switch_there"]),
        is_draining=bool(status["is_draining"]),
        calls=int(status["calls"]),
        open_files=limit,
        journal=_JOURNAL.validate_python(status["journal"]),
        time_zone=str(status["time_zone"]),
    )


def _open_files_of_engine(path: Path, otherwise: int | None) -> int | None:
    """Return the limit of the process that listens on the control socket; it may have gone since it answered."""
    try:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as asking, socket_address(path) as address:
            asking.connect(address)
            process, _, _ = _PEER.unpack(asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
        return reading.open_files_of(Path(f"/proc/{process}/limits").read_text(encoding="ascii"))
    except OSError:
        return otherwise


def _listening_ports() -> frozenset[int] | None:
    """Return the TCP ports on which this machine listens; knocking would leave a stranger in the engine's log."""
    try:
        tables = [path.read_text(encoding="ascii") for path in (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))]
    except OSError:
        return None
    return reading.listening_ports("\n".join(tables))


# --- the disk --------------------------------------------------------------------------------------------------------


def _free_bytes(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(_existing(folder)).free
    except OSError:
        return None


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest above it: the first start makes what is missing."""
    return next((path for path in (folder, *folder.parents) if path.exists()), Path("/"))
