"""Two values are compared field by field, and the first difference comes first."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from fs_control.centre import CallCentre
from fs_control.ids import CallId, GroupId, Micros
from fs_control.runtime.differences import LONGEST, Difference, differences
from fs_control.testing.play import Play


def test_equal_values_do_not_differ():
    play = Play(groups={"sales": (1,)})
    assert list(differences(play.centre, play.centre)) == []


def test_a_difference_is_told_with_its_place():
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller(call="one")
    live = play.live(call)
    other = replace(play.centre, calls=play.centre.calls.set(call, replace(live, call=replace(live.call, priority=3))))
    assert list(differences(play.centre, other)) == [Difference("calls[one].call.priority", "0", "3")]


def test_what_is_there_on_one_side_alone_is_told():
    then = CallCentre(lines=Map({GroupId(1): (CallId("one"),)}))
    now = CallCentre(lines=Map({GroupId(2): (CallId("one"),)}))
    assert list(differences(then, now)) == [
        Difference("lines[1]", "('one',)", "–"),
        Difference("lines[2]", "–", "('one',)"),
    ]


def test_of_a_sequence_that_is_longer_the_first_difference_alone_is_told():
    assert list(differences((1, 2, 3), (1, 9, 3, 4), "line")) == [Difference("line[1]", "2", "9")]
    assert list(differences((1, 2), (1, 2, 3), "line")) == [Difference("line[2]", "–", "3")]
    assert list(differences((1, 2, 3), (7, 2, 8))) == [Difference("[0]", "1", "7"), Difference("[2]", "3", "8")]


def test_a_long_value_is_shown_by_its_beginning():
    (one,) = differences(CallCentre(today="x" * 1000), CallCentre(today=""))
    assert (one.place, len(one.then), one.now) == ("today", LONGEST, "''")


def test_moments_are_values_like_others():
    assert list(differences(CallCentre(at=Micros(1)), CallCentre(at=Micros(2)))) == [Difference("at", "1", "2")]
