"""What is done where centre and switch did not agree twice: each difference is healed by the means that there are.

Owns the second look, the healing, and what is kept of it. Easy to break: nothing may be done on one listing alone, and
never anything to a leg that is with somebody; a caller who is there is brought to us, and not hung up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from immutables import Map

from fs_control.agents import let_go
from fs_control.calls import NORMAL, CallState
from fs_control.centre import alarms, dialling, joining, leg_ends, wrap_up
from fs_control.centre.endings import LOST, closing_leg_gone, hang_up_again
from fs_control.centre.ghosts import Difference, differences, is_believable
from fs_control.centre.hearing import bring_back
from fs_control.centre.legs import leg_answered, leg_over
from fs_control.centre.place import stand_in_line
from fs_control.centre.reconciling import legs_of
from fs_control.centre.step import Step
from fs_control.centre.wanted import wanted_anew
from fs_control.commands import BringBack, HangUp, KeepGhost, StartTimer
from fs_control.events import LegAnswered, StateCompared
from fs_control.ids import NEVER, LegId, Micros, TimerId, seconds
from fs_control.records import Ghost, GhostKind, Remedy

AGREES_AFTER: Final = seconds(8)
"""How long something has to be seen before it is healed; the second look is asked for 10 s after the first."""


def state_compared(step: Step, event: StateCompared) -> None:
    """Heal what was seen before and is seen again; remember the rest for the next look."""
    if step.centre.link_lost_at is not None or step.centre.core != event.core:
        step.change(suspected=Map())  # asked before the link was lost, and told after it
        return
    if not is_believable(step.centre, event):
        step.because("listing_not_believed")
        alarms.listing_not_believed(step, len(step.centre.legs))
        return
    before = step.centre.suspected
    found = {each.key: each for each in differences(step.centre, event)}
    since = {key: before.get(key, step.now) for key in found}
    due = [key for key in found if key in before and step.now - since[key] >= AGREES_AFTER]
    step.change(suspected=Map({key: at for key, at in since.items() if key not in due}))
    gone = {found[key].leg for key in due if found[key].kind in (GhostKind.CALLER_GONE, GhostKind.LEG_GONE)}
    for key in due:
        if found[key].kind in (GhostKind.CALLER_GONE, GhostKind.LEG_GONE):
            _ask_how_it_ended(step, found[key], gone, event.legs)
        _heal(step, found[key], since[key])


def _ask_how_it_ended(step: Step, found: Difference, gone: Collection[LegId | None], legs: Collection[LegId]) -> None:
    """Have a call closed, or gone on with, by what the switch has written down of its legs (`leg_ends`).

    As long as the customer is there nothing is believed of the call's other legs that was seen only now; nor that one
    of them was answered, for that is heard, and an ordinary telephone is answered before its key is pressed.
    """
    live = step.live(found.call)
    if live is not None and found.leg in step.centre.legs and live.call.id not in step.centre.unclear:
        is_over = found.kind is GhostKind.CALLER_GONE
        alive = legs if is_over else [leg for leg in legs_of(live.call) if leg not in gone]
        leg_ends.ask_or_reconcile(step, live, alive, ())


def _heal(step: Step, difference: Difference, since: Micros) -> None:
    """Heal one difference, unless healing another one has done it already, and have it kept."""
    done = _REMEDIES[difference.kind](step, difference)
    if done is None:
        return
    step.because(f"ghost.{difference.kind}")
    if difference.call is not None and difference.call in step.centre.calls:
        step.touched[difference.call] = None
    agent = step.number_of(difference.agent) if difference.agent is not None else ""
    legs = (difference.leg,) if difference.leg is not None else ()
    ghost = Ghost(difference.kind, difference.subject, since, step.now, done, difference.call, legs, agent)
    step.change(ghosts=step.centre.ghosts + 1)
    step.order(KeepGhost(ghost))
    alarms.ghost_found(step)


# --- one remedy for each kind: what was done, or None where there is nothing to do any more -------------------------


def _leg_gone(step: Step, found: Difference) -> Remedy | None:
    """Of a call's legs it has been asked how they ended; a leader's belongs to none."""
    assert found.leg is not None  # such a difference is about one
    if found.leg in step.centre.supervised:
        leg_over(step, found.leg, LOST)
    return Remedy.CLOSED


def _end_untold(step: Step, found: Difference) -> Remedy | None:
    assert found.leg is not None  # such a difference is about one
    if found.leg not in step.centre.closing:
        return None
    closing_leg_gone(step, found.leg)
    return Remedy.FREED


def _not_ended(step: Step, found: Difference) -> Remedy | None:
    assert found.leg is not None  # such a difference is about one
    return Remedy.ENDED_AGAIN if hang_up_again(step, found.leg) else None


def _answer_untold(step: Step, found: Difference) -> Remedy | None:
    """Whether the two were joined was not told either; to join them again does no harm to a pair that talks.

    With somebody outside the switch has joined them by itself; to wait for that to be told would cut them off.
    """
    assert found.leg is not None  # such a difference is about one
    live = step.live_on(found.leg)
    if live is not None and live.call.state is CallState.RINGING_AGENT:
        joining.answered_unheard(step, live, found.leg)
    elif live is not None and live.call.state is CallState.DIALLING:
        dialling.joined(step, live)
    else:
        leg_answered(step, LegAnswered(at=step.now, leg=found.leg))
    return Remedy.TAKEN_UP


def _agent_alone(step: Step, found: Difference) -> Remedy | None:
    """End the wrap-up, or whatever the agent was taken to be doing."""
    assert found.agent is not None  # such a difference is about one
    if step.agent(found.agent).wrap_up_until is not None:
        wrap_up.end(step, found.agent)
    else:
        step.keep_agent(let_go(step.agent(found.agent), step.now))
    return Remedy.FREED


def _left_in_line(step: Step, found: Difference) -> Remedy | None:
    for group, line in step.centre.lines.items():
        if found.call in line:
            step.keep_line(group, (call for call in line if call != found.call))
    step.change(wanted=wanted_anew(step.centre))
    return Remedy.REMOVED


def _left_leg(step: Step, found: Difference) -> Remedy | None:
    assert found.leg is not None  # such a difference is about one
    step.change(legs=step.centre.legs.delete(found.leg))
    return Remedy.REMOVED


def _left_timer(step: Step, found: Difference) -> Remedy | None:
    timer = TimerId(found.subject)
    if timer not in step.centre.timers:
        return None
    step.cancel_timer(timer)
    return Remedy.REMOVED


def _timer_overdue(step: Step, found: Difference) -> Remedy | None:
    """Have it fire now: what is to be done then is what it was started for."""
    timer = TimerId(found.subject)
    if timer not in step.centre.timers:
        return None
    step.order(StartTimer(timer, NEVER))
    return Remedy.FIRED


def _not_in_line(step: Step, found: Difference) -> Remedy | None:
    live = step.live(found.call)
    if live is None or live.call.state is not CallState.WAITING or live.call.group is None:
        return None
    stand_in_line(step, live, live.call.group)
    return Remedy.PUT_IN_LINE


def _not_taken_back(step: Step, found: Difference) -> Remedy | None:
    live = step.live(found.call)
    if live is None:
        return None
    bring_back(step, live)
    return Remedy.BROUGHT_BACK


def _stranger(step: Step, found: Difference) -> Remedy | None:
    """A caller begins anew, as one who was just handed over; a leg that we have made is ended."""
    assert found.call is not None  # the runtime tells only of those that carry one
    assert found.leg is not None  # it is one
    if found.is_caller:
        step.order(BringBack(found.call, found.leg))
        return Remedy.BROUGHT_BACK
    step.order(HangUp(found.call, found.leg, NORMAL))
    return Remedy.HUNG_UP


_REMEDIES: Final[dict[GhostKind, Callable[[Step, Difference], Remedy | None]]] = {
    GhostKind.CALLER_GONE: _leg_gone,
    GhostKind.LEG_GONE: _leg_gone,
    GhostKind.END_UNTOLD: _end_untold,
    GhostKind.NOT_ENDED: _not_ended,
    GhostKind.ANSWER_UNTOLD: _answer_untold,
    GhostKind.AGENT_ALONE: _agent_alone,
    GhostKind.LEFT_IN_LINE: _left_in_line,
    GhostKind.LEFT_LEG: _left_leg,
    GhostKind.LEFT_TIMER: _left_timer,
    GhostKind.TIMER_OVERDUE: _timer_overdue,
    GhostKind.NOT_IN_LINE: _not_in_line,
    GhostKind.NOT_TAKEN_BACK: _not_taken_back,
    GhostKind.STRANGER: _stranger,
}
"""One line for each kind."""
