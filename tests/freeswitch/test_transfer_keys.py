"""A phone's transfer key leads to us and nowhere else, whatever the phone writes into it."""

from __future__ import annotations

import socket

import gevent
import pytest

from fs_control.records import OfferResult, SegmentKind
from fs_control.virtual_switch.script import PhoneBehaviour, Step, Wait, WaitForAnswer, WaitForTalk
from tests.freeswitch.key_phone import RedirectAnywhere, ReferAnywhere
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import HOTLINE_NUMBER, RealHouse, caller

pytestmark = pytest.mark.freeswitch

NOBODY = "Replaces=nobody%40nowhere%3Bto-tag%3Da%3Bfrom-tag%3Db"
"""A call that the switch does not know, as if it were on another machine."""
INVITED_S = 3.0


def targets(port: int) -> dict[str, str]:
    there = f"127.0.0.1:{port}"
    return {
        "another machine": f"<sip:900123@{there}?{NOBODY}>",
        "the carrier, in the parameters": f"<sip:x@127.0.0.1;a=1}}sofia/gateway/carrier/900123?{NOBODY}>",
        "the carrier, as user": f"<sip:x%7csofia/gateway/carrier/900123@127.0.0.1?{NOBODY}>",
        "another machine, blind": f"<sip:900123@{there}>",
        "the carrier, blind": "<sip:sofia%2fgateway%2fcarrier%2f900123@127.0.0.1>",
    }


@pytest.mark.parametrize("kind", targets(0))
def test_A18_no_transfer_key_dials_anybody(house: RealHouse, freeswitch: PrivateSwitch, kind: str) -> None:
    """Nobody is called; and the customer is in the call with the agent, or rung for there again."""
    with socket.socket(type=socket.SOCK_DGRAM) as there, socket.socket(type=socket.SOCK_DGRAM) as carrier:
        there.bind(("127.0.0.1", 0))
        carrier.bind(("127.0.0.1", freeswitch.addresses.gateway_port))
        key: Step = ReferAnywhere(targets(there.getsockname()[1])[kind])  # type: ignore[assignment]
        house.phone("1001", PhoneBehaviour(answer_after=0.2, steps=(Wait(0.5), key)))
        house.sign_in("8001")
        leg = house.call(caller(WaitForAnswer(), WaitForTalk(), number=HOTLINE_NUMBER))
        gevent.sleep(INVITED_S)
        for door in (there, carrier):
            door.setblocking(False)
            with pytest.raises(BlockingIOError):
                print(door.recv(65_536))
        with freeswitch.events() as events:
            events.api("uuid_kill", leg)
        house.record_of(leg)


def test_A18_what_a_transfer_key_smuggles_into_a_dial_string_is_joined_with_nobody(house: RealHouse) -> None:
    """FreeSWITCH would join the customer with the far end; the phone's leg is ended, and with it that cannot be."""
    smuggled = f"<sip:x@127.0.0.1?{NOBODY}&x=1}}sofia/gateway/carrier/900123>"
    key: Step = ReferAnywhere(smuggled)  # type: ignore[assignment]
    house.phone("1001", PhoneBehaviour(answer_after=0.2, steps=(Wait(0.5), key)), PhoneBehaviour(talk=1.0))
    house.outsider("900123", PhoneBehaviour(answer_after=1.0))
    house.sign_in("8001")
    record = house.play(caller(WaitForAnswer(), WaitForTalk(), number=HOTLINE_NUMBER))
    talks = [each.agent for each in record.segments if each.kind is SegmentKind.TALK]
    assert talks == [house.agent("8001")] * 2
    house.wait_for(lambda: not house.sipp_stage.snapshot().channels)


def test_A18_a_phone_that_redirects_its_calls_is_a_phone_that_takes_none(house: RealHouse) -> None:
    """FreeSWITCH would call whatever address a phone names in a 302."""
    with socket.socket(type=socket.SOCK_DGRAM) as there:
        there.bind(("127.0.0.1", 0))
        step: Step = RedirectAnywhere(f"<sip:900123@127.0.0.1:{there.getsockname()[1]}>")  # type: ignore[assignment]
        house.phone("1001", PhoneBehaviour(steps=(step,)), PhoneBehaviour(answer_after=0.2, talk=1.0))
        house.sign_in("8001")
        record = house.play(caller(WaitForAnswer(), WaitForTalk(), number=HOTLINE_NUMBER))
        there.setblocking(False)
        with pytest.raises(BlockingIOError):
            there.recv(65_536)
    assert [each.result for each in record.offers][-1] is OfferResult.ACCEPTED
    assert len(record.offers) > 1
