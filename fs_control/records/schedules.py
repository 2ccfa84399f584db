"""Vocabulary: who is signed in and out at which times of which days, without doing anything themselves (G1, G2, G3).

A schedule is data: which moments its times are is found out by `fs_control.hours`, what is done then by the centre.
Easy to break: a sign-out that is not later on the clock than the sign-in of the same schedule is on the next day, and
belongs to the day of the sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fs_control.ids import AgentId, ScheduleId
from fs_control.records.calendars import DAY_MINUTES


class Participation(StrEnum):
    """What a schedule does with its agents (G2)."""

    SIGN_IN = "sign_in"
    """Signs in who is signed out; whoever is signed in already keeps their terminal and their state."""
    SIGN_OUT = "sign_out"
    """Signs out who is signed in."""
    BOTH = "both"
    """Signs in, and out again later."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan under one name, on the clock of the enterprise; times are minutes since midnight.

    A day counts if the weekday or the date is named, or if hours of the calendar begin on it.
    """

    id: ScheduleId
    name: str
    agents: tuple[AgentId, ...]
    """Also those who have been removed since; they are nobody until they come back."""
    sign_in: int | None
    sign_out: int | None
    weekdays: tuple[int, ...] = ()
    """ISO weekdays, Monday 1 to Sunday 7."""
    dates: tuple[date, ...] = ()
    calendar: str | None = None
    terminal: str = ""
    """On what they are signed in (G3), by the word for its kind; "" is each agent's own choice."""
    enabled: bool = True

    @property
    def participation(self) -> Participation:
        """Return what it does."""
        return participation_of(self.sign_in, self.sign_out)

    @property
    def signs_out_after(self) -> int | None:
        """Return when it signs out, in minutes since the midnight before the sign-in; past 1440 it is the next day."""
        return minutes_to_sign_out(self.sign_in, self.sign_out)


def participation_of(sign_in: int | None, sign_out: int | None) -> Participation:
    """Return what a schedule with these times does."""
    if sign_in is None:
        return Participation.SIGN_OUT
    return Participation.SIGN_IN if sign_out is None else Participation.BOTH


def minutes_to_sign_out(sign_in: int | None, sign_out: int | None) -> int | None:
    """Return the minute of the sign-out counted from the midnight of the day to which it belongs."""
    if sign_in is None or sign_out is None or sign_out > sign_in:
        return sign_out
    return sign_out + DAY_MINUTES
