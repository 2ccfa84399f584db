"""What FreeSWITCH's hang-up causes mean for an offer and for a caller's leg.

The causes are those that the traces show (originate-results, bridge-busy, bridge-declined, bridge-no-answer,
bridge-unregistered, bridge-unreachable) and their near relatives in Q.850.
"""

from __future__ import annotations

from typing import Final

from fs_control.records import EndedBy, OfferResult

_OFFER_RESULTS: Final[dict[str, OfferResult]] = {
    "USER_BUSY": OfferResult.BUSY,
    "CALL_REJECTED": OfferResult.DECLINED,
    "NO_ANSWER": OfferResult.NO_ANSWER,
    "NO_USER_RESPONSE": OfferResult.NO_ANSWER,
    "ALLOTTED_TIMEOUT": OfferResult.NO_ANSWER,
    "PROGRESS_TIMEOUT": OfferResult.NO_ANSWER,
    "SUBSCRIBER_ABSENT": OfferResult.UNREGISTERED,
    "USER_NOT_REGISTERED": OfferResult.UNREGISTERED,
    "NORMAL_TEMPORARY_FAILURE": OfferResult.UNREACHABLE,
    "RECOVERY_ON_TIMER_EXPIRE": OfferResult.UNREACHABLE,
    "DESTINATION_OUT_OF_ORDER": OfferResult.UNREACHABLE,
    "NETWORK_OUT_OF_ORDER": OfferResult.UNREACHABLE,
    "NO_ROUTE_DESTINATION": OfferResult.UNREACHABLE,
    "GATEWAY_DOWN": OfferResult.UNREACHABLE,
    "LOSE_RACE": OfferResult.ANSWERED_ELSEWHERE,
}

_CALLERS_OWN: Final = frozenset({"NORMAL_CLEARING", "ORIGINATOR_CANCEL", "USER_BUSY", "NORMAL_UNSPECIFIED", "NONE"})
"""Causes with which a caller's leg ends when the caller puts the phone down."""


def offer_result_of(cause: str) -> OfferResult:
    """Return what the end of an agent's unanswered leg says about the offer; FAILED for causes we do not know."""
    return _OFFER_RESULTS.get(cause, OfferResult.FAILED)


def ended_by_of(cause: str) -> EndedBy:
    """Return who ended a caller's leg that we did not end: the caller, or the switch (time-outs, shutdown)."""
    return EndedBy.CALLER if cause in _CALLERS_OWN else EndedBy.SWITCH
