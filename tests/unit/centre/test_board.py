"""The picture of the board: the same numbers as the lines, and nobody's whole telephone number."""

from __future__ import annotations

import pytest

from fs_control.calls import CallState
from fs_control.centre.board import GroupBoard, board_of, queue_of, shortened
from fs_control.errors import UserMistake
from fs_control.ids import Micros, parse_phone_number, seconds
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play


@pytest.fixture
def play() -> Play:
    """Agent 1 talks, the phone of 2 rings, two callers wait, and 3 is signed out."""
    play = Play(groups={"sales": (1, 2, 3), "service": (3,)})
    play.sign_in(1, 2)
    play.caller(call="talks", number="13800138001")
    play.answer(1)
    play.wait(5)
    play.caller(call="rings", number="13800138002")
    play.wait(5)
    play.caller(call="first", number="13800138003")
    play.wait(2)
    play.caller(call="second", number="anonymous")
    return play


def group(play: Play, name: str = "sales") -> GroupBoard:
    return next(each for each in board_of(play.centre, play.centre.at).groups if each.group == name)


def test_Q11_the_board_shows_how_many_wait_and_since_when(play: Play) -> None:
    assert (group(play).waiting, group(play).longest_wait) == (3, seconds(7))
    play.hang_up(next(call for call in play.centre.calls if call == "first"))
    assert (group(play).waiting, group(play, "service").waiting) == (2, 0)


def test_the_longest_wait_grows_while_nothing_happens(play: Play) -> None:
    later = board_of(play.centre, Micros(play.centre.at + seconds(60)))
    assert (later.at, later.groups[0].longest_wait) == (play.centre.at + seconds(60), seconds(67))
    assert later.groups[0].today.longest_wait == seconds(67)


def test_a_clock_behind_the_last_event_shows_that_event(play: Play) -> None:
    assert board_of(play.centre, Micros(0)).at == play.centre.at


def test_each_member_of_a_group_does_one_thing(play: Play) -> None:
    board = group(play)
    assert (board.members, board.ready, board.idle, board.ringing, board.talking) == (3, 2, 0, 1, 1)
    play.set_phone(2, Manner.UNREGISTERED)
    play.decline(2)
    board = group(play)
    assert (board.idle, board.ringing, dict(board.others)) == (0, 0, {"resting": 1})


def test_agents_are_shown_with_the_last_digits_of_whom_they_talk_with(play: Play) -> None:
    talking, ringing, away = board_of(play.centre, play.centre.at).agents
    assert (talking.number, talking.doing, talking.caller, talking.for_group) == ("801", "on_call", "…8001", "sales")
    assert talking.since == play.agent(1).state_since
    assert (ringing.doing, ringing.caller) == ("ringing", "…8002")
    assert (away.groups, away.doing, away.since, away.caller) == (("sales", "service"), "signed_out", None, None)


def test_calls_are_shown_with_their_place_in_line(play: Play) -> None:
    calls = board_of(play.centre, play.centre.at).calls
    assert [(each.call, each.position, each.agent) for each in calls] == [
        *(("talks", None, "801"), ("rings", 1, "802"), ("first", 2, None), ("second", 3, None)),
    ]
    assert [each.caller for each in calls] == ["…8001", "…8002", "…8003", None]


def test_who_waits_on_after_an_offer_has_waited_since_they_came(play: Play) -> None:
    joined_at = play.live(next(call for call in play.centre.calls if call == "rings")).call.joined_at
    play.wait(1)
    play.decline(2)
    assert board_of(play.centre, play.centre.at).calls[1].since == joined_at


def test_lengths_are_those_of_our_clock_however_late_the_switch_is() -> None:
    play = Play(groups={"sales": (1,)}, switch_ahead_s=-3600)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    (talking,) = board_of(play.centre, play.centre.at).calls
    assert talking.since == play.centre.at


def test_Q11_the_line_of_a_group_shows_everybody_and_who_is_rung(play: Play) -> None:
    queue = queue_of(play.centre, "sales", play.centre.at)
    assert [(each.position, each.caller, each.state, each.rung) for each in queue.callers] == [
        (1, "+8613800138002", CallState.RINGING_AGENT, ("802",)),
        (2, "+8613800138003", CallState.WAITING, ()),
        (3, "anonymous", CallState.WAITING, ()),
    ]
    assert queue.group == group(play)


def test_a_misspelt_group_gets_the_nearest(play: Play) -> None:
    with pytest.raises(UserMistake) as refused:
        queue_of(play.centre, "salse", play.centre.at)
    assert (refused.value.code, refused.value.values["nearest"]) == ("group_unknown", "sales")


def test_the_share_answered_in_time_is_of_those_whose_waiting_is_over(play: Play) -> None:
    play.hang_up(next(call for call in play.centre.calls if call == "first"))
    today = group(play).today
    assert (today.entered, today.answered, today.service_level, today.average_wait) == (4, 1, 0.5, 0)
    assert group(play, "service").today.service_level is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [("013800138000", "…8000"), ("12315", "…2315"), ("1001", "1001"), ("anonymous", None), ("", None)],
)
def test_numbers_are_shown_by_their_last_digits(number: str, shown: str | None) -> None:
    assert shortened(parse_phone_number(number)) == shown
