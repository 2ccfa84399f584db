"""Whether a calendar of the directory is open: what a flow asks at an `hours` step (N9, H4)."""

from __future__ import annotations

from fs_control.centre.state import CallCentre
from fs_control.hours import decide
from fs_control.ids import Micros
from fs_control.records import HoursLayer


def told_hours(centre: CallCentre, calendar: str, at: Micros) -> tuple[bool, HoursLayer]:
    """Return whether the calendar of this name is open at a moment, and the layer that says so.

    One that was taken out of the directory after the flow was read is closed.
    """
    found = centre.directory.calendars.get(calendar)
    if found is None:
        return False, HoursLayer.MISSING
    verdict = decide(found, at)
    return verdict.is_open, verdict.layer
