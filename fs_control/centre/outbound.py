"""Calls that an agent makes: the customer first and then the agent's phone, or the other way round (O1).

Owns the way from the wish to the talk, and everything that can come of it before. From the talk on, such a call is like
any other. Easy to break: the call is the customer's also while their phone rings, and there may be no leg of theirs
yet; and whatever ends it early has to say why (`Call.verdict`), because its segments alone do not tell.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from fs_control.agents import AgentTrigger, reached_customer, refusal_of
from fs_control.calls import Call, CallState, CallTrigger, LiveOffer, Talk, advance, ended_by_of, offer_result_of
from fs_control.calls import outbound_verdict_of as verdict_of
from fs_control.cdr import DIALLED, call_answered, enter_segment, offer_answered, offer_ended, offer_made, open_outbound
from fs_control.centre import alarms, dial_ledger, early, offers, spending, talking, wrap_up
from fs_control.centre.answering import Endpoint, endpoint_of, places_of
from fs_control.centre.dial_rules import said_to
from fs_control.centre.endings import (
    CANCELLED,
    LEG_MUST_END_WITHIN,
    finish,
    free_agent,
    let_go_of_agent,
    let_go_of_dialler,
    say_goodbye,
)
from fs_control.centre.hearing import expect_no_more
from fs_control.centre.may_dial import Allowed, form_of, may_dial
from fs_control.centre.moments import moment_of
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import LiveCall, Outgoing, OutgoingStage
from fs_control.centre.step import Step
from fs_control.commands import BridgeLegs, CallOut, CallPhone, HangUp, PlayRingback
from fs_control.events import ActionRequested, LegsBridged
from fs_control.ids import (
    NO_GROUP,
    AgentId,
    CallId,
    Extension,
    LegId,
    Micros,
    TimerId,
    derived_call_id,
    derived_leg_id,
    seconds,
)
from fs_control.records import (
    Action,
    AgentProfile,
    Direction,
    Disposition,
    EndedBy,
    Offer,
    OfferResult,
    OutboxLevel,
    Right,
    RoutingDecision,
    SegmentKind,
)

NAMED: Final = "named.by_dialling"
"""The rule of the decision: who dials is the one to talk."""

AGENT_FIRST: Final = "agent"

CUSTOMER_RINGS: Final = seconds(45)
"""How long the customer's phone rings; a carrier mostly ends it earlier."""

AGENT_RINGS: Final = seconds(20)
"""How long the phone of the agent rings, who has just asked for the call."""

RING_GRACE: Final = seconds(10)
"""How long after that the switch may take to tell us what came of it."""

JOINED_WITHIN: Final = seconds(10)

NO_AGENT_PROMPT: Final = "agent-not-free"


# --- the wish ------------------------------------------------------------------------------------------------------


def dial(step: Step, event: ActionRequested) -> Refusal | None:
    """Call a number for an agent; refused with the one thing that is missing (O4, A18)."""
    profile = step.centre.directory.agents[event.agent]
    refusal = _not_able(step, profile)
    if refusal is not None:
        return refusal
    phone = _phone_of(step, profile, event.first)
    if isinstance(phone, Refusal):
        return phone
    allowed = may_dial(step.centre.directory, step.centre.dials, profile, event.to, step.now)
    if isinstance(allowed, Refusal):
        alarms.refused(step, profile, allowed)
        return allowed
    live = _open(step, profile, allowed, derived_call_id(event.agent, step.now), event.note)
    if event.first == AGENT_FIRST:
        _ring_agent_first(step, live, Extension(phone.code))
    else:
        _call_customer(step, live)
    return None


def dialled_by_phone(step: Step, own: LiveCall, agent: AgentId, number: str) -> Refusal | None:
    """An agent has dialled a number outside at one of our phones, whose leg is there already: call the customer.

    The call of the phone becomes the call to the customer; refused, it is left as it was.
    """
    profile = step.centre.directory.agents[agent]
    code = refusal_of(Action.DIAL, moment_of(step.centre, agent))
    refusal = Refusal(code, {"agent": profile.number}) if code is not None else _not_able(step, profile)
    if refusal is not None:
        return refusal
    allowed = may_dial(step.centre.directory, step.centre.dials, profile, number, step.now)
    if isinstance(allowed, Refusal):
        alarms.refused(step, profile, allowed)
        return allowed
    assert own.own is not None  # one of our phones has made it
    live = _open(step, profile, allowed, own.call.id, "")
    offer = LiveOffer(own.call.leg, agent, NO_GROUP, AGENT_RINGS)
    live = _with_offer(step, live, offer, own.own.phone, legs_made=1)
    agent_answered(step, _at_stage(step, live, OutgoingStage.AGENT_RINGS), offer.leg)
    return None


