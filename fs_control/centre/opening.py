"""What a flow is told of the moment: whether a calendar is open (N9, H4), and what the enterprise's clock shows."""

from __future__ import annotations

from fs_control.centre.state import CallCentre
from fs_control.flow import Value
from fs_control.hours import decide, minute_shown
from fs_control.ids import Micros
from fs_control.records import HoursLayer, clock_text


def told_hours(centre: CallCentre, calendar: str, at: Micros) -> tuple[bool, HoursLayer]:
    """Return whether the calendar of this name is open at a moment, and the layer that says so.

    One that was taken out of the directory after the flow was read is closed.
    """
    found = centre.directory.calendars.get(calendar)
    if found is None:
        return False, HoursLayer.MISSING
    verdict = decide(found, at)
    return verdict.is_open, verdict.layer


def clock_facts(centre: CallCentre, at: Micros) -> dict[str, Value]:
    """Return the facts of `flow.FACTS` that say what the enterprise's clock shows at a moment."""
    day, minute = minute_shown(centre.directory.offsets, at)
    return {
        "call.hour": minute // 60,
        "call.minute": minute % 60,
        "call.weekday": day.isoweekday(),
        "call.date": day.isoformat(),
        "call.time": clock_text(minute),
    }
