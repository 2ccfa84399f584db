"""Two hundred callers at once: every one has a record that adds up, and nothing of them is left behind."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import gevent

from fs_control.records import Disposition, SegmentKind
from fs_control.runtime.look_ups import WORKERS
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
)
from tests.scenarios.house import House, assert_adds_up

CALLS = 200
AGENTS = 40
FIRST_AGENT = 15
"""In both groups. The phone's first talk is long, so that nearly everybody waits until the others sign in."""
LONG_TALK = 40.0
SERVED_EARLY = 10
"""More callers than one agent serves while the slowest switch takes two hundred calls."""


def directory() -> str:
    """Forty agents, in halves over two groups, ten of them in both."""
    agents = "\n".join(f'  - {{number: "{8000 + n}", name: Agent {n}, phone: "{1000 + n}"}}' for n in range(AGENTS))
    members = [", ".join(f'"{8000 + n}"' for n in group) for group in (range(25), range(15, AGENTS))]
    return f"""
enterprise: {{name: Test, language: en}}
agents:
{agents}
groups:
  - {{name: sales, ring: 5, members: [{members[0]}]}}
  - {{name: service, ring: 5, members: [{members[1]}]}}
numbers:
  - {{number: "4001234567", flow: main}}
"""


def behaviour(n: int) -> tuple[PhoneBehaviour, ...]:
    """Most phones answer; some are busy or do not answer the first time, and one has a long talk."""
    first = {0: PhoneBehaviour(Reaction.BUSY), 1: PhoneBehaviour(Reaction.NO_ANSWER)}.get(n % 10)
    talks = PhoneBehaviour(answer_after=0.5, talk=3.0)
    if n == FIRST_AGENT:
        return (replace(talks, talk=LONG_TALK), talks)
    return (first, talks) if first is not None else (talks,)


def script(n: int) -> CallerScript:
    """Every tenth caller leaves in the menu, the others choose a group; every seventh of those hangs up in line."""
    steps: tuple[Step, ...] = (WaitForAnswer(), WaitForPrompt("main-menu"), Wait(0.5))
    if n % 10 == 0:
        return CallerScript("4001234567", f"1380000{n:04}", b"", (*steps, HangUp()))
    leaves: tuple[Step, ...] = () if stays(n) else (WaitForPrompt("hold"), Wait(1.0), HangUp())
    return CallerScript("4001234567", f"1380000{n:04}", b"", (*steps, Press("12"[n % 2]), *leaves))


def stays(n: int) -> bool:
    """Whether a caller waits for an agent, however long that takes."""
    return n % 10 != 0 and n % 7 != 0


def there(house: House) -> set[str]:
    """The callers' legs of the calls under way."""
    return {live.call.leg for live in house.engine.centre.calls.values()}


def alive() -> int:
    """Count the greenlets of this process that are not over."""
    gc.collect()
    return sum(1 for thing in gc.get_objects() if isinstance(thing, gevent.Greenlet) and not thing.dead)


def open_files() -> int:
    """Count the sockets and files of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_D1_two_hundred_calls_at_once_leave_two_hundred_records_and_nothing_else(house: House) -> None:
    """Exactly one call row per customer call in Postgres plus one row per leg/segment; segments add up to the call's
    duration.
    """
    house.configure(directory())
    for n in range(AGENTS):
        house.phone(str(1000 + n), *behaviour(n))
    house.sign_in(str(8000 + FIRST_AGENT))
    house.wait_for(lambda: len(house.engine.centre.phones) == AGENTS)
    before = (alive(), open_files(), house.stage.snapshot())

    legs = [house.call(script(n)) for n in range(CALLS)]
    staying = {leg for n, leg in enumerate(legs) if stays(n)}
    house.wait_for(lambda: len(staying - there(house)) < SERVED_EARLY)
    house.sign_in(*(str(8000 + n) for n in range(AGENTS) if n != FIRST_AGENT))
    for leg in legs:
        house.stage.wait_for_end(leg, 120)
    house.settle()

    records = {record.leg: record for record in house.records.recent(2 * CALLS)}
    assert set(records) == set(legs)
    assert house.records.recent(2 * CALLS) == house.records.recent(3 * CALLS)
    for record in records.values():
        assert_adds_up(record)
    talked = [r for r in records.values() if any(s.kind is SegmentKind.TALK for s in r.segments)]
    assert all(record.disposition is Disposition.ANSWERED for record in talked)
    assert len(talked) >= CALLS * 6 // 10

    house.wait_for(lambda: alive() <= before[0])
    house.wait_for(lambda: open_files() <= before[1] + WORKERS)  # each of which keeps its connection to the database
    house.wait_for(lambda: not house.stage.snapshot().channels)
    house.wait_for(lambda: house.stage.snapshot().wires <= before[2].wires)
    house.wait_for(lambda: house.stage.snapshot().greenlets <= before[2].greenlets)
    assert all(agent.state == "idle" for agent in house.engine.centre.agents.values())
