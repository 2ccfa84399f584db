"""A moment as the clock on the wall of a calendar shows it, and back.

Knows only the offsets that a calendar carries. Easy to break: the way back has two answers where the clock is turned
back, and none where it jumps ahead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from fs_control.ids import SECOND, Micros
from fs_control.records import DAY_MINUTES, Calendar, ZoneOffset

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_DAY_SECONDS: Final = DAY_MINUTES * 60


class LocalMinute(NamedTuple):
    """A date and the minutes since its midnight, as the clock shows them."""

    day: date
    minute: int


def offset_at(offsets: Sequence[ZoneOffset], at: Micros) -> int:
    """Return how many seconds a clock is ahead of UTC at a moment."""
    if not offsets:
        return 0
    return offsets[max(0, bisect_right(offsets, at, key=lambda offset: offset.since) - 1)].seconds


def local_minute(calendar: Calendar, at: Micros) -> LocalMinute:
    """Return the minute in which a moment lies."""
    return minute_shown(calendar.offsets, at)


def minute_shown(offsets: Sequence[ZoneOffset], at: Micros) -> LocalMinute:
    """Return the same for the clock of these offsets."""
    days, second = divmod(at // SECOND + offset_at(offsets, at), _DAY_SECONDS)
    return LocalMinute(date.fromordinal(_EPOCH_DAY + days), second // 60)


def moments_of(calendar: Calendar, day: date, minute: int) -> tuple[Micros, ...]:
    """Return when a minute of a day begins, in the order of time: once, twice, or never.

    `minute` may be past the end of the day and then belongs to the next one.
    """
    shown = (day.toordinal() - _EPOCH_DAY) * _DAY_SECONDS + minute * 60
    candidates = {(shown - seconds, seconds) for seconds in {offset.seconds for offset in calendar.offsets} or {0}}
    found = ((Micros(second * SECOND), seconds) for second, seconds in candidates)
    return tuple(sorted(moment for moment, seconds in found if offset_at(calendar.offsets, moment) == seconds))
