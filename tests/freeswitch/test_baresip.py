"""Hold and transfer by the keys of a phone that others wrote: the same as with ours (C2, C3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.calls import CallState
from fs_control.records import CallRecord, SegmentKind
from fs_control.virtual_switch.script import PhoneBehaviour, WaitForAnswer
from tests.freeswitch.baresip_phone import BaresipPhone, missing_baresip
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import HOTLINE_NUMBER, RealHouse, caller

pytestmark = pytest.mark.freeswitch

WITH_AGENTS = (SegmentKind.TALK, SegmentKind.HOLD)


@pytest.fixture
def phone(house: RealHouse, freeswitch: PrivateSwitch, tmp_path: Path) -> Iterator[BaresipPhone]:
    """The phone of agent 8001, registered; 8002 has one of ours."""
    lack = missing_baresip()
    if lack is not None:
        pytest.skip(lack)
    baresip = BaresipPhone(freeswitch, tmp_path / "baresip", "1001")
    try:
        baresip.start()
        house.wait_for(lambda: house.engine.centre.phones.get("1001", False))
        house.phone("1002", PhoneBehaviour(answer_after=0.2, talk=1.0))
        house.sign_in("8001", "8002")
        yield baresip
    finally:
        baresip.stop()


def begin(house: RealHouse) -> str:
    """A customer talks with agent 8001."""
    leg = house.call(caller(WaitForAnswer(), number=HOTLINE_NUMBER))
    house.wait_for(lambda: any(live.call.state is CallState.TALKING for live in house.engine.centre.calls.values()))
    return leg


def is_held(house: RealHouse) -> bool:
    return any(live.call.talk.by_phone for live in house.engine.centre.calls.values())


def spent(house: RealHouse, record: CallRecord) -> list[tuple[SegmentKind, str | None]]:
    return [(each.kind, house.number_of(each.agent)) for each in record.segments if each.kind in WITH_AGENTS]


def test_C2_baresip_holds_and_takes_back(house: RealHouse, phone: BaresipPhone) -> None:
    leg = begin(house)
    phone.press("hold")
    house.wait_for(lambda: is_held(house))
    phone.press("resume")
    house.wait_for(lambda: not is_held(house))
    phone.press("hangup")
    kinds = [kind for kind, _ in spent(house, house.record_of(leg))]
    assert kinds == [SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.TALK]
    notes = house.stage.journal(leg).notes
    talks = [note.kind for note in notes].index("talk_start")
    assert any(note.kind == "prompt_start" and "hold.wav" in note.detail for note in notes[talks:])


def test_C3_baresip_sends_the_customer_to_a_colleague(house: RealHouse, phone: BaresipPhone) -> None:
    leg = begin(house)
    phone.transfer("8002")
    record = house.record_of(leg)
    talks = [agent for kind, agent in spent(house, record) if kind is SegmentKind.TALK]
    assert talks == ["8001", "8002"]