def _not_able(step: Step, profile: AgentProfile) -> Refusal | None:
    """Return what an agent lacks for any call at all, or None."""
    values = {"agent": profile.number}
    if Right.DIAL not in profile.rights:
        return Refusal("dial_no_right", values)
    if step.centre.draining:
        return Refusal("dial_draining", values)
    if step.centre.outbox is OutboxLevel.FULL:
        return Refusal("dial_records_full", values)
    if step.centre.core is None or step.centre.link_lost_at is not None:
        return Refusal("dial_no_switch", values)
    return None


def _phone_of(step: Step, profile: AgentProfile, first: str) -> Endpoint | Refusal:
    """Return where the agent is rung; one who has to press a key first cannot be there before the customer."""
    endpoint, values = endpoint_of(step.centre, profile.id), {"agent": profile.number}
    if endpoint is None:
        places = places_of(step.centre.directory, profile, step.agent(profile.id))
        if places.usual is None:
            return Refusal("dial_no_phone", values)
        return Refusal("dial_phone_not_registered", {**values, "phone": places.usual.code})
    if endpoint.must_accept and first == AGENT_FIRST:
        return Refusal("dial_agent_first_outside", values)
    return endpoint


def _open(step: Step, profile: AgentProfile, allowed: Allowed, call_id: CallId, note: str) -> LiveCall:
    """Begin a call and its record; the agent is the call's from this moment."""
    leg = derived_leg_id(call_id, 1)
    customer = replace(allowed.number, raw=said_to(form_of(step.centre.directory, ""), allowed.number, _region(step)))
    record = open_outbound(
        call_id, step.centre.directory.enterprise, leg, allowed.shown, customer, step.moment, profile.id, note
    )
    call = Call(
        call_id,
        leg,
        allowed.shown,
        step.now,
        state=CallState.CALLING,
        admitted=False,
        legs_made=1,
        direction=Direction.OUTBOUND,
    )
    outgoing = Outgoing(profile.id, allowed.dialled, allowed.gateway, allowed.cost)
    step.change(legs=step.centre.legs.set(leg, call_id))
    live = step.keep(LiveCall(call, record, outgoing=outgoing))
    wrap_up.end(step, profile.id)
    step.reserve([profile.id], call_id)
    step.because("named.by_dialling")
    return live


def _region(step: Step) -> str:
    return step.centre.directory.region


# --- the customer's leg --------------------------------------------------------------------------------------------


def _call_customer(step: Step, live: LiveCall) -> LiveCall:
    """Ring the customer; from now on it may cost money, so it counts."""
    outgoing, call = live.outgoing, live.call
    assert outgoing is not None  # this is such a call
    live = _at_stage(step, live, OutgoingStage.CUSTOMER_RINGS)
    record = enter_segment(live.record, SegmentKind.RING, step.moment, EndedBy.AGENT, DIALLED)
    live = step.note(step.keep_record(live, record), DIALLED, outgoing.number)
    step.change(dials=dial_ledger.dialled(step.centre.dials, outgoing.agent, call.leg, outgoing.gateway, step.now))
    step.order(CallOut(call.id, call.leg, outgoing.number, CUSTOMER_RINGS, call.number, outgoing.gateway))
    step.start_timer(_timer(call.id), Micros(CUSTOMER_RINGS + RING_GRACE))
    return live


def customer_answered(step: Step, live: LiveCall) -> None:
    """The customer took the call up: each minute that begins from now on costs."""
    outgoing = live.outgoing
    assert outgoing is not None  # this is such a call
    live = step.keep_record(live, call_answered(live.record, step.moment))
    spending.begin(step, live, live.call.leg, outgoing.agent, outgoing.cost)


def customer_there(step: Step, live: LiveCall) -> bool:
    """The dialplan has handed the customer to us: their phone was answered. Return whether that was waited for."""
    if live.call.state is not CallState.CALLING:
        return False
    step.cancel_timer(_timer(live.call.id))
    expect_no_more(step, live.call)
    live = step.keep_call(live, replace(live.call, away=False))
    if live.record.answered_at is None:  # the answer itself was not told
        customer_answered(step, live)
        live = step.centre.calls[live.call.id]
    if live.call.ended_by is not None:  # the order to end it came too early
        step.order(HangUp(live.call.id, live.call.leg, CANCELLED))
    elif live.call.offer is not None:
        _join(step, live)
    else:
        call = advance(live.call, CallTrigger.REACHED)
        _at_stage(step, step.keep_call(live, call), OutgoingStage.CUSTOMER_THERE)
        early.receive(step, live)
    return True


