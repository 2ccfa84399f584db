"""Bringing callers and agents together: the match, the offer, the answer, the bridge.

`match` runs at the end of every transition that may have freed an agent or added a caller, for the groups that were
touched. Easy to break: an agent is marked reserved in the same transition in which they are chosen, so two callers
can never be given one agent (Q13); where several phones ring for one caller (`Call.offers`), all of them are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fs_control.agents import Agent, AgentState, AgentStatus, AgentTrigger, talked_with_caller
from fs_control.calls import Call, CallState, CallTrigger, LiveOffer, advance, offer_result_of
from fs_control.cdr import enter_segment, offer_answered, offer_ended, offer_made, offer_rang
from fs_control.centre import counting
from fs_control.centre.endings import CANCELLED, ELSEWHERE, free_agent, leave_line, note_miss, withdraw_offer
from fs_control.centre.estimating import talk_ended
from fs_control.centre.gathering import gathers
from fs_control.centre.hearing import FREE_WITHIN, NORMAL, expect, take_back
from fs_control.centre.muster import Muster
from fs_control.centre.own_agent import own_agent_of
from fs_control.centre.place import order_in_line
from fs_control.centre.ring_order import ring_order
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wanted import callers_of_the_idle
from fs_control.commands import WHISPER_AT_MOST, BridgeLegs, HangUp, StopPlaying
from fs_control.events import BridgeEnded, LegRinging, LegsBridged
from fs_control.ids import CallId, GroupId, LegId, Micros, TimerId, derived_leg_id, seconds
from fs_control.queues import ASK_DECLINER_AGAIN_AFTER, all_who_ring, colleague_rule_of, rule_of
from fs_control.records import EndedBy, Group, Offer, OfferResult, RoutingDecision, SegmentKind, Strategy

BRIDGE_WITHIN = seconds(10)
"""Joining two answered legs takes one tick of the switch; after this long it has failed."""

HUSHED_WITHIN = seconds(0.25)
"""Music stops within two ticks of the switch, and that is told; unless it had not begun, then nothing ever is."""

NEVER_RANG = "SUBSCRIBER_ABSENT"
"""What the switch says of a phone that is not registered, and does not say where others ring at the same time."""

NOT_ORIGINATED = "ORIGINATE_FAILED"
"""The order to ring was refused."""

RING_GRACE = seconds(10)
"""How long after the ring time the switch may take to tell us that nobody answered."""


def match(step: Step, group_ids: Iterable[GroupId]) -> None:
    """Offer the waiting callers of some groups to their idle agents: by priority, then who came first to the line.

    Without a link to the switch nobody can be rung; `switch_found` matches everybody anew.
    """
    if step.centre.link_lost_at is not None:
        return
    directory = step.centre.directory
    known = [directory.groups[group] for group in group_ids if group in directory.groups]
    groups = [group for group in known if not gathers(step, group)]  # a phone that stops matches its groups again
    muster = Muster(step, groups)
    own_is_idle = callers_of_the_idle(step.centre)
    lines = [_callers_in(step, group) for group in groups if muster.has_free(group) or own_is_idle]
    for _, call, group in heapq.merge(*lines, key=lambda caller: caller[0]):
        if call not in own_is_idle and not muster.has_free(group):
            continue
        live = step.centre.calls[call]
        # Who stands in two lines may have been served in the other one just now.
        decision = muster.decide(group, live) if live.call.state is CallState.WAITING else None
        if decision is not None:
            together = all_who_ring(decision)
            _offer(step, group, live, together)
            for each in together:
                muster.take(each.agent)
                own_is_idle.difference_update(step.centre.wanted.get(each.agent, ()))
        if muster.is_over and not own_is_idle:
            return


def _callers_in(step: Step, group: Group) -> Iterator[tuple[tuple[int, int], CallId, Group]]:
    """Yield those who wait for an agent of one group, in the order of the line; who is away keeps the place."""
    for call_id in step.line(group.id):
        call = step.centre.calls[call_id].call
        if call.state is CallState.WAITING and call.hears_us:
            yield order_in_line(call, group.id), call_id, group


def _offer(step: Step, group: Group, live: LiveCall, decisions: Sequence[RoutingDecision]) -> None:
    """Reserve who was chosen and ring the phones, where the caller hears music as soon as that has stopped."""
    call = advance(live.call, CallTrigger.OFFERED)
    ring = seconds(group.ring_s)
    legs = [derived_leg_id(call.id, call.legs_made + count) for count in range(1, len(decisions) + 1)]
    made = [
        LiveOffer(leg, decision.agent, group.id, ring, rung=False, whisper=group.whisper)
        for leg, decision in zip(legs, decisions, strict=True)
    ]
    call = replace(call.with_offers(*made), legs_made=call.legs_made + len(legs))
    noted = [_noted(step, offer, decision) for offer, decision in zip(made, decisions, strict=True)]
    live = step.keep(replace(live, call=call, record=offer_made(live.record, *noted)))
    for offer in made:
        step.change(legs=step.centre.legs.set(offer.leg, call.id))
        step.move_agent(offer.agent, AgentTrigger.CHOSEN, call.id)
        step.cancel_timer(TimerId(f"rest:{offer.agent}"))
        step.start_timer(TimerId(f"ring:{offer.leg}"), Micros(ring + RING_GRACE))
    decision = decisions[0]
    by_turns = (rule_of(Strategy.ROUND_ROBIN), colleague_rule_of(Strategy.ROUND_ROBIN))
    if group.strategy is Strategy.ROUND_ROBIN and decision.rule in by_turns:
        step.change(turns=step.centre.turns.set(group.id, decision.agent))
    step.because(decision.rule)
    if call.op is None:
        _ring(step, live)
    elif not call.hushed:  # a second order might stop what is played after it
        hush(step, live)


def _noted(step: Step, offer: LiveOffer, decision: RoutingDecision) -> Offer:
    phone = step.centre.directory.agents[offer.agent].phone
    assert phone is not None  # nobody is free without one
    return Offer(offer.leg, offer.agent, offer.group, phone, decision, step.moment)


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
    if hang_up_again(step, event.leg):
        return
    live = step.live_on(event.leg)
    offer = live.call.offer_on(event.leg) if live is not None else None
    if live is None or offer is None:
        return
    if live.call.state is CallState.RINGING_AGENT:
        step.move_agent(offer.agent, AgentTrigger.PHONE_RANG)
        step.keep_record(live, offer_rang(live.record, event.leg, step.moment))


def agent_answered(step: Step, live: LiveCall, leg: LegId) -> None:
    """The agent took the call, and the switch joins the legs (C1: the agent is on call from this moment).

    Where the group whispers, the join is due when that is over; phones that ring as well would ring until then. Without
    a whisper the switch stops them by itself, and which of two is joined who answer in one moment is for it to say.
    """
    if live.call.state is not CallState.RINGING_AGENT or live.call.offer_on(leg) is None:
        return
    live = _taken_up(step, live, leg)
    call = replace(advance(live.call, CallTrigger.AGENT_ANSWERED), unguarded=True)
    live = step.keep_call(live, call)
    assert call.offer is not None  # the one that was taken up
    whispers_for = WHISPER_AT_MOST if call.offer.whisper is not None else 0
    step.start_timer(TimerId(f"connect:{call.id}"), Micros(BRIDGE_WITHIN + whispers_for))
    if call.offer.whisper is not None:
        stop_others(step, live)


def _taken_up(step: Step, live: LiveCall, leg: LegId) -> LiveCall:
    """Note who has taken the call up: their offer is the first one from now on."""
    call = live.call.led_by(leg)
    assert call.offer is not None  # callers of this function look
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.move_agent(call.offer.agent, AgentTrigger.ANSWERED)
    return step.keep(replace(live, call=call, record=offer_answered(live.record, leg, step.moment)))


def stop_others(step: Step, live: LiveCall) -> LiveCall:
    """Somebody has the caller: whose phones ring as well, and have not stopped by themselves, are not rung any more."""
    for offer in live.call.others:
        live = withdraw_offer(step, live, offer, OfferResult.ANSWERED_ELSEWHERE, ELSEWHERE)
    return live


def answered_unheard(step: Step, live: LiveCall, leg: LegId) -> None:
    """The agent took the call while we were deaf; whether the legs were joined was not told either."""
    agent_answered(step, live, leg)
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
    offer = (live.call.offer_on(event.leg) or live.call.offer_on(event.other)) if live is not None else None
    if live is None or offer is None:
        return
    if live.call.state is CallState.RINGING_AGENT:  # the answer is told after it
        agent_answered(step, live, offer.leg)
    elif live.call.state is CallState.CONNECTING and offer != live.call.offer:  # two answered; it chose the other one
        _taken_up(step, live, offer.leg)
    live = step.centre.calls[live.call.id]
    if live.call.state is not CallState.CONNECTING:
        return
    live = _stop_the_rest(step, live)
    for kind in ("connect", "wait", "back"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))
    leave_line(step, live)
    record = enter_segment(
        live.record, SegmentKind.TALK, step.moment, EndedBy.AGENT, "answered", group=offer.group, agent=offer.agent
    )
    counting.answered(step, live.call.id, record)
    call = replace(advance(live.call, CallTrigger.BRIDGED), bridging=offer.attempt, op=None)
    step.keep(replace(live, call=call, record=record))
    step.keep_agent(talked_with_caller(step.agent(offer.agent)))


def _stop_the_rest(step: Step, live: LiveCall) -> LiveCall:
    """The switch has joined one: it told before of every other leg that it ended, so that who was silent had none.

    (FreeSWITCH 1.10.12, trace ring-all: no leg is made for a phone that is not registered, and nothing is told of it.)
    """
    for offer in live.call.others:
        if step.agent(offer.agent).state is AgentState.RESERVED:
            offer_leg_ended(step, live, offer.leg, NEVER_RANG)
            live = step.centre.calls[live.call.id]
    return stop_others(step, live)


def offer_leg_ended(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """An agent's leg is over before caller and agent were joined: the others ring on, or the caller goes on."""
    offer = live.call.offer_on(leg)
    assert offer is not None  # the caller of this function looked
    result = _result(live.call, offer, cause)
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.change(legs=step.centre.legs.delete(leg))
    live = step.keep_record(live, offer_ended(live.record, leg, step.moment, result, cause))
    free_agent(step, offer.agent, result)
    _out(step, step.keep_call(live, live.call), offer, result)


