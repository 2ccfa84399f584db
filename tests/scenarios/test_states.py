"""What agents choose, on a whole system: breaks, wrap-up, the state at sign-in, and phones that come back."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState, AgentStatus, BreakCause, Moment
from fs_control.calls import CallState
from fs_control.errors import UserMistake
from fs_control.records import Action, OfferResult
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Reaction, Step, Wait, WaitForAnswer
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"SETTINGS}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: hotline, ring: 6, wrap_up: 5, members: [MEMBERS]}
numbers:
  - {number: "4007654321", flow: hotline}
"""

SOON = PhoneBehaviour(answer_after=0.3, talk=1.0)
LONG = PhoneBehaviour(answer_after=0.3, talk=4.0)
NEVER = PhoneBehaviour(Reaction.NO_ANSWER)


def caller(*steps: Step) -> CallerScript:
    """Somebody who calls the hotline."""
    return CallerScript("4007654321", "13800138000", b"", (WaitForAnswer(), *steps))


def open_hotline(house: House, *numbers: str, settings: str = "") -> None:
    """Let these agents be members of the hotline and sign in; everybody answers soon."""
    members = ", ".join(f'"{number}"' for number in numbers)
    house.configure(DIRECTORY.replace("MEMBERS", members).replace("SETTINGS", settings))
    for number in numbers:
        house.phone(f"1{number[1:]}", SOON)
    house.sign_in(*numbers)


def choice(house: House, number: str) -> tuple[AgentStatus, AgentState]:
    agent = house.engine.centre.agents[house.agent(number)]
    return agent.status, agent.state


def test_A13_after_a_call_comes_wrap_up_and_after_its_end_the_next_caller(house: House) -> None:
    """No offer for N seconds after ANY call ends."""
    open_hotline(house, "8001")
    house.play(caller())
    leg = house.call(caller())
    house.wait_for(lambda: bool(house.engine.centre.calls))
    assert house.moment("8001") is Moment.WRAP_UP
    due = house.engine.centre.agents[house.agent("8001")].wrap_up_until
    served = house.record_of(leg)
    chosen = served.offers[0].decision.basis
    assert chosen is not None
    assert due is not None
    assert (chosen.at >= due, served.offers[0].result) == (True, OfferResult.ACCEPTED)


def test_A8_ready_ends_wrap_up_at_once(house: House) -> None:
    """From wrap-up ends wrap-up at once."""
    open_hotline(house, "8001", settings=", wrap_up: 3600")
    house.play(caller())
    assert house.moment("8001") is Moment.WRAP_UP
    house.act("8001", Action.READY)
    assert house.play(caller()).offers[0].result is OfferResult.ACCEPTED
    house.act("8001", Action.SIGN_OUT)


def test_A7_a_break_gives_the_calls_to_others_and_in_a_call_it_begins_after_it(house: House) -> None:
    """Only from idle. Calls then go to other idle agents. From in call it is refused with the reason."""
    open_hotline(house, "8001", "8002")
    house.act("8001", Action.BREAK, reason="meal")
    assert [house.number_of(offer.agent) for offer in house.play(caller()).offers] == ["8002"]
    house.act("8001", Action.READY)
    house.act("8002", Action.READY)
    house.phone("1001", LONG)
    house.act("8002", Action.BREAK, reason="meal")
    leg = house.call(caller())
    house.wait_until("8001", Moment.TALKING)
    with pytest.raises(UserMistake, match="break_in_call"):
        house.act("8001", Action.BREAK, reason="meal")
    house.act("8001", Action.BREAK_AFTER_CALL, reason="training")
    house.record_of(leg)
    house.wait_until("8001", Moment.BREAK)
    on_break = house.engine.centre.agents[house.agent("8001")].on_break
    assert on_break is not None
    assert (on_break.cause, on_break.reason) == (BreakCause.CHOSEN, "training")


def test_A9_a_reason_that_the_enterprise_adds_stops_offers(house: House) -> None:
    """Creating state 'training' and setting it stops offers; a custom state can never be made callable."""
    open_hotline(house, "8001")
    house.type("break-reason add doctor --en doctor --zh 就医")
    house.wait_for(lambda: "doctor" in house.engine.centre.directory.break_reasons)
    house.act("8001", Action.BREAK, reason="doctor")
    leg = house.call(caller(Wait(6), HangUp()))
    assert house.record_of(leg).offers == ()


def test_A10_an_agent_preset_to_a_break_gets_no_call_before_they_are_ready(house: House) -> None:
    """Agent preset busy gets no call after login until set idle."""
    open_hotline(house, "8001", settings=", starts: on_break")
    assert choice(house, "8001") == (AgentStatus.BREAK, AgentState.IDLE)
    leg = house.call(caller())
    house.wait_for(lambda: any(live.call.state is CallState.WAITING for live in house.engine.centre.calls.values()))
    house.act("8001", Action.READY)
    assert house.record_of(leg).offers[0].result is OfferResult.ACCEPTED


def test_C1_a_break_for_not_answering_ends_when_the_phone_that_was_gone_registers_again(house: House) -> None:
    """Automatic removal ends by itself when the phone is back (complaint 11)."""
    open_hotline(house, "8001")
    house.phone("1001", NEVER)
    house.play(caller())
    assert choice(house, "8001")[0] is AgentStatus.BREAK
    house.phone("1001", NEVER, registered=False)
    house.wait_for(lambda: house.engine.centre.phones.get("1001") is False)
    house.phone("1001", SOON)
    house.wait_for(lambda: choice(house, "8001") == (AgentStatus.READY, AgentState.IDLE))
    assert house.play(caller()).offers[0].result is OfferResult.ACCEPTED


def test_A26_what_the_enterprise_says_counts_at_once_for_who_says_nothing(house: House) -> None:
    """A default applies to every agent that has no own value; `agent show` says where each value comes from."""
    open_hotline(house, "8001")
    house.type("group set hotline --wrap-up -")
    house.type("enterprise set --wrap-up 3600")
    house.wait_for(lambda: house.engine.centre.directory.defaults.wrap_up_s == 3600)
    house.play(caller())
    assert house.moment("8001") is Moment.WRAP_UP
    shown = house.type("agent show 8001")
    assert "3600 s" in shown
    assert "of the enterprise" in shown
    house.act("8001", Action.SIGN_OUT)
