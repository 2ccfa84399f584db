"""Each defect of greenswitch 0.0.19 that our links must not have; the line of its esl.py stands with each test.

Where that is possible without harm, the same peer shows the defect on greenswitch's own classes first: so it stays
known why they are replaced, and a release that mends one is noticed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import gevent
import greenswitch
import pytest
from gevent import socket
from greenswitch.esl import ESLEvent, ESLProtocol, NotConnectedError, OutboundSession

from fs_control.errors import NoReply, UserMistake
from fs_control.esl import Api, ApiResponse, ChannelData, EventMessage, Execute, Subscribe
from fs_control.runtime.call_link import CallLink, CallSettings
from fs_control.runtime.inbound_link import InboundLink, InboundTimes
from fs_control.runtime.link import tune_socket
from fs_control.runtime.outbound_server import CallServer
from fs_control.testing.fake_event_socket import (
    LEG,
    PASSWORD,
    FakePeer,
    FakeSwitch,
    event,
    reply,
    response,
    wait_until,
)

HANGS_S = 0.3
"""After so long a call that should take a millisecond counts as hanging."""

FORGED = b"Caller-Caller-ID-Name: Eve%0Avariable_is_admin: true\n"
GBK_NAME = b"Caller-Caller-ID-Name: " + "张三".encode("gbk") + b"\n"
JOB = {"more": b"Job-UUID: the-real-one\nContent-Length: 25\n", "body": b"+OK\nJob-UUID: a-forged-one"}


class Ours:
    """Our inbound link to a fake switch, and the events that it told."""

    def __init__(self, switch: FakeSwitch, times: InboundTimes | None = None) -> None:
        self.events: list[EventMessage] = []
        self.lost: list[str] = []
        self.link = InboundLink(
            "127.0.0.1",
            switch.port,
            PASSWORD,
            Subscribe(("ALL",)),
            on_found=lambda core, legs: None,
            on_lost=self.lost.append,
            on_event=self.events.append,
            chance=lambda: 0.5,
            times=times,
        )
        self.link.connect()
        self.peer = switch.next_peer()

    def hear(self, data: bytes, count: int = 1) -> list[EventMessage]:
        self.peer.say(data)
        wait_until(lambda: len(self.events) >= count, f"{count} events")
        return self.events


class Theirs:
    """greenswitch's own inbound connection to a fake switch."""

    def __init__(self, switch: FakeSwitch) -> None:
        self.events: list[ESLEvent] = []
        self.esl = greenswitch.InboundESL("127.0.0.1", switch.port, PASSWORD)
        self.esl.register_handle("*", self.events.append)
        self.esl.connect()
        self.peer = switch.next_peer()

    @property
    def is_deaf(self) -> bool:
        return bool(self.esl.connected and self.esl._receive_events_greenlet.dead)


@pytest.fixture
def switch() -> Iterator[FakeSwitch]:
    switch = FakeSwitch()
    yield switch
    switch.stop()


@pytest.fixture
def ours(switch: FakeSwitch) -> Iterator[Ours]:
    ours = Ours(switch)
    yield ours
    ours.link.kill()


@pytest.fixture
def theirs(switch: FakeSwitch, greenlet_crashes: list[str]) -> Iterator[Theirs]:
    theirs = Theirs(switch)
    yield theirs
    close(theirs.esl)
    greenlet_crashes.clear()


@pytest.fixture
def make_server() -> Iterator[Callable[..., CallServer]]:
    servers: list[CallServer] = []

    def make(on_call: Callable[[CallLink, ChannelData], None], **more: object) -> CallServer:
        server = CallServer("127.0.0.1", 0, on_call=on_call, on_end=lambda leg, reason: None, **more)  # type: ignore[arg-type]
        server.listen()
        servers.append(server)
        return server

    yield make
    for server in servers:
        server.kill()


def close(esl: ESLProtocol) -> None:
    """End greenswitch's connection by force: its own stop may wait for ever."""
    gevent.killall([g for g in (esl._receive_events_greenlet, esl._process_events_greenlet) if g is not None])
    if hasattr(esl, "sock_file"):
        esl.sock_file.close()
    if hasattr(esl, "sock"):
        esl.sock.close()