def begin(step: Step, live: LiveCall) -> bool:
    """Ring the agent for a customer who is there and in our hands; return whether that was due."""
    outgoing, call = live.outgoing, live.call
    is_due = outgoing is not None and outgoing.stage is OutgoingStage.CUSTOMER_THERE and live.heard is None
    can_be = call.state is CallState.IN_FLOW and call.hears_us and step.centre.link_lost_at is None
    if outgoing is None or not is_due or not can_be:
        return False
    profile = step.centre.directory.agents.get(outgoing.agent)
    is_waiting = step.agent(outgoing.agent).call == call.id
    if profile is None or not is_waiting or endpoint_of(step.centre, outgoing.agent) is None:
        agent_unreached(step, live)
    else:
        offers.make_offer(step, live, RoutingDecision(NAMED, outgoing.agent), AGENT_RINGS)
    return True


def agent_unreached(step: Step, live: LiveCall) -> None:
    """The customer is there, and the agent's phone cannot be had: say so, and hang up."""
    let_go_of_dialler(step, live)
    say_goodbye(step, _at_stage(step, live, OutgoingStage.OVER), NO_AGENT_PROMPT, Disposition.AGENT_NOT_REACHED)


def customer_over(step: Step, live: LiveCall, cause: str, disposition: str = "") -> None:
    """The customer's leg is over, or never came to be: so is the call, whatever the agent's phone was doing."""
    by = ended_by_of(cause, disposition)
    by = EndedBy.OUTSIDE if by is EndedBy.CALLER else by
    if live.call.state is CallState.CALLING:
        by = by if cause != "ORIGINATOR_CANCEL" else EndedBy.AGENT
        live = _with_verdict(step, live, verdict_of(cause) if live.record.answered_at is None else _left(by))
    elif live.outgoing is not None and live.outgoing.stage is OutgoingStage.CUSTOMER_THERE:
        live = _with_verdict(step, live, _left(by))
    finish(step, live, by, cause)


def _left(by: EndedBy) -> Disposition:
    return Disposition.CUSTOMER_LEFT if by is EndedBy.OUTSIDE else Disposition.FAILED


def _with_verdict(step: Step, live: LiveCall, verdict: Disposition) -> LiveCall:
    return step.keep_call(live, replace(live.call, verdict=live.call.verdict or verdict))


# --- the agent first -----------------------------------------------------------------------------------------------


def _ring_agent_first(step: Step, live: LiveCall, phone: Extension) -> None:
    assert live.outgoing is not None  # this is such a call
    leg = derived_leg_id(live.call.id, 2)
    live = _with_offer(step, live, LiveOffer(leg, live.outgoing.agent, NO_GROUP, AGENT_RINGS), phone, legs_made=2)
    live = _at_stage(step, live, OutgoingStage.AGENT_RINGS)
    caller = live.record.caller
    step.order(CallPhone(live.call.id, leg, phone, AGENT_RINGS, caller.raw, caller.raw))
    step.start_timer(_ringing(leg), Micros(AGENT_RINGS + RING_GRACE))


def _with_offer(step: Step, live: LiveCall, offer: LiveOffer, phone: Extension, legs_made: int) -> LiveCall:
    noted = Offer(offer.leg, offer.agent, NO_GROUP, phone, RoutingDecision(NAMED, offer.agent), step.moment)
    call = replace(live.call.with_offers(offer), legs_made=legs_made)
    step.change(legs=step.centre.legs.set(offer.leg, live.call.id))
    return step.keep(replace(live, call=call, record=offer_made(live.record, noted)))


def agent_answered(step: Step, live: LiveCall, leg: LegId) -> None:
    """The agent has the phone in hand: now the customer is called, if that may still be."""
    offer, outgoing = live.call.offer, live.outgoing
    if offer is None or outgoing is None or offer.leg != leg or outgoing.stage is not OutgoingStage.AGENT_RINGS:
        return
    step.cancel_timer(_ringing(leg))
    step.move_agent(offer.agent, AgentTrigger.ANSWERED)
    live = step.keep_record(live, offer_answered(live.record, leg, step.moment))
    step.order(PlayRingback(live.call.id, leg))
    _call_customer(step, live)


