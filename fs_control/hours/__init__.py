"""Service calendars: open or closed at a moment, which layer decides, and when that changes (H1, H2, H3); schedules.

Pure: a calendar comes in as a value (`records.Calendar`), a moment as microseconds; no clock and no time-zone file is
asked here. Easy to break: hours are what the clock on the wall shows, so an hour that is skipped in spring is never
open, and one that is shown twice in autumn is open twice.
"""

from fs_control.hours.changes import boundaries, next_change
from fs_control.hours.clock_changes import ClockChange, OddTime, clock_changes, odd_times
from fs_control.hours.days import Mark, mark_of, open_hours
from fs_control.hours.local_time import LocalMinute, local_minute, minute_shown, moments_of
from fs_control.hours.planned import PlannedAct, first_moment_of, planned_acts, what_counts
from fs_control.hours.verdict import decide, hours_of_day, verdict_of

__all__ = [
    "ClockChange",
    "LocalMinute",
    "Mark",
    "OddTime",
    "PlannedAct",
    "boundaries",
    "clock_changes",
    "decide",
    "first_moment_of",
    "hours_of_day",
    "local_minute",
    "mark_of",
    "minute_shown",
    "moments_of",
    "next_change",
    "odd_times",
    "open_hours",
    "planned_acts",
    "verdict_of",
    "what_counts",
]