def hangs(function: Callable[..., object], *args: object) -> bool:
    """Whether it is still waiting after `HANGS_S`."""
    waiting = gevent.spawn(function, *args)
    waiting.join(HANGS_S)
    if waiting.ready():
        return False
    waiting.kill()
    return True


# --- reading ----------------------------------------------------------------------------------------------------------


def test_31_a_callers_name_never_becomes_a_header(ours: Ours):
    assert ESLEvent(FORGED.decode()).headers["variable_is_admin"] == "true"

    told = ours.hear(event("CHANNEL_CREATE", more=FORGED))[0]
    assert told.get("variable_is_admin") is None
    assert told.get("Caller-Caller-ID-Name") == "Eve\nvariable_is_admin: true"


def test_40_the_first_of_two_headers_counts(ours: Ours):
    assert ESLEvent("Unique-ID: real\nUnique-ID: later").headers["Unique-ID"] == "later"

    told = ours.hear(event("CHANNEL_CREATE", more=b"Unique-ID: real\nUnique-ID: later\n"))[0]
    assert told.get("Unique-ID") == "real"


def test_32_a_body_is_not_headers(ours: Ours, theirs: Theirs):
    theirs.peer.say(event("BACKGROUND_JOB", **JOB))  # type: ignore[arg-type]
    wait_until(lambda: theirs.events)
    assert theirs.events[0].headers["Job-UUID"] == "a-forged-one"

    told = ours.hear(event("BACKGROUND_JOB", **JOB))[0]  # type: ignore[arg-type]
    assert told.get("Job-UUID") == "the-real-one"
    assert told.text == "+OK\nJob-UUID: a-forged-one"


def test_38_a_first_line_that_is_no_header_kills_nobody(ours: Ours):
    with pytest.raises(AttributeError):
        ESLEvent("no colon here")

    broken = b"Content-Length: 14\nContent-Type: text/event-plain\n\nno colon here\n"
    told = ours.hear(broken + event("DTMF"), count=2)
    assert [message.name for message in told] == ["", "DTMF"]


def test_82_one_name_in_gbk_does_not_make_the_link_deaf(ours: Ours, theirs: Theirs):
    theirs.peer.say(event("CHANNEL_CREATE", more=GBK_NAME))
    wait_until(lambda: theirs.is_deaf, "greenswitch goes deaf")

    told = ours.hear(event("CHANNEL_CREATE", more=GBK_NAME) + event("DTMF"), count=2)
    assert told[0].get("Caller-Caller-ID-Name") == "张三"


def test_91_the_end_of_the_stream_wakes_who_waits(ours: Ours, theirs: Theirs, switch: FakeSwitch):
    theirs.peer.script["api"] = ours.peer.script["api"] = b""
    gevent.spawn_later(HANGS_S / 3, theirs.peer.close)
    assert hangs(theirs.esl.send, "api status")

    gevent.spawn_later(HANGS_S / 3, ours.peer.close)
    with pytest.raises(NoReply):
        ours.link.call(Api("status"), 60.0)


def test_106_the_end_inside_a_frame_is_an_end(ours: Ours):
    class EndedFile:
        """A stream at its end; stops the reader after many turns, for the reader itself never would."""

        turns = 0

        def read(self, length: int) -> bytes:
            self.turns += 1
            if self.turns > 1_000:
                raise StopIteration
            return b""

    with pytest.raises(StopIteration), pytest.warns(DeprecationWarning, match="warn"):
        ESLProtocol._read_socket(EndedFile(), 10)

    ours.peer.say(event("DTMF")[:-5])
    ours.peer.close()
    wait_until(lambda: not ours.link.connected)


def test_127_an_answer_to_no_command_is_no_silent_death(ours: Ours, theirs: Theirs):
    theirs.peer.say(reply("+OK"))
    wait_until(lambda: theirs.is_deaf, "greenswitch goes deaf")

    ours.peer.say(reply("+OK"))
    wait_until(lambda: not ours.link.connected)
    ours.peer.wait_ended()


