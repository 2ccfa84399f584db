"""The files of ended legs, as a FreeSWITCH 1.10.12 wrote them (tests/data/cdrs)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fs_control.errors import RemoteFault
from fs_control.ids import LegId
from fs_control.switch.cdr import Cdr, decode_cdr

FILES = Path(__file__).parents[2] / "data" / "cdrs"


def read(name: str) -> Cdr:
    return decode_cdr((FILES / f"{name}.cdr.json").read_bytes())


def changed(**variables: Any) -> bytes:
    """A file of a caller with other variables."""
    found = json.loads((FILES / "agent-hangs-up-agent.cdr.json").read_bytes().decode("utf-8", "replace"))
    found["variables"] |= variables
    if "uuid" in variables:  # the leg is named twice
        found["callflow"][-1]["caller_profile"]["uuid"] = variables["uuid"]
    return json.dumps(found).encode()


def test_a_caller_who_hung_up_is_read_with_the_call_that_was_on_the_leg() -> None:
    found = read("caller-hangs-up-caller")
    assert found.enterprise == "default"
    assert found.leg.leg == "5ef2c4b6-d778-4b5a-8e66-0b824414c386"
    assert found.leg.call == "71548419-8a90-4bec-a5c1-15546dd3f9f2"
    assert (found.leg.direction, found.leg.caller, found.leg.number) == ("inbound", "13800138000", "4007654321")
    assert (found.leg.cause, found.leg.disposition) == ("NORMAL_CLEARING", "recv_bye")
    assert (found.leg.created_at, found.leg.ended_at) == (1795387452774442, 1795387454150035)
    assert found.leg.answered_at == 1795387452789443
    assert found.leg.talked_to == LegId("c1568d5b-af90-5f29-8ca4-14950421d20e")


def test_a_caller_who_was_joined_by_name_keeps_the_number() -> None:
    """Three profiles, in the last two of which the caller has the number of an agent."""
    leg = read("consult-caller").leg
    assert (leg.caller, leg.number) == ("13800138000", "4007654321")
    assert leg.ended_at == 1795387463850585


@pytest.mark.parametrize(
    ("name", "cause", "disposition"),
    [
        ("agent-hangs-up-agent", "NORMAL_CLEARING", "recv_bye"),
        ("agent-hangs-up-caller", "NORMAL_CLEARING", "send_bye"),
        ("declined-agent", "CALL_REJECTED", "recv_refuse"),
        ("transfer-caller-killed", "NORMAL_CLEARING", "send_bye"),
        ("originate-busy", "USER_BUSY", "recv_refuse"),
    ],
)
def test_who_ended_a_leg_is_read(name: str, cause: str, disposition: str) -> None:
    leg = read(name).leg
    assert (leg.cause, leg.disposition) == (cause, disposition)


def test_a_leg_that_was_never_answered_says_so() -> None:
    assert read("declined-agent").leg.answered_at is None
    assert read("declined-agent").leg.talked_to is None


def test_a_leg_that_is_not_of_ours_has_no_enterprise() -> None:
    assert decode_cdr(changed(fsc_enterprise="")).enterprise is None
    assert read("originate-busy").leg.call is None


def test_half_a_file_is_no_leg() -> None:
    whole = (FILES / "agent-hangs-up-agent.cdr.json").read_bytes().rstrip()
    for cut in range(0, len(whole), 61):
        with pytest.raises(RemoteFault) as caught:
            decode_cdr(whole[:cut])
        assert caught.value.code == "cdr_unreadable"


@pytest.mark.parametrize("change", [{"uuid": ""}, {"uuid": "a\nb"}, {"uuid": 7}, {"fsc_call_id": "x" * 300}])
def test_a_name_that_is_none_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RemoteFault):
        decode_cdr(changed(**change))


def test_a_caller_whom_a_phone_sent_to_one_that_rings_keeps_their_name() -> None:
    """REFER with Replaces leaves the caller's leg the variable `uuid` of the other one, which has a file of its own."""
    leg = read("sent-to-a-ringing-phone-caller").leg
    assert leg.leg == "25761acb-f1a2-4f96-b0dc-b4676dc5b928"
    assert leg.call == "25e36522-d6d4-434d-b21d-0157d9a3e1b0"
