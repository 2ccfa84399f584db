"""Both links against the switch in the box: a real process, a real call, its facts on one link and its end on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fs_control.errors import CallGone
from fs_control.esl import Api, ChannelData, EventMessage, Execute, HangUp, Subscribe
from fs_control.ids import LegId
from fs_control.runtime.backoff import Backoff
from fs_control.runtime.call_link import CallLink
from fs_control.runtime.inbound_link import InboundLink, InboundTimes
from fs_control.runtime.outbound_server import CallServer
from fs_control.runtime.outcome import Result
from fs_control.testing.fake_event_socket import wait_until
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.virtual_switch.script import CallerScript

PASSWORD = "a word that the test chose"
NAMES = ("CHANNEL_ANSWER", "CHANNEL_HANGUP_COMPLETE")
TIMES = InboundTimes(backoff=Backoff(first_s=0.01, longest_s=0.05))


class Desk:
    """A server, a switch that hands its callers to it, a link to that switch, and what both links told."""

    def __init__(self) -> None:
        self.links: list[CallLink] = []
        self.channels: list[ChannelData] = []
        self.ends: list[tuple[str, str]] = []
        self.found: list[tuple[str, tuple[LegId, ...]]] = []
        self.lost: list[str] = []
        self.events: list[EventMessage] = []
        self.server = CallServer("127.0.0.1", 0, on_call=self._take, on_end=lambda *end: self.ends.append(end))
        self.server.listen()
        self.switch = self.start_switch()
        self.link = InboundLink(
            "127.0.0.1",
            self.switch.event_port,
            PASSWORD,
            Subscribe(NAMES),
            on_found=lambda core, listing: self.found.append((core, listing.legs)),
            on_lost=self.lost.append,
            on_event=self.events.append,
            chance=lambda: 0.5,
            times=TIMES,
        )
        self.link.start()
        wait_until(lambda: self.found)

    def start_switch(self, event_port: int = 0) -> VirtualSwitchProcess:
        controller = f"127.0.0.1:{self.server.bound_port}"
        return start_virtual_switch(controller, PASSWORD, event_port=event_port)

    def _take(self, link: CallLink, channel: ChannelData) -> None:
        self.links.append(link)
        self.channels.append(channel)

    def call(self) -> CallLink:
        count = len(self.links)
        with self.switch.stage() as stage:
            stage.place_call(CallerScript("4001234567", caller_number="13800138000"))
        wait_until(lambda: len(self.links) > count, "the call arrives")
        return self.links[-1]

    def heard(self, name: str, leg: str) -> bool:
        return any(event.name == name and event.get("Unique-ID") == leg for event in self.events)

    def close(self) -> None:
        self.link.kill()
        self.server.kill()
        self.switch.stop()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def test_a_call_comes_in_is_answered_and_ends(desk: Desk):
    assert desk.found == [(desk.switch.core_uuid, ())]
    link = desk.call()
    assert desk.channels[0].get("Caller-Caller-ID-Number") == "13800138000"
    link.send(Execute("answer"))
    wait_until(lambda: desk.heard("CHANNEL_ANSWER", link.leg))
    link.send(HangUp("NORMAL_CLEARING"))
    wait_until(lambda: desk.heard("CHANNEL_HANGUP_COMPLETE", link.leg))
    wait_until(lambda: desk.ends == [(link.leg, "hung_up")])
    wait_until(lambda: desk.server.connection_count == 0)
    late: list[Result] = []
    desk.link.send(Api("uuid_kill", link.leg), late.append)
    wait_until(lambda: late)
    assert isinstance(late[0], CallGone)


def test_after_a_loss_the_link_finds_the_legs_that_are_still_there(desk: Desk):
    link = desk.call()
    link.send(Execute("answer"))
    wait_until(lambda: desk.heard("CHANNEL_ANSWER", link.leg))
    assert desk.link._wire is not None
    desk.link._wire.drop("test")
    wait_until(lambda: len(desk.found) == 2)
    assert desk.found[1] == (desk.switch.core_uuid, (link.leg,))
    assert desk.lost == ["test"]


def test_a_switch_that_dies_ends_its_calls_and_is_found_again_as_another_run(desk: Desk):
    link = desk.call()
    port, first = desk.switch.event_port, desk.switch.core_uuid
    desk.switch.kill()
    wait_until(lambda: desk.lost)
    wait_until(lambda: [leg for leg, _ in desk.ends] == [link.leg])
    desk.switch = desk.start_switch(port)
    wait_until(lambda: len(desk.found) == 2)
    assert desk.found[1][0] == desk.switch.core_uuid != first