def test_124_a_frame_without_content_type_is_no_silent_death(ours: Ours, theirs: Theirs):
    theirs.peer.say(b"Hello: world\n\n")
    wait_until(lambda: theirs.is_deaf, "greenswitch goes deaf")

    ours.peer.say(b"Hello: world\n\n")
    wait_until(lambda: not ours.link.connected)


# --- handlers ---------------------------------------------------------------------------------------------------------


def fail(_word: str, _event: object) -> None:
    raise ZeroDivisionError


def test_161_a_handler_that_fails_costs_one_event_whatever_kind_of_callable_it_is(ours: Ours, theirs: Theirs):
    theirs.esl.register_handle("DTMF", functools.partial(fail, "x"))
    theirs.peer.say(event("DTMF"))
    wait_until(lambda: theirs.esl._process_events_greenlet.dead, "greenswitch hands no event on any more")

    ours.link.register_handle("DTMF", functools.partial(fail, "x"))
    ours.hear(event("DTMF") + event("CHANNEL_ANSWER"), count=2)


def test_191_a_handler_for_all_events_gets_all_events(ours: Ours, theirs: Theirs):
    theirs.esl.register_handle("DTMF", lambda event: None)
    theirs.peer.say(event("DTMF") + event("CHANNEL_ANSWER"))
    wait_until(lambda: theirs.events)
    assert [told.headers["Event-Name"] for told in theirs.events] == ["CHANNEL_ANSWER"]

    ours.link.register_handle("DTMF", lambda event: None)
    told = ours.hear(event("DTMF") + event("CHANNEL_ANSWER"), count=2)
    assert [message.name for message in told] == ["DTMF", "CHANNEL_ANSWER"]


def test_191_a_custom_event_goes_by_its_subclass(ours: Ours):
    registered: list[EventMessage] = []
    ours.link.register_handle("sofia::register", registered.append)
    ours.hear(event("CUSTOM", more=b"Event-Subclass: sofia%3A%3Aregister\n"))
    assert len(registered) == 1


def turns_of_the_loop(length_s: float) -> int:
    loop = gevent.get_hub().loop
    before = loop.iteration
    gevent.sleep(length_s)
    return int(loop.iteration - before)


def test_168_idle_links_wake_nobody(make_server: Callable[..., CallServer]):
    # greenswitch: once a second for each connection, and its server ten times a second.
    links: list[CallLink] = []
    server = make_server(lambda link, channel: links.append(link))
    peers = [FakePeer.dial(server.bound_port or 0) for _ in range(30)]
    wait_until(lambda: len(links) == 30)
    for peer in peers:
        peer.wait_for("linger")
    gevent.sleep(0.05)
    assert turns_of_the_loop(1.2) < 10
    for peer in peers:
        peer.close()


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1\n\napi shutdown", "1\r\n", "1\0"])
def test_206_no_text_starts_a_second_command(text: str):
    with pytest.raises(UserMistake, match="esl_line_break"):
        Execute("playback", text)


def test_206_a_second_command_inside_the_first_shifts_greenswitchs_answers(theirs: Theirs):
    late = response("two") + response("three")
    theirs.peer.script.update({"api one": response("one"), "api two": b"", "api three": late})
    assert theirs.esl.send("api one\n\napi two").data == "one"
    assert theirs.esl.send("api three").data == "two"


def test_206_answers_keep_their_places_when_many_greenlets_send(ours: Ours):
    for number in range(30):
        ours.peer.script[f"api n{number:02}"] = response(str(number))
    asking = [gevent.spawn(ours.link.call, Api(f"n{number:02}"), 60.0) for number in range(30)]
    gevent.joinall(asking, raise_error=True)
    assert [g.value.text for g in asking if isinstance(g.value, ApiResponse)] == [str(n) for n in range(30)]


def test_348_what_an_application_is_given_cannot_become_headers():
    with pytest.raises(UserMistake, match="esl_line_break"):
        Execute("set", "name=Eve\nhangup-cause: NORMAL_CLEARING")


def test_315_an_application_carries_an_id_to_be_matched_by(make_server: Callable[..., CallServer]):
    server = make_server(lambda link, channel: link.send(Execute("playback", "a.wav", event_uuid="op-1")))
    peer = FakePeer.dial(server.bound_port or 0)
    peer.wait_for("sendmsg")
    assert "Event-UUID: op-1" in peer.commands[-1]
    peer.close()


