"""What callers and phones must have done, as far as the events of a trace show it.

Owns reading behaviours out of channels: times in their headers, causes and SIP statuses in their variables. Used for
traces of which nothing else is known. Easy to break: what one side of a bridge shows of the other counts as well, since
a controller need not have asked for the events of the agents' legs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fs_control.virtual_switch.script import HangUp, PhoneBehaviour, Step, Wait, WaitForAnswer
from tests.conformance.laboratory import ANSWER_AFTER, BEHAVIOURS, UNATTENDED
from tests.conformance.recording import Kind, Recording, Row

BY_STATUS: Final = {"486": "busy", "603": "decline", "487": "noans"}
BY_CAUSE: Final = {"USER_BUSY": "busy", "CALL_REJECTED": "decline", "NO_ANSWER": "noans", "ORIGINATOR_CANCEL": "noans"}


class Leg:
    """What a trace shows of one channel."""

    def __init__(self, recording: Recording, uuid: str) -> None:
        self.rows: list[Row] = [
            row
            for row in recording.received()
            if row.frame.get("Unique-ID") == uuid and row.frame.kind in (Kind.EVENT, Kind.CHANNEL)
        ]

    def variable(self, name: str) -> str:
        """The last value of a variable."""
        values = (row.frame.get(f"variable_{name}") for row in reversed(self.rows))
        return next((value for value in values if value), "")

    def moment(self, name: str) -> float | None:
        """When it was Created, Progress, Answered or Hangup, in seconds; None: not, or not told."""
        values = (row.frame.get(f"Caller-Channel-{name}-Time") for row in reversed(self.rows))
        found = next((value for value in values if value not in ("", "0")), "")
        return int(found) / 1e6 if found else None


def caller_steps(recording: Recording, uuid: str) -> tuple[Step, ...]:
    """A caller whose BYE or CANCEL ended the call hung up so long after the answer, or after dialling."""
    leg = Leg(recording, uuid)
    ended, answered, began = leg.moment("Hangup"), leg.moment("Answered"), leg.moment("Created")
    if ended is None or leg.variable("sip_hangup_disposition") not in ("recv_bye", "recv_cancel"):
        return ()
    if answered is None:
        return Wait(ended - (began or ended)), HangUp()
    return WaitForAnswer(), Wait(ended - answered), HangUp()


def phone_behaviours(recording: Recording, number: str) -> tuple[PhoneBehaviour, ...]:
    """What a phone did, call by call; empty: it was not called, as far as anybody can see."""
    causes = dict(_causes(recording))
    return tuple(_behaviour(Leg(recording, uuid), causes.get(uuid, "")) for uuid in _legs(recording, number))


def _behaviour(leg: Leg, cause: str) -> PhoneBehaviour:
    status = leg.variable("sip_invite_failure_status")
    if status == "503" or cause == "NORMAL_TEMPORARY_FAILURE":
        return UNATTENDED
    refusal = BY_STATUS.get(status) or BY_CAUSE.get(cause)
    if refusal is not None:
        return BEHAVIOURS[refusal]
    rang, answered, ended = leg.moment("Progress"), leg.moment("Answered"), leg.moment("Hangup")
    after = ANSWER_AFTER if rang is None or answered is None else answered - rang
    hung_up = ended is not None and answered is not None and leg.variable("sip_hangup_disposition") == "recv_bye"
    return PhoneBehaviour(answer_after=after, talk=ended - answered if hung_up and ended and answered else None)


def _legs(recording: Recording, number: str) -> list[str]:
    """Uuids of the legs that were dialled to a phone, in the order in which they appear."""
    found: dict[str, None] = {}
    for row in recording.received():
        frame = row.frame
        if frame.get("Call-Direction") == "outbound" and f"/{number}@" in frame.get("Channel-Name"):
            found.setdefault(frame.get("Unique-ID"))
        for leg in _list(frame.get("variable_originated_legs")):
            uuid, _, callee = leg.partition(";")
            if callee.endswith(f";{number}"):
                found.setdefault(uuid)
    return list(found)


def _causes(recording: Recording) -> Iterator[tuple[str, str]]:
    """What became of the legs that were dialled for a channel, as that channel tells it."""
    for row in recording.received():
        for result in _list(row.frame.get("variable_originate_causes")):
            uuid, _, cause = result.partition(";")
            yield uuid, cause


def _list(value: str) -> list[str]:
    return value.removeprefix("ARRAY::").split("|:") if value else []
