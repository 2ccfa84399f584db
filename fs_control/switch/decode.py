"""What the switch says, as events.

Only a few of an event's 148 headers are looked at. What means nothing to us is None and costs no more. Source of
every name: the traces (queue-uuid-bridge, ivr-digits-timeout, originate-results, registrations).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from fs_control.esl import ChannelData, EventMessage, Filter, Subscribe
from fs_control.events import (
    BridgeEnded,
    CallOffered,
    CallReturned,
    DigitsCollected,
    Event,
    GatewayChanged,
    KeyPressed,
    LegAnswered,
    LegHeld,
    LegHungUp,
    LegRinging,
    LegsBridged,
    LegUnheld,
    MessageRecorded,
    PhoneRegistered,
    PhoneUnregistered,
    PromptFinished,
    RingFailed,
    TransferKeyPressed,
)
from fs_control.ids import NEVER, CallId, LegId, Micros, OpId
from fs_control.switch.names import (
    DIGITS_VARIABLE,
    NUMBER_VARIABLE,
    PHONE_VARIABLE,
    RETURN_CONTEXT,
    RETURN_EXTENSION,
    SECRET_VARIABLE,
    WAITED_LONG,
    WAITED_VARIABLE,
)
from fs_control.switch.secret import SecretDigits

SUBSCRIPTION: Final = Subscribe(
    (
        "CHANNEL_PROGRESS",
        "CHANNEL_PROGRESS_MEDIA",
        "CHANNEL_ANSWER",
        "CHANNEL_BRIDGE",
        "CHANNEL_HANGUP",
        "CHANNEL_EXECUTE_COMPLETE",
        "DTMF",
        "CHANNEL_HOLD",
        "CHANNEL_UNHOLD",
        "BACKGROUND_JOB",
    ),
    ("sofia::register", "sofia::unregister", "sofia::expire", "sofia::transferor", "sofia::gateway_state"),
)
"""What we want to be told, and nothing else: every event costs both sides."""

_APPLICATIONS: Final = ("playback", "play_and_get_digits", "bridge", "record")
"""Those whose end we wait for; the dialplan's own (`set`, `socket`) end as well and mean nothing to us."""

FILTERS: Final = (
    *(Filter("Event-Name", name) for name in (*SUBSCRIPTION.events, "CUSTOM") if name != "CHANNEL_EXECUTE_COMPLETE"),
    *(Filter("Application", application) for application in _APPLICATIONS),
)
"""An event passes if it matches one of these (mod_event_socket.c 1.10.12, event_handler)."""


_TIME: Final = re.compile(r"[1-9][0-9]{0,17}")
"""Microseconds since 1970, with room for thirty thousand years."""

_LENGTH: Final = re.compile(r"[0-9]{1,9}")
"""Milliseconds, with room for eleven days."""

_LEG: Final = re.compile(r"[0-9A-Za-z._-]{1,200}")
"""A leg's name stands between blanks in many a command, and between brackets in a dial string."""

_MOST_OF_A_NUMBER: Final = 64
"""What a phone may write as a number is any text; more of it than this names nobody."""

_OP_OF_OURS: Final = re.compile(r".+\.[0-9]+")
"""What we order has the call's name and a number; the names that FreeSWITCH gives have no dot."""

_KEY: Final = re.compile(r"[0-9*#]")
"""The keys of a telephone; A to D, and what a switch says of a flash, are none."""


def decode_offer(channel: ChannelData, call: CallId) -> CallOffered | None:
    """Read the answer to `connect` as a new caller, or None where it names no channel that a command could name.

    A switch may be set up to take a SIP Call-ID, which is the caller's to choose, for the channel's name. A leg that is
    handed over again was dialled long ago: its number is in our own variable.
    """
    leg = channel.get("Unique-ID") or ""
    if not _LEG.fullmatch(leg):
        return None
    return CallOffered(
        call=call,
        leg=LegId(leg),
        switch_at=_moment(channel.get("Caller-Channel-Created-Time")),
        dialled=(_number_called_first(channel) or channel.get("Caller-Destination-Number") or ""),
        caller=channel.get("Caller-Caller-ID-Number") or "",
        caller_name=channel.get("Caller-Caller-ID-Name") or "",
        phone=channel.get(f"variable_{PHONE_VARIABLE}") or "",
    )


