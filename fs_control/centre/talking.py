"""A talk between customer and agent while it lasts: hold, resume, mute, and the join after each of them (C2, C5).

What is meant to be stands in `Call.talk`; here it is ordered, as soon as the customer's leg is in our hands (`settle`).
The colleague who may be asked is the business of `consulting`. Easy to break: after `ParkLeg` the customer comes back
on the wire on which they are (`BridgeEnded`) or on a new one (`CallReturned`), and whoever wants them joined again in
the meantime has to wait for that, or the end of the first join would be taken for that of the second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import AgentState
from fs_control.calls import (
    NORMAL,
    Call,
    CallState,
    TalkState,
    TalkTrigger,
    advance_talk,
)
from fs_control.cdr import enter_segment
from fs_control.centre.endings import close_leg
from fs_control.centre.hearing import expect, take_back
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.supervised import leg_of_leader
from fs_control.commands import (
    BridgeLegs,
    EndWithCustomer,
    HangUp,
    JoinColleague,
    LetWait,
    MuteLeg,
    ParkLeg,
    StopPlaying,
    StopWaiting,
)
from fs_control.events import ActionRequested, LegsBridged
from fs_control.ids import NO_GROUP, AgentId, LegId, OpId, TimerId, seconds
from fs_control.records import Action, EndedBy, SegmentKind

JOIN_WITHIN: Final = seconds(3)
"""Joining two legs that are there takes three ticks of the switch; after so long it is ordered again."""

MOST_JOINS: Final = 3
"""So often a join is ordered before the agent is given up."""

REJECTED: Final = "CALL_REJECTED"

HELD: Final = "held"
RESUMED: Final = "resumed"
MUTED: Final = "muted"
UNMUTED: Final = "unmuted"
"""What the record says of a talk, with the agent's number."""


# --- what is asked --------------------------------------------------------------------------------------------------


def hold(step: Step, event: ActionRequested) -> Refusal | None:
    """The customer hears music, and nothing of the agent."""
    live = step.call_of(event.agent)
    live = change_talk(step, note_of_agent(step, live, HELD), TalkTrigger.HELD)
    live = spend(step, live, SegmentKind.HOLD, HELD)
    set_apart(step, live)
    return None


def resume(step: Step, event: ActionRequested) -> Refusal | None:
    """Customer and agent hear each other again."""
    live = step.call_of(event.agent)
    if live.call.talk.by_phone:
        return Refusal("held_by_phone", {"agent": step.number_of(event.agent)})
    live = change_talk(step, note_of_agent(step, live, RESUMED), TalkTrigger.RESUMED)
    want_joined(step, spend(step, live, SegmentKind.TALK, RESUMED))
    return None


def mute(step: Step, event: ActionRequested) -> Refusal | None:
    """The customer hears nothing of the agent."""
    return _set_muted(step, event, muted=True)


def unmute(step: Step, event: ActionRequested) -> Refusal | None:
    """The customer hears the agent again."""
    return _set_muted(step, event, muted=False)


def _set_muted(step: Step, event: ActionRequested, *, muted: bool) -> Refusal | None:
    live = step.call_of(event.agent)
    if live.call.talk.muted is muted:
        code = "already_muted" if muted else "not_muted"
        return Refusal(code, {"agent": step.number_of(event.agent)})
    live = note_of_agent(step, live, MUTED if muted else UNMUTED)
    live = step.keep_call(live, replace(live.call, talk=replace(live.call.talk, muted=muted)))
    step.order(MuteLeg(live.call.id, agent_leg(live.call), muted))
    return None


def hang_up(step: Step, event: ActionRequested) -> Refusal | None:
    """The agent leaves: the end of the leg says what that means, as if the phone were put down."""
    agent = step.agent(event.agent)
    live = step.live(agent.call)
    leg = leg_of_leader(step.centre, event.agent)
    if live is not None and leg is None:
        leg = leg_of_agent(live, event.agent)
    if live is None or leg is None:
        return Refusal("action_without_call", {"agent": step.number_of(event.agent)})
    step.order(HangUp(live.call.id, leg, NORMAL if agent.state is AgentState.ON_CALL else REJECTED))
    return None


def leg_of_agent(live: LiveCall, agent: AgentId) -> LegId | None:
    """Return the leg on which an agent is in a call, or None."""
    consulted = live.call.talk.consulted
    if consulted is not None and consulted.agent == agent:
        return consulted.leg
    if live.own is not None and live.own.agent == agent:
        return live.call.leg
    return next((offer.leg for offer in live.call.offers if offer.agent == agent), None)


