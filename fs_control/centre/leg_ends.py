"""Calls of which legs were gone when the switch was found: it is asked how they ended, and they are closed by that.

The switch leaves a file of each leg that is over, also while nobody hears it. Owns the asking, and what a call is until
the answer comes: nothing new is begun for its caller. Easy to break: the answer may never come, so a timer stands for
it; and a switch that has been restarted is asked as well, for legs may have ended before its last run did.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from immutables import Map

from fs_control.centre.reconciling import legs_of, reconcile
from fs_control.centre.state import LiveCall, Unclear
from fs_control.centre.step import Step
from fs_control.commands import FindLegEnds
from fs_control.events import LegEndsFound
from fs_control.ids import SECOND, CallId, LegId, TimerId, seconds
from fs_control.records import SwitchLeg

TOLD_WITHIN = seconds(3)
"""Whoever looks gives up after two; a second for the way."""

LOOK_AGAIN = SECOND
"""What is due for such a call waits for so long."""


def ask_or_reconcile(step: Step, live: LiveCall, alive: Collection[LegId], answered: Collection[LegId]) -> None:
    """Go on with a call all of whose legs are there; ask how the others ended."""
    gone = tuple(leg for leg in legs_of(live.call) if leg not in alive)
    if not gone:
        reconcile(step, live, (), answered, {})
        return
    step.because("leg_ends_asked")
    call = live.call.id
    there = tuple(leg for leg in legs_of(live.call) if leg in answered)
    step.change(unclear=step.centre.unclear.set(call, Unclear(step.moment, gone, there)))
    step.start_timer(_timer(call), TOLD_WITHIN)
    step.order(FindLegEnds(gone))
    if live.call.leg in gone:
        step.keep_call(live, replace(live.call, away=True, op=None))  # nobody is rung for them any more


def forget(step: Step) -> None:
    """Nobody is waited for any more: everything is looked at anew."""
    for call in step.centre.unclear:
        step.cancel_timer(_timer(call))
    step.change(unclear=Map())


def is_unclear(step: Step, subject: str) -> bool:
    """Tell whether a timer is of a call, or of a leg of one, about which it is not known what is left of it."""
    unclear = step.centre.unclear
    return bool(unclear) and (subject in unclear or step.centre.legs.get(LegId(subject)) in unclear)


def leg_ends_found(step: Step, event: LegEndsFound) -> None:
    """The switch has told of legs how they ended, or has nothing to tell."""
    ends = {end.leg: end for end in event.ends}
    calls = (step.centre.legs.get(leg) for leg in (*ends, *event.missing))
    for call in dict.fromkeys(call for call in calls if call in step.centre.unclear):
        assert call is not None  # it is in the map
        _resolve(step, call, ends)


def not_told(step: Step, call: CallId) -> None:
    """Nobody has answered."""
    step.because("leg_ends_not_told")
    _resolve(step, call, {})


def _resolve(step: Step, call: CallId, ends: dict[LegId, SwitchLeg]) -> None:
    unclear, live = step.centre.unclear.get(call), step.live(call)
    step.cancel_timer(_timer(call))
    if unclear is None or live is None:
        return
    step.change(unclear=step.centre.unclear.delete(call))
    step.touched[call] = None
    step.moment = unclear.found_at
    reconcile(step, live, unclear.gone, unclear.answered, ends)
    step.moment = step.by_switch_clock(step.now)


def _timer(call: CallId) -> TimerId:
    return TimerId(f"ends:{call}")
