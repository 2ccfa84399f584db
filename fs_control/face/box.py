"""A whole system in one folder: an engine, the database it writes to, and a switch to work with.

`running_engine` starts and stops one engine in order; `virtual_switch` gives it a switch in the box where the
settings name no FreeSWITCH. Whoever uses these has patched gevent and psycopg2 (`patch_everything`) before importing
anything that opens a socket.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import structlog
from sqlalchemy import Engine as Database

from fs_control.app import build_api, build_app, build_phone_directory
from fs_control.errors import UserMistake
from fs_control.face.library import open_library
from fs_control.face.options import control_socket
from fs_control.ids import SECOND
from fs_control.media.prompts import prompts_folder
from fs_control.ports import Clock
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.runtime.control import EngineControl
from fs_control.runtime.engine import Engine
from fs_control.settings import Settings, SwitchSettings, cdrs_here, recordings_here
from fs_control.store.folders import make_folders
from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.place import GATEWAY
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.web.control import ControlSocket

log = structlog.get_logger(__name__)

STOP_S = 5.0
"""How long the calls of a system in the box may go on after it was told to stop."""


def free_port() -> int:
    """Return a port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def with_known_port(settings: Settings) -> Settings:
    """Return settings whose port for calls can be told before the engine listens: 0 becomes one that is free."""
    return settings if settings.listen_port else replace(settings, listen_port=free_port())


@contextmanager
def virtual_switch(settings: Settings, clock: Clock) -> Iterator[tuple[VirtualSwitchProcess, SwitchSettings]]:
    """Run a virtual switch that hands its calls to the engine of these settings and lives in the same time."""
    password = secrets.token_urlsafe(24)
    cdrs = Path(cdrs_here(settings)).absolute()
    switch = start_virtual_switch(
        f"{settings.listen_host}:{settings.listen_port}",
        password,
        clock=_switch_clock(clock),
        sound_folder=prompts_folder().parent,
        cdr_folder=cdrs,
    )
    try:
        yield (
            switch,
            SwitchSettings(event_port=switch.event_port, password=password, gateway=GATEWAY, cdrs=str(cdrs)),
        )
    finally:
        switch.stop()


def _switch_clock(clock: Clock) -> SwitchClock | None:
    if isinstance(clock, ShiftedClock):
        return SwitchClock(clock.wall / SECOND, clock.shown / SECOND, clock.rate)
    return None


@contextmanager
def claimed_control(settings: Settings) -> Iterator[ControlSocket]:
    """Be the only engine of this folder while the block runs; UserMistake `engine_already_running` changes nothing.

    The folder is made so that the database's own user may pass, whoever comes to it first.
    """
    make_folders(Path(settings.var))
    control = ControlSocket(control_socket(settings))
    try:
        control.claim()
        yield control
    finally:
        control.stop()


@contextmanager
def running_engine(
    settings: Settings,
    switch: SwitchSettings,
    database: Database,
    clock: Clock | None = None,
    control: ControlSocket | None = None,
) -> Iterator[Engine]:
    """Run an engine with its control socket (`control` where it is claimed already), its door for phones, and its API.

    At the end of the block the engine is stopped in order, then the doors.
    """
    with ExitStack() as leaving:
        control = control or ControlSocket(control_socket(settings))
        leaving.callback(control.stop)
        control.claim()  # before the journal is opened: two engines must never write one
        phones = build_phone_directory(settings, switch, database)
        if phones is not None:  # stopped last: calls that may finish ring agents, too
            leaving.callback(phones.stop)
            phones.start()
        _complete_library(settings)
        _make_recordings_folder(settings, switch)
        engine = build_app(settings, switch, clock or WallClock(), database)
        leaving.callback(engine.stop, STOP_S)
        if phones is not None:
            engine.supervisor.spawn("phone book", phones.book.run)
        engine.start()
        api = build_api(settings, database)
        if api is not None:
            engine.supervisor.spawn("api tokens", api.tokens.run)
            leaving.callback(api.stop)
            api.start(EngineControl(engine))
        control.start(
            EngineControl(engine), None if phones is None else phones.book, None if api is None else api.tokens
        )
        yield engine


def _complete_library(settings: Settings) -> None:
    """Have the prompts where the switch plays them; calls are taken even where that cannot be."""
    try:
        open_library(settings)
    except UserMistake as fault:
        log.warning("prompts not in place", action="library_not_written", **fault.values)


def _make_recordings_folder(settings: Settings, switch: SwitchSettings) -> None:
    """FreeSWITCH cuts a caller off whose message it cannot write, and makes no folders; one elsewhere is not for us."""
    folder = Path(recordings_here(settings, switch)).absolute()
    try:
        make_folders(folder)
    except OSError as error:
        log.warning("recordings folder not made", action="recordings_not_made", folder=str(folder), error=str(error))


def in_folder(settings: Settings, folder: Path) -> Settings:
    """Return settings whose everything lies in one folder and whose port is free: a system beside the real one."""
    return replace(settings, var=str(folder), listen_port=free_port())