def _result(call: Call, offer: LiveOffer, cause: str) -> OfferResult:
    """Return what an offer came to; who hangs up on what is whispered to them does not want the call.

    Who took the call up has not missed it, whatever ended it then.
    """
    result = offer_result_of(cause)
    if call.state is not CallState.CONNECTING or offer != call.offer:
        return result
    if offer.whisper is not None and cause == NORMAL:
        return OfferResult.DECLINED
    return OfferResult.FAILED if result is OfferResult.NO_ANSWER else result


def give_up_offer(step: Step, live: LiveCall, result: OfferResult, cause: str) -> None:
    """We end all that rings for a caller ourselves (no reply of the switch): the caller goes on to the next agent."""
    if live.call.state is CallState.CONNECTING:
        live = stop_others(step, live)
    for offer in live.call.offers:
        give_up_one(step, step.centre.calls[live.call.id], offer, result, cause)


def give_up_one(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult, cause: str) -> None:
    """We end one offer ourselves (agent signed out): the others ring on, or the caller goes on to the next agent."""
    _out(step, withdraw_offer(step, live, offer, result, cause), offer, result)


def _out(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult) -> None:
    """An offer is over: the others ring on, also where it was that of one who had answered, or the caller waits on."""
    live = step.keep_call(live, _remembering(live.call.without_offer(offer.leg), offer, result, step.now))
    note_miss(step, offer.agent, result)
    counting.offer_not_taken(step, offer.group, result)
    step.because(f"offer_result.{result}")
    call = live.call
    if call.offer is None:
        back_in_line(step, live, offer, result)
    elif call.state is CallState.CONNECTING and step.agent(call.offer.agent).state is not AgentState.ON_CALL:
        step.cancel_timer(TimerId(f"connect:{call.id}"))
        step.keep_call(live, advance(advance(call, CallTrigger.OFFER_FAILED), CallTrigger.OFFERED))


