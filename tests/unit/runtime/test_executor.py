"""Every order finds the one who carries it out; what goes wrong is told to the centre, and costs one call at most."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from fs_control import commands
from fs_control.centre import CallCentre, Transition, transition
from fs_control.commands import (
    AnswerCall,
    BridgeLegs,
    CallCommand,
    CancelTimer,
    CollectDigits,
    Command,
    FetchUrl,
    FindLegEnds,
    HangUp,
    LookUpCaller,
    LookUpDay,
    PlayHoldMusic,
    PlayPrompt,
    Prompt,
    Reply,
    RingAgent,
    StartTimer,
    StopPlaying,
    StoreRecord,
    VerifyPin,
)
from fs_control.errors import CallGone, NoReply, SwitchRefused, UserMistake
from fs_control.esl import Command as WireCommand
from fs_control.esl import CommandReply
from fs_control.events import CallCrashed, CommandFailed, DayBegan, Outcome, PhoneRegistered, TimerFired
from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    SECOND,
    CallId,
    Extension,
    LegId,
    Micros,
    OpId,
    RequestId,
    TimerId,
    seconds,
)
from fs_control.records import CallRecord, SupervisionEntry
from fs_control.runtime import executor as executor_room
from fs_control.runtime.callers import Callers, OnDone
from fs_control.runtime.executor import Executor
from fs_control.runtime.outcome import Failure
from fs_control.runtime.requests import Requests
from fs_control.runtime.timers import Timers
from fs_control.runtime.vault import Vault
from fs_control.switch import Dialect, encode_command
from fs_control.switch import encode as encode_room
from tests.unit.runtime.desk import ANNE, Desk, Notes, SetClock, opening, signs_in

CALL, LEG, OP = CallId("call"), LegId("leg"), OpId("call.1")
PROMPT = Prompt("welcome", "zh")
DIALECT = Dialect(DEFAULT_ENTERPRISE, "switch.example", "/prompts", "/music/hold.wav")
PLAY = PlayPrompt(CALL, LEG, OP, PROMPT)
HANG_UP = HangUp(CALL, LEG, "NORMAL_CLEARING")
RING = RingAgent(CALL, LegId("agent-leg"), LEG, Extension("1001"), seconds(20), "13800138000", "王芳")


class FakeLink:
    """Remembers what it was given to send; a test answers when it likes."""

    connected = True

    def __init__(self) -> None:
        self.sent: list[tuple[WireCommand, OnDone]] = []

    def send(self, command: WireCommand, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        assert on_done is not None
        self.sent.append((command, on_done))

    def kill(self, reason: str = "stopped") -> None:
        raise AssertionError(reason)


class Yard:
    """An executor among fakes."""

    def __init__(self) -> None:
        self.heard = Notes()
        self.stored: list[CallRecord] = []
        self.looked_up: list[LookUpCaller] = []
        self.fetched: list[FetchUrl] = []
        self.compared: list[VerifyPin] = []
        self.vault = Vault()
        self.switch, self.caller, self.callers = FakeLink(), FakeLink(), Callers()
        self.callers.add(LEG, CALL, self.caller)
        self.timers = Timers(SetClock(), self.heard)
        self.requests = Requests(self.heard)
        self.kept: list[SupervisionEntry] = []
        self.ends_asked: list[FindLegEnds] = []
        self.executor = Executor(
            DIALECT,
            self.switch,
            self.callers,
            self.heard,
            self.timers,
            self.requests,
            self.stored.append,
            self.looked_up.append,
            self.fetched.append,
            self.vault,
            self.compared.append,
            self.kept.append,
            self.ends_asked.append,
        )

    def order(self, *ordered: Command) -> None:
        self.executor.carry_out(PhoneRegistered(phone="1001"), Transition(CallCentre(), ordered, (), ()))


@pytest.fixture
def yard() -> Yard:
    return Yard()


def leaves(base: type[Command]) -> set[type[Command]]:
    """The classes of orders that nothing is below of."""
    every = {thing for thing in vars(commands).values() if isinstance(thing, type) and issubclass(thing, base)}
    return {kind for kind in every if not any(kind in other.__mro__[1:] for other in every)}


# --- who does what -------------------------------------------------------------------------------------------------


def test_every_order_has_exactly_one_who_carries_it_out(yard: Yard) -> None:
    here, at_the_switch = set(yard.executor.handlers), set(encode_room._ENCODERS)
    assert here | at_the_switch == leaves(Command)
    assert not here & at_the_switch
    assert at_the_switch == leaves(CallCommand)


@pytest.mark.parametrize("kind", sorted(leaves(CallCommand), key=str), ids=str)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30)
@given(st.data())
def test_every_order_about_a_leg_can_be_said_to_the_switch(kind: type[CallCommand], data: st.DataObject) -> None:
    command = data.draw(st.from_type(kind))
    try:
        orders = encode_command(command, DIALECT)
    except UserMistake:
        return  # text that must not pass: refused, as it has to be
    assert orders


@pytest.mark.parametrize(
    "command",
    [
        AnswerCall(CALL, LEG, "4001"),
        PLAY,
        CollectDigits(CALL, LEG, OP, (PROMPT,), 1, seconds(5)),
        RING,
        PlayHoldMusic(CALL, LEG, OP),
        StopPlaying(CALL, LEG),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_must_keep_its_order_goes_out_on_the_callers_own_link(yard: Yard, command: Command) -> None:
    yard.order(command)
    assert yard.caller.sent
    assert not yard.switch.sent


@pytest.mark.parametrize("command", [BridgeLegs(CALL, LEG, LegId("x")), HANG_UP], ids=lambda c: type(c).__name__)
def test_what_must_act_at_once_goes_out_on_the_link_to_the_switch(yard: Yard, command: Command) -> None:
    yard.order(command)
    assert yard.switch.sent
    assert not yard.caller.sent


def test_orders_are_carried_out_in_their_order(yard: Yard) -> None:
    music = PlayHoldMusic(CALL, LEG, OpId("call.2"))
    yard.order(PLAY, music)
    said = [order.command for each in (PLAY, music) for order in encode_command(each, DIALECT)]
    assert [command for command, _ in yard.caller.sent] == said


def test_timers_records_and_answers_are_carried_out_here(yard: Yard, tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.play(opening(), [ANNE.offered()], [ANNE.gone()])
        (record,) = [order.record for order in desk.orders if isinstance(order, StoreRecord)]
    yard.order(StartTimer(TimerId("a"), seconds(1)), StartTimer(TimerId("b"), seconds(1)), CancelTimer(TimerId("a")))
    yard.order(StoreRecord(record), Reply(RequestId("nobody waits")))
    assert (len(yard.timers), yard.stored) == (1, [record])
    yard.timers.stop()


def test_Q4_which_day_it_is_is_told_for_the_time_zone_and_the_moment_of_the_question(yard: Yard) -> None:
    noon_in_london = Micros(1_767_268_800 * SECOND)
    yard.order(LookUpDay("Asia/Shanghai", noon_in_london), LookUpDay("Pacific/Auckland", noon_in_london))
    assert yard.heard == [
        DayBegan(day="2026-01-01", ends_at=Micros(noon_in_london + 4 * 3600 * SECOND)),
        DayBegan(day="2026-01-02", ends_at=Micros(noon_in_london + 23 * 3600 * SECOND)),
    ]


# --- what comes back -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (CallGone("leg_unknown", reply="-ERR No such channel"), Outcome.GONE),
        (SwitchRefused("switch_refused", reply="-ERR No such channel"), Outcome.REFUSED),
        (NoReply("no_answer", reply="-ERR No such channel"), Outcome.NO_REPLY),
    ],
)
def test_the_three_failures_are_told_with_what_failed(yard: Yard, fault: Failure, outcome: Outcome) -> None:
    yard.order(PLAY)
    yard.caller.sent[0][1](fault)
    assert yard.heard == [
        CommandFailed(leg=LEG, command="PlayPrompt", outcome=outcome, op=OP, detail="-ERR No such channel")
    ]


def test_a_good_answer_is_no_news(yard: Yard) -> None:
    yard.order(HANG_UP)
    command, on_done = yard.switch.sent[0]
    on_done(CommandReply(command, "+OK"))
    assert yard.heard == []


def test_a_caller_who_has_gone_is_told_as_gone(yard: Yard) -> None:
    yard.order(dataclasses.replace(PLAY, leg=LegId("somebody else")))
    (failed,) = yard.heard
    assert isinstance(failed, CommandFailed)
    assert (failed.outcome, failed.op, failed.leg) == (Outcome.GONE, OP, "somebody else")


def test_every_failure_there_is_has_its_outcome() -> None:
    assert set(executor_room.OUTCOMES) == set(get_args(Failure))
    assert set(executor_room.OUTCOMES.values()) == set(Outcome)


# --- defects -------------------------------------------------------------------------------------------------------


@pytest.fixture
def break_encoder(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[CallCommand]], None]:
    return lambda kind: monkeypatch.setitem(encode_room._ENCODERS, kind, lambda command, dialect: 1 // 0)


def test_an_order_that_raises_ends_its_call_and_the_others_are_carried_out(
    yard: Yard, break_encoder: Callable[[type[CallCommand]], None]
) -> None:
    break_encoder(PlayPrompt)
    with capture_logs() as logs:
        yard.order(PLAY, HANG_UP)
    assert yard.heard == [CallCrashed(call=CALL, place="executor.PlayPrompt", error="ZeroDivisionError")]
    assert len(yard.switch.sent) == 1
    assert [line["action"] for line in logs] == ["command_crashed"]


def test_a_line_break_in_an_order_ends_its_call_and_reaches_no_wire(yard: Yard) -> None:
    yard.order(PlayPrompt(CALL, LEG, OP, Prompt("welcome\n\nexit", "zh")))
    assert isinstance(yard.heard[0], CallCrashed)
    assert yard.heard[0].call == CALL
    assert yard.caller.sent == []


def test_an_order_without_a_call_ends_the_call_that_it_was_given_for(yard: Yard, tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.play(opening(), signs_in(1), [ANNE.offered(), ANNE.looked_up()])
        yard.executor.handlers[StartTimer] = lambda command: 1 / 0  # type: ignore[assignment]
        again = TimerFired(at=desk.centre.at, timer=TimerId(f"wait:{ANNE.call}"))
        yard.executor.carry_out(again, transition(desk.centre, again))
    assert yard.heard == [CallCrashed(call=ANNE.call, place="executor.StartTimer", error="ZeroDivisionError")]


def test_an_answer_that_cannot_be_read_ends_its_call(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(executor_room.OUTCOMES, NoReply)
    yard.order(PLAY)
    yard.caller.sent[0][1](NoReply("no_answer"))
    assert yard.heard == [CallCrashed(call=CALL, place="reply.PlayPrompt", error="KeyError")]
