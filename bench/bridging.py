"""Answer to bridge: how long a caller who could be served at once waits for the agent after the answer.

A whole system in a temporary folder: engine, journal, embedded PostgreSQL, and the virtual switch in a process of its
own. The flow is a queue and nothing else, phones answer at once, and there are always agents free. Callers come at a
steady pace, so the figure is that of a centre at work and not of one that is stormed.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import monotonic

import gevent
from sqlalchemy import Engine as Database

from bench.bridge_watch import BridgeWatch
from bench.figures import Figure, Goal
from fs_control.events import SignInRequested
from fs_control.face.box import in_folder, running_engine, virtual_switch
from fs_control.face.options import migrated_engine
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId
from fs_control.runtime.clock import WallClock
from fs_control.runtime.engine import Engine
from fs_control.settings import Settings
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.local_postgres import LocalPostgres
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from fs_control.virtual_switch.stage import Stage

FLOW = Path(__file__).parents[1] / "ivr_flows" / "hotline.yaml"
NUMBER = "4008000001"
TALK_S = 1.5
CALLS = 400
CALLS_PER_S = 8.0
AGENTS = 40
"""More than twice as many as are busy on average."""
PATIENCE_S = 60.0

GOAL = Goal(60)


def bridging(calls: int = CALLS, agents: int = AGENTS, calls_per_s: float = CALLS_PER_S) -> list[Figure]:
    """Answer to bridge over so many calls; one that was never bridged counts as endless."""
    with _folder() as folder, _database(folder / "postgres") as database:
        _configure(database, agents)
        settings = in_folder(Settings(linger_s=1), folder / "var")
        times = _play(settings, database, calls, agents, calls_per_s)
    bridged = f"{sum(map(math.isfinite, times))} of {calls} calls bridged"
    return [Figure(f"answer to bridge, {bridged}, {calls_per_s:g}/s, virtual switch", " ms", times, GOAL)]


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="fs_control-bench-", dir="/tmp"))
    folder.chmod(0o711)  # started by root, PostgreSQL runs as a user of its own who has to pass
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    server = LocalPostgres(folder)
    try:
        server.start()
        with migrated_engine(server.create_database("bench")) as database:
            yield database
    finally:
        server.stop()


def directory(agents: int) -> str:
    """One group of agents behind one number, as an operator would write it."""
    lines = "\n".join(f'  - {{number: "{8000 + n}", name: Agent {n}, phone: "{1000 + n}"}}' for n in range(agents))
    members = ", ".join(f'"{8000 + n}"' for n in range(agents))
    return f"""
enterprise: {{name: Bench, language: en}}
agents:
{lines}
groups:
  - {{name: hotline, ring: 20, members: [{members}]}}
numbers:
  - {{number: "{NUMBER}", flow: hotline}}
"""


def _configure(database: Database, agents: int) -> None:
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    store.import_directory(parse_directory(directory(agents), "directory.yaml"))
    store.activate_flow("hotline", FLOW.read_text(encoding="utf-8"), "bench")


def _play(settings: Settings, database: Database, calls: int, agents: int, calls_per_s: float) -> tuple[float, ...]:
    clock = WallClock()
    with ExitStack() as leaving:
        switch, switch_settings = leaving.enter_context(virtual_switch(settings, clock))
        engine = leaving.enter_context(running_engine(settings, switch_settings, database, clock))
        stage = leaving.enter_context(switch.stage())
        watch = leaving.enter_context(closing(BridgeWatch(switch_settings)))
        _set_the_stage(engine, stage, agents)
        watch.log_in()
        listening = gevent.spawn(watch.run)
        leaving.callback(listening.kill)
        legs = _place(stage, calls, calls_per_s)
        for leg in legs:
            stage.wait_for_end(leg, PATIENCE_S)
        _wait_for(lambda: not engine.centre.calls and not engine.centre.unstored)
        return tuple(watch.milliseconds(leg) if leg in watch.bridged else math.inf for leg in legs)


def _set_the_stage(engine: Engine, stage: Stage, agents: int) -> None:
    _wait_for(lambda: engine.centre.core is not None)  # what registers before is not told
    for n in range(agents):
        stage.set_phone(Phone(str(1000 + n), (PhoneBehaviour(answer_after=0.0, talk=TALK_S),)))
    _wait_for(lambda: len(engine.centre.phones) == agents)
    for agent in sorted(engine.centre.directory.agents):
        _sign_in(engine, agent)


def _sign_in(engine: Engine, agent: AgentId) -> None:
    engine.requests.ask(lambda request: SignInRequested(request=request, agent=agent, by="bench"))


def _place(stage: Stage, calls: int, calls_per_s: float) -> Sequence[str]:
    legs = []
    started = monotonic()
    for n in range(calls):
        gevent.sleep(max(0.0, started + n / calls_per_s - monotonic()))
        legs.append(stage.place_call(CallerScript(NUMBER, f"1380000{n:04}")))
    return legs


def _wait_for(fact: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE_S
    while not fact():
        if monotonic() > deadline:
            raise RuntimeError(f"something that was due did not happen within {PATIENCE_S:g} s")
        gevent.sleep(0.02)