def is_changing(step: Step, agent: AgentId) -> bool:
    """Tell whether the legs of an agent's talk are just being joined: that takes the switch a few ticks."""
    live = step.live(step.agent(agent).call)
    return live is not None and (live.call.talk.apart or bool(live.call.talk.joining))


def is_joining(step: Step, agent: AgentId) -> bool:
    """Tell whether the switch has been ordered to join the legs of an agent's talk and has not said that it did.

    A leg that ends just then takes the other one with it (switch_ivr_bridge.c, uuid_bridge_on_soft_execute: FreeSWITCH
    1.10.12 hangs up with DESTINATION_OUT_OF_ORDER): the customer would be cut off instead of hearing the flow go on.
    """
    live = step.live(step.agent(agent).call)
    return live is not None and bool(live.call.talk.joining)


# --- what has to be ordered for it ----------------------------------------------------------------------------------


def set_apart(step: Step, live: LiveCall) -> LiveCall:
    """Take the agent's leg from the customer's; the agent hears a tone, and the customer music when they are back."""
    leg = agent_leg(live.call)
    call, op = with_other_op(live.call)
    step.order(ParkLeg(call.id, leg), LetWait(call.id, leg, op))
    expect(step, call)
    return step.keep_call(live, replace(call, talk=replace(call.talk, tone=op, apart=False, joining=0)))


def want_joined(step: Step, live: LiveCall) -> LiveCall:
    """Customer and agent are to be joined: now, or as soon as the customer's leg is in our hands."""
    live = step.keep_call(live, replace(live.call, talk=replace(live.call.talk, apart=True)))
    expect(step, live.call)
    _join_where_possible(step, live)
    return step.centre.calls[live.call.id]


def settle(step: Step) -> None:
    """Join those who are to be joined and could not be when that was wanted."""
    for call_id in list(step.touched):
        live = step.live(call_id)
        if live is not None and live.call.talk.apart:
            _join_where_possible(step, live)


def _join_where_possible(step: Step, live: LiveCall) -> None:
    call = live.call
    can_be = call.hears_us and step.centre.link_lost_at is None
    if can_be and call.state in (CallState.TALKING, CallState.OUTSIDE):
        join_now(step, live)


def join_now(step: Step, live: LiveCall) -> None:
    """Join customer and agent out of whatever their legs are in; whoever hands the customer over leaves by that."""
    call, leaving, leg = live.call, live.call.leaving, far_leg(live.call)
    if call.op is not None:  # music that was ordered and has not begun would begin in the middle of something later
        step.order(StopWaiting(call.id, call.leg))
    step.order(BridgeLegs(call.id, call.leg, leg))
    step.start_timer(TimerId(f"join:{call.id}"), JOIN_WITHIN)
    talk = replace(call.talk, apart=False, joining=call.talk.joining + 1, tone=None)
    joining = replace(call, bridging=leg, op=None, hushed=False, unguarded=True, returns=True, leaving=None, talk=talk)
    step.keep_call(live, joining)
    if leaving is not None:
        close_leg(step, call.id, leaving.leg, leaving.agent, NORMAL)


def not_joined(step: Step, live: LiveCall) -> None:
    """The join was not told: order it again, which does no harm to a pair that talks; at last the agent is given up."""
    call = live.call
    if not call.talk.joining or call.state not in (CallState.TALKING, CallState.OUTSIDE):
        return
    if call.talk.state is TalkState.CONSULTING:
        join_colleague(step, live)
    elif call.talk.joining < MOST_JOINS:
        join_now(step, live)
    else:
        step.keep_call(live, replace(call, talk=replace(call.talk, joining=0)))
        step.order(HangUp(call.id, far_leg(call), NORMAL))


def join_colleague(step: Step, live: LiveCall) -> LiveCall:
    """Join agent and colleague, out of the talk of the two; in vain, the agent is to be with the customer again."""
    call, consulted = live.call, live.call.talk.consulted
    assert consulted is not None  # somebody is asked
    if call.talk.joining == MOST_JOINS:
        step.order(HangUp(call.id, consulted.leg, NORMAL))  # its end says the rest
        return step.keep_call(live, replace(call, talk=replace(call.talk, joining=0)))
    step.order(JoinColleague(call.id, agent_leg(call), consulted.leg))
    step.start_timer(TimerId(f"join:{call.id}"), JOIN_WITHIN)
    return step.keep_call(live, replace(call, talk=replace(call.talk, joining=call.talk.joining + 1)))


