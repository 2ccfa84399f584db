"""What it means that somebody leaves a talk, by whatever way: each of those who are left has a defined end.

The customer's own leaving ends the call and is not here (`endings.finish`).
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import CallState, TalkState
from fs_control.centre import consulting, dialling, flows, joining, offers_over, transferring
from fs_control.centre.endings import free_agent
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import LegId


def leg_left(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """A leg of a call that is not the customer's is over."""
    call = live.call
    if consulting.is_colleague(live, leg):
        consulting.colleague_gone(step, live, cause)
    elif call.leaving is not None and call.leaving.leg == leg:
        step.change(legs=step.centre.legs.delete(leg))
        step.keep_call(live, replace(call, leaving=None))
        free_agent(step, call.leaving.agent)
    elif call.dialled is not None:
        dialling.leg_over(step, live, cause)
    elif call.state is CallState.TALKING:
        _agent_left(step, live, leg, cause)
    else:
        offers_over.offer_leg_ended(step, live, leg, cause)


def _agent_left(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    if consulting.colleague_left_before_join(step, live, cause):
        return
    match live.call.talk.state:
        case TalkState.CONSULT_RINGING:
            transferring.agent_left_ringing(step, live)
        case TalkState.CONSULTING | TalkState.SWAPPED | TalkState.THREE_WAY:
            consulting.agent_gone(step, live)
        case _:
            flows.served(step, joining.agent_left(step, live, leg, cause))
