"""What the switch says of a caller who comes back: when they were answered, and that they waited for long."""

from __future__ import annotations

from dataclasses import replace

from fs_control.centre import CallCentre, transition
from fs_control.commands import BringBack
from fs_control.events import CallReturned
from fs_control.ids import SECOND, CallId, Micros
from fs_control.testing.play import Play


def unheard() -> tuple[CallCentre, CallId, CallReturned]:
    """A caller in line of whose answer nobody has heard, and who comes back."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    call = play.caller()
    live = play.live(call)
    assert live.record.answered_at is not None
    centre = play.centre
    unheard = replace(live, record=replace(live.record, answered_at=None))
    centre = replace(centre, calls=centre.calls.set(call, unheard))
    return centre, call, CallReturned(at=Micros(centre.at + 9 * SECOND), leg=live.call.leg, call=call)


def test_D1_the_answer_counts_from_when_the_switch_gave_it_and_not_from_when_we_learn_of_it() -> None:
    centre, call, back = unheard()
    given = Micros(centre.calls[call].record.started_at + SECOND)
    after = transition(centre, replace(back, answered_at=given)).centre
    assert after.calls[call].record.answered_at == given


def test_D1_who_comes_back_unanswered_is_not_taken_for_answered() -> None:
    centre, call, back = unheard()
    assert transition(centre, back).centre.calls[call].record.answered_at is None


def test_D1_an_answer_that_was_heard_stands() -> None:
    centre, call, back = unheard()
    heard = Micros(centre.at)
    live = centre.calls[call]
    centre = replace(
        centre, calls=centre.calls.set(call, replace(live, record=replace(live.record, answered_at=heard)))
    )
    after = transition(centre, replace(back, answered_at=Micros(heard + SECOND))).centre
    assert after.calls[call].record.answered_at == heard


def test_D1_who_has_used_up_many_of_the_dialplans_tries_is_handed_over_anew_and_keeps_the_place() -> None:
    """A caller who waits while control planes come and go must not be told that nobody is there."""
    centre, call, back = unheard()
    handed = transition(centre, replace(back, waited_long=True))
    assert [type(command) for command in handed.commands if isinstance(command, BringBack)] == [BringBack]
    taken = transition(handed.centre, replace(back, at=Micros(back.at + SECOND)))
    assert not any(isinstance(command, BringBack) for command in taken.commands)
    assert taken.centre.lines == centre.lines
    assert not taken.centre.calls[call].call.away
