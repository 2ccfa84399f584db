"""The call machine: one customer's conversation and the legs it is made of.

Knows nothing of flows, groups' members or records. Easy to break: a call may have several offers at a time
(`Call.offers`), and a leg that we asked the switch to end is not gone before the switch says so.
"""

from fs_control.calls.causes import NORMAL, ended_by_of, offer_result_of, outbound_verdict_of, refusal_of
from fs_control.calls.machine import Call, CallState, CallTrigger, Dialled, LiveOffer, advance
from fs_control.calls.talk import Consulted, Talk, TalkState, TalkTrigger, advance_talk

__all__ = [
    "NORMAL",
    "Call",
    "CallState",
    "CallTrigger",
    "Consulted",
    "Dialled",
    "LiveOffer",
    "Talk",
    "TalkState",
    "TalkTrigger",
    "advance",
    "advance_talk",
    "ended_by_of",
    "offer_result_of",
    "outbound_verdict_of",
    "refusal_of",
]
