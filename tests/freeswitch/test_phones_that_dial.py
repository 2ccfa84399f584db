"""What one of our phones dials comes to us, and we are told which phone it is; nothing else comes of it."""

from __future__ import annotations

from pathlib import Path

import gevent
import pytest

from fs_control.esl import EventMessage
from fs_control.virtual_switch.script import CallerScript
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sip_caller import Handset, SipCaller
from tests.freeswitch.sipp_stage import SippStage

pytestmark = pytest.mark.freeswitch

HANDED_OVER_S = 20.0
ASKED_WHO = 407


def handed_over(switch: PrivateSwitch, folder: Path, script: CallerScript) -> EventMessage:
    """Let a phone dial, and return the event of its being handed over to us."""
    heard: list[EventMessage] = []
    with switch.events(heard.append) as events, SippStage(switch, folder) as stage:
        events.subscribe("CHANNEL_EXECUTE", "CHANNEL_ORIGINATE")
        leg = stage.place_call(script)
        with gevent.Timeout(HANDED_OVER_S):
            while not any(each.get("Application") == "socket" for each in heard):
                gevent.sleep(0.05)
    assert {each.get("Unique-ID") for each in heard} == {leg}
    return next(each for each in heard if each.get("Application") == "socket")


@pytest.mark.parametrize("number", ["8002", "0000", "*51", "02112345678", "1002", "900861012345678"])
def test_A15_whatever_a_phone_dials_is_handed_to_us_and_rings_nobody(
    freeswitch: PrivateSwitch, tmp_path: Path, number: str
) -> None:
    event = handed_over(freeswitch, tmp_path, CallerScript(number, phone="1001"))
    assert event.get("variable_fsc_phone") == "1001"
    assert event.get("Caller-Destination-Number") == number
    assert event.get("variable_socket_resume") == "true"


def test_A15_a_phone_is_known_by_its_password_and_not_by_what_it_calls_itself(
    freeswitch: PrivateSwitch, tmp_path: Path
) -> None:
    event = handed_over(freeswitch, tmp_path, CallerScript("8002", "1003", phone="1001"))
    assert event.get("Caller-Caller-ID-Number") == "1003"
    assert event.get("variable_fsc_phone") == "1001"


def test_A15_who_gives_a_wrong_password_does_not_get_in(freeswitch: PrivateSwitch) -> None:
    heard: list[EventMessage] = []
    guessing = Handset(user="1001", password="1001")
    script = CallerScript("8002", "1001")
    with freeswitch.events(heard.append) as events:
        events.subscribe("CHANNEL_EXECUTE")
        caller = SipCaller("guessing", script, freeswitch.addresses.phones_port, lambda *_: None, guessing)
        caller.dial()
        assert caller.over.wait(HANDED_OVER_S)
        caller.leave()
    assert caller.status >= 400
    assert heard == []
