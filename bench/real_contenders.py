"""Who joins callers and agents on a real switch: fs_control, mod_callcenter, a bare `bridge`, and greenswitch.

Ours is `cli.py run` as it is started in production: flow, line, journal, records in PostgreSQL. All stand ready the
whole time and take turns. Easy to break: phones register after our engine hears the switch, for it is told of
registrations as they come.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.house import NUMBER, agent_number, wait_for
from bench.processes import ROOT, running
from bench.real_switch import BRIDGE_PREFIX, CALLCENTER_NUMBER, CONTROLLER_NUMBER, RealSwitch
from bench.real_telephones import Telephones
from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.client import EngineClient
from tests.freeswitch.private_switch import PrivateSwitch

OURS, CALLCENTER, BARE, GREENSWITCH = "fs_control", "mod_callcenter", "bare bridge", "greenswitch application"


@dataclass(frozen=True, slots=True)
class RealContender:
    """One way of serving callers: what they dial, and the process that costs CPU beside the switch."""

    name: str
    numbers: tuple[str, ...]
    controller: int | None = None

    def dialled(self, calls: int) -> tuple[str, ...]:
        """The numbers that so many callers dial, one after the other."""
        return tuple(islice(cycle(self.numbers), calls))


@contextmanager
def contenders(there: RealSwitch, folder: Path, database_url: str, phones: Telephones) -> Iterator[list[RealContender]]:
    """Have all of them ready while the block runs."""
    with ExitStack() as leaving:
        ours = leaving.enter_context(_our_engine(there, folder / "ours", database_url, phones))
        peer = leaving.enter_context(_greenswitch(there, folder))
        yield [
            RealContender(OURS, (NUMBER,), ours),
            RealContender(CALLCENTER, (CALLCENTER_NUMBER,)),
            RealContender(BARE, tuple(f"{BRIDGE_PREFIX}{phone}" for phone in there.phones)),
            RealContender(GREENSWITCH, (CONTROLLER_NUMBER,), peer),
        ]


@contextmanager
def _our_engine(there: RealSwitch, folder: Path, database_url: str, phones: Telephones) -> Iterator[int]:
    """Run our engine with all agents signed in and all phones registered; gives its process id."""
    with engine_on(there.switch, folder, database_url) as (engine, process):
        phones.register()
        for place in range(len(there.phones)):
            engine.act(agent_number(place), "sign-in")
        wait_for(lambda: _idle_agents(engine) == len(there.phones))
        yield process
        wait_for(lambda: _is_at_rest(engine))


@contextmanager
def engine_on(switch: PrivateSwitch, folder: Path, database_url: str) -> Iterator[tuple[EngineClient, int]]:
    """Run our engine until it hears the switch, and while the block runs; its control socket and its process id."""
    flows = folder / "no-flows"
    flows.mkdir(parents=True)  # what is to be active is so already
    environment = {
        "DATABASE_URL": database_url,
        "FS_CONTROL_VAR": str(folder),
        "FS_CONTROL_FLOWS": str(flows),
        "FS_CONTROL_LISTEN_PORT": str(switch.controller_port),
        "FREESWITCH_HOST": switch.addresses.host,
        "FREESWITCH_PORT": str(switch.addresses.event_port),
        "FREESWITCH_PASSWORD": switch.secrets.event_password,
        "FREESWITCH_DIRECTORY_PORT": "0",
    }
    with running((sys.executable, "cli.py", "run"), folder.with_suffix(".txt"), environment=environment) as process:
        engine = EngineClient(folder / "control.sock")
        wait_for(lambda: _hears_the_switch(engine))
        yield engine, process.pid


@contextmanager
def _greenswitch(there: RealSwitch, folder: Path) -> Iterator[int]:
    """Run an application that answers and bridges, on greenswitch's own server; gives its process id."""
    host, port = there.switch.addresses.host, there.peer_port
    environment = str(ROOT / "tools" / "bench-env")
    subprocess.run((environment, "true"), check=True)  # the first time it is made, which takes a while
    application = ("-m", "bench.greenswitch_application", host, str(port), str(len(there.phones)))
    with running((environment, "python", *application), folder / "greenswitch.txt") as process:
        wait_for(lambda: _listens(port))
        yield process.pid


def _hears_the_switch(engine: EngineClient) -> bool:
    try:
        return bool(engine.status()["is_switch_there"])
    except (UserMistake, RemoteFault):
        return False  # it is not up yet


def _idle_agents(engine: EngineClient) -> int:
    return sum(line["idle_agents"] for line in engine.status()["lines"])


def _is_at_rest(engine: EngineClient) -> bool:
    """Whether no call is left, and every record is in the database."""
    status = engine.status()
    return not status["calls"] and not status["records_waiting"]


def _listens(port: int) -> bool:
    """Whether a process waits for connections at this TCP port."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)
