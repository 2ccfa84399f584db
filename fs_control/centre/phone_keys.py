"""What an agent does with the keys of the phone itself: hold (re-INVITE) and transfer (REFER, with Replaces or not).

Owns how that is told from what the switch says; what it means is what the same request would mean (`talking`,
`transferring`). The switch has done it already, and it goes on if we die. Easy to break: by such a key the customer's
leg leaves the connection on which we have it and comes on a new one, and what is ordered in between is lost; so a talk
that ends that way leaves the call `away` until the leg is handed to us again (`Call.returns`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from fs_control.agents import talked_with_caller
from fs_control.calls import CallState, CallTrigger, LiveOffer, TalkTrigger, advance
from fs_control.cdr import colleague_asked, offer_answered
from fs_control.centre.consulting import BY_AGENT, HANDED_OVER, TRANSFERRED
from fs_control.centre.endings import LEG_MUST_END_WITHIN, talk_over
from fs_control.centre.state import ClosingLeg, LiveCall
from fs_control.centre.step import Step
from fs_control.centre.talking import change_talk, held_by_phone, spend, unheld_by_phone, want_joined
from fs_control.centre.transferring import sent_by_phone
from fs_control.commands import ReturnCaller
from fs_control.events import CallReturned, LegHeld, LegUnheld, TransferKeyPressed
from fs_control.ids import CallId, LegId, TimerId
from fs_control.records import EndedBy, Offer, RoutingDecision, SegmentKind


def leg_held(step: Step, event: LegHeld) -> None:
    """The agent's phone holds the customer; from now on it may leave in ways after which they come to us anew."""
    live = _talk_at(step, event.leg)
    if live is None:
        return
    held_by_phone(step, live)
    _will_return(step, step.centre.calls[live.call.id])


def leg_unheld(step: Step, event: LegUnheld) -> None:
    """The agent's phone has taken the customer back, or is about to leave, which is told next."""
    live = _talk_at(step, event.leg)
    if live is not None:
        unheld_by_phone(step, live)


def found_again(step: Step, call: CallId, held: Collection[LegId] | None) -> None:
    """We were deaf for a time: the agent's phone may have held the customer since, or have taken them back."""
    live = step.live(call)
    if held is None or live is None or live.call.offer is None or _talk_at(step, live.call.offer.leg) is None:
        return
    if live.call.talk.by_phone and live.call.offer.leg not in held:
        unheld_by_phone(step, live)
    elif live.call.offer.leg in held:
        held_by_phone(step, live)
        _will_return(step, step.centre.calls[call])


def transfer_key_pressed(step: Step, event: TransferKeyPressed) -> None:
    """The agent's phone hands the customer on, and leaves the call by that.

    An agent who asks a colleague on this very leg has handed the colleague on instead; that is a way of leaving, and
    the colleague has the customer then, as after every other one.
    """
    live = _talk_at(step, event.leg)
    if live is None or live.call.talk.is_consult:
        return
    step.because("transfer_key")
    offer = live.call.offer
    assert offer is not None  # a talk has one
    theirs = step.live_on(event.colleague) if event.colleague is not None else None
    own = step.live_on(event.own) if event.own is not None else None
    if theirs is not None and _talk_at(step, event.colleague) is not None and theirs.call.id != live.call.id:
        _join(step, live, theirs, is_here=event.other is None)
        return
    # To a colleague whose phone still rings the customer is sent as by the number: that phone is let go of.
    to = event.to or (own.call.number if own is not None else "")
    # A call that is not at this switch would be dialled, to whatever address the phone has named: so the phone's leg is
    # ended, for what is dialled for a leg that is gone is joined with nobody, and the agent is rung anew.
    is_elsewhere = event.own is None
    if to or is_elsewhere:
        sent_by_phone(step, _will_return(step, live), to, offer.agent)


