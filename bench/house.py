"""What every bench with calls in it needs: a folder, a database, a directory, callers at a steady pace.

Knows no controller and takes no figure. Easy to break: started by root, PostgreSQL runs as a user of its own, who has
to pass through the folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import gevent

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.store.local_postgres import LocalPostgres
from fs_control.store.migrations import upgrade
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from fs_control.virtual_switch.stage import Stage

FLOW = Path(__file__).parents[1] / "ivr_flows" / "hotline.yaml"
"""A queue and nothing else."""
NUMBER = "4008000001"
FIRST_PHONE = 1000
PATIENCE_S = 60.0


@contextmanager
def bench_folder() -> Iterator[Path]:
    """Give the block a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-bench-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def bench_database(folder: Path, agents: int) -> Iterator[str]:
    """Give the block the URL of a database in which so many agents serve `NUMBER` with `FLOW`."""
    server = LocalPostgres(folder)
    try:
        server.start()
        url = server.create_database("bench")
        upgrade(url)
        _furnish(url, agents)
        yield url
    finally:
        server.stop()


def _furnish(url: str, agents: int) -> None:
    engine = create_engine(url)
    try:
        store = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE)
        store.import_directory(parse_directory(directory(agents), "directory.yaml"))
        store.activate_flow("hotline", FLOW.read_text(encoding="utf-8"), "bench")
    finally:
        engine.dispose()


def directory(agents: int) -> str:
    """One group of agents behind one number, as an operator would write it."""
    lines = "\n".join(
        f'  - {{number: "{agent_number(n)}", name: Agent {n}, phone: "{FIRST_PHONE + n}"}}' for n in range(agents)
    )
    members = ", ".join(f'"{agent_number(n)}"' for n in range(agents))
    return f"""
enterprise: {{name: Bench, language: en}}
agents:
{lines}
groups:
  - {{name: hotline, ring: 20, members: [{members}]}}
numbers:
  - {{number: "{NUMBER}", flow: hotline}}
"""


def agent_number(place: int) -> str:
    """The number of an agent, by their place in the directory."""
    return str(8000 + place)


def set_phones(stage: Stage, phones: int, talk_s: float) -> None:
    """Register phones that answer at once and hang up after `talk_s`."""
    for n in range(phones):
        stage.set_phone(Phone(str(FIRST_PHONE + n), (PhoneBehaviour(answer_after=0.0, talk=talk_s),)))


def place_calls(stage: Stage, calls: int, calls_per_s: float, number: str = NUMBER) -> Sequence[str]:
    """Let callers dial at a steady pace; returns their legs."""
    legs = []
    started = monotonic()
    for n in range(calls):
        gevent.sleep(max(0.0, started + n / calls_per_s - monotonic()))
        legs.append(stage.place_call(CallerScript(number, f"1380000{n:04}")))
    return legs


def check_all_talked(stage: Stage, legs: Iterable[str]) -> None:
    """Wait until these calls are over; RuntimeError unless in each of them somebody talked with the caller."""
    journals = [stage.wait_for_end(leg, PATIENCE_S) for leg in legs]
    silent = sum(all(note.kind != "talk_start" for note in journal.notes) for journal in journals)
    if silent:
        raise RuntimeError(f"{silent} of {len(journals)} callers never talked with anybody")


def wait_for(fact: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so; RuntimeError where that takes too long."""
    deadline = monotonic() + patience_s
    while not fact():
        if monotonic() > deadline:
            raise RuntimeError(f"something that was due did not happen within {patience_s:g} s")
        gevent.sleep(0.02)
