"""Calls on a whole system agree with what the switch itself has written of their legs (D1): to 40 ms on a FreeSWITCH.

A virtual switch that hurries is allowed more, for its turns are long where the machine is busy.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.agents import Moment
from fs_control.cdr import agent_details
from fs_control.records import Action, Disposition
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Reaction,
    Wait,
    WaitForAnswer,
    WaitForTalk,
)
from tests.scenarios.house import House
from tests.scenarios.test_dialling import CUSTOMER, LISTENS, NEVER, dial
from tests.scenarios.test_talks_of_agents import ANSWERS, DIRECTORY, FLOW, OUTSIDE, SOON, ended, joined, talking

WAITING = FLOW.replace("nobody_free: goodbye, ", "")
LEAVES = (WaitForAnswer(), Wait(3.0), HangUp())


@pytest.fixture
def centre(house: House, tmp_path: Path) -> House:
    """Three agents at their phones, of whom the first one serves the callers of sales."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "sales.yaml").write_text(WAITING, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002", "1003"):
        house.phone(phone, ANSWERS)
    house.sign_in("8001", "8002", "8003")
    return house


def test_D1_a_call_with_hold_and_consult_agrees_with_the_switch(centre: House) -> None:
    """Exactly one call row per customer call in Postgres plus one row per leg/segment; segments add up to the call's
    duration."""
    leg = talking(centre)
    for action, to in ((Action.HOLD, ""), (Action.RESUME, ""), (Action.CONSULT, "8002")):
        joined(centre)
        centre.act("8001", action, to)
    centre.wait_until("8001", Moment.CONSULTING)
    centre.act("8001", Action.CANCEL)
    centre.wait_until("8002", Moment.IDLE)
    ended(centre, leg)
    assert (centre.prove().calls, centre.prove().not_compared) == (1, 0)


def test_D8_each_agent_has_what_they_did_in_a_call_that_was_handed_over(centre: House) -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    leg = talking(centre)
    centre.act("8001", Action.HOLD)
    centre.wait_until("8001", Moment.HELD)
    centre.act("8001", Action.CONSULT, "8002")
    centre.wait_until("8001", Moment.CONSULTING)
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8002", Moment.TALKING)
    asks, asked = agent_details(ended(centre, leg))
    assert (asks.offered, asks.answered, asks.cause) == (1, 1, "TRANSFERRED")
    assert min(asks.rang, asks.talked, asks.held, asks.consulted) > 0
    assert (asked.offered, asked.answered, asked.held, asked.consulted) == (1, 1, 0, 0)
    assert min(asked.rang, asked.advised, asked.talked) > 0
    assert asked.cause == "NORMAL_CLEARING"
    assert centre.prove().flawed == 0


@pytest.mark.parametrize("to", ["8002", OUTSIDE])
def test_D1_a_call_that_is_handed_on_agrees_with_the_switch(centre: House, to: str) -> None:
    centre.phone("1002", SOON)
    centre.outsider(OUTSIDE, SOON)
    leg = talking(centre)
    joined(centre)
    centre.act("8001", Action.TRANSFER, to)
    centre.record_of(leg)
    assert centre.prove().flawed == 0


def test_D1_callers_who_give_up_agree_with_the_switch(centre: House) -> None:
    """While the phone rings, and in line."""
    centre.phone("1001", PhoneBehaviour(Reaction.NO_ANSWER))
    first = centre.call(CallerScript("4001000001", "13800138000", steps=LEAVES))
    second = centre.call(CallerScript("4001000001", "13900139000", steps=LEAVES))
    verdicts = {centre.record_of(leg).disposition for leg in (first, second)}
    assert verdicts <= {Disposition.ABANDONED_RINGING, Disposition.ABANDONED_IN_LINE}
    assert centre.prove().calls == 2


def test_D1_a_caller_who_ends_the_talk_agrees_with_the_switch(centre: House) -> None:
    steps = (WaitForAnswer(), WaitForTalk(), Wait(2.0), HangUp())
    centre.record_of(centre.call(CallerScript("4001000001", "13800138000", steps=steps)))
    assert centre.prove().flawed == 0


@pytest.mark.parametrize("first", ["customer", "agent"])
@pytest.mark.parametrize("behaviour", [LISTENS, NEVER, PhoneBehaviour(Reaction.BUSY)])
def test_D1_a_call_that_an_agent_made_agrees_with_the_switch(
    centre: House, first: str, behaviour: PhoneBehaviour
) -> None:
    centre.phone("1001", SOON if behaviour is LISTENS else ANSWERS)
    centre.outsider(CUSTOMER, behaviour)
    dial(centre, first=first)
    if behaviour is NEVER:
        centre.wait_until("8001", Moment.DIALLING)
        centre.wait_for(lambda: len(centre.stage.snapshot().channels) > (first == "agent"))
        centre.act("8001", Action.HANG_UP)
    centre.settle()
    assert centre.prove().flawed == 0
