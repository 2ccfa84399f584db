"""The call record as a fold: one small function for each thing that can happen to a call.

Knows only the record. Easy to break: a segment starts where the one before it ended, so every function that opens
one closes the open one at the same moment, and no moment lies before the start of the open segment.
"""

from fs_control.cdr.agents import AgentDetail, agent_details
from fs_control.cdr.consults import colleague_asked
from fs_control.cdr.fold import (
    call_answered,
    close_record,
    enter_segment,
    offer_answered,
    offer_ended,
    offer_made,
    offer_rang,
    open_outbound,
    open_record,
    step_taken,
)
from fs_control.cdr.outside import DIALLED, number_outside

__all__ = [
    "DIALLED",
    "AgentDetail",
    "agent_details",
    "call_answered",
    "close_record",
    "colleague_asked",
    "enter_segment",
    "number_outside",
    "offer_answered",
    "offer_ended",
    "offer_made",
    "offer_rang",
    "open_outbound",
    "open_record",
    "step_taken",
]
