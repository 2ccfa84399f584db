"""The day of a group in numbers: who came, was answered, gave up where, left how, and which phones did not answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.calls import CallState
from fs_control.centre.tally import GroupTally, Place
from fs_control.events import CallCrashed, SwitchFound, SwitchLost
from fs_control.flow import Flow, LineExit, parse_flow
from fs_control.ids import CallId, Micros, seconds
from fs_control.records import OfferResult
from fs_control.runtime.codec import decode_head, encode_head
from fs_control.testing.builders import LINE, MENU, PROMPTS, SALES, SERVICE, SERVICE_LINE, loaded
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import DAY, Play, day_at
from fs_control.testing.tally_rules import answered_by_group, callers_by_group, not_taken_by_group

TWO = {"sales": (1,), "service": (2,)}


def tally(play: Play, group: int = SALES) -> GroupTally:
    return play.centre.tallies.get(SALES if group == SALES else SERVICE, GroupTally())


def served(play: Play, talk_s: float = 10.0) -> CallId:
    """Somebody comes, is rung for at once, and talks."""
    call = play.caller()
    play.serve(1, talk_s)
    return call


def test_Q12_a_caller_who_is_answered_came_and_was_answered() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    play.caller()
    assert (tally(play).entered, tally(play).answered) == (1, 0)
    play.answer(1)
    assert (tally(play).entered, tally(play).answered, tally(play).over) == (1, 1, 1)


def test_who_gives_up_is_counted_by_where() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    ringing, waiting = play.caller(), play.caller()
    play.wait(3)
    play.hang_up(waiting)
    play.hang_up(ringing)
    assert dict(tally(play).abandoned) == {Place.LINE: 1, Place.RINGING: 1}
    assert not play.centre.stays


def test_who_leaves_is_counted_by_how() -> None:
    play = Play(groups={"sales": (1,), "service": ()})
    play.caller(dialled="4001")
    play.sign_in(1)
    served_now = play.caller()
    play.answer(1)
    play.caller(dialled="4001")
    play.wait(601)
    assert dict(tally(play).left) == {LineExit.NOBODY: 1, LineExit.TIMED_OUT: 1}
    assert play.state(served_now) is CallState.TALKING
    assert tally(play).longest_wait == seconds(600)


def test_a_call_counts_in_each_group_it_came_to_and_once_in_each() -> None:
    play = Play(groups=TWO)
    play.sign_in(1, 2)
    play.caller()
    play.caller(dialled="4002")
    play.wait(10)
    play.press(CallId("call-2"), "1")
    play.wait(61)
    assert (tally(play).entered, dict(tally(play).left)) == (2, {LineExit.TIMED_OUT: 1})
    assert (tally(play, SERVICE).entered, tally(play, SERVICE).over) == (1, 0)


CIRCLE = replace(LINE, text=LINE.text.replace("waited-too-long, next: end", "waited-too-long, next: line"))


def test_who_comes_back_to_a_line_has_not_left_it() -> None:
    play = Play(groups={"sales": (1,)}, flows=(CIRCLE,))
    play.sign_in(1)
    served(play, 0.5)
    play.caller()
    waiting = play.caller()
    play.answer(1)
    play.wait(700)
    assert play.state(waiting) is CallState.WAITING
    assert (tally(play).entered, dict(tally(play).left)) == (3, {})
    play.hang_up(waiting)
    assert (tally(play).entered, dict(tally(play).abandoned)) == (3, {Place.LINE: 1})


AGAIN = replace(LINE, text=LINE.text.replace("waited_too_long: too-long}", "waited_too_long: too-long, served: line}"))


def test_who_was_answered_and_waits_once_more_stays_answered() -> None:
    play = Play(groups={"sales": (1,)}, flows=(AGAIN,))
    play.sign_in(1)
    call = served(play)
    assert play.state(call) is CallState.RINGING_AGENT
    play.hang_up(call)
    assert (tally(play).entered, tally(play).answered, dict(tally(play).abandoned)) == (1, 1, {})


def test_offers_that_came_to_nothing_are_counted_by_how() -> None:
    play = Play(groups={"sales": (1, 2, 3)}, ring_s=5)
    play.set_phone(3, Manner.UNREGISTERED)
    play.sign_in(1, 2, 3)
    play.caller()
    play.wait(6)
    play.decline(2)
    expected = {OfferResult.NO_ANSWER: 1, OfferResult.DECLINED: 1, OfferResult.UNREGISTERED: 1}
    assert dict(tally(play).not_taken) == expected


def test_the_wait_of_the_answered_is_added_up_and_judged() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    play.caller()
    play.wait(4)
    play.caller()
    play.serve(1, 30)
    play.wait(1)
    play.answer(1)
    assert tally(play).answered_wait == seconds(4 + 31)
    assert (tally(play).answered, tally(play).answered_in_time, tally(play).longest_wait) == (2, 1, seconds(31))


def test_a_call_that_the_switch_lost_while_it_waited_is_nobodys_giving_up() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    play.caller()
    play.tell(SwitchLost(reason="eof"))
    play.tell(SwitchFound(core="another", legs=()))
    assert (tally(play).lost, dict(tally(play).abandoned), tally(play).over) == (1, {}, 1)


@pytest.mark.parametrize("attempt", [1, 2, 3, CallCrashed.LAST_ATTEMPT])
def test_a_call_that_a_defect_took_out_of_the_line_is_lost(attempt: int) -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    play.crash(play.caller(), attempt)
    play.wait(60)
    assert (tally(play).entered, tally(play).lost) == (1, 1)


def test_a_new_day_begins_with_nothing_and_who_waits_belongs_to_the_old_one() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    served(play)
    play.caller()
    waiting = play.caller()
    play.tell(day_at(Micros(play.centre.at + DAY)))
    assert not play.centre.tallies
    play.hang_up(waiting)
    play.answer(1)
    assert not play.centre.tallies
    play.caller()
    assert tally(play).entered == 1


def test_after_a_restart_the_numbers_of_the_day_are_there() -> None:
    play = Play(groups=TWO)
    play.sign_in(1)
    served(play)
    waiting = play.caller()
    before = play.centre
    play.centre = decode_head(encode_head(1, play.centre))[0]
    assert (play.centre.tallies, play.centre.stays) == (before.tallies, before.stays)
    play.tell(loaded(play.centre.directory))
    play.hang_up(waiting)
    assert (tally(play).entered, tally(play).answered, tally(play).over) == (2, 1, 2)


def flows() -> dict[str, Flow]:
    texts = (LINE, SERVICE_LINE, MENU)
    parsed = (parse_flow(each.text, filename=each.name, groups=("sales", "service"), prompts=PROMPTS) for each in texts)
    return {flow.name: flow for flow in parsed}


def test_Q12_the_numbers_equal_a_recount_from_the_records() -> None:
    """Number equals the count of inbound CDR+live calls of the day for these groups."""
    play = Play(groups={"sales": (1, 2), "service": (3,)})
    play.sign_in(1, 2)
    play.caller()
    play.decline(1)
    play.answer(2)
    chooses, gives_up, waits = play.caller(dialled="4002"), play.caller(), play.caller()
    play.wait(10)
    play.press(chooses, "2")
    play.hang_up(gives_up)
    play.wait(40)
    play.agent_hangs_up(2)
    assert play.state(waits) is not CallState.WAITING
    live = [each.record for each in play.centre.calls.values()]
    records = [*play.records.values(), *live]
    groups = {group.name: group.id for group in play.centre.directory.groups.values()}
    tallies = play.centre.tallies
    assert callers_by_group(records, flows(), groups) == {group: each.entered for group, each in tallies.items()}
    assert answered_by_group(records) == {group: each.answered for group, each in tallies.items() if each.answered}
    assert not_taken_by_group(records) == {
        (group, result): count for group, each in tallies.items() for result, count in each.not_taken.items()
    }
    assert {SALES, SERVICE} == set(tallies)
