"""Bringing callers and agents together: the match, the offer, the answer, the bridge.

`match` runs at the end of every transition that may have freed an agent or added a caller, for the groups that were
touched. Easy to break: an agent is marked reserved in the same transition in which they are chosen, so two callers
can never be given one agent (Q13).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fs_control.agents import Agent, AgentStatus, AgentTrigger, talked_with_caller
from fs_control.calls import CallState, CallTrigger, LiveOffer, advance, offer_result_of
from fs_control.cdr import enter_segment, offer_answered, offer_ended, offer_made, offer_rang
from fs_control.centre.endings import CANCELLED, free_agent, leave_line, withdraw_offer
from fs_control.centre.hearing import FREE_WITHIN, NORMAL, expect, take_back
from fs_control.centre.muster import Muster
from fs_control.centre.own_agent import own_agent_of
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wanted import callers_of_the_idle
from fs_control.commands import BridgeLegs, HangUp, RingAgent, StopPlaying
from fs_control.events import BridgeEnded, LegRinging, LegsBridged
from fs_control.ids import CallId, GroupId, LegId, Micros, TimerId, derived_leg_id, seconds
from fs_control.queues import ASK_DECLINER_AGAIN_AFTER, colleague_rule_of, rule_of
from fs_control.records import EndedBy, Group, Offer, OfferResult, RoutingDecision, SegmentKind, Strategy

BRIDGE_WITHIN = seconds(10)
"""Joining two answered legs takes one tick of the switch; after this long it has failed."""

HUSHED_WITHIN = seconds(0.25)
"""Music stops within two ticks of the switch, and that is told; unless it had not begun, then nothing ever is."""

RING_GRACE = seconds(10)
"""How long after the ring time the switch may take to tell us that nobody answered."""


def match(step: Step, group_ids: Iterable[GroupId]) -> None:
    """Offer the waiting callers of some groups to their idle agents, the caller who came first first.

    Without a link to the switch nobody can be rung; `switch_found` matches everybody anew.
    """
    if step.centre.link_lost_at is not None:
        return
    directory = step.centre.directory
    groups = [directory.groups[group] for group in group_ids if group in directory.groups]
    muster = Muster(step, groups)
    own_is_idle = callers_of_the_idle(step.centre)
    lines = [_callers_in(step, group) for group in groups if muster.has_free(group) or own_is_idle]
    for _, call, group in heapq.merge(*lines, key=lambda caller: caller[:2]):
        if call not in own_is_idle and not muster.has_free(group):
            continue
        decision = muster.decide(group, step.centre.calls[call])
        if decision is not None:
            _offer(step, group, step.centre.calls[call], decision)
            muster.take(decision.agent)
            own_is_idle.difference_update(step.centre.wanted.get(decision.agent, ()))
        if muster.is_over and not own_is_idle:
            return


def _callers_in(step: Step, group: Group) -> Iterator[tuple[Micros, CallId, Group]]:
    """Yield those who wait for an agent of one group, in the order of their arrival; who is away keeps the place."""
    for call_id in step.line(group.id):
        call = step.centre.calls[call_id].call
        if call.state is CallState.WAITING and call.hears_us:
            yield call.joined_at or Micros(0), call_id, group


def _offer(step: Step, group: Group, live: LiveCall, decision: RoutingDecision) -> None:
    """Reserve the agent and ring the phone, where the caller hears music as soon as that has stopped."""
    call = advance(live.call, CallTrigger.OFFERED)
    leg = derived_leg_id(call.id, call.legs_made + 1)
    ring = seconds(group.ring_s)
    call = replace(call, legs_made=call.legs_made + 1, offer=LiveOffer(leg, decision.agent, group.id, ring, rung=False))
    phone = step.centre.directory.agents[decision.agent].phone
    assert phone is not None  # nobody is free without one
    offer = Offer(leg, decision.agent, group.id, phone, decision, step.moment)
    live = step.keep(replace(live, call=call, record=offer_made(live.record, offer)))
    step.change(legs=step.centre.legs.set(leg, call.id))
    step.move_agent(decision.agent, AgentTrigger.CHOSEN, call.id)
    by_turns = (rule_of(Strategy.ROUND_ROBIN), colleague_rule_of(Strategy.ROUND_ROBIN))
    if group.strategy is Strategy.ROUND_ROBIN and decision.rule in by_turns:
        step.change(turns=step.centre.turns.set(group.id, decision.agent))
    step.cancel_timer(TimerId(f"rest:{decision.agent}"))
    step.because(decision.rule)
    step.start_timer(TimerId(f"ring:{leg}"), Micros(ring + RING_GRACE))
    if call.op is None:
        _ring(step, live)
    elif not call.hushed:  # a second order might stop what is played after it
        hush(step, live)


def hush(step: Step, live: LiveCall) -> None:
    """End the music, so that the phone can be rung as soon as that is told."""
    step.order(StopPlaying(live.call.id, live.call.leg))
    step.keep_call(live, replace(live.call, hushed=True))
    step.start_timer(TimerId(f"hush:{live.call.id}"), HUSHED_WITHIN)


def _ring(step: Step, live: LiveCall) -> None:
    """Ring the phone of the offer; from now on nothing else can be done with the caller's leg until that is over."""
    call, record = live.call, live.record
    assert call.offer is not None  # both callers of this function look
    offer = next(each for each in record.offers if each.leg == call.offer.leg)
    who = (record.caller.raw, record.caller_name)
    step.order(RingAgent(call.id, offer.leg, call.leg, offer.phone, call.offer.ring, *who))
    call = replace(call, offer=replace(call.offer, rung=True), bridging=offer.leg, op=None, hushed=False)
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
    """The music is over: because a phone is to be rung, or was to be.

    By itself music from a file tells each time that it begins anew, and music that cannot be played ends at once, for
    ever: neither is a reason to do anything.
    """
    call = live.call
    if not call.hushed:
        return
    step.cancel_timer(TimerId(f"hush:{call.id}"))
    if call.state is CallState.RINGING_AGENT and call.offer is not None and not call.offer.rung:
        _ring(step, live)
    else:
        step.keep_call(live, replace(call, op=None, hushed=False))


