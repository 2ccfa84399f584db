"""The call record as a fold: one small function for each thing that can happen to a call.

Knows only the record. Easy to break: a segment starts where the one before it ended, so every function that opens
one closes the open one at the same moment, and no moment lies before the start of the open segment.
"""

from fs_control.cdr.agents import AgentDetail, agent_details
from fs_control.cdr.consults import ASKED, colleague_asked
from fs_control.cdr.corrections import corrected
from fs_control.cdr.findings import Change, Finding, FindingCode
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
from fs_control.cdr.ledger import verify
from fs_control.cdr.ledger_figures import COUNTS, OF_AGENTS, Figure, Share, figure_of, figures_of_agents, shares
from fs_control.cdr.ledger_legs import TOLERANCE, must_have_leg
from fs_control.cdr.outside import DIALLED, number_outside

__all__ = [
    "ASKED",
    "COUNTS",
    "DIALLED",
    "OF_AGENTS",
    "TOLERANCE",
    "AgentDetail",
    "Change",
    "Figure",
    "Finding",
    "FindingCode",
    "Share",
    "agent_details",
    "call_answered",
    "close_record",
    "colleague_asked",
    "corrected",
    "enter_segment",
    "figure_of",
    "figures_of_agents",
    "must_have_leg",
    "number_outside",
    "offer_answered",
    "offer_ended",
    "offer_made",
    "offer_rang",
    "open_outbound",
    "open_record",
    "shares",
    "step_taken",
    "verify",
]
