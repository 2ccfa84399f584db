"""The door for callers: who gets in, the handshake, the end of a leg, and a stop that leaves nothing behind."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gevent
import pytest
from gevent import socket
from structlog.testing import capture_logs

from fs_control.errors import CallGone, UserMistake
from fs_control.esl import Api, ChannelData, CommandReply, EventMessage, Execute
from fs_control.runtime.call_link import CallLink, CallSettings
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.outbound_server import CallServer
from fs_control.runtime.outcome import Result
from fs_control.testing.fake_event_socket import (
    CALL_SCRIPT,
    GOODBYE,
    LEG,
    LINGER_NOTICE,
    FakePeer,
    channel,
    event,
    reply,
    wait_until,
)


class Desk:
    """A server, its links and what they told."""

    def __init__(self, settings: CallSettings | None = None, **more: Any) -> None:
        self.links: list[CallLink] = []
        self.ends: list[tuple[str, str]] = []
        self.events: list[str] = []
        self.peers: list[FakePeer] = []
        self.server = CallServer(
            "127.0.0.1",
            0,
            on_call=lambda link, _channel: self.links.append(link),
            on_end=lambda leg, reason: self.ends.append((leg, reason)),
            on_event=self._event,
            settings=settings or CallSettings(handshake_s=20.0),
            **more,
        )
        self.server.listen()

    def _event(self, message: EventMessage) -> None:
        self.events.append(message.get("Event-Sequence") or "")

    @property
    def port(self) -> int:
        return self.server.bound_port or 0

    def dial(self, script: dict[str, bytes] | None = None) -> FakePeer:
        self.peers.append(FakePeer.dial(self.port, {**CALL_SCRIPT, **(script or {})}))
        return self.peers[-1]

    def call(self, script: dict[str, bytes] | None = None) -> tuple[FakePeer, CallLink]:
        count = len(self.links)
        peer = self.dial(script)
        wait_until(lambda: len(self.links) > count, "the call arrives")
        return peer, self.links[-1]

    def wait_empty(self) -> None:
        wait_until(lambda: self.server.connection_count == 0, "all connections have ended")


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(*args: Any, **more: Any) -> Desk:
        desks.append(Desk(*args, **more))
        return desks[-1]

    yield make
    for desk in desks:
        desk.server.kill()
        for peer in desk.peers:
            peer.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


# --- the handshake ---------------------------------------------------------------------------------------------------


def test_a_caller_is_handed_over_with_the_channel(desk: Desk):
    peer, link = desk.call()
    assert link.leg == LEG
    assert (link.uuid, link.call_uuid, link.caller_id_number) == (LEG, LEG, "13800138000")
    peer.wait_for("linger 5")
    assert peer.commands == ["connect", "linger 5"]


def test_connect_and_linger_do_not_wait_for_each_other(desk: Desk):
    peer = desk.dial({"connect": b"", "linger": b""})
    peer.wait_for("linger")
    assert desk.links == []
    peer.say(channel() + reply("+OK will linger 5 seconds"))
    wait_until(lambda: desk.links)


def test_events_are_asked_for_only_where_wanted(make_desk: Callable[..., Desk]):
    desk = make_desk(CallSettings(handshake_s=20.0, events=True, linger_s=7))
    peer, _ = desk.call()
    peer.wait_for("myevents")
    assert peer.commands == ["connect", "linger 7", "myevents"]


def test_an_event_of_a_leg_is_delivered_once_although_two_links_bring_it(make_desk: Callable[..., Desk]):
    desk = make_desk(CallSettings(handshake_s=20.0, events=True), deduplicator=Deduplicator())
    first, second = desk.call()[0], desk.call()[0]
    first.say(event("DTMF", sequence=1) + event("DTMF", sequence=2))
    second.say(event("DTMF", sequence=2) + event("DTMF", sequence=1) + event("DTMF", sequence=3))
    wait_until(lambda: "3" in desk.events)
    first.say(event("DTMF", sequence=4))
    wait_until(lambda: "4" in desk.events)
    assert sorted(desk.events) == ["1", "2", "3", "4"]


def test_commands_go_to_the_leg(desk: Desk):
    peer, link = desk.call()
    answer = link.call(Execute("answer"))
    assert isinstance(answer, CommandReply)
    assert peer.commands[-1] == "sendmsg\ncall-command: execute\nexecute-app-name: answer"


# --- strangers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        b"GET / HTTP/1.1\r\nHost: pbx\r\n\r\n",
        bytes(range(256)) * 8 + b"\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n",
        b"Content-Type: command/reply\nContent-Length: -5\n\n",
        b"Content-Type: command/reply\nContent-Length: 99999999999999999999\n\n",
        b"x" * 300_000,
        event("CHANNEL_ANSWER"),
        reply("-ERR"),
        channel("").replace(b"Unique-ID: \n", b""),
        GOODBYE,
    ],
)
def test_a_peer_that_is_no_freeswitch_is_dropped_with_a_reason_and_costs_nothing_else(desk: Desk, noise: bytes):
    with capture_logs() as logs:
        stranger = desk.dial({"connect": b"", "linger": b""})
        stranger.wait_for("linger")
        stranger.say(noise)
        stranger.wait_ended()
        desk.wait_empty()
    dropped = [line for line in logs if line["action"] == "stranger_dropped"]
    assert [bool(line["reason"]) for line in dropped] == [True]
    assert desk.ends == []
    assert desk.call()[1].leg == LEG


def test_a_peer_that_says_nothing_is_dropped(make_desk: Callable[..., Desk]):
    desk = make_desk(CallSettings(handshake_s=0.05))
    with capture_logs() as logs:
        desk.dial({"connect": b"", "linger": b""}).wait_ended()
        desk.wait_empty()
    assert [line["reason"] for line in logs if line["action"] == "stranger_dropped"] == ["no_call: no_answer"]


def test_a_peer_that_goes_away_at_once_costs_nothing(desk: Desk):
    for _ in range(20):
        desk.dial().reset()
    desk.wait_empty()
    assert desk.call()[1].leg == LEG


def test_the_connection_above_the_limit_is_closed_before_a_handshake(make_desk: Callable[..., Desk]):
    desk = make_desk(max_connections=1)
    desk.call()
    with capture_logs() as logs:
        one_too_many = desk.dial()
        one_too_many.wait_ended()
    assert one_too_many.commands == []
    assert [line["reason"] for line in logs] == ["too_many_connections"]
    desk.peers[0].close()
    desk.wait_empty()
    assert desk.call()[1].leg == LEG


def test_a_peer_that_is_not_on_the_list_is_closed_before_a_handshake(make_desk: Callable[..., Desk]):
    desk = make_desk(allowed_peers=["192.0.2.0/24"])
    with capture_logs() as logs:
        stranger = desk.dial()
        stranger.wait_ended()
    assert stranger.commands == []
    assert [line["reason"] for line in logs] == ["peer_not_allowed"]


def test_a_call_that_its_owner_cannot_take_is_left_to_the_dialplan(greenlet_crashes: list[str]):
    def fail(_link: CallLink, _channel: ChannelData) -> None:
        raise ZeroDivisionError

    ends: list[tuple[str, str]] = []
    server = CallServer("127.0.0.1", 0, on_call=fail, on_end=lambda *end: ends.append(end))
    server.listen()
    with capture_logs():
        peer = FakePeer.dial(server.bound_port or 0)
        peer.wait_ended()
    wait_until(lambda: ends == [(LEG, "call_not_taken")])
    server.kill()
    peer.close()
    assert greenlet_crashes == []


# --- the end of a leg ------------------------------------------------------------------------------------------------


def test_a_hang_up_ends_the_leg_at_once_and_frees_the_switch(desk: Desk):
    peer, link = desk.call()
    peer.say(LINGER_NOTICE)
    wait_until(lambda: desk.ends == [(LEG, "hung_up")])
    peer.wait_for("exit")
    desk.wait_empty()
    results: list[Result] = []
    link.send(Execute("answer"), results.append)
    wait_until(lambda: results)
    assert isinstance(results[0], CallGone)
    assert desk.ends == [(LEG, "hung_up")]


def test_where_events_are_wanted_the_link_lingers_for_the_last_of_them(make_desk: Callable[..., Desk]):
    desk = make_desk(CallSettings(handshake_s=20.0, events=True))
    peer, link = desk.call()
    peer.say(LINGER_NOTICE + event("CHANNEL_HANGUP_COMPLETE", sequence=9))
    wait_until(lambda: desk.events == ["9"])
    results: list[Result] = []
    link.send(Execute("answer"), results.append)
    wait_until(lambda: results)
    assert isinstance(results[0], CallGone)
    assert peer.heard("sendmsg") + peer.heard("exit") == 0


@pytest.mark.parametrize("end", [FakePeer.close, FakePeer.reset, lambda peer: peer.say(GOODBYE)])
def test_a_connection_that_ends_is_the_end_of_the_leg(desk: Desk, end: Callable[[FakePeer], None]):
    peer, _ = desk.call()
    end(peer)
    wait_until(lambda: desk.ends)
    desk.wait_empty()
    assert [leg for leg, _ in desk.ends] == [LEG]


def test_a_leg_that_came_back_on_a_new_connection_has_not_ended_with_its_old_one(desk: Desk):
    old, _ = desk.call()
    new, _ = desk.call()
    old.close()
    wait_until(lambda: desk.server.connection_count == 1)
    assert desk.ends == []
    new.close()
    desk.wait_empty()
    assert desk.ends == [(LEG, "closed_by_peer")]


def test_many_calls_at_once_each_find_their_own_end(desk: Desk):
    legs = [f"leg-{number}" for number in range(200)]
    for leg in legs:
        desk.dial({"connect": channel(leg)})
    wait_until(lambda: len(desk.links) == len(legs))
    for peer in desk.peers[::2]:
        peer.say(LINGER_NOTICE)
    wait_until(lambda: len(desk.ends) == 100)
    assert {leg for leg, _ in desk.ends} == set(legs[::2])
    assert desk.server.connection_count >= 100


# --- listening -------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_said_and_does_not_end_the_process(desk: Desk):
    second = CallServer("127.0.0.1", desk.port, on_call=print, on_end=print)
    with pytest.raises(UserMistake, match="listen_port_taken"):
        second.listen()
    second.kill()


def test_it_refuses_to_listen_to_the_world_without_a_list():
    with pytest.raises(UserMistake, match="listen_needs_peers"):
        CallServer("0.0.0.0", 0, on_call=print, on_end=print)


def test_an_address_that_is_not_ours_is_said():
    server = CallServer("192.0.2.1", 0, on_call=print, on_end=print, allowed_peers=["192.0.2.2"])
    with pytest.raises(UserMistake, match="listen_address_unknown"):
        server.listen()


def test_running_out_of_descriptors_turns_callers_away_and_keeps_the_door_open(desk: Desk, greenlet_crashes: list[str]):
    callers = [socket.socket() for _ in range(3)]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = max(int(name) for name in os.listdir("/proc/self/fd"))
    hogs: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 10, hard))
    try:
        with capture_logs() as logs:
            hogs = fill_descriptors()
            for caller in callers:
                caller.connect(("127.0.0.1", desk.port))
            assert [caller.recv(100) for caller in callers] == [b"", b"", b""]
    finally:
        for hog in hogs:
            os.close(hog)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for caller in callers:
            caller.close()
    assert {line["reason"] for line in logs} == {"no_file_descriptor_left"}
    assert desk.call()[1].leg == LEG
    assert greenlet_crashes == []


def fill_descriptors() -> list[int]:
    hogs: list[int] = []
    with suppress(OSError):
        while True:
            hogs.append(os.open(os.devnull, os.O_RDONLY))
    return hogs


# --- stop ------------------------------------------------------------------------------------------------------------


def test_stop_says_goodbye_on_every_link_and_lets_nobody_in(desk: Desk):
    peers = [desk.call({"connect": channel(f"leg-{number}")})[0] for number in range(3)]
    desk.server.stop(20.0)
    assert [peer.commands[-1] for peer in peers] == ["exit"] * 3
    assert len(desk.ends) == 3
    assert desk.server.connection_count == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", desk.port))


def test_nobody_comes_in_while_the_others_are_told_goodbye(desk: Desk):
    peer, _ = desk.call({"exit": b""})
    stopping = gevent.spawn(desk.server.stop, 60.0)
    peer.wait_for("exit")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", desk.port))
    peer.close()
    stopping.join()


def test_stop_does_not_wait_for_a_switch_that_says_nothing(desk: Desk):
    desk.call({"exit": b""})
    desk.server.stop(0.05)
    desk.wait_empty()
    assert desk.ends == [(LEG, "stopped")]


def test_stopping_one_link_in_a_callback_does_not_wait_for_itself(desk: Desk):
    peer, link = desk.call()
    link.send(Api("status"), lambda _result: link.stop(20.0))
    peer.wait_ended()
    desk.wait_empty()


def test_a_leg_that_has_its_link_is_counted_until_its_end(desk: Desk):
    desk.call()
    gevent.sleep(0)
    assert (desk.server.connection_count, len(desk.server.links)) == (1, 1)
    desk.peers[0].close()
    desk.wait_empty()
    assert desk.server.links == set()
