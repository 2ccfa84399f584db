"""Each leg of a call has one row as the switch told it, from the file that the switch leaves of it (D1).

The files themselves are compared with those that a FreeSWITCH 1.10.12 left of the same scenes (tests/data/cdrs): so the
virtual switch is held to the real one, and what is kept is held to the FreeSWITCH of this machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fs_control.agents import Moment
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import Action, CallRecord, EndedBy, OfferResult, SwitchLeg
from fs_control.store.legs import PostgresLegStore
from fs_control.switch.cdr import SUFFIX
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForTalk,
)
from tests.scenarios.house import House

KEPT = Path(__file__).parents[1] / "data" / "cdrs"
DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: sales, ring: 10, members: ["8001"]}
numbers:
  - {number: "4007654321", flow: hotline}
"""
FLOW = """
flow: hotline
language: zh
start: sales
steps:
  sales: {do: queue, group: sales, served: end, nobody_signed_in: end}
  end: {do: hangup}
"""
ANSWERS = PhoneBehaviour(answer_after=0.3)
NEAR = 40_000
"""Microseconds by which our records may differ from the switch's own (D1)."""
STAYS = (WaitForAnswer(), Wait(60.0), HangUp())

NOT_COMPARED = frozenset({"flags", "caps", "extension", "app_log", "callStats", "originator", "originatee"})
"""What nobody reads: numbers of internal flags, the dialplan's extension, what was executed, figures of the sound."""
BY_CHANCE = frozenset({"last_bridge_role"})
"""What depends on whether a leg was ended a moment before or after its bridge had noticed."""
SAME = (
    *("direction", "hangup_cause", "hangup_cause_q850", "sip_hangup_disposition", "endpoint_disposition"),
    *("originate_disposition", "sip_term_status", "proto_specific_hangup_cause", "sip_term_cause", "digits_dialed"),
    *("sip_invite_failure_status", "fsc_enterprise", "fsc_number", "sip_req_user"),
)
"""Variables that have the same value in every such call."""


@pytest.fixture
def hotline(house: House, tmp_path: Path) -> House:
    """Two agents at their phones, of whom the first one serves the callers."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "hotline.yaml").write_text(FLOW, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002"):
        house.phone(phone, ANSWERS)
    house.sign_in("8001", "8002")
    return house


def caller(*steps: Step) -> CallerScript:
    return CallerScript("4007654321", "13800138000", "张三".encode("gbk"), steps)


def legs_of(house: House, record: CallRecord, count: int) -> dict[str, SwitchLeg]:
    """Wait for the rows of a call's legs; the caller's, and the phones' by their numbers."""
    store = PostgresLegStore(house.database, DEFAULT_ENTERPRISE)
    house.wait_for(lambda: len(store.of_call(record.call_id)) >= count)
    found = store.of_call(record.call_id)
    assert len(found) == count
    return {"caller" if leg.leg == record.leg else leg.number: leg for leg in found}


def file_of(house: House, leg: str) -> dict[str, Any]:
    """What the switch has left of a leg just now; it lies there for some seconds."""
    assert house.engine.leg_ends is not None
    path = house.engine.leg_ends.folder.path / f"{leg}{SUFFIX}"
    found: dict[str, Any] = json.loads(path.read_bytes().decode("utf-8", "replace"))
    return found


def kept(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((KEPT / f"{name}{SUFFIX}").read_bytes().decode("utf-8", "replace"))
    return found


def lacking(real: Mapping[str, Any], made: Mapping[str, Any], at: str = "") -> list[str]:
    """The keys that a real file has and another one has not."""
    lacks = [f"{at}{key}" for key in real if key not in made and key not in NOT_COMPARED | BY_CHANCE]
    for key in (key for key in real if key in made and key not in NOT_COMPARED):
        if isinstance(real[key], Mapping):
            lacks += lacking(real[key], made[key], f"{at}{key}.")
    return lacks


def assert_like(name: str, made: Mapping[str, Any]) -> None:
    """A file has what the one that was kept has, and says the same where that does not depend on the moment."""
    real = kept(name)
    assert lacking(real, made) == []
    assert {key: made["variables"].get(key) for key in SAME} == {key: real["variables"].get(key) for key in SAME}
    assert made["channel_data"]["state"] == real["channel_data"]["state"]
    assert len(made["callflow"]) == len(real["callflow"])
    for ours, theirs in zip(made["callflow"], real["callflow"], strict=True):
        assert lacking(theirs, ours) == []
        for key in ("ani", "destination_number", "profile_index"):
            assert ours.get(key) == theirs.get(key)
        happened = {key for key, moment in theirs["times"].items() if moment != "0"}
        assert {key for key, moment in ours["times"].items() if moment != "0"} == happened


def test_D1_each_leg_of_a_call_is_one_row_and_agrees_with_the_record(hotline: House) -> None:
    """The CDR: one row per call, one per leg; times as the switch's; every second in exactly one segment."""
    leg = hotline.call(caller(WaitForAnswer(), WaitForTalk(), Wait(1.0), HangUp()))
    record = hotline.record_of(leg)
    left = file_of(hotline, leg), file_of(hotline, record.offers[0].leg)
    legs = legs_of(hotline, record, 2)
    own, agent = legs["caller"], legs["1001"]
    assert (own.caller, own.number, own.disposition) == ("13800138000", "4007654321", "recv_bye")
    assert (own.talked_to, agent.talked_to) == (agent.leg, own.leg)
    assert record.ended_by is EndedBy.CALLER
    assert record.ended_at is not None
    assert abs(record.ended_at - own.ended_at) <= NEAR
    assert abs((record.answered_at or 0) - (own.answered_at or 0)) <= NEAR
    assert_like("caller-hangs-up-caller", left[0])
    assert_like("caller-hangs-up-agent", left[1])


def test_D1_the_legs_of_a_talk_that_the_agent_ended(hotline: House) -> None:
    hotline.phone("1001", PhoneBehaviour(answer_after=0.3, talk=1.0))
    leg = hotline.call(caller(*STAYS))
    record = hotline.record_of(leg)
    assert_like("agent-hangs-up-caller", file_of(hotline, leg))
    assert_like("agent-hangs-up-agent", file_of(hotline, record.offers[0].leg))
    assert legs_of(hotline, record, 2)["1001"].disposition == "recv_bye"


def test_D1_the_leg_of_a_phone_that_declined(hotline: House) -> None:
    hotline.phone("1001", PhoneBehaviour(Reaction.DECLINE))
    leg = hotline.call(caller(WaitForAnswer(), Wait(2.0), HangUp()))
    record = hotline.record_of(leg)
    assert record.offers[0].result is OfferResult.DECLINED
    assert_like("declined-agent", file_of(hotline, record.offers[0].leg))
    assert_like("abandoned-caller", file_of(hotline, leg))
    assert legs_of(hotline, record, 2)["1001"].answered_at is None


def test_D1_the_legs_of_a_call_that_went_through_two_hands(hotline: House) -> None:
    leg = hotline.call(caller(*STAYS))
    hotline.wait_until("8001", Moment.TALKING)
    hotline.act("8001", Action.TRANSFER, "8002")
    hotline.wait_until("8002", Moment.TALKING)
    hotline.act("8002", Action.HANG_UP)
    record = hotline.record_of(leg)
    legs = legs_of(hotline, record, 3)
    assert set(legs) == {"caller", "1001", "1002"}
    assert {each.call for each in legs.values()} == {record.call_id}
    assert len({each.core for each in legs.values()}) == 1
