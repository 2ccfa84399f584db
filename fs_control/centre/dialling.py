"""An outside number, rung by the caller's own leg and joined with it: no agent, no offer, and one leg that costs money.

Owns the way from the order to the end of the talk. Events tell it as they tell the ringing of an agent: the leg's
answer, the join, the leg's end, and the end of the whole attempt (`BridgeEnded`), any of which may be missing after a
silence of the link. Easy to break: whatever ends the call has to end this leg too (`endings.let_go_of_number`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import CallState, CallTrigger, Dialled, advance, offer_result_of
from fs_control.cdr import DIALLED, enter_segment
from fs_control.centre import dial_ledger, early, flows, spending
from fs_control.centre.dial_rules import BUILT_IN, Destination, destination_of
from fs_control.centre.endings import LOST, let_go_of_colleague, let_go_of_number
from fs_control.centre.hearing import expect
from fs_control.centre.may_dial import Allowed, may_dial, way_out
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import DialOut
from fs_control.events import BridgeEnded
from fs_control.flow import Dial, TalkExit
from fs_control.ids import AgentId, LegId, Micros, NumberKind, PhoneNumber, TimerId, derived_leg_id, seconds
from fs_control.records import DialRule, EndedBy, OfferResult, SegmentKind

RING_GRACE = seconds(10)
"""How long after the ring time the switch may take to tell us that nobody answered."""

JOINED_WITHIN = seconds(10)
"""The switch joins within a tick of the answer; after this long it has failed."""

NOT_DIALLED: Final = "not_dialled"
"""What the record says of a number that may not be dialled; the detail is the number and why."""

_EXITS: Final = {
    OfferResult.BUSY: TalkExit.BUSY,
    OfferResult.DECLINED: TalkExit.BUSY,
    OfferResult.NO_ANSWER: TalkExit.NO_ANSWER,
}
"""What the end of a leg that was never joined says; with anything else the number could not be reached."""


def dial(step: Step, live: LiveCall, order: Dial) -> TalkExit | None:
    """Ring an outside number for a caller, whose leg is in our hands; or return why that may not be."""
    allowed = _allowed(step, live, order)
    if isinstance(allowed, Refusal):
        step.note(live, NOT_DIALLED, f"{order.number}/{allowed.code}")
        return TalkExit.FAILED
    _ring(step, live, order, allowed)
    return None


def _allowed(step: Step, live: LiveCall, order: Dial) -> Allowed | Refusal:
    """Judge a number: one that stands in the flow is its author's, unless a rule denies it, and is said as it is.

    One to which an agent hands the customer on is judged as what that agent dials.
    """
    directory, ledger, shown = step.centre.directory, step.centre.dials, live.call.number
    if order.is_given:
        by = _account(live)
        profile = directory.agents.get(by) if by is not None else None
        return may_dial(directory, ledger, profile, order.number, step.now, shown)
    found = destination_of(directory, order.number)
    if isinstance(found, Refusal) and found.code == "dial_denied":
        return found
    if isinstance(found, Refusal):
        found = Destination(PhoneNumber(order.number, NumberKind.INTERNAL), DialRule(BUILT_IN, allowed=True))
    allowed = way_out(directory, ledger, None, found, step.now, shown)
    return allowed if isinstance(allowed, Refusal) else replace(allowed, dialled=order.number)


def _account(live: LiveCall) -> AgentId | None:
    """Return the agent who hands the customer on; what a flow dials is on nobody's account."""
    return live.detour.by if live.detour is not None else None


def _ring(step: Step, live: LiveCall, order: Dial, allowed: Allowed) -> None:
    call, by = advance(live.call, CallTrigger.DIALLED), _account(live)
    leg = derived_leg_id(call.id, call.legs_made + 1)
    dialled = Dialled(leg, allowed.dialled, allowed.cost, by)
    call = replace(call, legs_made=call.legs_made + 1, dialled=dialled, bridging=leg, op=None)
    live = step.note(live, DIALLED, allowed.dialled)
    record = enter_segment(live.record, SegmentKind.RING, step.moment, EndedBy.FLOW, DIALLED)
    step.keep(replace(live, call=call, record=record))
    step.change(legs=step.centre.legs.set(leg, call.id))
    step.change(dials=dial_ledger.dialled(step.centre.dials, by, leg, allowed.gateway, step.now))
    ring = seconds(order.ring_s)
    step.order(DialOut(call.id, leg, call.leg, allowed.dialled, ring, shown=allowed.shown, gateway=allowed.gateway))
    step.start_timer(_timer(live), Micros(ring + RING_GRACE))


