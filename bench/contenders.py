"""The controllers that are measured against each other, each a process of its own with a virtual switch of its own.

Ours is `run`, the product as it is started in production: flow, line, journal and records in PostgreSQL. The peers
are applications that only answer and bridge. Easy to break: CPU is that of the controller's process alone; neither
the switch nor PostgreSQL nor this process counts.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.house import agent_number, set_phones, wait_for
from bench.processes import ROOT, running
from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.box import free_port
from fs_control.face.client import EngineClient
from fs_control.settings import SwitchSettings
from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.stage import Stage

HOST = "127.0.0.1"

OUR_PROGRAM = ("cli.py", "run")
PEERS = ("greenswitch", "genesis")


@dataclass(frozen=True, slots=True)
class Box:
    """A virtual switch, how to log in to it, and its stage."""

    pid: int
    settings: SwitchSettings
    stage: Stage


@dataclass(frozen=True, slots=True)
class Contender:
    """A running controller, and the switch that hands it calls."""

    name: str
    pid: int
    box: Box


def cpu_seconds(pid: int) -> float:
    """The seconds of CPU that a process has used up to now, in steps of 10 ms."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


@contextmanager
def ours(
    folder: Path, database_url: str, agents: int, talk_s: float, program: Sequence[str] = OUR_PROGRAM
) -> Iterator[Contender]:
    """Run our own controller in `folder`, all agents signed in; `program` are the arguments of Python."""
    flows, port = folder / "no-flows", free_port()
    flows.mkdir(parents=True)  # what is to be active is so already
    with virtual_switch(port) as box:
        environment = {
            "DATABASE_URL": database_url,
            "FS_CONTROL_VAR": str(folder),
            "FS_CONTROL_FLOWS": str(flows),
            "FS_CONTROL_LISTEN_PORT": str(port),
            "FREESWITCH_HOST": HOST,
            "FREESWITCH_PORT": str(box.settings.event_port),
            "FREESWITCH_PASSWORD": box.settings.password,
            "FREESWITCH_DIRECTORY_PORT": "0",
        }
        with running((sys.executable, *program), folder / "controller.log", environment=environment) as child:
            engine = EngineClient(folder / "control.sock")
            wait_for(lambda: _hears_the_switch(engine))
            set_phones(box.stage, agents, talk_s)
            for place in range(agents):
                engine.act(agent_number(place), "sign-in")
            yield Contender("ours", child.pid, box)


def check_at_rest(folder: Path) -> None:
    """RuntimeError unless our controller in `folder` has no call left and every record is in the database."""
    status = EngineClient(folder / "control.sock").status()
    if status["calls"] or status["records_waiting"]:
        raise RuntimeError(f"{status['calls']} calls and {status['records_waiting']} records are left over")


@contextmanager
def peer(name: str, folder: Path, phones: int, talk_s: float) -> Iterator[Contender]:
    """Run the application of one of `PEERS` in the peers' own environment."""
    port = free_port()
    with virtual_switch(port) as box:
        set_phones(box.stage, phones, talk_s)
        program = (ROOT / "tools" / "bench-env", "python", "-m", f"bench.{name}_application", HOST, port, phones)
        with running([str(word) for word in program], folder / f"{name}.log") as child:
            wait_for(lambda: _listens(child, port))
            yield Contender(name, child.pid, box)


@contextmanager
def virtual_switch(controller_port: int) -> Iterator[Box]:
    """Run a virtual switch that hands its calls to the controller at this port."""
    password = secrets.token_urlsafe(24)
    switch = start_virtual_switch(f"{HOST}:{controller_port}", password)
    try:
        with switch.stage() as stage:
            yield Box(switch.pid, SwitchSettings(event_port=switch.event_port, password=password), stage)
    finally:
        switch.stop()


def _hears_the_switch(engine: EngineClient) -> bool:
    try:
        return bool(engine.status()["is_switch_there"])
    except (UserMistake, RemoteFault):
        return False  # it is not up yet


def _listens(child: subprocess.Popen[bytes], port: int) -> bool:
    if child.poll() is not None:
        raise RuntimeError("a controller ended before it listened; what it said follows")
    listening = psutil.Process(child.pid).net_connections("tcp")
    return any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in listening)
