"""Whether an agent takes calls, as people ask for it: sign in and out, ready, break, and a break after the call.

Which of these is possible at which moment stands in `agents.actions` and has been asked; here is what depends on more
than the moment. Easy to break: what the agent is doing goes on, whatever they choose; only a ringing phone stops when
its agent signs out, and only wrap-up ends when its agent says so (A8).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fs_control.agents import (
    AgentStatus,
    Break,
    BreakCause,
    gone_on_break,
    made_ready,
    signed_in,
    starts_on_break,
    with_break_after_call,
)
from fs_control.centre import people, seats, wrap_up
from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.events import ActionRequested
from fs_control.ids import TimerId
from fs_control.records import Action


def sign_in(step: Step, event: ActionRequested) -> Refusal | None:
    """Be there for calls, or on a break to begin with (A10); whoever let the phone ring too often is back by it."""
    directory, agent = step.centre.directory, step.agent(event.agent)
    profile = directory.agents[event.agent]
    seat = seats.seat_wanted(step, profile, agent, event.terminal)
    if isinstance(seat, Refusal):
        return seat
    if agent.is_there and not seats.moves(profile, agent, seat):
        return _refused(step, event, "agent_already_signed_in")
    seats.take_seat(step, event.agent, seat)
    if not agent.is_there:
        on_break = starts_on_break(profile, directory.defaults).value
        if on_break:  # whose phone does not ring needs no rest
            step.cancel_timer(TimerId(f"rest:{event.agent}"))
        step.keep_agent(signed_in(step.agent(event.agent), step.now, on_break=on_break))
    return None


def sign_out(step: Step, event: ActionRequested) -> Refusal | None:
    """Take no more calls: a ringing phone stops, a talk goes on to its end, and there is no wrap-up any more."""
    if step.agent(event.agent).status is AgentStatus.SIGNED_OUT:
        return _refused(step, event, "agent_already_signed_out")
    people.sign_out(step, event.agent)
    return None


def ready(step: Step, event: ActionRequested) -> Refusal | None:
    """Take calls from now on: a break is over, a wrap-up too, and none begins after it (A8)."""
    step.keep_agent(made_ready(step.agent(event.agent), step.now))
    wrap_up.end(step, event.agent)
    return None


def take_break(step: Step, event: ActionRequested) -> Refusal | None:
    """Take no calls for a while, for one of the enterprise's reasons (A7, A9)."""
    refusal = _reason_refused(step, event)
    if refusal is None:
        on_break = Break(step.now, BreakCause.CHOSEN, event.reason)
        step.cancel_timer(TimerId(f"rest:{event.agent}"))
        step.keep_agent(gone_on_break(step.agent(event.agent), on_break))
    return refusal


def take_break_after_call(step: Step, event: ActionRequested) -> Refusal | None:
    """Take no more calls when this one and its wrap-up are over."""
    agent = step.agent(event.agent)
    if agent.status is AgentStatus.SIGNED_OUT:
        return _refused(step, event, "agent_not_signed_in")
    if agent.status is AgentStatus.BREAK:
        return _refused(step, event, "already_on_break")
    refusal = _reason_refused(step, event)
    if refusal is None:
        step.keep_agent(with_break_after_call(agent, event.reason))
    return refusal


def stay(step: Step, event: ActionRequested) -> Refusal | None:
    """Take back a break that was to begin after the call."""
    agent = step.agent(event.agent)
    if agent.break_after_call is None:
        return _refused(step, event, "no_break_to_come")
    step.keep_agent(with_break_after_call(agent, None))
    return None


def _reason_refused(step: Step, event: ActionRequested) -> Refusal | None:
    """Refuse a reason that the enterprise does not have; one that has none needs none."""
    known, reason = step.centre.directory.break_reasons, event.reason
    if reason in known or not (known or reason):
        return None
    code = "break_reason_unknown" if known and reason else "break_reason_missing" if known else "no_break_reasons"
    return Refusal(code, {"reason": reason, "valid": ", ".join(known)})


def _refused(step: Step, event: ActionRequested, code: str) -> Refusal:
    return Refusal(code, {"agent": step.centre.directory.agents[event.agent].number})


READINESS_ACTIONS: Final[dict[Action, Callable[[Step, ActionRequested], Refusal | None]]] = {
    Action.SIGN_IN: sign_in,
    Action.SIGN_OUT: sign_out,
    Action.READY: ready,
    Action.BREAK: take_break,
    Action.BREAK_AFTER_CALL: take_break_after_call,
    Action.STAY: stay,
}
"""The actions of this file."""
