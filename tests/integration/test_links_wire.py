"""One connection: whole commands out, each answer to the one who asked, one way to end."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import gevent
import pytest
from gevent import socket

from fs_control.errors import BrokenInvariant, CallGone, NoReply, SwitchRefused, UserMistake
from fs_control.esl import Api, ApiResponse, CommandReply, Connect, EventMessage, Execute, Linger, Message, Role
from fs_control.runtime.outcome import Result
from fs_control.runtime.wire import Wire, WireLimits
from fs_control.testing.fake_event_socket import (
    CALL_SCRIPT,
    GOODBYE,
    LINGER_NOTICE,
    FakePeer,
    event,
    reply,
    response,
    wait_until,
)

LONG_S = 60.0
SHORT_S = 0.05


class Desk:
    """A wire whose handshake is done, the peer at its other end, and what the wire told."""

    def __init__(self, limits: WireLimits | None = None) -> None:
        ours, theirs = socket.socketpair()
        self.peer = FakePeer(theirs, CALL_SCRIPT)
        self.messages: list[Message] = []
        self.reasons: list[str] = []
        self.results: list[Result] = []
        self.wire = Wire(
            ours,
            Role.OUTBOUND,
            "test",
            on_message=self.messages.append,
            on_gone=self.reasons.append,
            limits=limits,
        )
        self.wire.start()
        self.wire.call(Connect(), LONG_S)

    def send(self, api: str, deadline_s: float = LONG_S) -> None:
        self.wire.send(Api(api), self.results.append, deadline_s)

    def wait_results(self, count: int) -> None:
        wait_until(lambda: len(self.results) >= count, f"{count} results")

    def wait_gone(self) -> None:
        assert self.wire.wait_gone(20.0)


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(limits: WireLimits | None = None) -> Desk:
        desks.append(Desk(limits))
        return desks[-1]

    yield make
    for desk in desks:
        desk.wire.kill()
        desk.peer.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


def footprint() -> tuple[int, int]:
    """How many greenlets live and how many descriptors are open in this process."""
    gc.collect()
    alive = [thing for thing in gc.get_objects() if isinstance(thing, gevent.Greenlet) and not thing.dead]
    return len(alive), len(os.listdir("/proc/self/fd"))


def is_no_more_than(before: tuple[int, int]) -> bool:
    return all(now <= then for now, then in zip(footprint(), before, strict=True))


# --- answers ---------------------------------------------------------------------------------------------------------


def test_each_answer_reaches_the_one_who_asked(desk: Desk):
    for number in range(50):
        desk.peer.script[f"api n{number} "] = desk.peer.script[f"api n{number}"] = response(str(number))
        desk.send(f"n{number}")
    desk.wait_results(50)
    assert [result.text for result in desk.results if isinstance(result, ApiResponse)] == [str(n) for n in range(50)]


def test_commands_of_one_moment_do_not_wait_for_each_other(desk: Desk):
    desk.peer.script["api"] = b""
    desk.send("first")
    desk.send("second")
    desk.peer.wait_for("api second")
    assert desk.results == []


def test_the_three_failures_are_distinct(desk: Desk):
    desk.peer.script.update(
        {"api gone": response("-ERR No such channel!\n"), "api bad": response("-ERR bad\n"), "api mute": b""}
    )
    desk.send("gone")
    desk.send("bad")
    desk.send("mute", SHORT_S)
    desk.wait_results(3)
    assert [type(result) for result in desk.results] == [CallGone, SwitchRefused, NoReply]


def test_a_late_answer_finds_its_own_place(desk: Desk):
    desk.peer.script["api late"] = b""
    desk.send("late", SHORT_S)
    desk.wait_results(1)
    assert isinstance(desk.results[0], NoReply)
    desk.peer.say(response("too late"))
    desk.peer.script["api next"] = response("in time")
    desk.send("next")
    desk.wait_results(2)
    assert isinstance(desk.results[1], ApiResponse)
    assert desk.results[1].text == "in time"


def test_each_deadline_is_its_own(desk: Desk):
    desk.peer.script["api"] = b""
    for deadline in (LONG_S, SHORT_S, SHORT_S * 4, LONG_S):
        desk.send(f"d{deadline}", deadline)
    desk.wait_results(2)
    assert all(isinstance(result, NoReply) for result in desk.results)
    assert [result.values["command"] for result in desk.results if isinstance(result, NoReply)] == ["Api", "Api"]
    assert not desk.wire.is_gone


def test_a_waiter_is_told_once(desk: Desk):
    desk.peer.script["api mute"] = b""
    desk.send("mute", SHORT_S)
    desk.wait_results(1)
    desk.peer.say(response("late"))
    desk.wire.call(Api("status"), LONG_S)
    desk.wire.kill()
    assert len(desk.results) == 1


def test_callbacks_never_run_inside_send(desk: Desk):
    desk.wire.kill()
    desk.send("status")
    assert desk.results == []
    desk.wait_results(1)
    assert isinstance(desk.results[0], CallGone)


def test_a_call_raises_what_went_wrong(desk: Desk):
    desk.peer.script["api bad"] = response("-ERR bad\n")
    with pytest.raises(SwitchRefused, match="-ERR bad"):
        desk.wire.call(Api("bad"), LONG_S)


def test_a_call_in_a_callback_is_refused_instead_of_waiting_for_itself(desk: Desk):
    errors: list[BaseException] = []

    def ask_again(_result: Result) -> None:
        try:
            desk.wire.call(Api("status"), LONG_S)
        except BrokenInvariant as error:
            errors.append(error)

    desk.wire.send(Api("status"), ask_again, LONG_S)
    wait_until(lambda: errors)


def test_a_command_of_the_other_kind_of_link_is_the_callers_mistake(desk: Desk):
    ours, theirs = socket.socketpair()
    inbound = Wire(ours, Role.INBOUND, "test", on_message=print, on_gone=lambda reason: None)
    with pytest.raises(UserMistake, match="esl_command_not_now"):
        inbound.send(Linger(5))
    inbound.start()
    inbound.kill()
    theirs.close()


def test_a_failing_waiter_does_not_hurt_the_next(desk: Desk):
    def fail(_result: Result) -> None:
        raise ZeroDivisionError

    desk.wire.send(Api("status"), fail, LONG_S)
    desk.send("status")
    desk.wait_results(1)
    assert isinstance(desk.results[0], ApiResponse | CommandReply)


# --- messages --------------------------------------------------------------------------------------------------------


def test_events_come_in_order_whatever_pieces_they_come_in(desk: Desk):
    for byte in b"".join(event("DTMF", sequence=number) for number in range(3)):
        desk.peer.say(bytes([byte]))
    wait_until(lambda: len(desk.messages) == 3)
    assert [m.get("Event-Sequence") for m in desk.messages if isinstance(m, EventMessage)] == ["0", "1", "2"]


# --- writing ---------------------------------------------------------------------------------------------------------


def test_a_peer_that_does_not_read_stalls_nobody_and_loses_the_wire(make_desk: Callable[..., Desk]):
    desk = make_desk(WireLimits(unsent_bytes=256 * 1024, write_s=LONG_S))
    desk.peer.stop_reading()
    for _ in range(400):
        desk.wire.send(Execute("playback", "x" * 60_000), desk.results.append, LONG_S)
    desk.wait_gone()
    desk.wait_results(400)
    assert desk.reasons == ["peer_does_not_read"]
    assert all(isinstance(result, CallGone) for result in desk.results)


def test_a_peer_that_reads_too_slowly_loses_the_wire(make_desk: Callable[..., Desk]):
    desk = make_desk(WireLimits(unsent_bytes=64 * 1024 * 1024, write_s=SHORT_S))
    desk.peer.stop_reading()
    for _ in range(200):
        desk.wire.send(Execute("playback", "x" * 60_000), desk.results.append, LONG_S)
    desk.wait_gone()
    assert desk.reasons == ["peer_does_not_read"]


def test_a_large_command_arrives_whole(desk: Desk):
    long = Execute("playback", "x" * 60_000)
    for _ in range(10):
        desk.wire.send(long, desk.results.append, LONG_S)
    desk.wait_results(10)
    assert all(isinstance(result, CommandReply) for result in desk.results)
    assert desk.peer.heard("sendmsg") == 10


# --- the end ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (lambda peer: peer.close(), "closed_by_peer"),
        (lambda peer: peer.say(GOODBYE), "said_goodbye"),
        (lambda peer: peer.say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "esl_no_content_type"),
        (lambda peer: (peer.say(event("DTMF")[:-9]), peer.close()), "esl_cut_in_frame"),
    ],
)
def test_every_end_wakes_all_waiters_and_is_told_once(desk: Desk, end: Callable[[FakePeer], object], reason: str):
    desk.peer.script["api"] = b""
    for number in range(3):
        desk.send(f"n{number}")
    desk.peer.wait_for("api", 3)
    end(desk.peer)
    desk.wait_gone()
    desk.wire.drop("again")
    assert len(desk.reasons) == 1
    assert desk.reasons[0].startswith(reason)
    assert [type(result) for result in desk.results] == [CallGone] * 3


def test_an_answer_to_no_command_ends_the_wire_and_not_the_reader(desk: Desk):
    desk.peer.say(reply("+OK"))
    desk.wait_gone()
    assert desk.reasons == ["esl_answer_without_command"]


def test_after_a_hang_up_waiters_and_new_commands_get_call_gone_while_the_connection_lingers(desk: Desk):
    desk.peer.script["api mute"] = b""
    desk.send("mute")
    desk.peer.wait_for("api mute")
    desk.peer.say(LINGER_NOTICE)
    desk.wait_results(1)
    desk.send("status")
    desk.wait_results(2)
    assert all(isinstance(result, CallGone) for result in desk.results)
    desk.peer.say(response("the late answer") + event("CHANNEL_HANGUP_COMPLETE"))
    wait_until(lambda: isinstance(desk.messages[-1], EventMessage))
    assert desk.peer.heard("api status") == 0


def test_stop_says_goodbye_and_leaves_nothing_behind(make_desk: Callable[..., Desk]):
    before = footprint()
    desk = make_desk()
    desk.wire.stop(LONG_S)
    desk.peer.wait_ended()
    assert desk.peer.commands[-1] == "exit"
    desk.peer.close()
    wait_until(lambda: is_no_more_than(before), f"{before} again")


def test_stop_does_not_wait_for_a_peer_that_says_nothing(desk: Desk):
    desk.peer.script["exit"] = b""
    desk.wire.stop(SHORT_S)
    assert desk.reasons == ["stopped"]


def test_stop_in_a_callback_does_not_wait_for_itself(desk: Desk):
    desk.wire.send(Api("status"), lambda _result: desk.wire.stop(LONG_S), LONG_S)
    desk.wait_gone()


def test_kill_leaves_nothing_behind_whatever_is_under_way(make_desk: Callable[..., Desk]):
    before = footprint()
    desk = make_desk()
    desk.peer.script["api"] = b""
    desk.send("mute")
    desk.peer.stop_reading()
    desk.wire.send(Execute("playback", "x" * 60_000), desk.results.append, LONG_S)
    desk.wire.kill("enough")
    assert desk.reasons == ["enough"]
    desk.wait_results(2)
    desk.peer.close()
    wait_until(lambda: is_no_more_than(before), f"{before} again")
