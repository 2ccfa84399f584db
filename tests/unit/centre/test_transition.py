"""The root transition: whose an event is, what is no news, and that a defect changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fs_control.centre import CallCentre, call_of, due_timers, transition
from fs_control.centre.transition import _HANDLERS
from fs_control.errors import BrokenInvariant
from fs_control.events import (
    VERSIONS,
    CallCrashed,
    DrainRequested,
    Event,
    LegAnswered,
    LegHungUp,
    LegRinging,
    RecordStored,
    SignInRequested,
    TimerFired,
)
from fs_control.ids import AgentId, CallId, LegId, RequestId, TimerId
from fs_control.runtime.codec import decode_head, encode_head
from fs_control.testing.play import MORNING, Play, day_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard(Event):
    """An event of nobody's."""


def test_every_event_has_a_handler_and_a_version() -> None:
    assert set(_HANDLERS) == set(VERSIONS)


def test_an_event_without_a_handler_is_a_defect() -> None:
    with pytest.raises(BrokenInvariant, match="event_without_handler event='Unheard'"):
        transition(CallCentre(), Unheard(at=MORNING))


def test_a_timer_of_an_unknown_kind_is_a_defect_and_a_cancelled_one_no_news() -> None:
    centre = CallCentre()
    assert transition(centre, TimerFired(timer=TimerId("ring:gone"))).commands == ()
    strange = TimerId("strange:1")
    with pytest.raises(BrokenInvariant, match="timer_unknown"):
        transition(CallCentre(timers=centre.timers.set(strange, MORNING)), TimerFired(timer=strange))


@pytest.mark.parametrize("kind", [LegRinging, LegAnswered])
def test_what_is_told_of_a_stranger_changes_nothing(kind: type[LegRinging | LegAnswered]) -> None:
    play = Play()
    before = play.centre
    play.tell(kind(leg=LegId("stranger")))
    assert play.centre == before


def test_a_call_is_found_by_its_legs_and_timers() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    events = [
        LegRinging(leg=leg),
        TimerFired(timer=TimerId(f"ring:{leg}")),
        TimerFired(timer=TimerId(f"wait:{call}")),
        CallCrashed(call=call, place="x", error="E"),
    ]
    assert [call_of(play.centre, event) for event in events] == [call] * 4
    play.feed(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    assert call_of(play.centre, LegAnswered(leg=leg)) == call  # being hung up for this call
    nobodys = [
        LegRinging(leg=LegId("x")),
        TimerFired(timer=TimerId("rest:1")),
        DrainRequested(),
        SignInRequested(request=RequestId("r"), agent=AgentId(1), by="x"),
    ]
    assert [call_of(play.centre, event) for event in nobodys] == [None] * 4


def test_a_record_is_kept_until_the_database_has_it() -> None:
    play = Play()
    call = play.caller("9999")
    play.wait(3)
    assert play.centre.unstored[call] == play.records[call]
    play.tell(RecordStored(call=call))
    play.tell(RecordStored(call=CallId("other")))
    assert dict(play.centre.unstored) == {}


def test_due_timers_are_those_that_a_restart_has_to_start() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    assert dict(due_timers(play.centre)) == {
        f"ring:{leg}": play.centre.at + 30_000_000,
        f"wait:{call}": play.centre.at + 600_000_000,
        "midnight:": day_at(play.centre.at).ends_at,
    }


def test_a_snapshot_in_the_middle_of_everything_is_the_centre() -> None:
    play = Play(groups={"sales": (1, 2), "service": ()})
    play.sign_in(1, 2)
    play.caller()
    play.answer(1)
    play.caller()
    play.decline(2)
    play.caller("4002", name="张三")
    play.hang_up(play.caller("9999"))
    assert decode_head(encode_head(12, play.centre)) == (play.centre, 12)


def test_the_same_events_give_the_same_centre_again() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    play.caller()
    play.serve(1)
    play.caller()
    again = CallCentre()
    for event in play.events:
        again = transition(again, event).centre
    assert again == play.centre
