"""An agent on duty who touches nothing but the phone that rings (G1)."""

from __future__ import annotations

from fs_control.agents import AgentStatus
from fs_control.face.clock_words import local_time
from fs_control.ids import SECOND, Micros, seconds
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Press, Wait, WaitForAnswer
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh, time_zone: Asia/Kathmandu}
agents:
  - {number: 8001, name: 王芳, phone: 1001}
groups:
  - {name: hotline, members: [8001]}
numbers:
  - {number: "4007654321", flow: hotline}
"""
MOBILE = "13900139000"
ACCEPTS = PhoneBehaviour(answer_after=0.3, steps=(Wait(1.0), Press("1"), Wait(1.5), HangUp()))
MINUTE = 60 * SECOND
LEAD = seconds(45)
"""So long before its minute a schedule is set up, at least."""


def next_minute(house: House) -> Micros:
    """Return a minute that will begin soon, and not too soon."""
    return Micros(((house.engine.now + LEAD) // MINUTE + 1) * MINUTE)


def on_the_wall(at: Micros) -> str:
    return f"{local_time(at, 'Asia/Kathmandu'):%H:%M}"


def is_signed_in(house: House) -> bool:
    agent = house.engine.centre.agents.get(house.agent("8001"))
    return agent is not None and agent.status is AgentStatus.READY


def test_G1_at_the_minute_the_agent_is_signed_in_and_gets_calls_without_any_action(house: House) -> None:
    """At the minute the agent is signed in on the mobile and gets calls without any action."""
    house.configure(DIRECTORY)
    house.phone("1001")
    house.outsider(MOBILE, ACCEPTS)
    house.type(f"agent set 8001 --terminal phone={MOBILE}")
    due = next_minute(house)
    house.type(f"schedule add duty --agent 8001 --on daily --sign-in {on_the_wall(due)} --terminal phone")
    house.wait_for(lambda: bool(house.engine.centre.directory.schedules))
    assert not is_signed_in(house)
    house.wait_for(lambda: house.engine.now >= due)
    house.wait_for(lambda: is_signed_in(house))
    record = house.play(CallerScript("4007654321", "13800138000", b"", (WaitForAnswer(), Wait(60))))
    assert [(house.number_of(offer.agent), offer.phone) for offer in record.offers] == [("8001", MOBILE)]
    assert record.disposition == "answered"
    (run,) = house.engine.centre.plan_runs.values()
    assert run.due_at == due