def answered(step: Step, live: LiveCall) -> None:
    """The number was taken up, and the switch joins the two: from now on they need no connection of ours."""
    if live.call.state is CallState.DIALLING:
        live = step.keep_call(live, replace(live.call, unguarded=True))
        _charge(step, live)
        step.start_timer(_timer(live), JOINED_WITHIN)


def joined(step: Step, live: LiveCall) -> None:
    """Caller and outside party hear each other."""
    dialled = live.call.dialled
    if live.call.state is not CallState.DIALLING or dialled is None:
        return
    for kind in ("dial", "back"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))
    live = early.taken_up(step, live)
    record = enter_segment(live.record, SegmentKind.TALK, step.moment, EndedBy.OUTSIDE, "answered")
    call = replace(advance(live.call, CallTrigger.BRIDGED), bridging=dialled.leg, unguarded=True, verdict=None)
    _charge(step, step.keep(replace(live, call=call, record=record)))


def _charge(step: Step, live: LiveCall) -> None:
    """The number was taken up; what a customer costs whom an agent has called is counted besides."""
    dialled = live.call.dialled
    if dialled is not None:
        spending.begin(step, live, dialled.leg, dialled.by, dialled.cost)


def leg_over(step: Step, live: LiveCall, cause: str) -> None:
    """The outside party's leg is over, however we learned of it."""
    dialled = live.call.dialled
    assert dialled is not None  # callers of this function look
    live = let_go_of_colleague(step, live)
    step.cancel_timer(_timer(live))
    step.change(legs=step.centre.legs.delete(dialled.leg))
    live = step.keep_call(live, replace(live.call, dialled=None))
    live = spending.stop(step, live, dialled.leg)
    if live.call.state is CallState.OUTSIDE or cause == BridgeEnded.SUCCESS:
        _served(step, live)
    elif live.call.state is CallState.DIALLING:
        _unreached(step, live, cause)


def give_up(step: Step, live: LiveCall) -> None:
    """We end the ringing ourselves: the switch never told what came of it."""
    if live.call.state is CallState.DIALLING:
        _unreached(step, let_go_of_number(step, live), "DIAL_TIMEOUT")


def found_again(step: Step, live: LiveCall, *, is_alive: bool, was_answered: bool) -> None:
    """After a silence of the link: the leg is gone, or was taken up meanwhile, or rings or talks on."""
    if not is_alive:
        leg_over(step, live, LOST)
    elif was_answered:
        joined(step, live)


def is_joined(live: LiveCall, *legs: LegId) -> bool:
    """Tell whether one of the legs of a join is that of the outside party."""
    return live.call.dialled is not None and live.call.dialled.leg in legs


def _served(step: Step, live: LiveCall) -> None:
    """They have talked, and the caller is still there."""
    call = live.call
    if call.state is CallState.DIALLING:  # the join was not told
        call = advance(call, CallTrigger.BRIDGED)
    call = advance(call, CallTrigger.LEFT_LINE)
    expect(step, call)
    flows.talk_over(step, step.keep_call(live, call), TalkExit.SERVED, EndedBy.OUTSIDE)


def _unreached(step: Step, live: LiveCall, cause: str) -> None:
    """Nobody took the call up: the flow goes on; an attempt that a silence of the link cut off is made again."""
    call = advance(live.call, CallTrigger.UNREACHED)
    how = _EXITS.get(offer_result_of(cause), TalkExit.FAILED)
    by = EndedBy.OUTSIDE if how is TalkExit.BUSY else EndedBy.CENTRE
    record = enter_segment(live.record, SegmentKind.IVR, step.moment, by, cause)
    expect(step, call)
    live = step.keep(replace(live, call=call, record=record))
    if cause != LOST:
        flows.talk_over(step, live, how)


def _timer(live: LiveCall) -> TimerId:
    return TimerId(f"dial:{live.call.id}")
