"""Reaching one agent whom the flow names, without a line: an offer like any other, made for no group.

Owns whether the agent can be rung and what the flow learns of it; ringing, joining and misses are those of all offers.
Easy to break: after a silence of the link an attempt that was cut off is made again, as in a line, and the agent's
phone was not to blame for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import AgentState
from fs_control.calls import CallTrigger, LiveOffer, advance
from fs_control.cdr import enter_segment
from fs_control.centre import detour, flows, offers, outbound, wrap_up
from fs_control.centre.endings import LOST
from fs_control.centre.hearing import expect
from fs_control.centre.muster import reason_against
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.flow import Reach, TalkExit
from fs_control.ids import AgentId, TimerId, seconds
from fs_control.records import EndedBy, OfferResult, RoutingDecision, SegmentKind

NAMED: Final = "named.in_flow"
"""The rule of a decision that the flow made: this agent and nobody else."""

BY_COLLEAGUE: Final = "named.by_colleague"
"""The same of a colleague who has dialled their number (A15)."""

NOT_RUNG: Final = "not_rung"
"""What the record says of an agent who could not be rung; the detail is their number and why."""

AGENT_UNKNOWN: Final = "reason.no_such_agent"

_EXITS: Final = {
    AGENT_UNKNOWN: TalkExit.NOT_SIGNED_IN,
    "reason.signed_out": TalkExit.NOT_SIGNED_IN,
    "reason.no_phone": TalkExit.NOT_SIGNED_IN,
}
"""How the flow goes on where the agent cannot be rung; with any other reason they cannot take the call: busy."""

SIGNED_OUT: Final = "AGENT_SIGNED_OUT"

_PASSING: Final = ("reason.resting", "reason.wrap_up")
"""What keeps an agent from calls after one, and not from the customer of that very call who comes back."""


def reach(step: Step, live: LiveCall, order: Reach) -> TalkExit | None:
    """Ring an agent for a caller; or return why that cannot be at this moment."""
    agent = next((each.id for each in step.centre.directory.agents.values() if each.number == order.agent), None)
    against = reason_against(step, agent) if agent is not None else None
    is_passing = against is not None and against.reason in _PASSING
    if agent is not None and is_passing and detour.may_be_disturbed(live, step.agent(agent)):
        _disturb(step, agent)
        against = reason_against(step, agent)
    if agent is None or against is not None:
        reason = against.reason if against is not None else AGENT_UNKNOWN
        step.note(live, NOT_RUNG, f"{order.agent}/{reason}")
        return _EXITS.get(reason, TalkExit.BUSY)
    rule = NAMED if live.own is None else BY_COLLEAGUE
    offers.make_offer(step, live, RoutingDecision(rule, agent), seconds(order.ring_s))
    return None


def is_still_leaving(step: Step, live: LiveCall) -> bool:
    """Tell whether the agent who is to be rung is just leaving this very call, by another leg that ends in a moment."""
    wanted = live.talk.agent if isinstance(live.talk, Reach) else None
    agents = step.centre.directory.agents
    return any(
        closing.call == live.call.id and closing.agent in agents and agents[closing.agent].number == wanted
        for closing in step.centre.closing.values()
    )


def unreached(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult, cause: str) -> None:
    """The agent's phone rings no more and nobody talks: the flow goes on, or the phone is rung again."""
    step.cancel_timer(TimerId(f"connect:{live.call.id}"))
    call = advance(live.call, CallTrigger.UNREACHED)
    by = EndedBy.AGENT if result in (OfferResult.DECLINED, OfferResult.BUSY) else EndedBy.CENTRE
    record = enter_segment(live.record, SegmentKind.IVR, step.moment, by, f"offer_{result}")
    expect(step, call)
    live = step.keep(replace(live, call=call, record=record))
    if cause == LOST:
        _let_ring(step, offer.agent)
    if live.outgoing is not None:
        _dialler_unreached(step, live, offer, cause)
    elif cause == LOST:
        return
    elif cause == SIGNED_OUT:
        flows.talk_over(step, live, TalkExit.NOT_SIGNED_IN)
    else:
        flows.talk_over(step, live, TalkExit.NO_ANSWER if result is OfferResult.NO_ANSWER else TalkExit.BUSY)


def _dialler_unreached(step: Step, live: LiveCall, offer: LiveOffer, cause: str) -> None:
    """The customer is there whom this agent called: the phone is rung again, or there is no use in it."""
    if cause == LOST and step.agent(offer.agent).state is AgentState.IDLE:
        step.reserve([offer.agent], live.call.id)
    else:
        outbound.agent_unreached(step, live)


def _disturb(step: Step, agent: AgentId) -> None:
    """End what comes after a call: that call is not over yet."""
    wrap_up.end(step, agent)
    _let_ring(step, agent)


def _let_ring(step: Step, agent: AgentId) -> None:
    """Let a phone be rung at once: we stopped its ringing ourselves, or it is for the customer of before."""
    step.cancel_timer(TimerId(f"rest:{agent}"))
    step.keep_agent(replace(step.agent(agent), rest=None))
