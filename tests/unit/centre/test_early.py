"""Calls that are taken up by whoever answers them, and lines in which nobody is to wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.calls import CallState
from fs_control.centre import early
from fs_control.centre.step import Step
from fs_control.commands import AnswerCall, HangUp, PlayHoldMusic, TakeCallEarly
from fs_control.events import LegAnswered, SwitchFound, SwitchLost, TimerFired
from fs_control.flow import LineExit
from fs_control.ids import CallId, LegId, TimerId
from fs_control.records import Disposition, FlowText, Overflow, ServiceNumber
from fs_control.testing.builders import LINE, MENU, SALES, SERVICE, SERVICE_LINE, a_directory
from fs_control.testing.play import Play

EARLY = FlowText("early", LINE.text.replace("flow: line", "flow: early\nanswer: on_agent"))
IMPATIENT = FlowText(
    "impatient",
    """
flow: impatient
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: closed, nobody_free: taken}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  taken: {do: play, prompt: wrong-key, next: end}
  end: {do: hangup}
""",
)
NUMBERS = (ServiceNumber("4001", "early"), ServiceNumber("4002", "impatient"), ServiceNumber("4003", "line"))


def a_play(**more: object) -> Play:
    """Sales have one agent, and their callers are not answered before they are."""
    given = {"groups": {"sales": (1,), "service": (2,)}} | more
    return Play(numbers=NUMBERS, flows=(EARLY, IMPATIENT, LINE, SERVICE_LINE, MENU), **given)  # type: ignore[arg-type]


def orders(play: Play, call: CallId) -> list[type]:
    """How the caller's call was received."""
    kinds = (AnswerCall, TakeCallEarly)
    return [type(command) for command in play.commands if isinstance(command, kinds) and command.call == call]


def hang_up_cause(play: Play, call: CallId) -> str:
    leg = LegId(f"leg-of-{call}")
    return next(each.cause for each in play.commands if isinstance(each, HangUp) and each.leg == leg)


# --- the answer ----------------------------------------------------------------------------------------------------


def test_the_caller_hears_music_and_is_answered_with_the_join() -> None:
    play = a_play()
    play.sign_in(1)
    first = play.caller()
    play.answer(1)
    call = play.caller()
    play.wait(7)
    assert (orders(play, call), play.heard(call), play.live(call).record.answered_at) == (
        [TakeCallEarly],
        ["music"],
        None,
    )
    play.agent_hangs_up(1)
    play.wait(1)
    play.answer(1)
    live = play.live(call)
    assert (live.call.early, live.record.answered_at) == (False, live.record.segments[-1].started_at)
    assert live.record.answered_at != live.record.started_at
    assert first in play.records


def test_the_whisper_is_not_paid_for() -> None:
    play = a_play(whisper="goodbye")
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    assert play.state(call) is CallState.CONNECTING
    assert play.live(call).record.answered_at is None
    play.wait(2)
    live = play.live(call)
    assert live.record.answered_at == live.record.segments[-1].started_at


def test_who_is_handed_over_again_is_still_not_answered_and_then_is() -> None:
    play = a_play()
    play.sign_in(1)
    call = play.caller()
    play.switch.lose_controller()
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs)))
    play.switch.return_leg(play.live(call).call.leg)
    play.wait(0)
    assert orders(play, call) == [TakeCallEarly, TakeCallEarly]
    play.wait(11)
    play.answer(1)
    assert not play.live(call).call.early


def test_an_answer_that_was_not_heard_is_noted_when_the_link_is_back() -> None:
    play = a_play()
    play.sign_in(1)
    call = play.caller()
    play.tell(SwitchLost(reason="test"))
    legs = tuple(play.switch.legs)
    play.tell(SwitchFound(core="core", legs=legs, answered=legs))
    assert not play.live(call).call.early
    assert play.live(call).record.answered_at is not None


def test_the_flow_may_take_the_call_up_itself() -> None:
    play = a_play()
    play.sign_in(1)
    call = play.caller()
    step = Step(play.centre, LegAnswered(leg=LegId("none"), at=play.centre.at))
    live = early.take_up(step, play.live(call))
    assert (step.commands, live.call.early) == ([AnswerCall(call, live.call.leg, "4001")], False)
    assert early.take_up(step, live) is live


