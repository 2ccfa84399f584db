"""Why a call ends: the names of FreeSWITCH's hang-up causes, their Q.850 numbers, and what a SIP answer turns into.

Owns two tables copied from the switch's own (CAUSE_CHART of switch_channel.c, sofia_glue_sip_cause_to_freeswitch of
mod_sofia). Easy to break: causes beyond 127 are FreeSWITCH's own and report Q.850 16 (ORIGINATOR_CANCEL) or
what they stand for; unknown names read as NORMAL_CLEARING, as in switch_channel_str2cause.
"""

from __future__ import annotations

from typing import Final

NORMAL_CLEARING: Final = "NORMAL_CLEARING"

Q850: Final[dict[str, int]] = {
    "UNALLOCATED_NUMBER": 1,
    "NO_ROUTE_TRANSIT_NET": 2,
    "NO_ROUTE_DESTINATION": 3,
    "CHANNEL_UNACCEPTABLE": 6,
    "CALL_AWARDED_DELIVERED": 7,
    "NORMAL_CLEARING": 16,
    "USER_BUSY": 17,
    "NO_USER_RESPONSE": 18,
    "NO_ANSWER": 19,
    "SUBSCRIBER_ABSENT": 20,
    "CALL_REJECTED": 21,
    "NUMBER_CHANGED": 22,
    "REDIRECTION_TO_NEW_DESTINATION": 23,
    "EXCHANGE_ROUTING_ERROR": 25,
    "DESTINATION_OUT_OF_ORDER": 27,
    "INVALID_NUMBER_FORMAT": 28,
    "FACILITY_REJECTED": 29,
    "NORMAL_UNSPECIFIED": 31,
    "NORMAL_CIRCUIT_CONGESTION": 34,
    "NETWORK_OUT_OF_ORDER": 38,
    "NORMAL_TEMPORARY_FAILURE": 41,
    "SWITCH_CONGESTION": 42,
    "REQUESTED_CHAN_UNAVAIL": 44,
    "OUTGOING_CALL_BARRED": 52,
    "INCOMING_CALL_BARRED": 54,
    "SERVICE_UNAVAILABLE": 63,
    "CHAN_NOT_IMPLEMENTED": 66,
    "FACILITY_NOT_IMPLEMENTED": 69,
    "SERVICE_NOT_IMPLEMENTED": 79,
    "INCOMPATIBLE_DESTINATION": 88,
    "WRONG_CALL_STATE": 101,
    "RECOVERY_ON_TIMER_EXPIRE": 102,
    "PROTOCOL_ERROR": 111,
    "INTERWORKING": 127,
    # FreeSWITCH's own: reported as 16 in Q.850.
    "ORIGINATOR_CANCEL": 16,
    "CRASH": 16,
    "SYSTEM_SHUTDOWN": 16,
    "LOSE_RACE": 16,
    "MANAGER_REQUEST": 16,
    "BLIND_TRANSFER": 16,
    "ATTENDED_TRANSFER": 16,
    "ALLOTTED_TIMEOUT": 16,
    "USER_CHALLENGE": 16,
    "MEDIA_TIMEOUT": 16,
    "PICKED_OFF": 16,
    "USER_NOT_REGISTERED": 16,
    "PROGRESS_TIMEOUT": 16,
    "GATEWAY_DOWN": 16,
    "NO_PICKUP": 16,
}

SIP_REFUSALS: Final[dict[int, tuple[str, str]]] = {
    403: ("Forbidden", "CALL_REJECTED"),
    404: ("Not Found", "UNALLOCATED_NUMBER"),
    480: ("Temporarily Unavailable", "NO_USER_RESPONSE"),
    486: ("Busy Here", "USER_BUSY"),
    503: ("Service Unavailable", "NORMAL_TEMPORARY_FAILURE"),
    603: ("Decline", "CALL_REJECTED"),
}
"""SIP status of a refused INVITE: its phrase and the cause it becomes."""


def cause_named(text: str) -> str:
    """Read a cause by name in any case or by Q.850 number; anything else is NORMAL_CLEARING."""
    name = text.strip().upper()
    if name.isdecimal():
        by_number = {number: cause for cause, number in reversed(Q850.items())}
        return by_number.get(int(name), NORMAL_CLEARING) if len(name) < 4 else NORMAL_CLEARING
    return name if name in Q850 else NORMAL_CLEARING