def decode_return(channel: ChannelData, leg: LegId, call: CallId) -> CallReturned:
    """Read the answer to `connect` as the return of a leg whose call we know (traces key-hold, key-transfer).

    The number to which a phone has sent it stays that of the leg, and so does the transfer's own id, so that a leg
    which is handed over once more does not count as sent again.
    """
    number = channel.get("Caller-Destination-Number") or ""
    is_sent = channel.get("Caller-Context") == RETURN_CONTEXT and number != RETURN_EXTENSION
    parts = (channel.get("variable_transfer_source") or "").split(":")  # moment:id:kind:...
    transfer = parts[1] if is_sent and len(parts) > 1 else ""
    return CallReturned(
        leg=leg,
        call=call,
        sent_to=number[:_MOST_OF_A_NUMBER] if is_sent else "",
        transfer=transfer,
        answered_at=_moment(channel.get("Caller-Channel-Answered-Time")),
        waited_long=channel.get(f"variable_{WAITED_VARIABLE}") == WAITED_LONG,
    )


def _number_called_first(channel: ChannelData) -> str | None:
    is_back = channel.get("Caller-Context") == RETURN_CONTEXT
    return channel.get(f"variable_{NUMBER_VARIABLE}") if is_back else None


def decode_event(message: EventMessage) -> Event | SecretDigits | None:
    """Read one event, or None where it means nothing to us. A secret input is no event before it has been hidden."""
    reader = _READERS.get(message.name)
    return reader(message) if reader is not None else None


def _moment(text: str | None) -> Micros | None:
    """Read a time of the switch (microseconds); 0 means that it did not happen."""
    return Micros(int(text)) if text and _TIME.fullmatch(text) else None


def _leg(message: EventMessage) -> LegId:
    return LegId(message.get("Unique-ID") or "")


def _at(message: EventMessage) -> Micros | None:
    return _moment(message.get("Event-Date-Timestamp"))


def _is_on_leg_of_ours(message: EventMessage) -> bool:
    """Tell whether an event is about a leg that we made, and not about a caller's."""
    return message.get("Call-Direction") == "outbound"


def _ringing(message: EventMessage) -> Event | None:
    if not _is_on_leg_of_ours(message):
        return None  # a caller's own leg "rings" while it waits for our answer
    return LegRinging(leg=_leg(message), switch_at=_at(message))


def _answered(message: EventMessage) -> Event:
    return LegAnswered(leg=_leg(message), switch_at=_at(message))


def _bridged(message: EventMessage) -> Event:
    other = message.get("Bridge-B-Unique-ID") or message.get("Other-Leg-Unique-ID") or ""
    return LegsBridged(leg=_leg(message), switch_at=_at(message), other=LegId(other))


def _hung_up(message: EventMessage) -> Event:
    cause = message.get("Hangup-Cause") or "NORMAL_UNSPECIFIED"
    return LegHungUp(leg=_leg(message), switch_at=_at(message), cause=cause)


def _executed(message: EventMessage) -> Event | SecretDigits | None:
    op = message.get("Application-UUID")
    if not op:
        return None
    match message.get("Application"):  # one of _APPLICATIONS
        case "playback" if _is_on_leg_of_ours(message) and not _OP_OF_OURS.fullmatch(op):
            return None  # a whisper to an agent, or the music of a phone's own hold
        case "playback":
            completed = message.get("Application-Response") == "FILE PLAYED"
            return PromptFinished(leg=_leg(message), switch_at=_at(message), op=OpId(op), completed=completed)
        case "play_and_get_digits":
            return _collected(message, OpId(op))
        case "bridge":
            cause = message.get("variable_originate_disposition") or "NORMAL_UNSPECIFIED"
            return BridgeEnded(leg=_leg(message), switch_at=_at(message), other=LegId(op), cause=cause)
        case "record":
            return _recorded(message, OpId(op))
        case _:
            return None


def _collected(message: EventMessage, op: OpId) -> Event | SecretDigits:
    """Read what was typed; into which variable says whether anybody may know it."""
    leg, at = _leg(message), _at(message)
    if f" {SECRET_VARIABLE} " in (message.get("Application-Data") or ""):
        return SecretDigits(leg, at, op, message.get(f"variable_{SECRET_VARIABLE}") or "")
    return DigitsCollected(leg=leg, switch_at=at, op=op, digits=message.get(f"variable_{DIGITS_VARIABLE}") or "")


