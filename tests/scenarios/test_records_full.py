"""Where no record can wait any more, callers are told and leave a record; what is under way goes on (D1)."""

from __future__ import annotations

from pathlib import Path

from fs_control.calls import CallState
from fs_control.events import OutboxLevelChanged
from fs_control.records import Disposition, EndedBy, OutboxLevel
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Press, Wait, WaitForPrompt
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: en}
agents:
  - {number: "8001", name: Ann, phone: "1001"}
groups:
  - {name: sales, ring: 20, members: ["8001"]}
  - {name: service, ring: 20, members: ["8001"]}
numbers:
  - {number: "4001234567", flow: main}
"""
TALKS = (WaitForPrompt("main-menu"), Wait(0.5), Press("1"))


def caller(*steps: object) -> CallerScript:
    return CallerScript("4001234567", "13800138000", b"", steps)  # type: ignore[arg-type]


def test_D1_without_room_a_caller_is_told_and_noted_and_a_talk_goes_on(house: House) -> None:
    house.configure(DIRECTORY)
    house.phone("1001", PhoneBehaviour(answer_after=0.2, talk=6.0))
    house.sign_in("8001")
    talking = house.call(caller(*TALKS))
    house.wait_for(
        lambda: any(live.call.state is CallState.TALKING for live in house.engine.centre.calls.values()),
    )
    house.engine.inbox.put(OutboxLevelChanged(level=OutboxLevel.FULL, percent=100))
    record = house.play(caller())
    assert (record.disposition, record.ended_by) == (Disposition.RECORDS_FULL, EndedBy.CENTRE)
    assert [step.detail for step in record.steps if step.kind == "told"] == ["centre-full"]
    assert [Path(prompt).stem for prompt in house.stage.journal(record.leg).heard()] == ["centre-full"]
    assert house.record_of(talking).disposition is Disposition.ANSWERED
    house.engine.inbox.put(OutboxLevelChanged(level=OutboxLevel.ROOM, percent=40))
    served = house.play(caller(WaitForPrompt("main-menu"), HangUp()))
    assert served.disposition is Disposition.ABANDONED_IN_IVR
