"""Callers in line are told their place: when they come, at the interval, and never at the cost of a connect (Q9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.calls import CallState
from fs_control.centre.place import position_of
from fs_control.commands import PlaySentence, RingAgent, StopPlaying
from fs_control.events import CommandFailed, Outcome
from fs_control.ids import CallId, seconds
from fs_control.queues.estimate import Handling
from fs_control.records import FlowText, ServiceNumber
from fs_control.testing.builders import LINE, MENU, SALES, SERVICE_LINE, a_directory, loaded
from fs_control.testing.play import Play

FIRST, SECOND, THIRD = (f"part-place part-number-{place} part-place-end" for place in (1, 2, 3))
RAISED = "steps:\n  raise: {do: priority, level: 5, next: line}\n"
VIPS = FlowText(
    "vip",
    LINE.text.replace("flow: line", "flow: vip").replace("start: line", "start: raise").replace("steps:\n", RAISED),
)
NUMBERS = (ServiceNumber("4001", "line"), ServiceNumber("4002", "menu"), ServiceNumber("4009", "vip"))


def a_play(every_s: float | None = 20.0, estimate: bool = False, sound_after_s: float = 0.0) -> Play:
    """Callers of 4001 wait for agent 1, who talks."""
    directory = a_directory(
        {"sales": (1,), "service": (2,)}, NUMBERS, announce_every_s=every_s, announce_estimate=estimate
    )
    play = Play(directory=directory, flows=(LINE, SERVICE_LINE, MENU, VIPS), sound_after_s=sound_after_s)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    return play


def announced(play: Play, call: CallId) -> list[str]:
    """What the record of a live call says that the caller was told."""
    return [step.detail for step in play.live(call).record.steps if step.kind == "announced"]


def test_Q9_the_third_caller_hears_the_number_that_the_queue_table_shows_and_again_at_the_interval() -> None:
    """Caller 3 hears the number that the queue table shows at that moment; it is repeated at the set interval, and
    stops at once when an agent answers."""
    play = a_play()
    *_, third = (play.caller() for _ in range(3))
    assert play.heard(third) == [THIRD]
    assert position_of(play.centre, play.live(third).call) == 3
    play.wait(19)
    assert play.heard(third) == [THIRD, "music"]
    play.wait(1)
    assert play.heard(third) == [THIRD, "music", THIRD]
    assert announced(play, third) == ["3"]


def test_Q9_the_number_goes_down_as_callers_are_served() -> None:
    play = a_play()
    second, third = play.caller(), play.caller()
    play.agent_hangs_up(1)
    play.answer(1)
    play.wait(20)
    assert play.state(second) is CallState.TALKING
    assert announced(play, third) == ["2", "1"]


def test_Q9_who_is_served_at_once_hears_nothing_of_a_line() -> None:
    play = a_play()
    play.sign_in(2)
    play.agent_hangs_up(1)
    assert play.heard(play.caller()) == []


def test_Q9_a_group_that_announces_nothing_plays_music() -> None:
    play = a_play(every_s=None)
    call = play.caller()
    play.wait(100)
    assert play.heard(call) == ["music"]


@pytest.mark.parametrize("sound_after_s", [0.0, 0.1])
def test_Q9_an_agent_who_becomes_free_during_the_sentence_cuts_it_short(sound_after_s: float) -> None:
    """It stops at once when an agent answers."""
    play = a_play(sound_after_s=sound_after_s)
    call = play.caller()
    play.wait(1)
    before = len(play.commands)
    play.agent_hangs_up(1)
    orders = [each for each in play.commands[before:] if getattr(each, "call", None) == call]
    assert [type(each) for each in orders] == [StopPlaying, RingAgent]
    play.answer(1)
    assert (play.state(call), play.timers("announce")) == (CallState.TALKING, [])


def test_Q9_an_agent_who_becomes_free_before_the_sentence_has_begun_is_rung_all_the_same() -> None:
    play = a_play(sound_after_s=0.1)
    call = play.caller()
    play.agent_hangs_up(1)
    play.wait(0.5)
    assert play.rung_for(call) == [1]


def test_Q9_who_is_not_answered_is_told_again_only_when_it_is_time() -> None:
    play = a_play()
    call = play.caller()
    play.wait(5)
    play.agent_hangs_up(1)
    play.wait(2)
    play.decline(1)
    assert play.heard(call) == [FIRST, "music", "music"]
    play.wait(13)
    assert play.heard(call) == [FIRST, "music", "music", FIRST]


def test_Q9_a_sentence_that_is_due_while_a_phone_rings_waits_for_the_end_of_that() -> None:
    play = a_play()
    call = play.caller()
    play.wait(15)
    play.agent_hangs_up(1)
    play.wait(10)
    assert play.heard(call) == [FIRST, "music"]
    play.decline(1)
    assert play.heard(call) == [FIRST, "music", FIRST]


def test_Q9_a_sentence_longer_than_the_interval_is_heard_to_its_end() -> None:
    play = a_play(every_s=2.0)
    call = play.caller()
    play.wait(3.5)
    assert play.heard(call) == [FIRST, "music"]
    play.wait(1)
    assert play.heard(call) == [FIRST, "music", FIRST]


def test_Q9_a_sentence_that_cannot_be_played_gives_way_to_the_music() -> None:
    play = a_play()
    call = play.caller()
    (order,) = [each for each in play.commands if isinstance(each, PlaySentence)]
    play.switch.legs[order.leg].op = None
    play.tell(CommandFailed(leg=order.leg, command="PlaySentence", outcome=Outcome.REFUSED, op=order.op))
    assert play.heard(call) == [FIRST, "music"]


def test_Q9_the_language_is_that_of_the_flow() -> None:
    play = a_play()
    play.caller()
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    *_, order = [each for each in play.commands if isinstance(each, PlaySentence)]
    assert (play.heard(call)[-1], {prompt.language for prompt in order.prompts}) == (SECOND, {"en"})


def test_Q10_a_key_during_the_announcement_counts() -> None:
    play = a_play()
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    play.wait(1)
    play.press(call, "*")
    assert play.heard(call)[-2:] == [FIRST, "goodbye"]
    play.wait(3)
    assert play.timers("announce") == []


def test_N8_the_position_the_others_hear_moves_back_by_one() -> None:
    """With three callers waiting, a caller marked VIP by the flow is offered to the next free agent; the position the
    others hear moves back by one."""
    play = a_play()
    waiting = [play.caller() for _ in range(3)]
    play.wait(10)
    vip = play.caller("4009")
    play.wait(10)
    assert [announced(play, call) for call in waiting] == [["1", "2"], ["2", "3"], ["3", "4"]]
    assert announced(play, vip) == ["1"]


def test_Q9_the_estimate_is_told_with_the_place_where_the_group_wants_it() -> None:
    """Two agents' time at the mean talk of three minutes: the first guess of a group of which nobody has talked yet."""
    play = a_play(estimate=True)
    first, second = play.caller(), play.caller()
    assert (announced(play, first), announced(play, second)) == (["1/3"], ["2/5"])
    assert play.heard(second)[0] == f"{SECOND} part-wait part-number-5 part-minutes"