# --- stopping ---------------------------------------------------------------------------------------------------------


def test_216_stop_does_not_wait_for_the_peer_for_ever(ours: Ours, theirs: Theirs):
    theirs.peer.script["exit"] = ours.peer.script["exit"] = b""
    assert hangs(theirs.esl.stop)

    ours.link.stop(0.02)
    ours.peer.wait_ended()


# --- connecting -------------------------------------------------------------------------------------------------------


def test_243_the_time_limit_covers_a_switch_that_says_nothing():
    silent = FakeSwitch(greeting=b"")
    theirs = greenswitch.InboundESL("127.0.0.1", silent.port, PASSWORD, timeout=0.05)
    assert hangs(theirs.connect)
    close(theirs)

    with pytest.raises(NotConnectedError):
        Ours(silent, InboundTimes(connect_s=0.05))
    silent.stop()


def test_243_a_refused_connection_is_not_connected():
    gone = FakeSwitch()
    gone.stop()
    with pytest.raises(NotConnectedError):
        Ours(gone)


def test_258_a_vanished_peer_is_noticed_and_small_commands_do_not_wait():
    with socket.socket() as sock:
        tune_socket(sock)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30


def test_260_a_wrong_password_leaves_nothing_open():
    script = {f"auth {PASSWORD}": reply("-ERR invalid")}  # and the switch does not close
    switch = FakeSwitch(script)
    theirs = greenswitch.InboundESL("127.0.0.1", switch.port, PASSWORD)
    with pytest.raises(ValueError, match="Invalid password"):
        theirs.connect()
    assert not switch.next_peer().has_ended
    close(theirs)

    with pytest.raises(ValueError, match="switch_password_wrong"):
        Ours(switch)
    switch.next_peer().wait_ended()
    switch.stop()


# --- the server -------------------------------------------------------------------------------------------------------


def test_373_the_channel_is_there_from_the_first_moment(make_server: Callable[..., CallServer]):
    seen: list[str] = []
    server = make_server(lambda link, channel: seen.append(link.uuid))
    peer = FakePeer.dial(server.bound_port or 0)
    wait_until(lambda: seen == [LEG])
    peer.close()


def test_579_a_taken_port_does_not_end_the_process(make_server: Callable[..., CallServer]):
    taken = make_server(lambda link, channel: None).bound_port
    theirs = greenswitch.OutboundESLServer("127.0.0.1", taken, application=print)
    with pytest.raises(SystemExit):
        theirs.listen()
    theirs.server.close()

    with pytest.raises(UserMistake, match="listen_port_taken"):
        CallServer("127.0.0.1", taken or 0, on_call=print, on_end=print).listen()


def test_609_the_limit_holds_when_all_come_at_once(make_server: Callable[..., CallServer]):
    links: list[CallLink] = []
    server = make_server(lambda link, channel: links.append(link), max_connections=3)
    peers = [FakePeer.dial(server.bound_port or 0) for _ in range(10)]
    wait_until(lambda: sum(peer.has_ended for peer in peers) == 7)
    wait_until(lambda: len(links) == 3)
    for peer in peers:
        peer.close()


def test_620_a_handshake_that_fails_leaks_no_session(make_server: Callable[..., CallServer]):
    server = make_server(lambda link, channel: None, settings=CallSettings(handshake_s=0.05))
    peers = [FakePeer.dial(server.bound_port or 0, {"connect": b"", "linger": b""}) for _ in range(5)]
    for peer in peers:
        peer.wait_ended()
    wait_until(lambda: server.connection_count == 0)
    assert server.links == set()


def test_298_after_the_end_greenswitchs_own_guard_raises(make_server: Callable[..., CallServer]):
    links: list[OutboundSession] = []
    server = make_server(lambda link, channel: links.append(link))
    peer = FakePeer.dial(server.bound_port or 0)
    wait_until(lambda: links)
    links[0].raise_if_disconnected()
    peer.close()
    wait_until(lambda: not links[0].connected)
    with pytest.raises(greenswitch.esl.OutboundSessionHasGoneAway):
        links[0].raise_if_disconnected()
