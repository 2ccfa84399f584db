"""What a caller meets who arrives while no controller listens: music, then the controller, or else an apology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

import gevent
import pytest
from gevent import socket
from gevent.event import Event

from fs_control.esl import EventMessage
from fs_control.media.prompts import prompts_folder
from fs_control.virtual_switch.script import CallerScript
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sip_caller import Handset, SipCaller

pytestmark = pytest.mark.freeswitch

SERVICE_NUMBER = "4001234567"
MUSIC = "local_stream://fs_control"
SOON_S = 20.0
APOLOGY_S = 110.0
"""Twenty tries and two sentences take about a minute here."""


class Listener:
    """Hears what each call is played, by Call-ID."""

    def __init__(self) -> None:
        self.heard: defaultdict[str, list[str]] = defaultdict(list)
        self.something = Event()

    def happened(self, event: EventMessage) -> None:
        played = self.heard[event.get("variable_sip_call_id") or ""]
        played.append(event.get("Playback-File-Path") or "")
        self.something.set()

    def wait_for_music(self, call: str, times: int = 1) -> None:
        with gevent.Timeout(SOON_S):
            while self.heard[call].count(MUSIC) < times:
                self.something.clear()
                self.something.wait()


@contextmanager
def listening(switch: PrivateSwitch) -> Iterator[Listener]:
    listener = Listener()
    with switch.events(listener.happened) as events:
        events.subscribe("PLAYBACK_START")
        yield listener


@contextmanager
def caller(
    switch: PrivateSwitch, name: str, number: str = SERVICE_NUMBER, headers: tuple[tuple[str, str], ...] = ()
) -> Iterator[SipCaller]:
    script = CallerScript(number, "13800138000")
    handset = Handset(headers=headers)
    calling = SipCaller(name, script, switch.addresses.trunks_port, lambda _kind, _detail: None, handset)
    try:
        calling.dial()
        yield calling
    finally:
        calling.leave()


def take_call(switch: PrivateSwitch) -> dict[str, str]:
    """Be the controller for one call: take it, read who it is, and let it go."""
    with socket.create_server(("127.0.0.1", switch.controller_port)) as server:
        server.settimeout(SOON_S)
        connection, _ = server.accept()
        with connection:
            connection.settimeout(SOON_S)
            connection.sendall(b"connect\n\n")
            text = b""
            while not text.endswith(b"\n\n"):
                text += connection.recv(65_536)
    lines = (line.split(": ", 1) for line in text.decode().splitlines() if ": " in line)
    return {name: unquote(value) for name, value in lines}


def test_a_caller_hears_music_until_the_controller_comes_and_is_taken(freeswitch: PrivateSwitch) -> None:
    with listening(freeswitch) as listener, caller(freeswitch, "waits-for-the-controller") as calling:
        listener.wait_for_music(calling.call_id, times=2)
        taken = take_call(freeswitch)
    assert taken["variable_sip_call_id"] == calling.call_id
    assert taken["Caller-Destination-Number"] == SERVICE_NUMBER
    assert "variable_playback_timeout_sec" not in taken
    assert taken["Caller-Channel-Answered-Time"] == "0"


def test_a_caller_whose_controller_takes_the_call_and_goes_is_back_in_the_dialplan(freeswitch: PrivateSwitch) -> None:
    """A controller that cannot serve a call lets go of it; the caller hears music, and the next one takes it."""
    with listening(freeswitch) as listener, caller(freeswitch, "is-given-back") as calling:
        assert take_call(freeswitch)["variable_sip_call_id"] == calling.call_id
        listener.wait_for_music(calling.call_id)
        assert take_call(freeswitch)["variable_sip_call_id"] == calling.call_id


def test_nobody_is_connected_without_a_controller_and_everybody_hears_why(freeswitch: PrivateSwitch) -> None:
    """No number is anything to the dialplan by itself: not a phone, not a mobile."""
    with (
        listening(freeswitch) as listener,
        caller(freeswitch, "calls-a-service") as service,
        caller(freeswitch, "calls-a-phone", "1001") as phone,
        caller(freeswitch, "calls-a-mobile", "13900139000") as mobile,
    ):
        for calling in (service, phone, mobile):
            assert calling.over.wait(APOLOGY_S)
            assert calling.status == 503
            apology = [f"{prompts_folder()}/{language}/apology.wav" for language in ("zh", "en")]
            assert listener.heard[calling.call_id] == [MUSIC] * 20 + apology


@pytest.mark.parametrize(
    ("name", "headers", "number"),
    [
        ("from-alone", (), "13800138000"),
        ("asserted", (("P-Asserted-Identity", "<sip:+8613900139000@carrier>"),), "+8613900139000"),
        (
            "asserted-and-preferred",
            (("P-Asserted-Identity", "<sip:0851@carrier>"), ("P-Preferred-Identity", "<sip:110@caller>")),
            "0851",
        ),
    ],
)
def test_who_calls_is_what_the_carrier_vouches_for(
    freeswitch: PrivateSwitch, name: str, headers: tuple[tuple[str, str], ...], number: str
) -> None:
    with caller(freeswitch, name, headers=headers):
        assert take_call(freeswitch)["Caller-Caller-ID-Number"] == number
