"""Customers, agents, colleagues and phones on a whole system, in an order that chance makes.

What `tests/property/test_talk_machine.py` does to a centre with an ideal switch, on a switch with wires. Every customer
leaves in the end; then no leg is left, every second of every call is accounted for, and the journal folds back.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

import gevent
import pytest

from fs_control.agents import AgentState, Moment, allowed_actions
from fs_control.errors import UserMistake
from fs_control.ids import SECOND
from fs_control.records import Action
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Reaction, Wait, WaitForAnswer
from fs_control.virtual_switch.stage import CallJournal, Stage
from tests.scenarios.conftest import RATE
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001", rights: call dial}
  - {number: "8002", name: 李雷, phone: "1002", rights: call dial}
  - {number: "8003", name: 韩梅, phone: "1003", rights: call dial}
  - {number: "8004", name: 陈静, phone: "1004", rights: call dial}
groups:
  - {name: sales, ring: 5, members: ["8001", "8002", "8003"]}
  - {name: service, ring: 5, members: ["8002", "8003", "8004"]}
numbers:
  - {number: "4001000001", flow: sales}
"""
FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: goodbye, nobody_free: goodbye, nobody_signed_in: goodbye}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
AGENTS: Final = ("8001", "8002", "8003", "8004")
OUTSIDE: Final = "02112345678"
TARGETS: Final = (*AGENTS, "sales", "service", OUTSIDE)

ACTS: Final = int(os.environ.get("FS_CONTROL_ACTS", "60"))
"""More for a soak (docs/soak.md)."""
SEED: Final = os.environ.get("FS_CONTROL_SEED", "5")
pytestmark = pytest.mark.timeout(max(240, ACTS * 3))
MOST_CALLERS: Final = 3
BEHAVIOURS: Final = (
    *(PhoneBehaviour(answer_after=0.3),) * 5,
    PhoneBehaviour(answer_after=0.3, talk=3.0),
    PhoneBehaviour(answer_after=0.3, talk=9.0),
    PhoneBehaviour(Reaction.DECLINE),
    PhoneBehaviour(Reaction.NO_ANSWER),
)
LONGEST_SILENCE: Final = 3 * RATE * SECOND
"""Two seconds of the machine, for a virtual switch that hurries leaves us so much less time; and one if it is busy.

With an ideal switch, where time is exact, it is two seconds (`testing.talk_rules`).
"""
TALK: Final = frozenset(
    (Action.HOLD, Action.RESUME, Action.MUTE, Action.UNMUTE, Action.TRANSFER, Action.CONSULT, Action.COMPLETE)
) | {Action.CANCEL, Action.SWAP, Action.JOIN, Action.HANG_UP}


class RandomTalks:
    """One day: what people do next is drawn from what they could do."""

    def __init__(self, house: House, chance: Random) -> None:
        self.house = house
        self.chance = chance
        self.legs: list[str] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def play(self, acts: int) -> None:
        """Let agents do so much, and customers and phones what they do meanwhile."""
        while self.done.total() < acts:
            self.chance.choice((self.somebody_calls, *(self.an_agent_acts,) * 8, self.a_phone_changes))()

    def somebody_calls(self) -> None:
        if len(self.house.engine.centre.calls) < MOST_CALLERS:
            steps = (WaitForAnswer(), Wait(self.chance.uniform(5, 60)), HangUp())
            number = f"138001380{len(self.legs) % 100:02}"
            self.legs.append(self.house.call(CallerScript("4001000001", number, b"", steps)))

    def an_agent_acts(self) -> None:
        """One who can, mostly; what was possible a moment ago may be refused by now."""
        could = [(agent, action) for agent in AGENTS for action in allowed_actions(self.house.moment(agent))]
        could = [each for each in could if each[1] in TALK and (each[1] is not Action.HANG_UP or self.rarely())]
        if not could:
            gevent.sleep(0.05)
            return
        agent, action = self.chance.choice(could)
        try:
            self.house.act(agent, action, self.target())
            self.done[action] += 1
        except UserMistake as mistake:
            self.refused[mistake.code] += 1
        gevent.sleep(self.chance.choice((0.0, 0.0, 0.02, 0.1, 0.3)))

    def rarely(self) -> bool:
        return self.chance.random() < 0.1

    def target(self) -> str:
        """Mostly somebody who is free."""
        free = [agent for agent in AGENTS if self.house.moment(agent) is Moment.IDLE]
        return self.chance.choice([*free * 3, *TARGETS])

    def a_phone_changes(self) -> None:
        """It does something else from the next call on, or is gone for a while."""
        phone = self.chance.choice(("1001", "1002", "1003", "1004"))
        if self.rarely():
            self.house.stage.expire_phone(phone)
        self.house.phone(phone, self.chance.choice(BEHAVIOURS))


def silences(journal: CallJournal) -> list[int]:
    """Return how long (microseconds of the switch) a customer heard nothing at a time, from the answer to the end."""
    found, hears, since = [], 0, None
    for note in journal.notes:
        if since is not None and note.kind in ("prompt_start", "talk_start", "ended"):
            found.append(note.at - since)
            since = None
        hears += {"prompt_start": 1, "talk_start": 1, "prompt_end": -1, "talk_end": -1}.get(note.kind, 0)
        if note.kind in ("answered", "prompt_end", "talk_end") and not hears:
            since = note.at
    return found


@pytest.fixture
def centre(house: House, tmp_path: Path) -> House:
    """Four agents at their phones, and somebody outside."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "sales.yaml").write_text(FLOW, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002", "1003", "1004"):
        house.phone(phone, PhoneBehaviour(answer_after=0.3))
    house.outsider(OUTSIDE, PhoneBehaviour(answer_after=0.3), PhoneBehaviour(answer_after=0.3, talk=4.0))
    house.sign_in(*AGENTS)
    return house


def test_C4_whatever_people_do_on_a_whole_system_nobody_and_nothing_is_left(centre: House) -> None:
    """The consulted one leaves, the agent leaves, the customer leaves: each from each state has a defined end."""
    talks = RandomTalks(centre, Random(SEED))
    talks.play(ACTS)
    print(f"seed {SEED}: {len(talks.legs)} calls, {dict(talks.done)}, refused {dict(talks.refused)}")
    for leg in talks.legs:
        centre.record_of(leg)  # every microsecond belongs to one segment
        if isinstance(centre.stage, Stage):  # who really rings hears more than their journal says
            assert max(silences(centre.stage.journal(leg)), default=0) <= LONGEST_SILENCE
    centre.settle()
    agents = centre.engine.centre.agents.values()
    assert [agent for agent in agents if agent.state is not AgentState.IDLE or agent.call is not None] == []
    centre.wait_for(lambda: centre.stage.snapshot().channels == ())
    assert {Action.HOLD, Action.CONSULT, Action.TRANSFER} <= talks.done.keys()
