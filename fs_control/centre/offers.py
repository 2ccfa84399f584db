"""Offers: the agents are reserved, the caller's music stops, and the phones ring.

Owns the way from a decision to the ringing; who is chosen is not decided here, and what becomes of it is the business
of `joining` and `offers_over`. Easy to break: nothing else can be done with the caller's leg while it rings, so the
phones are rung only when the end of the music was told, or is not to be expected any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fs_control.agents import AgentTrigger
from fs_control.calls import CallState, CallTrigger, LiveOffer, advance
from fs_control.cdr import offer_made, offer_rang
from fs_control.centre import consulting, supervision
from fs_control.centre.answering import endpoint_to_ring
from fs_control.centre.endings import hang_up_again
from fs_control.centre.ring_order import ring_order
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import StopPlaying
from fs_control.events import LegRinging
from fs_control.ids import NO_GROUP, AgentId, Extension, Micros, TimerId, derived_leg_id, seconds
from fs_control.queues import colleague_rule_of, rule_of
from fs_control.records import Group, Offer, RoutingDecision, Strategy

HUSHED_WITHIN = seconds(0.25)
"""Music stops within two ticks of the switch, and that is told; unless it had not begun, then nothing ever is."""

DIVERTED: Final = "diverted"
"""What the record says of an agent whose phone is not there: the agent's number, the phone's, and what rings."""

RING_GRACE = seconds(10)
"""How long after the ring time the switch may take to tell us that nobody answered."""


def make_offers(step: Step, group: Group, live: LiveCall, decisions: Sequence[RoutingDecision]) -> None:
    """Reserve who was chosen and ring the phones, where the caller hears music as soon as that has stopped."""
    ring = seconds(group.ring_s)
    legs = [derived_leg_id(live.call.id, live.call.legs_made + count) for count in range(1, len(decisions) + 1)]
    made = [
        LiveOffer(leg, each.agent, group.id, ring, False, group.whisper, must_accept=_must_accept(step, each.agent))
        for leg, each in zip(legs, decisions, strict=True)
    ]
    _note_turn(step, group, decisions[0])
    _offer(step, live, made, decisions)


def make_offer(step: Step, live: LiveCall, decision: RoutingDecision, ring: Micros) -> None:
    """Reserve the agent whom the flow names and ring the phone, for a caller in no line, who hears nothing."""
    leg = derived_leg_id(live.call.id, live.call.legs_made + 1)
    must_accept = _must_accept(step, decision.agent)
    _offer(
        step, live, [LiveOffer(leg, decision.agent, NO_GROUP, ring, rung=False, must_accept=must_accept)], [decision]
    )


def _must_accept(step: Step, agent: AgentId) -> bool:
    return endpoint_to_ring(step.centre, agent).must_accept


def _offer(step: Step, live: LiveCall, made: Sequence[LiveOffer], decisions: Sequence[RoutingDecision]) -> None:
    legs, ring = [offer.leg for offer in made], made[0].ring
    call = advance(live.call, CallTrigger.OFFERED)
    call = replace(call.with_offers(*made), legs_made=call.legs_made + len(legs))
    noted = [_noted(step, offer, decision) for offer, decision in zip(made, decisions, strict=True)]
    live = _note_diversions(step, step.keep(replace(live, call=call, record=offer_made(live.record, *noted))))
    step.change(legs=step.centre.legs.update(dict.fromkeys(legs, call.id)))
    step.reserve((offer.agent for offer in made), call.id)
    step.start_timers([TimerId(f"ring:{leg}") for leg in legs], Micros(ring + RING_GRACE))
    step.because(decisions[0].rule)
    if call.op is None:
        _ring(step, live)
    elif not call.hushed:  # a second order might stop what is played after it
        hush(step, live)


def _note_turn(step: Step, group: Group, decision: RoutingDecision) -> None:
    """Remember whose turn it was, where that was why they were chosen: who has a claim takes no turn (Q3)."""
    by_turns = (rule_of(Strategy.ROUND_ROBIN), colleague_rule_of(Strategy.ROUND_ROBIN))
    if group.strategy is Strategy.ROUND_ROBIN and decision.rule in by_turns:
        step.change(turns=step.centre.turns.set(group.id, decision.agent))


def _noted(step: Step, offer: LiveOffer, decision: RoutingDecision) -> Offer:
    phone = Extension(endpoint_to_ring(step.centre, offer.agent).code)
    return Offer(offer.leg, offer.agent, offer.group, phone, decision, step.moment)


def _note_diversions(step: Step, live: LiveCall) -> LiveCall:
    """Write down whose mobile rings in place of a phone that is not there (A19)."""
    for offer in live.call.offers:
        endpoint = endpoint_to_ring(step.centre, offer.agent)
        if endpoint.diverted_from:
            number = step.centre.directory.agents[offer.agent].number
            live = step.note(live, DIVERTED, f"{number}/{endpoint.diverted_from}/{endpoint.code}")
    return live


def hush(step: Step, live: LiveCall) -> None:
    """End the music, so that the phone can be rung as soon as that is told."""
    step.order(StopPlaying(live.call.id, live.call.leg))
    step.keep_call(live, replace(live.call, hushed=True))
    step.start_timer(TimerId(f"hush:{live.call.id}"), HUSHED_WITHIN)


def _ring(step: Step, live: LiveCall) -> None:
    """Ring the phones; from now on nothing else can be done with the caller's leg until that is over."""
    order = ring_order(step.centre.directory, live)
    step.order(order)
    rung = [replace(offer, rung=True, first=order.leg if order.others else None) for offer in live.call.offers]
    call = replace(live.call.with_offers(*rung), bridging=order.leg, op=None, hushed=False)
    step.keep_call(live, call)


def hushed_unheard(step: Step, live: LiveCall) -> None:
    """Nothing was told of the music's end: it had not begun when it was stopped, or began a moment after that.

    `uuid_break all` forgets what has not begun (mod_commands.c, 1.10.12) and nobody is told; music that began after it
    plays on, and is stopped now.
    """
    if live.call.hushed and live.call.state in (CallState.WAITING, CallState.RINGING_AGENT):
        step.order(StopPlaying(live.call.id, live.call.leg))
        music_ended(step, live)


def music_ended(step: Step, live: LiveCall) -> None:
    """The music, or what is told in its place, is over: because a phone is to be rung, or was to be.

    By itself music from a file tells each time that it begins anew, and music that cannot be played ends at once, for
    ever: neither is a reason to do anything.
    """
    call = live.call
    if not call.hushed:
        if call.is_announcing:
            step.keep_call(live, replace(call, op=None))  # the music goes on
        return
    step.cancel_timer(TimerId(f"hush:{call.id}"))
    if call.state is CallState.RINGING_AGENT and call.offer is not None and not call.offer.rung:
        _ring(step, live)
    else:
        step.keep_call(live, replace(call, op=None, hushed=False))


def leg_ringing(step: Step, event: LegRinging) -> None:
    """An agent's phone rings."""
    if hang_up_again(step, event.leg) or supervision.rings(step, event.leg):
        return
    live = step.live_on(event.leg)
    if live is not None and consulting.is_colleague(live, event.leg):
        consulting.colleague_rings(step, live)
        return
    offer = live.call.offer_on(event.leg) if live is not None else None
    if live is None or offer is None:
        return
    if live.call.state in (CallState.RINGING_AGENT, CallState.CALLING):
        step.move_agent(offer.agent, AgentTrigger.PHONE_RANG)
        step.keep_record(live, offer_rang(live.record, event.leg, step.moment))
