"""The directory changed at a terminal while callers wait: places and states stay, everything else is new at once."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.ids import AgentId, GroupId
from fs_control.records import CallRecord, Disposition, OfferResult, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Press,
    Reaction,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from fs_control.virtual_switch.script import PhoneBehaviour as Behaviour
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
  - {number: "8003", name: 陈静, phone: "1003"}
groups:
  - {name: sales, ring: 3, members: ["8001"]}
  - {name: service, ring: 3, members: ["8003"]}
numbers:
  - {number: "4001234567", flow: main}
"""

TALKS = Behaviour(answer_after=0.4, talk=2.0)
TALKS_LONG = Behaviour(answer_after=0.4, talk=60.0)
"""Long enough for commands to be typed meanwhile, where time runs faster than life."""
RINGS_ON = Behaviour(Reaction.NO_ANSWER)


@pytest.fixture(autouse=True)
def configured(house: House) -> None:
    """One agent in each of two groups, and one in none."""
    house.configure(DIRECTORY)


def caller(who: str = "13800138000") -> CallerScript:
    """Somebody who wants sales, and stays on the line until the agent hangs up."""
    steps = (WaitForAnswer(), WaitForPrompt("main-menu"), Wait(0.5), Press("1"), WaitForTalk(), Wait(90), HangUp())
    return CallerScript("4001234567", who, b"", steps)


def group(house: House, name: str) -> GroupId:
    return next(one.id for one in house.engine.centre.directory.groups.values() if one.name == name)


def line(house: House, of: GroupId) -> list[str]:
    """Who waits in a group's line, in order, by the caller's leg."""
    centre = house.engine.centre
    return [centre.calls[call].call.leg for call in centre.lines.get(of, ())]


def state(house: House, agent: AgentId) -> AgentState:
    return house.engine.centre.agents[agent].state


def offered(record: CallRecord) -> list[AgentId]:
    return [offer.agent for offer in record.offers]


def two_wait_behind_a_talk(house: House) -> tuple[str, str, str]:
    """Agent 8001 talks with the first caller, and two more wait for sales, in this order."""
    sales, agent = group(house, "sales"), house.agent("8001")
    house.phone("1001", TALKS_LONG, TALKS)
    house.sign_in("8001")
    talking = house.call(caller("13800138001"))
    house.wait_for(lambda: state(house, agent) is AgentState.ON_CALL)
    first = house.call(caller("13800138002"))
    house.wait_for(lambda: line(house, sales) == [first])
    second = house.call(caller("13800138003"))
    house.wait_for(lambda: line(house, sales) == [first, second])
    return talking, first, second


def test_Q1_groups_and_agents_get_other_names_and_everybody_keeps_their_place(house: House) -> None:
    """Groups are edited: waiting callers keep their place, agents their state; a rename keeps identity."""
    talking, *waiting = two_wait_behind_a_talk(house)
    sales, agent = group(house, "sales"), house.agent("8001")
    assert "Active flows name the group" not in house.type("group set sales --name verkauf --yes")
    house.type("agent set 8001 --number 9001 --name 王小芳")
    assert (group(house, "verkauf"), house.agent("9001")) == (sales, agent)
    assert line(house, sales) == waiting
    assert state(house, agent) is AgentState.ON_CALL
    records = [house.record_of(leg) for leg in (talking, *waiting)]
    assert [offered(record) for record in records] == [[agent]] * 3
    assert {record.segments[-1].group for record in records} == {sales}
    assert records[1].offers[0].offered_at < records[2].offers[0].offered_at


def test_Q1_a_new_member_gets_the_caller_who_waited_longest_at_once(house: House) -> None:
    """Who joins a group takes its waiting callers; an agent in two groups is offered calls from both."""
    talking, first, second = two_wait_behind_a_talk(house)
    house.phone("1003", TALKS)
    house.sign_in("8003")
    assert line(house, group(house, "sales")) == [first, second]
    house.type("group set sales --member 8003")
    assert offered(house.record_of(first)) == [house.agent("8003")]
    for leg in (second, talking):
        house.record_of(leg)


def test_Q1_another_strategy_counts_from_the_next_choice_on(house: House) -> None:
    house.type("group set sales --member 8002")
    for phone in ("1001", "1002"):
        house.phone(phone, TALKS)
    house.sign_in("8001", "8002")
    assert offered(house.play(caller())) == [house.agent("8001")]  # so that 8002 is idle for longer
    house.type("group set sales --strategy top_down")
    (offer,) = house.play(caller()).offers
    assert (offer.agent, offer.decision.rule) == (house.agent("8001"), "rule.top_down")


@pytest.mark.parametrize("command", ["group set sales --without 8001", "agent remove 8001 --yes"])
def test_M14_who_is_taken_out_while_ringing_is_not_offered_this_caller_again(house: House, command: str) -> None:
    """After delete: no route to the agent."""
    house.type("group set sales --member 8002")
    house.phone("1001", RINGS_ON)
    house.phone("1002", RINGS_ON, RINGS_ON, TALKS)
    house.sign_in("8001", "8002")
    gone, stays = house.agent("8001"), house.agent("8002")
    leg = house.call(caller())
    house.wait_for(lambda: state(house, gone) is AgentState.RINGING)
    house.type(command)
    record = house.record_of(leg)
    assert offered(record) == [gone, stays, stays, stays]
    assert record.offers[-1].result is OfferResult.ACCEPTED
    assert offered(house.play(caller())) == [stays]


def test_M14_a_removed_agent_comes_back_and_takes_calls_again(house: House) -> None:
    """Deleted things come back for 30 days."""
    house.phone("1001", TALKS)
    agent = house.agent("8001")
    house.type("agent remove 8001 --yes")
    assert house.play(caller()).disposition is Disposition.NOBODY_SIGNED_IN
    house.type("agent restore 8001")
    house.sign_in("8001")
    assert offered(house.play(caller())) == [agent]


def test_N13_callers_of_a_group_that_is_removed_go_on_in_the_flow(house: House) -> None:
    """A call is answered by the flow and ends in message/hang-up, never in silence."""
    talking, *waiting = two_wait_behind_a_talk(house)
    house.type("group remove sales --yes")
    for leg in waiting:
        record = house.record_of(leg)
        assert record.disposition is Disposition.NOBODY_SIGNED_IN
        assert house.stage.journal(leg).heard()[-2].endswith("nobody-signed-in.wav")
    record = house.record_of(talking)
    assert (record.disposition, record.segments[-1].kind) == (Disposition.ANSWERED, SegmentKind.TALK)
