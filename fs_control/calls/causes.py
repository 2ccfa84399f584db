"""What FreeSWITCH's hang-up causes mean for an offer and for a caller's leg.

The causes are those that the traces show (originate-results, bridge-busy, bridge-declined, bridge-no-answer,
bridge-unregistered, bridge-unreachable) and their near relatives in Q.850.
"""

from __future__ import annotations

from typing import Final

from fs_control.records import Disposition, EndedBy, OfferResult

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


_BY_DISPOSITION: Final[dict[str, EndedBy]] = {
    "recv_bye": EndedBy.CALLER,
    "recv_cancel": EndedBy.CALLER,
    "send_bye": EndedBy.SWITCH,
    "send_cancel": EndedBy.SWITCH,
    "send_refuse": EndedBy.SWITCH,
}
"""Who sent the message that ended a caller's leg (mod_sofia 1.10.12: sofia.c, sofia_handle_sip_i_bye and
our_sofia_event_callback; mod_sofia.c, sofia_on_hangup). A refusal (recv_refuse) is told by its cause."""


NORMAL: Final = "NORMAL_CLEARING"
"""The cause with which a call ends that was taken up, and one of which nothing else is to be said."""

_NEVER_TAKEN_UP: Final[dict[Disposition, str]] = {
    Disposition.NUMBER_FULL: "USER_BUSY",
    Disposition.LINE_FULL: "USER_BUSY",
    Disposition.NOBODY_FREE: "USER_BUSY",
    Disposition.WAITED_TOO_LONG: "NO_ANSWER",
    Disposition.NOBODY_SIGNED_IN: "NO_ANSWER",
    Disposition.CENTRE_FULL: "NORMAL_CIRCUIT_CONGESTION",
    Disposition.DRAINING: "NORMAL_TEMPORARY_FAILURE",
    Disposition.FAILED: "NORMAL_TEMPORARY_FAILURE",
    Disposition.RECORDS_FULL: "NORMAL_TEMPORARY_FAILURE",
}
"""What the caller's network is told of a call that nobody took up: not that it went well."""


_OUTBOUND: Final[dict[str, Disposition]] = {
    "NO_ANSWER": Disposition.NO_ANSWER,
    "NO_USER_RESPONSE": Disposition.NO_ANSWER,
    "ALLOTTED_TIMEOUT": Disposition.NO_ANSWER,
    "PROGRESS_TIMEOUT": Disposition.NO_ANSWER,
    "RECOVERY_ON_TIMER_EXPIRE": Disposition.NOT_CARRIED,
    "USER_BUSY": Disposition.BUSY,
    "CALL_REJECTED": Disposition.DECLINED,
    "SUBSCRIBER_ABSENT": Disposition.UNREACHABLE,
    "DESTINATION_OUT_OF_ORDER": Disposition.UNREACHABLE,
    "USER_NOT_REGISTERED": Disposition.UNREACHABLE,
    "UNALLOCATED_NUMBER": Disposition.NUMBER_UNKNOWN,
    "INVALID_NUMBER_FORMAT": Disposition.NUMBER_UNKNOWN,
    "NUMBER_CHANGED": Disposition.NUMBER_UNKNOWN,
    "NO_ROUTE_DESTINATION": Disposition.NUMBER_UNKNOWN,
    "NO_ROUTE_TRANSIT_NET": Disposition.NUMBER_UNKNOWN,
    "ORIGINATOR_CANCEL": Disposition.CANCELLED,
    "SWITCH_LOST": Disposition.FAILED,
    "DIAL_TIMEOUT": Disposition.FAILED,
}
"""What the end of a customer's leg that never answered says of the call that an agent made (Q.850; RFC 3398, 8.2.6.1:
404 is 1, 480 is 18 or 19, 486 is 17, 503 is 41, 603 is 21, as mod_sofia turns them, sofia_glue.c 1.10.12)."""


def outbound_verdict_of(cause: str) -> Disposition:
    """Return what became of a call to a customer who never answered; causes we do not know are the carrier's."""
    return _OUTBOUND.get(cause, Disposition.NOT_CARRIED)


def refusal_of(verdict: Disposition | None) -> str:
    """Return the cause with which we end the leg of a caller who was never answered."""
    return NORMAL if verdict is None else _NEVER_TAKEN_UP.get(verdict, NORMAL)


def offer_result_of(cause: str) -> OfferResult:
    """Return what the end of an agent's unanswered leg says about the offer; FAILED for causes we do not know."""
    return _OFFER_RESULTS.get(cause, OfferResult.FAILED)


def ended_by_of(cause: str, disposition: str = "") -> EndedBy:
    """Return who ended a caller's leg that we did not end: the caller, or the switch (time-outs, shutdown).

    `disposition` is FreeSWITCH's `sip_hangup_disposition`, where it was told, and knows better than the cause.
    """
    by_cause = EndedBy.CALLER if cause in _CALLERS_OWN else EndedBy.SWITCH
    return _BY_DISPOSITION.get(disposition, by_cause)