def sent_here(step: Step, live: LiveCall, event: CallReturned) -> None:
    """The customer's leg is handed to us; where a transfer key has sent it and we were not told of the key, we are now.

    The same transfer is told again whenever the same leg is handed over again.
    """
    if not event.sent_to:
        step.keep_call(live, replace(live.call, returns=False))
        return
    if event.transfer and event.transfer == live.call.sent_by:
        return
    live = step.keep_call(live, replace(live.call, sent_by=event.transfer))
    offer = live.call.offer
    if live.call.state is CallState.TALKING and offer is not None and not live.call.talk.is_consult:
        sent_by_phone(step, live, event.sent_to, offer.agent)


def _talk_at(step: Step, leg: LegId | None) -> LiveCall | None:
    """Return the call in which the agent on this leg talks, or None; a customer's own keys are no business of ours."""
    live = step.live_on(leg) if leg is not None else None
    if live is None or live.call.state is not CallState.TALKING or live.call.offer is None:
        return None
    return live if live.call.offer.leg == leg else None


def _will_return(step: Step, live: LiveCall) -> LiveCall:
    if not live.call.returns:
        step.order(ReturnCaller(live.call.id, live.call.leg))
    return step.keep_call(live, replace(live.call, returns=True))


def _join(step: Step, live: LiveCall, theirs: LiveCall, *, is_here: bool) -> None:
    """The colleague of the phone's other call has the customer from now on; that other call is over.

    `is_here`: the customer hears our music and waits to be joined; otherwise the switch joins the two by itself, and
    nothing may be ordered on the customer's leg before it is handed to us.
    """
    offer, colleague = live.call.offer, theirs.call.offer
    assert offer is not None  # both are talks
    assert colleague is not None
    phone = next(each.phone for each in reversed(theirs.record.offers) if each.leg == colleague.leg)
    live = step.note(_will_return(step, live), HANDED_OVER, step.number_of(colleague.agent))
    live = talk_over(step, live, offer, TRANSFERRED)
    _leaves_by_itself(step, live, offer)
    step.cancel_timer(TimerId(f"join:{live.call.id}"))
    _give_up(step, theirs, colleague)
    step.change(legs=step.centre.legs.set(colleague.leg, live.call.id))
    step.keep_agent(talked_with_caller(replace(step.agent(colleague.agent), call=live.call.id)))
    noted = Offer(
        colleague.leg, colleague.agent, offer.group, phone, RoutingDecision(BY_AGENT, colleague.agent), step.moment
    )
    record = offer_answered(colleague_asked(live.record, noted), colleague.leg, step.moment)
    live = change_talk(step, step.keep_record(live, record), TalkTrigger.HANDED_OVER)
    talk = replace(live.call.talk, muted=False, joining=0, tone=None)
    taken = LiveOffer(colleague.leg, colleague.agent, offer.group)
    bridging = live.call.bridging if is_here else colleague.leg
    live = step.keep_call(live, replace(live.call, offer=taken, bridging=bridging, unguarded=True, talk=talk))
    live = spend(step, live, SegmentKind.TALK, HANDED_OVER)
    if is_here:
        want_joined(step, live)


def _leaves_by_itself(step: Step, live: LiveCall, offer: LiveOffer) -> None:
    """The switch ends the leg of the phone that has pressed the key; its agent is busy until that is told."""
    closing = step.centre.closing.set(offer.leg, ClosingLeg(offer.agent, live.call.id))
    step.change(closing=closing, legs=step.centre.legs.delete(offer.leg))
    step.start_timer(TimerId(f"closing:{offer.leg}"), LEG_MUST_END_WITHIN)


def _give_up(step: Step, live: LiveCall, colleague: LiveOffer) -> None:
    """The phone's own call has lost its colleague; the switch ends what is left of it, and its record closes then."""
    live = talk_over(step, live, colleague, TRANSFERRED)
    call = replace(advance(live.call, CallTrigger.DISMISSED), ended_by=EndedBy.AGENT, op=None, bridging=None)
    step.keep(replace(live, call=call, heard=None, talk=None))
    step.start_timer(TimerId(f"goodbye:{call.id}"), LEG_MUST_END_WITHIN)
