"""Looking back at calls of a whole system: the ladder, the replay of a call, the replay of the centre, its parcel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fs_control.agents import Moment
from fs_control.ids import CallId
from fs_control.records import Action, Disposition
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Reaction, Wait, WaitForTalk
from tests.scenarios.house import House
from tests.scenarios.test_talks_of_agents import ANSWERS, DIRECTORY, FLOW, OUTSIDE, ended, joined, talking

CALLER = "13800138000"


@pytest.fixture
def centre(house: House, tmp_path: Path) -> House:
    """Three agents at their phones, of whom the first one serves the callers of sales."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "sales.yaml").write_text(FLOW, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002", "1003"):
        house.phone(phone, ANSWERS)
    house.sign_in("8001", "8002", "8003")
    return house


def consults(house: House) -> CallId:
    """Let 8001 hold a customer, ask 8002, and join all three; the call, which is over."""
    leg = talking(house)
    for action, moment in ((Action.HOLD, Moment.HELD), (Action.RESUME, Moment.TALKING)):
        house.act("8001", action)
        house.wait_until("8001", moment)
    joined(house)
    house.act("8001", Action.CONSULT, "8002")
    house.wait_until("8001", Moment.CONSULTING)
    house.act("8001", Action.JOIN)
    house.wait_until("8001", Moment.THREE_WAY)
    joined(house)
    house.act("8001", Action.HANG_UP)
    house.wait_until("8002", Moment.TALKING)
    return ended(house, leg).call_id


def test_D1_the_ladder_shows_everybody_who_had_a_part_in_a_call(centre: House, tmp_path: Path) -> None:
    call = consults(centre)
    drawn = centre.type(f"call timeline {call}")
    for head in ("+86 138 0013 8000", "王芳", "李雷"):
        assert head in drawn
    for part in ("on hold", "all three", "李雷 answers", "the call ends, by"):
        assert part in drawn
    centre.type(f"call timeline {call} --svg {tmp_path / 'call.svg'}")
    assert "李雷" in (tmp_path / "call.svg").read_text("utf-8")


def test_D8_the_ladder_shows_who_rang_in_vain_and_who_gave_up(centre: House) -> None:
    centre.phone("1001", PhoneBehaviour(Reaction.NO_ANSWER))
    record = centre.play(CallerScript("4001000001", CALLER, steps=(Wait(8.0), HangUp())))
    assert record.disposition in (Disposition.ABANDONED_RINGING, Disposition.ABANDONED_IN_LINE)
    drawn = centre.type(f"call timeline {record.call_id}")
    assert "phone 1001 of 王芳 rings" in drawn
    assert "the call ends, by the caller" in drawn


def test_the_ladder_shows_a_number_outside(centre: House) -> None:
    centre.outsider(OUTSIDE, PhoneBehaviour(answer_after=0.4, talk=2.0))
    leg = talking(centre)
    centre.act("8001", Action.TRANSFER, OUTSIDE)
    drawn = centre.type(f"call timeline {centre.record_of(leg).call_id}")
    assert OUTSIDE in drawn
    assert f"{OUTSIDE} talks with the customer" in drawn


def test_a_call_under_way_is_drawn_and_replayed(centre: House) -> None:
    leg = talking(centre)
    (call,) = centre.engine.centre.calls
    assert centre.engine.inbox.wait_until_idle(10)
    assert "goes on" in centre.type(f"call timeline {call}")
    steps = json.loads(centre.type(f"call replay {call} --json"))["steps"]
    talks = [change for step in steps for change in step["changes"] if change["fact"] == "talk"]
    assert talks == [{"fact": "talk", "of": "", "before": None, "after": "talking"}]
    ended(centre, leg)


def test_the_replay_of_a_call_has_every_state_of_its_talk(centre: House) -> None:
    call = consults(centre)
    steps = json.loads(centre.type(f"call replay {call} --json"))["steps"]
    talks = [change["after"] for step in steps for change in step["changes"] if change["fact"] == "talk"]
    expected = ["talking", "held", "talking", "consult_ringing", "consulting", "three_way", "talking", None]
    assert talks == expected
    assert "talk: customer on hold → customer and agent talk" in centre.type(f"call replay {call}")


def test_the_replay_of_the_centre_says_what_was_done_and_what_was_stored(centre: House, tmp_path: Path) -> None:
    """No difference to the snapshots and the records: the exit code, which `type` looks at, is 0."""
    consults(centre)
    centre.play(CallerScript("4001000001", CALLER, steps=(WaitForTalk(), Wait(1.0), HangUp())))
    assert json.loads(centre.type("replay --records --json"))["findings"] == []
    state = json.loads(centre.type("replay --state"))
    assert state["at"] == centre.engine.centre.at
    parcel = tmp_path / "parcel.tar.gz"
    centre.type(f"replay --export {parcel}")
    there = centre.type(f"replay {parcel} --json")
    assert json.loads(there[there.index("{") :])["findings"] == []
    assert CALLER not in there
    assert "王芳" not in there
