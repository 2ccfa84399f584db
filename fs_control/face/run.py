"""The command `run`: one engine that stays up, with the FreeSWITCH of the settings or with a switch in the box.

Easy to break: the control socket is claimed before anything else is touched, so that a second `run` that is refused
has changed nothing, neither in the database nor among the active flows.
"""

from __future__ import annotations

import fs_control.face.quick_start

# isort: split
import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import signal
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click
import gevent
from gevent.event import Event
from sqlalchemy import Engine as Database

from fs_control.activating import activate_flows, open_door
from fs_control.errors import RemoteFault
from fs_control.face.box import claimed_control, running_engine, virtual_switch, with_known_port
from fs_control.face.box_play import plug_in, stage_port_file
from fs_control.face.click_words import Command
from fs_control.face.demo.play import import_sample
from fs_control.face.library import voice_of_start
from fs_control.face.options import control_socket, load_settings
from fs_control.face.problem_words import place_words, problem_sentence
from fs_control.face.proof_words import finding_sentence
from fs_control.face.quick_start import started
from fs_control.face.run_database import RunDatabase, run_database
from fs_control.face.words import remark, words
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import Directory
from fs_control.runtime.clock import WallClock
from fs_control.runtime.engine import Engine
from fs_control.runtime.logs import log_to_stderr
from fs_control.settings import Settings
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.virtual_switch.process import VirtualSwitchProcess


@click.command("run", cls=Command, examples=("fs-control run",))
def run_command() -> None:
    """Start the system and stay up until SIGTERM or Ctrl-C; calls in progress may then go on for some seconds."""
    log_to_stderr()
    settings = load_settings()
    done = _told_to_end()
    with ExitStack() as leaving:
        control = leaving.enter_context(claimed_control(settings))
        remark("run.database")
        had = _made_ready(settings, leaving.enter_context(run_database(settings)))
        database = had.engine
        if had.away is not None:
            remark("run.database_away", why=words(had.away.code, **had.away.values))
        switch = settings.switch
        if switch is None:
            settings = with_known_port(settings)
            process, switch = leaving.enter_context(virtual_switch(settings, WallClock()))
            directory = had.last_directory or PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0]
            _open_the_box(settings, process, directory, leaving)
            remark("run.virtual_switch")
        else:
            remark("run.freeswitch", host=switch.host, port=switch.event_port)
        engine = leaving.enter_context(running_engine(settings, switch, database, control=control))
        engine.supervisor.spawn("database", partial(had.follow, engine.load_directory))
        remark("run.ready", host=settings.listen_host, port=engine.server.bound_port)
        if settings.api_port:
            remark("run.api", host=settings.api_host, port=settings.api_port)
        remark("run.talk_to_it", socket=control_socket(settings))
        started()
        _wait_for_the_end(engine, done)
        remark("run.stopping", calls=len(engine.centre.calls))


def _made_ready(settings: Settings, had: RunDatabase) -> RunDatabase:
    """Activate the flows of the folder where the database is there; one that goes away meanwhile is away."""
    if had.away is None:
        try:
            if settings.switch is None:
                _furnish(had.engine)
            _activate(settings, had.engine)
        except RemoteFault as fault:
            return had.without(settings, fault)
    return had


def _furnish(database: Database) -> None:
    """Give the switch in the box something to serve: the demo's agents, groups and numbers, where there is nothing."""
    if not PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0].numbers:
        import_sample(database)
        remark("run.sample_directory")


def _open_the_box(settings: Settings, process: VirtualSwitchProcess, directory: Directory, leaving: ExitStack) -> None:
    """Plug in the phones of the agents, and say where `box` finds the switch for as long as it runs."""
    with process.stage() as stage:
        plug_in(stage, [agent.phone for agent in directory.agents.values() if agent.phone is not None])
    port = stage_port_file(settings)
    port.write_text(str(process.stage_port), encoding="ascii")
    leaving.callback(port.unlink, missing_ok=True)


def _activate(settings: Settings, database: Database) -> None:
    door = open_door(database, voice_of_start(settings), can_dial=settings.can_dial)
    activation = activate_flows(Path(settings.flows), database, "run", door)
    for name in activation.activated:
        remark("run.flow_activated", name=name)
    for problem in activation.refused:
        remark("run.flow_refused", place=place_words(problem), problem=problem_sentence(problem))
    for problem in activation.warnings:
        remark("run.flow_warning", place=place_words(problem), problem=problem_sentence(problem))
    for finding in activation.found:
        place = place_words(finding.place)
        remark("run.flow_found", place=place, problem=finding_sentence(finding), rule=finding.rule)
    for name in activation.rolled_back:
        remark("run.flow_rolled_back", name=name)


def _told_to_end() -> Event:
    """Return what SIGTERM and Ctrl-C set from now on; a start that they interrupt is ended in order, too."""
    done = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, done.set)
    return done


def _wait_for_the_end(engine: Engine, done: Event) -> None:
    """Return when somebody wants us to stop, or when something essential has died."""
    engine.supervisor.failed.rawlink(lambda _: done.set())
    done.wait()
    if engine.supervisor.failed.ready():
        remark("run.failed", what=engine.supervisor.failed.get())
        click.get_current_context().exit(1)