def test_the_talks_of_a_group_are_counted_whoever_ends_them() -> None:
    play = a_play()
    play.wait(60)
    play.agent_hangs_up(1)
    assert play.centre.handling[SALES] == Handling().with_talk(seconds(60))
    call = play.caller()
    play.answer(1)
    play.wait(30)
    play.hang_up(call)
    assert play.centre.handling[SALES] == Handling().with_talk(seconds(60)).with_talk(seconds(30))


def test_a_call_that_nobody_took_up_is_no_talk() -> None:
    play = a_play()
    play.caller()
    play.agent_hangs_up(1)
    before = play.centre.handling
    play.wait(5)
    play.decline(1)
    assert play.centre.handling == before


def test_a_group_that_begins_to_announce_tells_those_who_wait_already() -> None:
    play = a_play(every_s=None)
    call = play.caller()
    directory = play.centre.directory
    groups = {key: replace(group, announce_every_s=30.0) for key, group in directory.groups.items()}
    play.tell(loaded(replace(directory, groups=groups), flows=(LINE, SERVICE_LINE, MENU, VIPS)))
    play.wait(30)
    assert play.heard(call) == ["music", FIRST]


def announcing_every(play: Play, every_s: float | None) -> None:
    """Let the directory say from now on how often places are told."""
    directory = play.centre.directory
    groups = {key: replace(group, announce_every_s=every_s) for key, group in directory.groups.items()}
    play.tell(loaded(replace(directory, groups=groups), flows=(LINE, SERVICE_LINE, MENU, VIPS)))


def test_Q9_a_longer_interval_counts_for_those_who_wait_already_and_they_are_told_again() -> None:
    play = a_play(every_s=20.0)
    call = play.caller()
    announcing_every(play, 30.0)
    play.wait(29)
    assert play.heard(call) == [FIRST, "music"]
    play.wait(1)
    assert play.heard(call) == [FIRST, "music", FIRST]


def test_Q9_a_group_that_announces_again_tells_those_who_were_told_before() -> None:
    play = a_play(every_s=20.0)
    call = play.caller()
    announcing_every(play, None)
    play.wait(60)
    assert play.heard(call) == [FIRST, "music"]
    announcing_every(play, 20.0)
    play.wait(20)
    assert play.heard(call) == [FIRST, "music", FIRST]


def test_who_comes_to_another_line_is_told_the_place_there_at_once() -> None:
    play = a_play()
    play.sign_in(2)
    busy = play.caller("4002")
    play.wait(3)
    play.press(busy, "2")
    play.answer(2)
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    play.wait(5)
    play.press(call, "0")
    assert play.heard(call)[-1] == FIRST