def _recorded(message: EventMessage, op: OpId) -> Event:
    """Read how long a recording is: only sound that came counts, not time (trace message)."""
    told = message.get("variable_record_ms") or ""
    length = Micros(int(told) * 1000) if _LENGTH.fullmatch(told) else NEVER
    silent = message.get("variable_silence_hits_exhausted") == "true"
    return MessageRecorded(leg=_leg(message), switch_at=_at(message), op=op, length=length, went_silent=silent)


def _key_pressed(message: EventMessage) -> Event | None:
    key = message.get("DTMF-Digit") or ""
    return KeyPressed(leg=_leg(message), switch_at=_at(message), key=key) if _KEY.fullmatch(key) else None


def _job_done(message: EventMessage) -> Event | None:
    """Read how an originate ended that made no leg; where there was one, its end is told as well."""
    leg, answer = message.get("Job-UUID") or "", message.text.strip()
    if message.get("Job-Command") != "originate" or not answer.startswith("-ERR"):
        return None
    cause = answer.removeprefix("-ERR").strip() or "NORMAL_UNSPECIFIED"
    return RingFailed(leg=LegId(leg), switch_at=_at(message), cause=cause[:80])


def _custom(message: EventMessage) -> Event | None:
    phone = message.get("from-user") or message.get("user") or ""
    match message.get("Event-Subclass"):
        case "sofia::register":
            return PhoneRegistered(phone=phone)
        case "sofia::unregister" | "sofia::expire":
            return PhoneUnregistered(phone=phone)
        case "sofia::transferor":
            return _transfer_key(message)
        case "sofia::gateway_state":
            return _gateway(message)
        case _:
            return None


_LOST: Final = frozenset({"FAILED", "FAIL_WAIT", "TIMEOUT", "DOWN"})
"""States of a gateway in which no call goes out by it (sofia_reg.c 1.10.12, sofia_state_string)."""


def _gateway(message: EventMessage) -> Event:
    """Read how a gateway is found: registered or not (`State`), and whether it answers OPTIONS (`Ping-Status`)."""
    name, state = message.get("Gateway") or "", message.get("State") or ""
    answers = message.get("Ping-Status") != "DOWN"
    return GatewayChanged(gateway=name[:64], state=state[:32], is_up=answers and state not in _LOST)


def _held(message: EventMessage) -> Event | None:
    return LegHeld(leg=_leg(message), switch_at=_at(message))


def _unheld(message: EventMessage) -> Event | None:
    return LegUnheld(leg=_leg(message), switch_at=_at(message))


def _transfer_key(message: EventMessage) -> Event:
    """Read which legs a phone hands on to whom (sofia.c, sofia_handle_sip_i_refer; traces key-transfer).

    `att_xfer_original_call_id` is there if the phone joins two calls of its own: the leg to which it talks in the
    first. Where only one call is a talk it is the phone's own leg in the other, and who talks is the destination.
    """
    leg, at = _leg(message), _at(message)
    first = message.get("att_xfer_original_call_id")
    if first is None:
        to = (message.get("variable_transfer_destination") or "").removeprefix("blind:")[:_MOST_OF_A_NUMBER]
        other = _named((message.get("variable_transfer_to") or "").removeprefix("blind:"))
        return TransferKeyPressed(leg=leg, switch_at=at, other=other, to=to)
    own, second = _named(message.get("variable_refer_uuid")), _named(message.get("att_xfer_destination_call_id"))
    if first == own:
        return TransferKeyPressed(leg=leg, switch_at=at, other=second, own=own)
    other = None if first == leg else _named(first)
    return TransferKeyPressed(leg=leg, switch_at=at, other=other, colleague=second, own=own)


def _named(text: str | None) -> LegId | None:
    return LegId(text) if text else None


_READERS: Final[dict[str, Callable[[EventMessage], Event | SecretDigits | None]]] = {
    "CHANNEL_PROGRESS": _ringing,
    "CHANNEL_PROGRESS_MEDIA": _ringing,
    "CHANNEL_ANSWER": _answered,
    "CHANNEL_BRIDGE": _bridged,
    "CHANNEL_HANGUP": _hung_up,
    "CHANNEL_EXECUTE_COMPLETE": _executed,
    "CUSTOM": _custom,
    "DTMF": _key_pressed,
    "CHANNEL_HOLD": _held,
    "CHANNEL_UNHOLD": _unheld,
    "BACKGROUND_JOB": _job_done,
}
