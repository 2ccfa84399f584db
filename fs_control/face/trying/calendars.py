"""Calendars for a case: those that are said to be open or closed, and those of an office that is made up.

A calendar that is said to be a holiday is one whose every day is what it is, but this one; so the flow is asked as by
any other calendar. Easy to break: what day it is at a moment is told by the enterprise's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from fs_control.errors import UserMistake
from fs_control.face.clock_words import local_time
from fs_control.ids import Micros
from fs_control.records import DAY_MINUTES, Calendar, Directory, Hours, ZoneOffset
from fs_control.store.time_zones import zone_offsets

WORKING_WEEK: Final = {weekday: (Hours(9 * 60, 18 * 60),) for weekday in range(1, 6)}
"""When a calendar of a made-up office is open: Monday to Friday, 9:00 to 18:00, holidays unknown."""
ALL_DAY: Final = (Hours(0, DAY_MINUTES),)
EVERY_DAY: Final = dict.fromkeys(range(1, 8), ALL_DAY)


def made_up_calendars(names: Iterable[str]) -> Mapping[str, Calendar]:
    """Return a calendar of the working week for each name."""
    return {name: Calendar(name, regular=WORKING_WEEK) for name in names}


def with_calendars(directory: Directory, said: Mapping[str, str], at: Micros) -> Directory:
    """Return the directory with calendars that are at this moment what was said of them, and a clock for all of them.

    UserMistake where something is said of a calendar that is not there.
    """
    offsets = directory.offsets or _clock(directory.time_zone, at)
    for name in said:
        if name not in directory.calendars:
            raise UserMistake("try_calendar_unknown", name=name)
    calendars = {
        name: replace(
            _as_said(calendar, said[name], directory.time_zone, at) if name in said else calendar,
            offsets=calendar.offsets or offsets,
        )
        for name, calendar in directory.calendars.items()
    }
    return replace(directory, calendars=calendars, offsets=offsets)


def _as_said(calendar: Calendar, how: str, zone: str, at: Micros) -> Calendar:
    today = local_time(at, zone).date()
    changed = Calendar(calendar.name, calendar.zone, calendar.offsets, regular=EVERY_DAY)
    match how:
        case "closed":
            return replace(changed, regular={})
        case "holiday":
            return replace(changed, holidays={today: calendar.name})
        case "special":
            return replace(changed, special={today: ALL_DAY})
        case _:
            return changed


def _clock(zone: str, at: Micros) -> tuple[ZoneOffset, ...]:
    year = local_time(at, zone).year
    return zone_offsets(zone, year - 1, year + 1)
