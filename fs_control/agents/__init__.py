"""The agent machine: what a person chose and what the centre does with them, kept apart.

Knows nothing of calls, groups or phones; the centre tells it what happened. Easy to break: `last_call_ended_at` (Q6)
is not the moment of becoming idle (Q7), so nothing but the end of a call may touch it.
"""

from fs_control.agents.actions import Moment, allowed_actions, refusal_of
from fs_control.agents.machine import (
    Agent,
    AgentState,
    AgentStatus,
    AgentTrigger,
    Break,
    BreakCause,
    Rest,
    advance,
    after_offer,
    made_ready,
    reached_customer,
    rest_after,
    signed_in,
    signed_out,
    talked_with_caller,
    without_counts,
)

__all__ = [
    "Agent",
    "AgentState",
    "AgentStatus",
    "AgentTrigger",
    "Break",
    "BreakCause",
    "Moment",
    "Rest",
    "advance",
    "after_offer",
    "allowed_actions",
    "made_ready",
    "reached_customer",
    "refusal_of",
    "rest_after",
    "signed_in",
    "signed_out",
    "talked_with_caller",
    "without_counts",
]