def agent_leg_over(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """The phone of the agent, who was to be there first, is over: the customer is not to be called any more."""
    offer, outgoing = live.call.offer, live.outgoing
    if offer is None or outgoing is None or offer.leg != leg:
        return
    has_begun = outgoing.stage is not OutgoingStage.AGENT_RINGS
    result = OfferResult.ACCEPTED if has_begun else offer_result_of(cause)
    step.cancel_timer(_ringing(leg))
    step.change(legs=step.centre.legs.delete(leg))
    record = offer_ended(live.record, leg, step.moment, result, cause)
    live = step.keep(replace(live, record=record, call=live.call.without_offer(leg)))
    free_agent(step, offer.agent)
    if has_begun:
        _end(step, live, EndedBy.AGENT, Disposition.CANCELLED)
    else:
        finish(step, _with_verdict(step, live, Disposition.AGENT_NOT_REACHED), EndedBy.AGENT, cause)


def _join(step: Step, live: LiveCall) -> None:
    """Both are there: the switch is to join them."""
    assert live.call.offer is not None  # the caller of this function looked
    _at_stage(step, live, OutgoingStage.JOINING)
    step.order(BridgeLegs(live.call.id, live.call.leg, live.call.offer.leg))
    step.start_timer(_timer(live.call.id), JOINED_WITHIN)


def found_again(step: Step, live: LiveCall, answered: Collection[LegId]) -> None:
    """After a silence of the link: a join that was ordered may not have been told; ordered again it does no harm."""
    outgoing, offer = live.outgoing, live.call.offer
    if outgoing is None or offer is None or outgoing.stage is not OutgoingStage.JOINING:
        return
    if live.call.leg in answered and offer.leg in answered:
        _join(step, live)


def joined(step: Step, live: LiveCall, event: LegsBridged) -> None:
    """Customer and agent hear each other, the agent having been there first."""
    offer = live.call.offer
    if offer is None or {event.leg, event.other} != {live.call.leg, offer.leg}:
        return
    step.cancel_timer(_timer(live.call.id))
    record = enter_segment(
        call_answered(live.record, step.moment), SegmentKind.TALK, step.moment, EndedBy.OUTSIDE, "answered",
        agent=offer.agent,
    )  # fmt: skip
    call = replace(
        advance(live.call, CallTrigger.BRIDGED), bridging=offer.leg, unguarded=True, op=None, verdict=None, talk=Talk()
    )
    live = step.keep(replace(live, call=call, record=record))
    talk_began(step, live, offer.agent)


def talk_began(step: Step, live: LiveCall, agent: AgentId) -> None:
    """Count that the agent has reached somebody, in whichever order the two were called."""
    _at_stage(step, live, OutgoingStage.OVER)
    step.keep_agent(reached_customer(step.agent(agent)))


# --- the end -------------------------------------------------------------------------------------------------------


def hang_up_requested(step: Step, event: ActionRequested) -> Refusal | None:
    """The agent hangs up, perhaps on a call that is still being made."""
    live = step.live(step.agent(event.agent).call)
    if live is None or not is_being_made(live):
        return talking.hang_up(step, event)
    hang_up(step, live)
    return None


def is_being_made(live: LiveCall) -> bool:
    """Tell whether this is a call by an agent in which nobody talks yet."""
    return live.outgoing is not None and live.outgoing.stage is not OutgoingStage.OVER


def hang_up(step: Step, live: LiveCall) -> None:
    """The agent does not want the call any more that is being made for them."""
    outgoing = live.outgoing
    if outgoing is not None and outgoing.stage is OutgoingStage.AGENT_RINGS:
        cancelled = _with_verdict(step, live, Disposition.CANCELLED)
        finish(step, cancelled, EndedBy.AGENT, CANCELLED)
    else:
        _end(step, live, EndedBy.AGENT, Disposition.CANCELLED)


def agent_rang_too_long(step: Step, live: LiveCall) -> None:
    """The switch never told what came of ringing the agent, who was to be there first."""
    finish(step, _with_verdict(step, live, Disposition.AGENT_NOT_REACHED), EndedBy.CENTRE, "RING_TIMEOUT")


def too_long(step: Step, live: LiveCall) -> None:
    """The switch never told what came of it: end both legs."""
    if live.call.state is CallState.CALLING:
        step.order(HangUp(live.call.id, live.call.leg, CANCELLED))
        finish(step, _with_verdict(step, live, Disposition.FAILED), EndedBy.CENTRE, "DIAL_TIMEOUT")


def _end(step: Step, live: LiveCall, by: EndedBy, verdict: Disposition) -> None:
    """Order the end of the customer's leg; the record closes when that is told, or not told for too long."""
    live = step.keep_call(live, replace(live.call, ended_by=by, verdict=live.call.verdict or verdict))
    live = _at_stage(step, live, OutgoingStage.OVER)
    step.cancel_timer(_timer(live.call.id))
    step.order(HangUp(live.call.id, live.call.leg, CANCELLED))
    step.start_timer(TimerId(f"goodbye:{live.call.id}"), LEG_MUST_END_WITHIN)
    if live.call.state is CallState.CALLING:
        let_go_of_agent(step, live, OfferResult.CALLER_LEFT, CANCELLED)
        let_go_of_dialler(step, step.centre.calls[live.call.id])


def _at_stage(step: Step, live: LiveCall, stage: OutgoingStage) -> LiveCall:
    assert live.outgoing is not None  # this is such a call
    return step.keep(replace(live, outgoing=replace(live.outgoing, stage=stage)))


def _timer(call: CallId) -> TimerId:
    return TimerId(f"calling:{call}")


def _ringing(leg: LegId) -> TimerId:
    return TimerId(f"ring:{leg}")
