"""Whether a call is taken, and if not, why: the caller hears the reason and the record says it. Never silence."""

from __future__ import annotations

from dataclasses import dataclass

from fs_control.centre.state import CallCentre
from fs_control.ids import FlowKey, parse_phone_number
from fs_control.records import Directory, Disposition, OutboxLevel, ServiceNumber


@dataclass(frozen=True, slots=True)
class Admitted:
    """The call is taken, and this flow greets it."""

    number: ServiceNumber
    flow: FlowKey


@dataclass(frozen=True, slots=True)
class Refused:
    """The call is not taken: what the record says, and the prompt that tells the caller."""

    disposition: Disposition
    prompt: str


def admit_call(centre: CallCentre, dialled: str) -> Admitted | Refused:
    """Decide on a new call by the number that was dialled (N1) and the limits of number, process and disk."""
    if centre.draining:
        return Refused(Disposition.DRAINING, "draining")
    if centre.outbox is OutboxLevel.FULL:
        return Refused(Disposition.RECORDS_FULL, "centre-full")
    number = find_number(centre.directory, dialled)
    if number is None:
        return Refused(Disposition.NO_NUMBER, "no-number")
    flow = centre.active_flows.get(number.flow) if number.flow is not None else None
    if flow is None:
        return Refused(Disposition.NO_FLOW, "no-flow")
    if centre.admitted >= centre.max_calls:
        return Refused(Disposition.CENTRE_FULL, "centre-full")
    if number.max_calls is not None and centre.loads.get(number.number, 0) >= number.max_calls:
        return Refused(Disposition.NUMBER_FULL, "number-full")
    return Admitted(number, flow)


def find_number(directory: Directory, dialled: str) -> ServiceNumber | None:
    """Find the service number that was dialled, in whichever of its written forms (O12)."""
    exact = directory.numbers.get(dialled)
    if exact is not None:
        return exact
    wanted = parse_phone_number(dialled, directory.region).key
    for number in directory.numbers.values():
        if wanted is not None and parse_phone_number(number.number, directory.region).key == wanted:
            return number
    return None
