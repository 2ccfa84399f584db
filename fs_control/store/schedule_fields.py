"""A schedule as an operator writes it: agents by number, days and times as they are typed (G1, G2, G3).

Text in, value out, and back. Easy to break: what can never be due (no day, no agent, no time) is refused when it is
set up, for nobody would notice that it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fs_control.errors import UserMistake
from fs_control.records import TerminalKind, clock_text
from fs_control.store import calendar_fields
from fs_control.store.calendar_entries import WEEKDAYS
from fs_control.store.directory_fields import one_of

_BETWEEN: Final = re.compile(r"[\s,;，、；]+")
_DATE: Final = re.compile(r"[0-9]{3,}.*")


@dataclass(frozen=True, slots=True)
class PlannedDays:
    """Weekdays (Monday 1) and dates, each in the order of time."""

    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A schedule, by name; times are minutes since midnight."""

    name: str
    agents: tuple[str, ...]
    sign_in: int | None = None
    sign_out: int | None = None
    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    calendar: str | None = None
    terminal: str = ""
    """"": the default of each agent."""
    enabled: bool = True


def planned_days(text: str) -> PlannedDays:
    """Read `mon-fri, 2026-12-24..2026-12-26`, `daily`, 周一至周五: weekdays and dates in any order."""
    weekdays: set[int] = set()
    dates: set[date] = set()
    for word in filter(None, _BETWEEN.split(text.strip())):
        if _DATE.fullmatch(word):
            dates.update(calendar_fields.days(word))
        else:
            weekdays.update(calendar_fields.weekdays(word))
    return PlannedDays(tuple(sorted(weekdays)), tuple(sorted(dates)))


def terminal(text: str) -> str:
    """Read the kind of terminal on which agents are signed in."""
    return one_of(text.lower(), tuple(TerminalKind), "terminal_unknown")


def refuse_idle(entry: ScheduleEntry) -> None:
    """Refuse a schedule that can never do anything."""
    if entry.sign_in is None and entry.sign_out is None:
        raise UserMistake("schedule_without_time", schedule=entry.name)
    if not entry.agents:
        raise UserMistake("schedule_without_agents", schedule=entry.name)
    if not (entry.weekdays or entry.dates or entry.calendar):
        raise UserMistake("schedule_without_days", schedule=entry.name)


# --- what was read, written again ----------------------------------------------------------------------------------


def days_text(entry: ScheduleEntry, names: Sequence[str] = WEEKDAYS) -> str:
    """Return weekdays and dates as they are typed, those behind one another as one range."""
    weekdays = [_range_text(names[run[0] - 1], names[run[-1] - 1], "-") for run in _runs(entry.weekdays)]
    ordinals = [day.toordinal() for day in entry.dates]
    dates = [
        _range_text(str(date.fromordinal(run[0])), str(date.fromordinal(run[-1])), "..") for run in _runs(ordinals)
    ]
    return ", ".join([*weekdays, *dates])


def time_text(minute: int | None) -> str | None:
    """Return a time of the day as it is typed."""
    return None if minute is None else clock_text(minute)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _range_text(first: str, last: str, between: str) -> str:
    return first if first == last else f"{first}{between}{last}"