def _remembering(call: Call, offer: LiveOffer, result: OfferResult, now: Micros) -> Call:
    """Return the call with what it learned of an agent; who was not quick enough was not tried in vain."""
    if result is OfferResult.ANSWERED_ELSEWHERE:
        return call
    tried = {**call.tried, offer.agent: call.tried.get(offer.agent, 0) + 1}
    declined = {**call.declined, offer.agent: now} if result is OfferResult.DECLINED else call.declined
    return replace(call, tried=tried, declined=declined)


def back_in_line(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult) -> None:
    """Nothing rings for the caller any more, this offer being the last: they wait on, at the same place."""
    step.cancel_timer(TimerId(f"connect:{live.call.id}"))
    call = advance(live.call, CallTrigger.OFFER_FAILED)
    record = enter_segment(
        live.record, SegmentKind.LINE, step.moment, _ended_by(result), f"offer_{result}", group=call.group
    )
    if not call.hears_us:
        expect(step, call)
    remind_of_decliners(step, step.keep(replace(live, call=call, record=record)))
    step.rematch.update(call.lines)


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
    talk_ended(step, offer)
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
    if offer is not None and offer.attempt == event.other and live.call.state is not CallState.TALKING:
        _all_over(step, live, event.cause)
        live = step.centre.calls[live.call.id]
    if live.call.away:  # the dialplan has the leg next
        _not_in_our_hands(step, live)
    else:
        take_back(step, live)
    if live.call.state is CallState.TALKING:  # the agent's end is about to be told; it must not be waited for, for ever
        step.start_timer(TimerId(f"free:{live.call.id}"), FREE_WITHIN)


def _not_in_our_hands(step: Step, live: LiveCall) -> None:
    """The caller's leg is free and our connection to it is gone: nothing can be ordered before it is handed over."""
    step.cancel_timer(TimerId(f"free:{live.call.id}"))
    live = step.keep_call(live, replace(live.call, bridging=None))
    if live.call.state is not CallState.TALKING:
        expect(step, live.call)


def _all_over(step: Step, live: LiveCall, cause: str) -> None:
    """The attempt is over, and nobody was joined as far as we know: so is what was not told of each leg.

    Who was silent where several were to ring had no leg: a phone that is not registered. The cause is the first one's.
    """
    for offer in reversed(live.call.offers):
        why = cause
        if cause == BridgeEnded.SUCCESS:
            why = NORMAL if offer == live.call.offer else ELSEWHERE
        elif offer.first and cause != NOT_ORIGINATED and step.agent(offer.agent).state is AgentState.RESERVED:
            why = NEVER_RANG
        offer_leg_ended(step, step.centre.calls[live.call.id], offer.leg, why)


def someone_signed_in(step: Step, group: GroupId) -> bool:
    """Tell whether a group has a signed-in member; one that the directory has no more has nobody.

    Who is on a break for not answering does not count: callers must not wait for nobody, for ever.
    """
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