def leg_ringing(step: Step, event: LegRinging) -> None:
    """An agent's phone rings."""
    if hang_up_again(step, event.leg):
        return
    live = step.live_on(event.leg)
    if live is None or live.call.offer is None or live.call.offer.leg != event.leg:
        return
    if live.call.state is CallState.RINGING_AGENT:
        step.move_agent(live.call.offer.agent, AgentTrigger.PHONE_RANG)
        step.keep_record(live, offer_rang(live.record, event.leg, step.moment))


def agent_answered(step: Step, live: LiveCall, leg: LegId) -> None:
    """The agent took the call, and the switch joins the legs (C1: the agent is on call from this moment)."""
    offer = live.call.offer
    if offer is None or offer.leg != leg or live.call.state is not CallState.RINGING_AGENT:
        return
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.move_agent(offer.agent, AgentTrigger.ANSWERED)
    record = offer_answered(live.record, leg, step.moment)
    call = replace(advance(live.call, CallTrigger.AGENT_ANSWERED), unguarded=True)
    step.keep(replace(live, call=call, record=record))
    step.start_timer(TimerId(f"connect:{call.id}"), BRIDGE_WITHIN)


def answered_unheard(step: Step, live: LiveCall) -> None:
    """The agent took the call while we were deaf; whether the legs were joined was not told either."""
    offer = live.call.offer
    assert offer is not None  # the caller of this function looked
    agent_answered(step, live, offer.leg)
    join_again(step, step.centre.calls[live.call.id])


def join_again(step: Step, live: LiveCall) -> None:
    """Whether the legs were joined was told while we were deaf: join them, which does no harm to a pair that talks."""
    offer = live.call.offer
    assert offer is not None  # a connecting call has one
    step.order(BridgeLegs(live.call.id, live.call.leg, offer.leg))
    step.start_timer(TimerId(f"connect:{live.call.id}"), BRIDGE_WITHIN)


def hang_up_again(step: Step, leg: LegId) -> bool:
    """Order once more the end of a leg that we want gone and that came to life only now (complaint 2)."""
    closing = step.centre.closing.get(leg)
    if closing is None:
        return False
    step.touched[closing.call] = None
    step.order(HangUp(closing.call, leg, CANCELLED))
    return True


def legs_bridged(step: Step, event: LegsBridged) -> None:
    """Caller and agent hear each other."""
    live = step.live_on(event.leg)
    if live is None or live.call.offer is None or live.call.offer.leg not in (event.leg, event.other):
        return
    offer = live.call.offer
    if live.call.state is CallState.RINGING_AGENT:  # the answer is told after it
        agent_answered(step, live, offer.leg)
        live = step.centre.calls[live.call.id]
    if live.call.state is not CallState.CONNECTING:
        return
    for kind in ("connect", "wait", "back"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))
    leave_line(step, live)
    record = enter_segment(
        live.record, SegmentKind.TALK, step.moment, EndedBy.AGENT, "answered", group=offer.group, agent=offer.agent
    )
    call = replace(advance(live.call, CallTrigger.BRIDGED), bridging=offer.leg, op=None)
    step.keep(replace(live, call=call, record=record))
    step.keep_agent(talked_with_caller(step.agent(offer.agent)))


