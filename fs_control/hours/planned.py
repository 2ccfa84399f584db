"""When schedules sign agents in and out (G1): the moments of their times, on the clock of the enterprise.

Pure, like the calendars that a schedule may go by. Easy to break: a time that the clock skips is the next minute that
it shows, one that it shows twice happens once, the first time; and of what is due in the same moment the sign-outs come
first, so that whoever goes from one duty to the next is signed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from fs_control.hours.local_time import minute_shown, moments_of
from fs_control.hours.verdict import hours_of_day
from fs_control.ids import Micros
from fs_control.records import Calendar, Directory, Participation, Schedule

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """At a moment a schedule signs its agents in, or out."""

    at: Micros
    schedule: Schedule
    act: Participation
    """SIGN_IN or SIGN_OUT."""


def planned_acts(
    directory: Directory, begin: Micros, end: Micros, schedules: Iterable[Schedule] | None = None
) -> list[PlannedAct]:
    """Return what is due after `begin` and not after `end`, in its order; of these schedules, or of all.

    Schedules that are not enabled do nothing.
    """
    clock = Calendar("", directory.time_zone, directory.offsets)
    # What belongs to the day before may reach into this one, and so may what the clock has skipped.
    first = minute_shown(directory.offsets, begin).day - 2 * _ONE_DAY
    last = minute_shown(directory.offsets, end).day
    found = [
        act
        for schedule in (directory.schedules if schedules is None else schedules)
        if schedule.enabled
        for day in _days(schedule, directory, first, last)
        for act in _acts_of_day(schedule, clock, day)
        if begin < act.at <= end
    ]
    return sorted(found, key=lambda act: (act.at, act.act is Participation.SIGN_IN, act.schedule.id))


def first_moment_of(clock: Calendar, day: date, minute: int) -> Micros:
    """Return when a clock shows a minute of a day first, or the next minute after it that it shows at all."""
    shown = (moments_of(clock, day, later) for later in count(minute))
    return next(moments[0] for moments in shown if moments)


def _days(schedule: Schedule, directory: Directory, first: date, last: date) -> Iterator[date]:
    calendar = directory.calendars.get(schedule.calendar) if schedule.calendar is not None else None
    day = first
    while day <= last:
        if (
            day.isoweekday() in schedule.weekdays
            or day in schedule.dates
            or (calendar is not None and hours_of_day(calendar, day))
        ):
            yield day
        day += _ONE_DAY


def _acts_of_day(schedule: Schedule, clock: Calendar, day: date) -> Iterator[PlannedAct]:
    """Yield what a schedule does; a duty that lies in an hour that the clock skips has no length and does not come."""
    begins, ends = _moment(clock, day, schedule.sign_in), _moment(clock, day, schedule.signs_out_after)
    if begins == ends:
        return
    if begins is not None:
        yield PlannedAct(begins, schedule, Participation.SIGN_IN)
    if ends is not None:
        yield PlannedAct(ends, schedule, Participation.SIGN_OUT)


def _moment(clock: Calendar, day: date, minute: int | None) -> Micros | None:
    return None if minute is None else first_moment_of(clock, day, minute)


def what_counts(acts: Sequence[PlannedAct]) -> Sequence[PlannedAct]:
    """Return those of one agent's acts, in their order, that decide what comes of all of them.

    The last sign-out, and the first sign-in behind it: who is signed in already is not signed in again (G2).
    """
    outs = [index for index, act in enumerate(acts) if act.act is Participation.SIGN_OUT]
    rest = acts[outs[-1] :] if outs else acts
    first_in = next((act for act in rest if act.act is Participation.SIGN_IN), None)
    return [*(rest[:1] if outs else ()), *((first_in,) if first_in is not None else ())]
