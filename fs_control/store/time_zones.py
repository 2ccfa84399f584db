"""A time zone as data: when its offset changes and to what, found out from the zone files of `zoneinfo`.

The pure rooms know no zone file; what they get is this. Easy to break: outside the years that were asked for, the
first and the last offset go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from fs_control.ids import SECOND, Micros
from fs_control.records import ZoneOffset

_STEP: Final = 6 * 3600
"""Seconds; no zone has ever changed its clock twice within six hours."""


@cache
def zone_offsets(zone: str, first_year: int, last_year: int) -> tuple[ZoneOffset, ...]:
    """Return the offset at the beginning of the first year and each change up to the end of the last one.

    A day is added on either side, because a year begins at another moment than in UTC.
    """
    clock = ZoneInfo(zone)
    begin = _second(datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=1))
    end = _second(datetime(last_year + 1, 1, 1, tzinfo=UTC) + timedelta(days=1))
    first = ZoneOffset(Micros(begin * SECOND), _offset(clock, begin))
    return (first, *_changes(clock, begin, end))


def _changes(clock: ZoneInfo, begin: int, end: int) -> Iterator[ZoneOffset]:
    for second in range(begin, end, _STEP):
        before, after = _offset(clock, second), _offset(clock, second + _STEP)
        if before != after:
            yield ZoneOffset(Micros(_moment_of_change(clock, second, second + _STEP) * SECOND), after)


def _moment_of_change(clock: ZoneInfo, before: int, after: int) -> int:
    """Return the first second with the later offset, by halving."""
    old = _offset(clock, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(clock, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(clock: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, clock).utcoffset()
    assert offset is not None  # a moment in a zone has one
    return round(offset.total_seconds())


def _second(moment: datetime) -> int:
    return round(moment.timestamp())
