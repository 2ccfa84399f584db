"""An agent takes the call up: the join with the caller, and the end of their talk by the agent.

The switch joins the two by itself (ADR 7); here it is noted, and whoever rings as well is not rung any more. Easy to
break: answer and join may be told in either order, or while we were deaf, and of two who answer in one moment the
switch says who has the caller.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.agents import AgentTrigger, talked_with_caller
from fs_control.calls import CallState, CallTrigger, Talk, advance
from fs_control.cdr import enter_segment, offer_answered
from fs_control.centre import counting, dialling, early, outbound, talking
from fs_control.centre.endings import free_agent, leave_line, talk_over
from fs_control.centre.hearing import expect, silence
from fs_control.centre.offers_over import NEVER_RANG, is_silent, offer_leg_ended, stop_others
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wrap_up import last_group
from fs_control.commands import ACCEPT_AT_MOST, WHISPER_AT_MOST, BridgeLegs
from fs_control.events import LegsBridged
from fs_control.ids import NO_GROUP, LegId, Micros, TimerId, seconds
from fs_control.records import Direction, EndedBy, SegmentKind

BRIDGE_WITHIN = seconds(10)
"""Joining two answered legs takes one tick of the switch; after this long it has failed."""


def agent_answered(step: Step, live: LiveCall, leg: LegId, *, is_joined: bool = False) -> None:
    """The agent took the call, and the switch joins the legs (C1: the agent is on call from this moment).

    On an ordinary telephone an answer says nothing (it may be a voicemail's): who `is_joined` has pressed the key.

    Where the group whispers, the join is due when that is over; phones that ring as well would ring until then. Without
    a whisper the switch stops them by itself, and which of two is joined who answer in one moment is for it to say.
    """
    offer = live.call.offer_on(leg)
    if live.call.state is not CallState.RINGING_AGENT or offer is None:
        return
    if offer.must_accept and not is_joined:
        _asked_to_accept(step, live, leg)
        return
    live = _taken_up(step, live, leg)
    call = replace(advance(live.call, CallTrigger.AGENT_ANSWERED), unguarded=True)
    live = step.keep_call(live, call)
    assert call.offer is not None  # the one that was taken up
    whispers_for = WHISPER_AT_MOST if call.offer.whisper is not None else 0
    step.start_timer(TimerId(f"connect:{call.id}"), Micros(BRIDGE_WITHIN + whispers_for))
    if call.offer.whisper is not None:
        stop_others(step, live)


def _asked_to_accept(step: Step, live: LiveCall, leg: LegId) -> None:
    """An ordinary telephone was taken up, and asks for a key: it rings on as far as the call is concerned."""
    step.keep_call(live, replace(live.call, unguarded=True))  # the answer itself has taken the guard away
    whispers_for = WHISPER_AT_MOST if any(each.whisper is not None for each in live.call.offers) else 0
    step.start_timer(TimerId(f"ring:{leg}"), Micros(ACCEPT_AT_MOST + whispers_for + BRIDGE_WITHIN))


def _taken_up(step: Step, live: LiveCall, leg: LegId) -> LiveCall:
    """Note who has taken the call up: their offer is the first one from now on."""
    call = live.call.led_by(leg)
    assert call.offer is not None  # callers of this function look
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.move_agent(call.offer.agent, AgentTrigger.ANSWERED)
    return step.keep(replace(live, call=call, record=offer_answered(live.record, leg, step.moment)))


def answered_unheard(step: Step, live: LiveCall, leg: LegId) -> None:
    """The agent took the call while we were deaf; whether the legs were joined was not told either.

    Whoever may be a voicemail is not joined by us: if no key was pressed the leg ends by itself.
    """
    offer = live.call.offer_on(leg)
    if offer is not None and offer.must_accept:
        legs_bridged(step, LegsBridged(at=step.now, leg=live.call.leg, other=leg))
        return
    agent_answered(step, live, leg)
    join_again(step, step.centre.calls[live.call.id])


def join_again(step: Step, live: LiveCall) -> None:
    """Whether the legs were joined was told while we were deaf: join them, which does no harm to a pair that talks."""
    offer = live.call.offer
    assert offer is not None  # a connecting call has one
    step.order(BridgeLegs(live.call.id, live.call.leg, offer.leg))
    step.start_timer(TimerId(f"connect:{live.call.id}"), BRIDGE_WITHIN)


def legs_bridged(step: Step, event: LegsBridged) -> None:
    """Caller and agent hear each other."""
    live = step.live_on(event.leg)
    if live is not None and (live.call.state is CallState.TALKING or live.call.talk.joining):
        talking.joined(step, live, event)
        return
    if live is not None and dialling.is_joined(live, event.leg, event.other):
        dialling.joined(step, live)
        return
    if live is not None and live.call.state is CallState.CALLING:
        outbound.joined(step, live, event)
        return
    offer = (live.call.offer_on(event.leg) or live.call.offer_on(event.other)) if live is not None else None
    if live is None or offer is None:
        return
    if live.call.state is CallState.RINGING_AGENT:  # the answer is told after it
        agent_answered(step, live, offer.leg, is_joined=True)
    elif live.call.state is CallState.CONNECTING and offer != live.call.offer:  # two answered; it chose the other one
        _taken_up(step, live, offer.leg)
    live = step.centre.calls[live.call.id]
    if live.call.state is not CallState.CONNECTING:
        return
    live = _stop_the_rest(step, live)
    for kind in ("connect", "wait", "back"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))
    leave_line(step, live)
    live = early.taken_up(step, live)
    group = offer.group if offer.group != NO_GROUP else None
    record = enter_segment(
        live.record, SegmentKind.TALK, step.moment, EndedBy.AGENT, "answered", group=group, agent=offer.agent
    )
    counting.answered(step, live.call.id, record)
    call = replace(advance(live.call, CallTrigger.BRIDGED), bridging=offer.attempt, op=None, verdict=None)
    step.keep(replace(live, call=call, record=record))
    if live.call.direction is Direction.INTERNAL:
        return  # a colleague is no customer
    if live.outgoing is not None:
        outbound.talk_began(step, step.centre.calls[live.call.id], offer.agent)
    else:
        step.keep_agent(talked_with_caller(step.agent(offer.agent), last_group(record)))


def _stop_the_rest(step: Step, live: LiveCall) -> LiveCall:
    """The switch has joined one: it told before of every other leg that it ended, so that who was silent had none.

    (FreeSWITCH 1.10.12, trace ring-all: no leg is made for a phone that is not registered, and nothing is told of it.)
    """
    for offer in live.call.others:
        if is_silent(step, offer):
            offer_leg_ended(step, live, offer.leg, NEVER_RANG)
            live = step.centre.calls[live.call.id]
    return stop_others(step, live)


def agent_left(step: Step, live: LiveCall, leg: LegId, cause: str) -> LiveCall:
    """The agent hung up while talking: free the agent; what becomes of the caller is the flow's business."""
    offer = live.call.offer
    assert offer is not None  # a talking call has one
    step.change(legs=step.centre.legs.delete(leg))
    live = talk_over(step, live, offer, cause)
    free_agent(step, offer.agent)
    if live.call.op is not None:  # music: the agent has left a customer who was on hold
        silence(step, live.call)
    step.cancel_timer(TimerId(f"join:{live.call.id}"))
    live = step.keep_call(live, replace(live.call, op=None, talk=Talk()))
    expect(step, live.call)
    return live
