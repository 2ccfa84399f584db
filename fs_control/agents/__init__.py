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
    gone_on_break,
    let_go,
    made_ready,
    reached_customer,
    rest_after,
    signed_in,
    signed_out,
    talked_with_caller,
    with_break_after_call,
    with_customer,
    without_counts,
    wrapping_up,
)
from fs_control.agents.settings import (
    Given,
    Source,
    default_terminal,
    diverts,
    first_given,
    starts_on_break,
    wrap_up_of,
)

__all__ = [
    "Agent",
    "AgentState",
    "AgentStatus",
    "AgentTrigger",
    "Break",
    "BreakCause",
    "Given",
    "Moment",
    "Rest",
    "Source",
    "advance",
    "after_offer",
    "allowed_actions",
    "default_terminal",
    "diverts",
    "first_given",
    "gone_on_break",
    "let_go",
    "made_ready",
    "reached_customer",
    "refusal_of",
    "rest_after",
    "signed_in",
    "signed_out",
    "starts_on_break",
    "talked_with_caller",
    "with_break_after_call",
    "with_customer",
    "without_counts",
    "wrap_up_of",
    "wrapping_up",
]
