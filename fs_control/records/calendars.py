"""Vocabulary: when an enterprise serves its callers, and what a calendar says about one moment (H1, H2).

A calendar is data from end to end: its time zone is a list of offsets, its public holidays are dates. So whoever holds
one can ask it about any moment without a clock, a file or a library. Easy to break: hours belong to the day on which
they begin, and those that go past midnight end in the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from fs_control.ids import Micros

DAY_MINUTES: Final = 24 * 60


class HoursLayer(StrEnum):
    """What decided whether a moment is open: special working time wins over a holiday, a holiday over the rest (H2)."""

    SPECIAL = "special"
    """The hours of this very date, or that it is closed the whole day."""
    HOLIDAY = "holiday"
    """A holiday without special hours at this minute: closed."""
    REGULAR = "regular"
    """The hours of the weekday: open."""
    NONE = "none"
    """Outside all hours: closed (H3)."""
    MISSING = "missing"
    """There is no such calendar any more: closed."""


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """From `begin` up to and without `end`: minutes since the midnight of a day; past 1440 it is the next day."""

    begin: int
    end: int

    def __str__(self) -> str:
        return f"{clock_text(self.begin)}-{clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class ZoneOffset:
    """From a moment on, how many seconds local time is ahead of UTC."""

    since: Micros
    seconds: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Service hours under one name; the rules are those of `fs_control.hours`."""

    name: str
    zone: str = "UTC"
    """The IANA name, for people; `offsets` is what counts."""
    offsets: tuple[ZoneOffset, ...] = ()
    """In the order of time; before the first one its offset counts too. None is UTC."""
    regular: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict)
    """By ISO weekday, Monday 1 to Sunday 7; in the order of time."""
    special: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)
    """Without any hours the date is closed the whole day."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """With their names: public ones and the operator's own; no working day is among them."""
    working_days: Mapping[date, int] = field(default_factory=dict)
    """Dates that have the hours of another weekday, such as a Saturday that makes up for a bridge day."""
    unknown_years: tuple[int, ...] = ()
    """Years of which public holidays or make-up working days are not, or not all, known yet."""


@dataclass(frozen=True, slots=True)
class HoursVerdict:
    """Whether a moment is open, and which layer said so."""

    is_open: bool
    layer: HoursLayer
    detail: str = ""
    """The hours that cover the moment (`22:00-06:00`), or the name of the holiday; else nothing."""


def clock_text(minute: int) -> str:
    """Return a minute as clocks show it; the end of a day is 24:00, and what is past it a time of the next day."""
    shown = minute if minute <= DAY_MINUTES else minute - DAY_MINUTES
    return f"{shown // 60:02d}:{shown % 60:02d}"