def join_refused(step: Step, live: LiveCall) -> None:
    """One of the two legs is no more, and its end is told; the customer's, if it is there, is where it was: with us.

    Whatever plays there has lost its name to the join, so it is stopped. What rings by now is none of this.
    """
    call = live.call
    if call.bridging is None or call.away or call.state in (CallState.RINGING_AGENT, CallState.DIALLING):
        return
    step.cancel_timer(TimerId(f"join:{call.id}"))
    step.order(StopPlaying(call.id, call.leg))
    take_back(step, step.keep_call(live, replace(call, talk=replace(call.talk, joining=0))))


def joined(step: Step, live: LiveCall, event: LegsBridged) -> None:
    """Two of a talk hear each other; where these are customer and agent, what was ordered has come about."""
    call, pair = live.call, {event.leg, event.other}
    consulted = call.talk.consulted
    with_customer = pair == {call.leg, far_leg(call)}
    with_colleague = call.talk.state is TalkState.CONSULTING and consulted is not None and consulted.leg in pair
    if with_customer and call.talk.joining:  # before, the leg might have gone with the end of its last talk
        step.order(EndWithCustomer(call.id, far_leg(call)))
    if with_customer or with_colleague:
        step.cancel_timer(TimerId(f"join:{call.id}"))
        step.keep_call(live, replace(call, talk=replace(call.talk, joining=0)))


# --- held by the phone's own key ------------------------------------------------------------------------------------


def held_by_phone(step: Step, live: LiveCall) -> None:
    """The agent's phone holds the customer by itself: the switch plays the music, and the two stay joined."""
    if live.call.talk.is_consult or live.call.talk.lets_customer_wait or live.call.talk.by_phone:
        return
    live = change_talk(step, note_of_agent(step, live, HELD), TalkTrigger.HELD)
    live = step.keep_call(live, replace(live.call, talk=replace(live.call.talk, by_phone=True)))
    spend(step, live, SegmentKind.HOLD, HELD)


def unheld_by_phone(step: Step, live: LiveCall) -> None:
    """The agent's phone has taken the customer back."""
    if not live.call.talk.by_phone:
        return
    live = step.keep_call(live, replace(live.call, talk=replace(live.call.talk, by_phone=False)))
    live = change_talk(step, note_of_agent(step, live, RESUMED), TalkTrigger.RESUMED)
    spend(step, live, SegmentKind.TALK, RESUMED)


# --- small things that others need too ------------------------------------------------------------------------------


def change_talk(step: Step, live: LiveCall, trigger: TalkTrigger) -> LiveCall:
    """Take the talk through its table."""
    step.because(f"talk.{trigger}")
    return step.keep_call(live, replace(live.call, talk=advance_talk(live.call.talk, trigger)))


def spend(step: Step, live: LiveCall, kind: SegmentKind, cause: str, by: EndedBy = EndedBy.AGENT) -> LiveCall:
    """From now on the customer's time is spent on this, with the agent whose call it is; the last one ends by `by`."""
    offer = live.call.offer
    agent, group = (offer.agent, offer.group) if offer is not None else (None, NO_GROUP)
    known = group if group != NO_GROUP else None
    return step.keep_record(live, enter_segment(live.record, kind, step.moment, by, cause, group=known, agent=agent))


def note_of_agent(step: Step, live: LiveCall, kind: str) -> LiveCall:
    """Write down what the agent of a call did."""
    assert live.call.offer is not None  # a talk has one
    return step.note(live, kind, step.number_of(live.call.offer.agent))


def agent_leg(call: Call) -> LegId:
    """Return the leg of the agent who has the customer."""
    assert call.offer is not None  # a talk has one
    return call.offer.leg


def far_leg(call: Call) -> LegId:
    """Return the leg with which the customer is to be joined: the agent's, or that of somebody outside."""
    return call.dialled.leg if call.dialled is not None else agent_leg(call)


def with_other_op(call: Call) -> tuple[Call, OpId]:
    """Name an application for another leg than the customer's: nothing of the flow waits for its end."""
    named, op = call.with_next_op()
    return replace(named, op=call.op), op


def unmuted(step: Step, live: LiveCall) -> LiveCall:
    """Let the agent be heard again, by whomever it is: what mutes a leg would outlast its customer."""
    if not live.call.talk.muted:
        return live
    step.order(MuteLeg(live.call.id, agent_leg(live.call), muted=False))
    return step.keep_call(live, replace(live.call, talk=replace(live.call.talk, muted=False)))


TALK_ACTIONS: Final = {
    Action.HOLD: hold,
    Action.RESUME: resume,
    Action.MUTE: mute,
    Action.UNMUTE: unmute,
    Action.HANG_UP: hang_up,
}
