"""Waiting for one's own agent, who is busy: for how long, whether the caller wants to, and what ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.calls import CallState
from fs_control.centre import is_awaited
from fs_control.events import CommandFailed, KeyPressed, Outcome, SwitchLost
from fs_control.ids import CallId, GroupId
from fs_control.records import FlowText, Overflow
from fs_control.testing.builders import LINE, MENU, SALES, SERVICE_LINE, loaded
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

CALLER, OTHER = "13800138000", "13900139000"
OWNER, COLLEAGUE, HELPER = 9, 1, 5
QUESTION = "own-agent-busy-ask"
FLOWS: tuple[FlowText, ...] = (LINE, SERVICE_LINE, MENU)
SENTENCE = "part-own-agent-busy part-wait part-number-3 part-minutes part-own-agent-choice"
"""Before any talk is over the mean is three minutes."""


def a_play(wait_s: float | None = 60.0, *, asks: bool = False) -> tuple[Play, CallId]:
    """A colleague is idle, the owner talks with another customer, and a customer of theirs calls."""
    play = Play(groups={"sales": (COLLEAGUE,), "service": (OWNER,)})
    directory = play.centre.directory
    sales = replace(directory.groups[SALES], own_agent_wait_s=wait_s, own_agent_ask=asks)
    play.tell(loaded(replace(directory, groups={**directory.groups, SALES: sales}), FLOWS))
    play.sign_in(COLLEAGUE, OWNER)
    for customer in (CALLER, OTHER):
        play.callers.save(customer, OWNER)
    play.caller("4001", OTHER)
    play.answer(OWNER)
    return play, play.caller("4001", CALLER)


def told(play: Play, call: CallId) -> list[str]:
    return [f"{step.kind} {step.detail}".strip() for step in play.live(call).record.steps]


def test_colleagues_are_not_asked_before_the_time_is_over() -> None:
    play, call = a_play(wait_s=60)
    play.wait(59)
    assert (play.rung_for(call), play.heard(call)) == ([], ["music"])
    play.wait(1)
    assert play.rung_for(call) == [COLLEAGUE]


def test_a_group_that_says_nothing_asks_colleagues_at_once() -> None:
    play, call = a_play(wait_s=None)
    assert play.rung_for(call) == [COLLEAGUE]


def test_the_own_agent_who_becomes_free_is_rung() -> None:
    play, call = a_play()
    play.wait(20)
    play.agent_hangs_up(OWNER)
    assert play.rung_for(call) == [OWNER]
    play.answer(OWNER)
    assert play.timers("own") == []


def test_who_has_tried_the_own_agent_in_vain_does_not_wait_for_them_any_more() -> None:
    play, call = a_play()
    play.set_phone(OWNER, Manner.BUSY)
    play.agent_hangs_up(OWNER)
    play.wait(0.1)
    assert play.rung_for(call) == [OWNER, COLLEAGUE]


def test_an_own_agent_who_signs_out_is_not_waited_for() -> None:
    play, call = a_play()
    play.sign_out(OWNER)
    assert play.rung_for(call) == [COLLEAGUE]


def helped_play(*, asks: bool = False) -> tuple[Play, CallId]:
    """The owner and the colleague talk, and since 3 s another group helps out, of which agent 5 is idle."""
    play = Play(groups={"sales": (COLLEAGUE,), "service": (OWNER,), "help": (HELPER,)})
    directory = play.centre.directory
    helped = replace(
        directory.groups[SALES], own_agent_wait_s=60.0, own_agent_ask=asks, overflow=(Overflow(3.0, GroupId(3)),)
    )
    play.tell(loaded(replace(directory, groups={**directory.groups, SALES: helped}), FLOWS))
    play.callers.save(CALLER, OWNER)
    play.callers.save(OTHER, OWNER)
    play.sign_in(COLLEAGUE)
    play.caller("4001", "13700137000")
    play.answer(COLLEAGUE)
    play.sign_in(OWNER, HELPER)
    play.caller("4001", OTHER)
    play.answer(OWNER)
    call = play.caller("4001", CALLER)
    play.wait(4)
    assert (play.live(call).call.lines, play.rung_for(call)) == ((SALES, GroupId(3)), [])
    return play, call


def test_a_group_that_helps_out_is_asked_when_the_time_for_the_own_agent_is_over() -> None:
    play, call = helped_play()
    play.wait(56)
    assert play.rung_for(call) == [HELPER]


def test_a_group_that_helps_out_is_asked_when_the_caller_wants_a_colleague() -> None:
    play, call = helped_play(asks=True)
    play.press(call, "2")
    assert play.rung_for(call) == [HELPER]


def test_a_group_that_helps_out_is_asked_when_the_own_agent_signs_out() -> None:
    play, call = helped_play()
    play.sign_out(OWNER)
    assert play.rung_for(call) == [HELPER]


def test_others_in_line_are_served_meanwhile() -> None:
    play, call = a_play()
    stranger = play.caller("4001", "13700137000")
    assert (play.rung_for(call), play.rung_for(stranger)) == ([], [COLLEAGUE])


def test_the_caller_is_asked_instead_of_hearing_music() -> None:
    play, call = a_play(asks=True)
    assert (play.heard(call), play.rung_for(call)) == ([SENTENCE], [])


def test_key_1_waits_for_the_own_agent() -> None:
    play, call = a_play(asks=True)
    play.wait(1)
    play.press(call, "1")
    assert play.heard(call) == [SENTENCE, "music"]
    assert told(play, call) == [f"heard {QUESTION}", "pressed 1"]
    play.wait(58)
    assert play.rung_for(call) == []
    play.wait(1)
    assert play.rung_for(call) == [COLLEAGUE]


@pytest.mark.parametrize("after_s", [1, 4])
def test_key_2_takes_a_colleague_during_the_question_or_after_it(after_s: float) -> None:
    play, call = a_play(asks=True)
    play.wait(after_s)
    play.press(call, "2")
    assert play.rung_for(call) == [COLLEAGUE]
    assert told(play, call) == [f"heard {QUESTION}", "pressed 2"]
    assert play.timers("own") == play.timers("ask") == []


def test_no_key_within_5_s_of_the_question_takes_a_colleague() -> None:
    play, call = a_play(asks=True)
    play.wait(7.9)
    assert (play.rung_for(call), play.heard(call)) == ([], [SENTENCE, "music"])
    play.wait(0.1)
    assert play.rung_for(call) == [COLLEAGUE]
    assert told(play, call) == [f"heard {QUESTION}", "no_key"]


def test_the_own_agent_who_becomes_free_cuts_the_question_short() -> None:
    play, call = a_play(asks=True)
    play.wait(1)
    play.agent_hangs_up(OWNER)
    assert (play.rung_for(call), play.heard(call)) == ([OWNER], [SENTENCE])


def test_a_question_that_cannot_be_played_is_no_reason_to_wait_for_ever() -> None:
    play, call = a_play(asks=True)
    leg, op = play.live(call).call.leg, play.live(call).call.op
    play.tell(CommandFailed(leg=leg, command="PlayPrompt", outcome=Outcome.REFUSED, op=op))
    play.wait(5)
    assert play.rung_for(call) == [COLLEAGUE]


def test_a_caller_is_asked_once_in_a_line() -> None:
    play, call = a_play(asks=True)
    play.press(call, "1")
    play.wait(20)
    assert play.heard(call).count(SENTENCE) == 1


def test_a_caller_who_left_a_question_open_is_asked_again_in_another_line() -> None:
    play = Play(groups={"sales": (COLLEAGUE,), "service": (2,), "help": (OWNER,)})
    directory = play.centre.directory
    asking = {key: replace(group, own_agent_wait_s=60.0, own_agent_ask=True) for key, group in directory.groups.items()}
    play.tell(loaded(replace(directory, groups=asking), FLOWS))
    play.callers.save(CALLER, OWNER)
    play.sign_in(OWNER)
    play.caller("4001", CALLER)
    play.answer(OWNER)
    call = play.caller("4002", CALLER)
    play.wait(3)
    play.press(call, "1")
    play.press(call, "0")
    assert play.heard(call)[2:] == [SENTENCE, SENTENCE]
    assert play.timers("ask") == [f"ask:{call}"]


def test_other_keys_mean_nothing_and_after_the_answer_no_key_does() -> None:
    play, call = a_play(asks=True)
    leg = play.live(call).call.leg
    assert not is_awaited(play.centre, KeyPressed(leg=leg, key="7"))
    assert is_awaited(play.centre, KeyPressed(leg=leg, key="1"))
    play.press(call, "1")
    assert not is_awaited(play.centre, KeyPressed(leg=leg, key="2"))


def test_a_question_of_which_no_end_was_heard_is_closed_after_a_while() -> None:
    play, call = a_play(asks=True)
    play.tell(SwitchLost(reason="test"))
    play.wait(30)
    assert play.timers("ask") == []
    assert play.state(call) is CallState.WAITING


TWO_LINES = FlowText(
    "line",
    LINE.text.replace("waited_too_long: too-long", 'waited_too_long: too-long, keys: {"*": again}').replace(
        "  closed:",
        "  again: {do: queue, group: sales, nobody_signed_in: closed}\n  closed:",
        1,
    ),
)
"""The line, which is left by a key for another place at the end of it."""


@pytest.mark.parametrize("answers", [(), ("1",), ("2",)])
def test_who_leaves_the_line_and_comes_again_is_asked_anew(answers: tuple[str, ...]) -> None:
    play = a_play()[0]
    sales = replace(play.centre.directory.groups[SALES], own_agent_ask=True)
    directory = replace(play.centre.directory, groups={**play.centre.directory.groups, SALES: sales})
    play.tell(loaded(directory, (TWO_LINES,)))
    play.sign_out(COLLEAGUE)
    call = play.caller("4001", CALLER)
    for key in (*answers, "*"):
        play.press(call, key)
    play.wait(1)
    assert [each.split()[0] for each in play.heard(call) if each != "music"] == ["part-own-agent-busy"] * 2
    play.press(call, "1")
    assert told(play, call)[-1] == "pressed 1"
