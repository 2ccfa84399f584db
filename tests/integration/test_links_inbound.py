"""The supervised connection to a switch: in, found, lost, back; a dead peer noticed; nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gevent
import greenswitch
import pytest
from gevent import socket
from gevent.server import StreamServer
from structlog.testing import capture_logs

from fs_control.errors import NoReply, RemoteFault, UserMistake
from fs_control.esl import Api, ApiResponse, EventMessage, Subscribe
from fs_control.runtime.backoff import Backoff
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.faults import PasswordRefused, SwitchSilent, SwitchTurnedUsAway, SwitchUnreachable
from fs_control.runtime.inbound_link import InboundLink, InboundTimes
from fs_control.runtime.introduction import Listing
from fs_control.runtime.outcome import Result
from fs_control.testing.fake_event_socket import (
    CORE,
    GOODBYE,
    PASSWORD,
    RUDE_REJECTION,
    FakeSwitch,
    event,
    response,
    wait_until,
)

QUICK = InboundTimes(
    connect_s=10.0,
    probe_after_s=600.0,
    password_wait_s=0.01,
    backoff=Backoff(first_s=0.01, longest_s=0.02),
)
SUBSCRIPTION = Subscribe(("CHANNEL_HANGUP", "BACKGROUND_JOB"), ("sofia::register",))


class Desk:
    """A link and everything that it told, in order."""

    def __init__(self, port: int, password: str = PASSWORD, times: InboundTimes = QUICK, **more: Any) -> None:
        self.told: list[tuple[str, object]] = []
        self.link = InboundLink(
            "127.0.0.1",
            port,
            password,
            SUBSCRIPTION,
            on_found=self._found,
            on_lost=lambda reason: self.told.append(("lost", reason)),
            on_event=self._event,
            chance=lambda: 0.5,
            times=times,
            **more,
        )

    def _found(self, core: str, listing: Listing) -> None:
        self.told.append(("found", (core, listing.legs)))

    def _event(self, message: EventMessage) -> None:
        self.told.append(("event", message.get("Event-Sequence")))

    def wait_told(self, kind: str, count: int = 1) -> None:
        wait_until(lambda: [what for what, _ in self.told].count(kind) >= count, f"{count} x {kind} in {self.told}")


@pytest.fixture
def make_switch() -> Iterator[Callable[..., FakeSwitch]]:
    switches: list[FakeSwitch] = []

    def make(*args: Any, **more: Any) -> FakeSwitch:
        switches.append(FakeSwitch(*args, **more))
        return switches[-1]

    yield make
    for switch in switches:
        switch.stop()


@pytest.fixture
def switch(make_switch: Callable[..., FakeSwitch]) -> FakeSwitch:
    return make_switch()


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(*args: Any, **more: Any) -> Desk:
        desks.append(Desk(*args, **more))
        return desks[-1]

    yield make
    for desk in desks:
        desk.link.kill()


# --- in --------------------------------------------------------------------------------------------------------------


def test_it_gives_the_password_subscribes_and_tells_what_it_found(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    switch.script["api show channels as json"] = response('{"row_count":1,"rows":[{"uuid":"leg-1"}]}')
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    assert desk.told == [("found", (CORE, ("leg-1",)))]
    assert switch.next_peer().commands == [
        f"auth {PASSWORD}",
        "event plain CHANNEL_HANGUP BACKGROUND_JOB CUSTOM sofia::register",
        "api global_getvar core_uuid",
        "api show channels as json",
    ]


def test_what_was_found_is_told_between_the_event_before_and_the_event_after(
    switch: FakeSwitch, make_desk: Callable[..., Desk]
):
    listing = response('{"row_count":0}')
    switch.script["api show channels as json"] = event("DTMF", sequence=1) + listing + event("DTMF", sequence=2)
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("event", 2)
    assert desk.told == [("event", "1"), ("found", (CORE, ())), ("event", "2")]


def test_commands_go_out_and_answers_come_back(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    switch.script["api status"] = response("UP 0 years")
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    answer = desk.link.call(Api("status"))
    assert isinstance(answer, ApiResponse)
    assert answer.text == "UP 0 years"


def test_without_a_connection_a_command_gets_no_reply(make_desk: Callable[..., Desk]):
    results: list[Result] = []
    desk = make_desk(1)
    desk.link.send(Api("status"), results.append)
    assert results == []
    wait_until(lambda: results)
    assert isinstance(results[0], NoReply)


def test_an_event_that_another_link_delivered_is_not_delivered_again(
    switch: FakeSwitch, make_desk: Callable[..., Desk]
):
    shared = Deduplicator()
    desks = [make_desk(switch.port, deduplicator=shared) for _ in range(2)]
    for desk in desks:
        desk.link.start()
        desk.wait_told("found")
    for peer in switch.peers:
        peer.say(event("DTMF", sequence=7) + event("DTMF", sequence=8))
    wait_until(lambda: sum(kind == "event" for desk in desks for kind, _ in desk.told) >= 2)
    for desk in desks:
        desk.link.call(Api("status"))
    assert sorted(str(what) for desk in desks for kind, what in desk.told if kind == "event") == ["7", "8"]


# --- not in ----------------------------------------------------------------------------------------------------------


def refused_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("greeting", "password", "fault"),
    [
        (b"", PASSWORD, SwitchSilent),
        (b"SSH-2.0-OpenSSH\r\n", PASSWORD, SwitchSilent),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", PASSWORD, SwitchTurnedUsAway),
        (RUDE_REJECTION, PASSWORD, SwitchTurnedUsAway),
        (GOODBYE, PASSWORD, SwitchTurnedUsAway),
        (b"Content-Type: auth/request\n\n", "wrong", PasswordRefused),
    ],
)
def test_each_way_of_not_getting_in_is_its_own_fault_and_leaves_nothing_open(
    greeting: bytes,
    password: str,
    fault: type[RemoteFault],
    make_switch: Callable[..., FakeSwitch],
    make_desk: Callable[..., Desk],
):
    switch = make_switch(greeting=greeting)
    desk = make_desk(switch.port, password, InboundTimes(connect_s=0.2 if fault is SwitchSilent else 10.0))
    with pytest.raises(fault):
        desk.link.connect()
    switch.next_peer().wait_ended()
    assert not desk.link.connected


def test_a_switch_that_is_down_is_unreachable(make_desk: Callable[..., Desk]):
    with pytest.raises(SwitchUnreachable):
        make_desk(refused_port()).link.connect()


def test_a_switch_that_never_answers_the_password_is_silent(
    make_switch: Callable[..., FakeSwitch], make_desk: Callable[..., Desk]
):
    switch = make_switch({f"auth {PASSWORD}": b""})
    with pytest.raises(SwitchSilent):
        make_desk(switch.port, PASSWORD, InboundTimes(connect_s=0.2)).link.connect()
    switch.next_peer().wait_ended()


def test_greenswitchs_own_exceptions_still_catch_the_faults(make_desk: Callable[..., Desk]):
    with pytest.raises(greenswitch.esl.NotConnectedError):
        make_desk(refused_port()).link.connect()
    assert issubclass(PasswordRefused, ValueError)


def test_a_password_with_a_line_break_never_reaches_a_socket(make_desk: Callable[..., Desk]):
    with pytest.raises(UserMistake, match="esl_line_break") as caught:
        make_desk(1, "secret\n\napi shutdown")
    assert "secret" not in str(caught.value)


def test_a_wrong_password_is_logged_loudly_without_it_and_tried_again(
    switch: FakeSwitch, make_desk: Callable[..., Desk]
):
    with capture_logs() as logs:
        make_desk(switch.port, "not-the-secret").link.start()
        wait_until(lambda: len(switch.peers) >= 3)
    errors = [line for line in logs if line["log_level"] == "error"]
    assert {line["action"] for line in errors} == {"switch_password_wrong"}
    assert "not-the-secret" not in str(logs)


@pytest.mark.parametrize(
    "script",
    [
        {"event": b"Content-Type: command/reply\nReply-Text: -ERR no keywords supplied\n\n"},
        {"api global_getvar core_uuid": response("")},
        {"api show channels as json": response("not json")},
        {"api show channels as json": response("-ERR no such thing")},
    ],
)
def test_a_switch_that_cannot_introduce_itself_is_not_found_and_tried_again(
    script: dict[str, bytes], make_switch: Callable[..., FakeSwitch], make_desk: Callable[..., Desk]
):
    switch = make_switch(script)
    desk = make_desk(switch.port)
    desk.link.start()
    wait_until(lambda: len(switch.peers) >= 3)
    switch.peers[0].wait_ended()
    assert desk.told == []


# --- lost and back ---------------------------------------------------------------------------------------------------


def test_a_loss_is_told_and_the_link_comes_back_with_its_subscription(
    switch: FakeSwitch, make_desk: Callable[..., Desk]
):
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    switch.next_peer().reset()
    desk.wait_told("found", 2)
    assert [kind for kind, _ in desk.told] == ["found", "lost", "found"]
    second = switch.next_peer()
    assert second.heard("event plain CHANNEL_HANGUP") == 1
    second.say(event("DTMF", sequence=9))
    desk.wait_told("event")


def test_it_waits_for_a_switch_that_starts_later_than_we_do(make_desk: Callable[..., Desk]):
    switch = FakeSwitch()
    switch.stop()
    desk = make_desk(switch.port)
    with capture_logs() as logs:
        desk.link.start()
        wait_until(lambda: any(line.get("failures", 0) >= 3 for line in logs))
    assert logs[0]["action"] == "switch_unreachable"
    switch.start()
    desk.wait_told("found")
    assert [kind for kind, _ in desk.told] == ["found"]
    switch.stop()


def test_a_restarted_switch_is_found_under_its_new_name(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    switch.stop()
    switch.script["api global_getvar core_uuid"] = response("another-run")
    switch.start()
    desk.wait_told("found", 2)
    assert desk.told[-1] == ("found", ("another-run", ()))


def test_commands_under_way_when_the_switch_is_lost_get_no_reply(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    switch.script["api uuid_kill"] = b""
    results: list[Result] = []
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    desk.link.send(Api("uuid_kill", "leg-1"), results.append, 60.0)
    peer = switch.next_peer()
    peer.wait_for("api uuid_kill")
    peer.close()
    wait_until(lambda: results)
    assert isinstance(results[0], NoReply), "its legs live on behind a lost link"


def test_a_switch_that_says_nothing_any_more_is_dropped(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    times = InboundTimes(probe_after_s=0.05, probe_deadline_s=0.05, backoff=Backoff(0.01, 0.02))
    desk = make_desk(switch.port, PASSWORD, times)
    desk.link.start()
    desk.wait_told("found")
    first = switch.next_peer()
    first.stop_reading()
    desk.wait_told("lost")
    assert desk.told[1] == ("lost", "switch_silent")
    desk.wait_told("found", 2)


def test_a_quiet_switch_that_answers_is_kept(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    desk = make_desk(switch.port, PASSWORD, InboundTimes(probe_after_s=0.02, probe_deadline_s=60.0))
    desk.link.start()
    switch.next_peer().wait_for("api global_getvar core_uuid", 4)
    assert [kind for kind, _ in desk.told] == ["found"]


def test_a_switch_that_was_heard_lately_is_not_asked(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    desk = make_desk(switch.port, PASSWORD, InboundTimes(probe_after_s=0.01, probe_deadline_s=60.0))
    desk.link.connect()
    wire = desk.link._wire
    assert wire is not None
    wire.last_heard += 1_000.0
    watching = gevent.spawn(desk.link._watch, wire)
    gevent.sleep(0.1)
    assert switch.next_peer().heard("api global_getvar core_uuid") == 0
    wire.kill()
    watching.join()


# --- the end ---------------------------------------------------------------------------------------------------------


def test_stop_is_no_loss(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    desk = make_desk(switch.port)
    desk.link.start()
    desk.wait_told("found")
    desk.link.stop()
    peer = switch.next_peer()
    assert peer.commands[-1] == "exit"
    assert [kind for kind, _ in desk.told] == ["found"]
    gevent.sleep(0.05)
    assert len(switch.peers) == 1


@pytest.mark.parametrize("greeting", [b"", b"Content-Type: auth/request\n\n"])
def test_kill_ends_a_link_wherever_it_is(
    greeting: bytes, make_switch: Callable[..., FakeSwitch], make_desk: Callable[..., Desk]
):
    switch = make_switch({"event": b""}, greeting=greeting)
    desk = make_desk(switch.port)
    desk.link.start()
    peer = switch.next_peer()
    desk.link.kill()
    peer.wait_ended()
    assert desk.told == []


def test_stop_in_a_handler_does_not_wait_for_itself(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    desk = make_desk(switch.port)
    desk.link.register_handle("DTMF", lambda _event: desk.link.stop())
    desk.link.start()
    desk.wait_told("found")
    peer = switch.next_peer()
    peer.say(event("DTMF"))
    peer.wait_ended()


def test_it_is_the_context_manager_that_greenswitch_promises(switch: FakeSwitch, make_desk: Callable[..., Desk]):
    with make_desk(switch.port).link as link:
        assert isinstance(link, greenswitch.InboundESL)
        assert link.connected
    switch.next_peer().wait_ended()


def test_a_connection_that_the_kernel_took_and_nobody_serves_is_silent(make_desk: Callable[..., Desk]):
    server = StreamServer(("127.0.0.1", 0), lambda sock, address: gevent.sleep(60))
    server.start()
    with pytest.raises(SwitchSilent):
        make_desk(server.server_port, PASSWORD, InboundTimes(connect_s=0.1)).link.connect()
    server.stop()


def test_a_machine_that_swallows_the_connection_is_silent_and_costs_no_descriptor(make_desk: Callable[..., Desk]):
    deaf = socket.socket()
    deaf.bind(("127.0.0.1", 0))
    deaf.listen(0)
    port = deaf.getsockname()[1]
    fillers = [socket.socket() for _ in range(3)]
    for filler in fillers:
        with gevent.Timeout(0.1), suppress(gevent.Timeout):
            filler.connect(("127.0.0.1", port))
    with pytest.raises(SwitchSilent):
        make_desk(port, PASSWORD, InboundTimes(connect_s=0.1)).link.connect()
    for sock in (*fillers, deaf):
        sock.close()
