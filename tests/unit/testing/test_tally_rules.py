"""The rules about the numbers of the day can be broken, each by what it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fs_control.centre import CallCentre, Transition
from fs_control.centre.tally import Place
from fs_control.events import DrainRequested
from fs_control.ids import CallId
from fs_control.records import OfferResult
from fs_control.testing.builders import SALES
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play
from fs_control.testing.tally_rules import TALLY_RULES


def busy_centre() -> CallCentre:
    """One caller talks and one waits."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller(call="talks")
    play.answer(1)
    play.caller(call="waits")
    return play.centre


def one_came_too_many(centre: CallCentre) -> CallCentre:
    tally = centre.tallies[SALES]
    return replace(centre, tallies=centre.tallies.set(SALES, replace(tally, entered=tally.entered + 1)))


def one_left_unseen(centre: CallCentre) -> CallCentre:
    return replace(centre, stays=centre.stays.delete(CallId("waits")))


def one_stays_who_is_gone(centre: CallCentre) -> CallCentre:
    return replace(centre, stays=centre.stays.set(CallId("gone"), ()))


def one_gave_up_who_is_there(centre: CallCentre) -> CallCentre:
    tally = replace(centre.tallies[SALES], entered=3, abandoned={Place.LINE: 1})
    return replace(centre, tallies=centre.tallies.set(SALES, tally))


def one_offer_too_many(centre: CallCentre) -> CallCentre:
    tally = replace(centre.tallies[SALES], not_taken={OfferResult.DECLINED: 1})
    return replace(centre, tallies=centre.tallies.set(SALES, tally))


def one_is_in_no_line(centre: CallCentre) -> CallCentre:
    return replace(centre, lines=centre.lines.delete(SALES))


def another_day_with_the_old_numbers(centre: CallCentre) -> CallCentre:
    return replace(centre, today="another")


BREAKERS: dict[Callable[[CallCentre], CallCentre], str] = {
    one_came_too_many: "who_came_is_somewhere",
    one_left_unseen: "who_is_in_line_came",
    one_stays_who_is_gone: "who_is_in_line_came",
    one_gave_up_who_is_there: "tallies_follow_the_calls",
    one_offer_too_many: "tallies_follow_the_calls",
    one_is_in_no_line: "boards_show_the_lines",
    another_day_with_the_old_numbers: "tallies_follow_the_calls",
}


def broken(before: CallCentre, after: CallCentre) -> set[str]:
    happening = Happening(before, DrainRequested(at=before.at), Transition(after, (), (), ()))
    return {rule.__name__ for rule in TALLY_RULES if any(True for _ in rule(happening))}


@pytest.mark.parametrize("breaker", BREAKERS)
def test_a_rule_that_does_not_hold_is_noticed(breaker: Callable[[CallCentre], CallCentre]) -> None:
    before = busy_centre()
    assert BREAKERS[breaker] in broken(before, breaker(before))


def test_a_centre_that_was_left_alone_breaks_no_rule() -> None:
    before = busy_centre()
    assert broken(before, before) == set()