def offer_leg_ended(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """The agent's leg is over before caller and agent were joined: the caller goes on to the next agent."""
    offer = live.call.offer
    assert offer is not None  # the caller of this function looked
    result = offer_result_of(cause)
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.cancel_timer(TimerId(f"connect:{live.call.id}"))
    step.change(legs=step.centre.legs.delete(leg))
    live = step.keep_record(live, offer_ended(live.record, leg, step.moment, result, cause))
    free_agent(step, offer.agent, result)
    back_in_line(step, live, offer, result)


def give_up_offer(step: Step, live: LiveCall, result: OfferResult, cause: str) -> None:
    """We end an offer ourselves (no reply of the switch, agent signed out): the caller goes on to the next agent."""
    offer = live.call.offer
    assert offer is not None  # the caller of this function looked
    step.cancel_timer(TimerId(f"connect:{live.call.id}"))
    live = withdraw_offer(step, live, result, cause)
    back_in_line(step, live, offer, result)


def back_in_line(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult) -> None:
    """Remember how the offer ended and wait on, at the same place."""
    call = advance(live.call, CallTrigger.OFFER_FAILED)
    tried = {**call.tried, offer.agent: call.tried.get(offer.agent, 0) + 1}
    declined = {**call.declined, offer.agent: step.now} if result is OfferResult.DECLINED else call.declined
    call = replace(call, offer=None, tried=tried, declined=declined)
    record = enter_segment(
        live.record, SegmentKind.LINE, step.moment, _ended_by(result), f"offer_{result}", group=offer.group
    )
    if not call.hears_us:
        expect(step, call)
    remind_of_decliners(step, step.keep(replace(live, call=call, record=record)))
    step.because(f"offer_result.{result}")
    step.rematch.add(offer.group)


def remind_of_decliners(step: Step, live: LiveCall) -> None:
    """See to it that the caller is matched again when the first of those who declined may be asked again."""
    due = [Micros(declined_at + ASK_DECLINER_AGAIN_AFTER) for declined_at in live.call.declined.values()]
    to_come = [moment for moment in due if moment > step.now]
    if to_come:
        step.start_timer(TimerId(f"again:{live.call.id}"), Micros(min(to_come) - step.now))


def _ended_by(result: OfferResult) -> EndedBy:
    return EndedBy.AGENT if result in (OfferResult.DECLINED, OfferResult.BUSY) else EndedBy.CENTRE


def agent_left(step: Step, live: LiveCall, leg: LegId, cause: str) -> LiveCall:
    """The agent hung up while talking: free the agent; what becomes of the caller is the flow's business."""
    offer = live.call.offer
    assert offer is not None  # a talking call has one
    step.change(legs=step.centre.legs.delete(leg))
    free_agent(step, offer.agent)
    record = offer_ended(live.record, leg, step.moment, OfferResult.ACCEPTED, cause)
    live = step.keep(replace(live, call=replace(live.call, offer=None), record=record))
    expect(step, live.call)
    return live


def bridge_ended(step: Step, event: BridgeEnded) -> None:
    """The caller's leg is free: what it was ringing or talking for is over, also where no leg of the agent ever was."""
    live = step.live_on(event.leg)
    if live is None or live.call.bridging != event.other:
        return
    offer = live.call.offer
    if offer is not None and offer.leg == event.other and live.call.state is not CallState.TALKING:
        cause = NORMAL if event.cause == BridgeEnded.SUCCESS else event.cause
        offer_leg_ended(step, live, event.other, cause)
        live = step.centre.calls[live.call.id]
    take_back(step, live)
    if live.call.state is CallState.TALKING:  # the agent's end is about to be told; it must not be waited for, for ever
        step.start_timer(TimerId(f"free:{live.call.id}"), FREE_WITHIN)


def someone_signed_in(step: Step, group: GroupId) -> bool:
    """Tell whether a group has a signed-in member; one that the directory has no more has nobody."""
    known = step.centre.directory.groups.get(group)
    return known is not None and any(_is_ready(step.agent(member)) for member in known.members)


def someone_for(step: Step, live: LiveCall, group: GroupId) -> bool:
    """Tell whether somebody is signed in for this caller: a member of the group, or the caller's own agent.

    As long as the caller is being looked up there may be.
    """
    if group not in step.centre.directory.groups:
        return False
    own = own_agent_of(live, step.centre.directory)
    is_own_there = own is not None and _is_ready(step.agent(own))
    return is_own_there or live.being_looked_up or someone_signed_in(step, group)


def _is_ready(agent: Agent) -> bool:
    return agent.status is AgentStatus.READY
