"""What callers and phones must have done, as far as the events of a trace show it.

Owns reading behaviours out of channels: times in their headers, causes and SIP statuses in their variables. Used for
traces of which nothing else is known. Easy to break: what one side of a bridge shows of the other counts as well, since
a controller need not have asked for the events of the agents' legs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.script import HangUp, Hold, PhoneBehaviour, Refer, Resume, Step, Wait, WaitForAnswer
from tests.conformance.laboratory import ANSWER_AFTER, BEHAVIOURS, UNATTENDED
from tests.conformance.recording import Kind, Recording, Row

BY_STATUS: Final = {"486": "busy", "603": "decline", "487": "noans"}
BY_CAUSE: Final = {"USER_BUSY": "busy", "CALL_REJECTED": "decline", "NO_ANSWER": "noans", "ORIGINATOR_CANCEL": "noans"}


BY_PHONE: Final = "switch_channel_mark_hold"
"""Fires the events of a phone's own hold key; `uuid_hold` has others."""
LATE: Final = 0.1
"""Seconds within which one thing still follows from the other."""


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

    @property
    def last(self) -> float:
        """When it was last heard of, in seconds."""
        return max((_stamp(row) for row in self.rows), default=0.0)

    @property
    def referred(self) -> str:
        """The number to which its phone sent the other one on; empty: it did not."""
        return self.variable("transfer_destination").removeprefix("blind:")

    def keys_pressed(self) -> Iterator[tuple[float, Step]]:
        """Hold, resume and transfer keys of the phone, each with its moment."""
        for row in self.rows:
            by_phone = row.frame.get("Event-Calling-Function") == BY_PHONE
            if row.frame.get("Event-Name") == "CHANNEL_HOLD" and by_phone:
                yield _stamp(row), Hold()
            elif row.frame.get("Event-Name") == "CHANNEL_UNHOLD" and by_phone and self.last - _stamp(row) > LATE:
                # A leg that is hung up while it holds the call resumes it in the same moment.
                yield _stamp(row), Resume()
            elif row.frame.get("variable_transfer_destination"):
                yield _stamp(row), Refer(self.referred)
                return


def _stamp(row: Row) -> float:
    return int(row.frame.get("Event-Date-Timestamp") or 0) / MICROSECONDS


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
    if answered is None:
        patient = rang is not None and leg.last - rang > ANSWER_AFTER + LATE
        return BEHAVIOURS["noans"] if patient else BEHAVIOURS["uas"]
    after = ANSWER_AFTER if rang is None else answered - rang
    hung_up = ended is not None and leg.variable("sip_hangup_disposition") == "recv_bye"
    return PhoneBehaviour(
        answer_after=after,
        talk=ended - answered if hung_up and ended is not None and not leg.referred else None,
        steps=tuple(_steps(leg, answered)),
    )


def _steps(leg: Leg, answered: float) -> Iterator[Step]:
    """The keys that the phone pressed after its answer, with the waits between."""
    before = answered
    for moment, step in leg.keys_pressed():
        yield Wait(max(0.0, moment - before))
        yield step
        before = moment


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
