"""What we ship lets callers and phones in as it says, and nobody else, and nothing is open to the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from fs_control.virtual_switch.script import CallerScript, Phone
from tests.freeswitch.configuration import Secrets
from tests.freeswitch.events import EventSocket
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sip_caller import SipCaller
from tests.freeswitch.sipp_phone import SippPhone

pytestmark = pytest.mark.freeswitch

ANSWER_S = 20.0
SERVICE_NUMBER = "4001234567"


@contextmanager
def call(door: int, number: str = SERVICE_NUMBER) -> Iterator[SipCaller]:
    """Somebody who dials a number at one of the switch's doors and hears the answer."""
    caller = SipCaller(
        f"call-to-{door}-{number}", CallerScript(number, "13800138000"), door, lambda _kind, _detail: None
    )
    try:
        caller.dial()
        assert caller.over.wait(ANSWER_S)
        yield caller
    finally:
        caller.leave()


def contact(switch: PrivateSwitch, number: str) -> str:
    with switch.events() as events:
        return events.api("sofia_contact", f"phones/{number}@{switch.addresses.host}")


def test_nothing_is_open_but_our_ports_on_the_loopback_address(freeswitch: PrivateSwitch) -> None:
    addresses = freeswitch.addresses
    sockets = psutil.Process(freeswitch.pid).net_connections("inet")
    open_ones = {(each.laddr.ip, each.laddr.port) for each in sockets if each.status in ("LISTEN", "NONE")}
    doors = (addresses.event_port, addresses.phones_port, addresses.trunks_port)
    assert open_ones == {("127.0.0.1", port) for port in doors}


def test_the_generated_files_are_for_their_owner_alone(freeswitch: PrivateSwitch) -> None:
    assert freeswitch.folder.stat().st_mode & 0o077 == 0


def test_a_wrong_password_opens_no_event_socket(freeswitch: PrivateSwitch) -> None:
    with pytest.raises(AssertionError, match="refused the password"):
        EventSocket(freeswitch.addresses.event_port, "ClueCon")


def test_a_phone_registers_with_its_password(freeswitch: PrivateSwitch, tmp_path: Path) -> None:
    phone = SippPhone(freeswitch, tmp_path, Phone("1001"))
    try:
        phone.start()
        assert contact(freeswitch, "1001").startswith("sofia/phones/sip:1001@")
    finally:
        phone.stop()


@pytest.mark.parametrize(
    ("number", "guess"), [("1002", "1002"), ("1002", "1234"), ("1002", "password"), ("100", "100"), ("admin", "admin")]
)
def test_a_phone_with_a_wrong_password_stays_outside(
    freeswitch: PrivateSwitch, tmp_path: Path, number: str, guess: str
) -> None:
    guessing = replace(freeswitch, secrets=Secrets(event_password="", phones={number: guess}))
    phone = SippPhone(guessing, tmp_path, Phone(number))
    try:
        with pytest.raises(AssertionError, match="could not register"):
            phone.start()
    finally:
        phone.stop()
    assert contact(freeswitch, number) == "error/user_not_registered"


def test_the_media_and_session_limits_and_the_codecs_are_those_we_ship(freeswitch: PrivateSwitch) -> None:
    with freeswitch.events() as events:
        assert events.api("global_getvar", "media_timeout") == "300000"
        for profile in ("phones", "trunks"):
            status = dict(
                line.split(None, 1)
                for line in events.api("sofia", f"status profile {profile}").splitlines()
                if len(line.split(None, 1)) == 2
            )
            assert status["CODECS"].split()[-1] == "PCMA,PCMU,G722,OPUS"
            assert status["SESSION-TO"].strip() == "1800"
        codecs = events.api("show", "codec")
    assert all(codec in codecs for codec in ("G.722", "OPUS"))


def test_a_call_at_the_phones_door_is_asked_for_a_password(freeswitch: PrivateSwitch) -> None:
    with call(freeswitch.addresses.phones_port) as caller:
        assert caller.status == 407
