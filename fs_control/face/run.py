"""The command `run`: one engine that stays up, with the FreeSWITCH of the settings or with a switch in the box."""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import signal
from contextlib import ExitStack
from pathlib import Path

import click
import gevent
from gevent.event import Event

from fs_control.app import activate_flows
from fs_control.face.box import running_engine, virtual_switch
from fs_control.face.click_words import Command
from fs_control.face.options import control_socket, load_settings, open_database
from fs_control.face.words import remark
from fs_control.runtime.clock import WallClock
from fs_control.runtime.engine import Engine
from fs_control.runtime.logs import log_to_stderr


@click.command("run", cls=Command, examples=("fs-control run", "FREESWITCH_HOST=127.0.0.1 fs-control run"))
def run_command() -> None:
    """Start the system and stay up until SIGTERM or Ctrl-C; a second one does not wait for calls."""
    log_to_stderr()
    settings = load_settings()
    with ExitStack() as leaving:
        remark("run.database")
        database = leaving.enter_context(open_database(settings))
        for name in activate_flows(Path(settings.flows), database, "run"):
            remark("run.flow_activated", name=name)
        switch = settings.switch
        if switch is None:
            process, switch = leaving.enter_context(virtual_switch(settings, WallClock()))
            remark("run.virtual_switch", stage=process.stage_port)
        else:
            remark("run.freeswitch", host=switch.host, port=switch.event_port)
        engine = leaving.enter_context(running_engine(settings, switch, database))
        remark("run.ready", host=settings.listen_host, port=engine.server.bound_port)
        remark("run.talk_to_it", socket=control_socket(settings))
        _wait_for_the_end(engine)
        remark("run.stopping", calls=len(engine.centre.calls))


def _wait_for_the_end(engine: Engine) -> None:
    """Return when somebody wants us to stop, or when something essential has died."""
    done = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, done.set)
    engine.supervisor.failed.rawlink(lambda _: done.set())
    done.wait()
    if engine.supervisor.failed.ready():
        remark("run.failed", what=engine.supervisor.failed.get())
        click.get_current_context().exit(1)