# --- the end -------------------------------------------------------------------------------------------------------


def test_a_call_that_nobody_took_up_ends_with_what_was_so() -> None:
    play = a_play()
    call = play.caller()
    assert play.heard(call) == ["nobody-signed-in"]
    play.wait(3)
    assert hang_up_cause(play, call) == "NO_ANSWER"
    assert play.records[call].answered_at is None


def test_an_answered_call_ends_as_ever_whatever_was_so() -> None:
    play = a_play()
    call = play.caller("4003")
    play.wait(3)
    assert hang_up_cause(play, call) == "NORMAL_CLEARING"


@pytest.mark.parametrize("dialled", ["4001", "4003"])
def test_who_is_refused_is_answered_only_where_the_flow_would(dialled: str) -> None:
    play = a_play(max_calls=0)
    call = play.caller(dialled)
    is_early = dialled == "4001"
    assert orders(play, call) == [TakeCallEarly if is_early else AnswerCall]
    play.wait(3)
    assert hang_up_cause(play, call) == ("NORMAL_CIRCUIT_CONGESTION" if is_early else "NORMAL_CLEARING")
    assert play.records[call].disposition is Disposition.CENTRE_FULL


def test_a_defect_apologises_without_an_answer() -> None:
    play = a_play()
    play.sign_in(1)
    call = play.caller()
    play.crash(call)
    play.wait(4)
    assert (orders(play, call), hang_up_cause(play, call)) == ([TakeCallEarly], "NORMAL_TEMPORARY_FAILURE")


# --- nobody to wait for --------------------------------------------------------------------------------------------


def test_N7_nobody_waits_where_no_agent_is_idle() -> None:
    play = a_play()
    play.sign_in(1)
    play.caller("4003")
    call = play.caller("4002")
    assert play.heard(call) == ["wrong-key"]
    assert play.live(call).call.verdict is Disposition.NOBODY_FREE
    assert not [each for each in play.commands if isinstance(each, PlayHoldMusic) and each.call == call]
    assert dict(play.centre.tallies[SALES].left) == {"none_free": 1}


def test_N7_an_agent_who_is_idle_takes_the_caller() -> None:
    play = a_play()
    play.sign_in(1)
    assert play.rung_for(play.caller("4002")) == [1]


def test_N7_where_nobody_is_signed_in_that_is_said() -> None:
    play = a_play()
    call = play.caller("4002")
    assert play.heard(call) == ["nobody-signed-in"]


def test_N7_it_is_decided_once_so_that_who_came_in_waits_for_the_next() -> None:
    play = a_play()
    play.sign_in(1)
    call = play.caller("4002")
    play.decline(1)
    assert play.state(call) is CallState.WAITING


def test_N7_an_agent_whose_phone_rests_is_not_free() -> None:
    play = a_play()
    play.sign_in(1)
    first = play.caller("4003")
    play.decline(1)
    assert play.state(first) is CallState.WAITING
    assert play.heard(play.caller("4002")) == ["wrong-key"]


@pytest.mark.parametrize("after_s", [0.0, 30.0])
def test_N7_a_group_that_helps_out_at_once_counts(after_s: float) -> None:
    directory = a_directory({"sales": (1,), "service": (2,)}, NUMBERS)
    groups = {SALES: replace(directory.groups[SALES], overflow=(Overflow(after_s, SERVICE),))}
    play = a_play(directory=replace(directory, groups={**directory.groups, **groups}))
    play.sign_in(1, 2)
    play.caller("4003")
    call = play.caller("4002")
    play.wait(0)
    assert play.rung_for(call) == ([2] if after_s == 0 else [])


def test_N7_it_is_known_who_calls_before_anybody_is_sent_away() -> None:
    play = a_play()
    play.database_hangs = True
    play.sign_in(1)
    play.caller("4003")
    play.wait(1)
    call = play.caller("4002")
    assert play.heard(call) == []
    play.tell(TimerFired(timer=TimerId(f"lookup:{call}")))
    assert play.heard(call) == ["wrong-key"]
    assert LineExit.NONE_FREE in {stay.how for stay in play.centre.stays[call]}
