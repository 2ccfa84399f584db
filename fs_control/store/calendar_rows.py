"""The rows of an enterprise's calendars, read into entries and written from them.

It must run in the transaction of whoever reads or changes the directory. Easy to break: `begins` and `ends` both 0 in
`calendar_special` are a date that is closed the whole day, not hours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from fs_control.ids import EnterpriseId
from fs_control.records import Hours
from fs_control.store import tables
from fs_control.store.calendar_entries import CalendarEntry, OwnHoliday, SpecialDay, WeekdayHours, WorkingDay
from fs_control.store.queries import query, rows_of

Rows = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class CalendarRows:
    """The rows of one enterprise, in the order of time."""

    calendars: Rows = ()
    hours: Rows = ()
    special: Rows = ()
    days: Rows = ()


def read_calendar_rows(connection: Connection, enterprise: EnterpriseId) -> CalendarRows:
    """Read the calendars of an enterprise."""
    parameters = {"enterprise": enterprise}
    return CalendarRows(
        calendars=connection.execute(rows_of(tables.calendar, "calendars"), parameters).all(),
        hours=connection.execute(rows_of(tables.calendar_hours, "calendar_hours"), parameters).all(),
        special=connection.execute(rows_of(tables.calendar_special, "calendar_special"), parameters).all(),
        days=connection.execute(rows_of(tables.calendar_day, "calendar_days"), parameters).all(),
    )


def calendar_entries(rows: CalendarRows) -> dict[str, CalendarEntry]:
    """Return the calendars as an operator wrote them, by name."""
    hours: defaultdict[int, defaultdict[int, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.hours:
        hours[row.calendar_id][row.weekday].append(Hours(row.begins, row.ends))
    special: defaultdict[int, defaultdict[date, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.special:
        special[row.calendar_id][row.day] += [Hours(row.begins, row.ends)] if row.ends else []
    return {
        row.name: CalendarEntry(
            name=row.name,
            time_zone=row.time_zone,
            public_holidays=row.public_holidays,
            hours=tuple(WeekdayHours(weekday, tuple(found)) for weekday, found in hours[row.id].items()),
            special=tuple(SpecialDay(day, tuple(found)) for day, found in special[row.id].items()),
            holidays=_holidays(rows.days, row.id),
            working_days=_working_days(rows.days, row.id),
        )
        for row in rows.calendars
    }


def _holidays(rows: Rows, calendar: int) -> tuple[OwnHoliday, ...]:
    return tuple(OwnHoliday(row.day, row.name) for row in rows if row.calendar_id == calendar and row.acts_as is None)


def _working_days(rows: Rows, calendar: int) -> tuple[WorkingDay, ...]:
    own = (row for row in rows if row.calendar_id == calendar and row.acts_as is not None)
    return tuple(WorkingDay(row.day, row.acts_as) for row in own)


# --- writing -------------------------------------------------------------------------------------------------------

_CLEARING: Final = ("clear_calendar_hours", "clear_calendar_special", "clear_calendar_days")


def write_calendars(connection: Connection, enterprise: EnterpriseId, entries: Sequence[CalendarEntry]) -> None:
    """Add these calendars, or make those of the same names what the entries say; ids stay."""
    if not entries:
        return
    own = [{"name": one.name, "time_zone": one.time_zone, "public_holidays": one.public_holidays} for one in entries]
    statement = postgresql_insert(tables.calendar)
    changes = {name: statement.excluded[name] for name in ("time_zone", "public_holidays")}
    statement = statement.on_conflict_do_update(index_elements=["enterprise_id", "name"], set_=changes)
    connection.execute(statement, [{"enterprise_id": enterprise, **row} for row in own])
    ids = {
        row.name: row.id
        for row in connection.execute(rows_of(tables.calendar, "calendars"), {"enterprise": enterprise})
    }
    for clearing in _CLEARING:
        connection.execute(query(clearing), {"enterprise": enterprise, "calendars": [ids[one.name] for one in entries]})
    parts: Mapping[Table, list[dict[str, Any]]] = {
        tables.calendar_hours: [row for one in entries for row in _hours_rows(one, ids[one.name])],
        tables.calendar_special: [row for one in entries for row in _special_rows(one, ids[one.name])],
        tables.calendar_day: [row for one in entries for row in _day_rows(one, ids[one.name])],
    }
    for table, rows in parts.items():
        if rows:
            connection.execute(insert(table), [{"enterprise_id": enterprise, **row} for row in rows])


def _hours_rows(entry: CalendarEntry, calendar: int) -> list[dict[str, Any]]:
    return [
        {"calendar_id": calendar, "weekday": one.weekday, "begins": hours.begin, "ends": hours.end}
        for one in entry.hours
        for hours in one.hours
    ]


def _special_rows(entry: CalendarEntry, calendar: int) -> list[dict[str, Any]]:
    closed = (Hours(0, 0),)
    return [
        {"calendar_id": calendar, "day": one.day, "begins": hours.begin, "ends": hours.end}
        for one in entry.special
        for hours in one.hours or closed
    ]


def _day_rows(entry: CalendarEntry, calendar: int) -> list[dict[str, Any]]:
    holidays = [(one.day, one.name, None) for one in entry.holidays]
    working_days = [(one.day, "", one.weekday) for one in entry.working_days]
    return [
        {"calendar_id": calendar, "day": day, "name": name, "acts_as": acts_as}
        for day, name, acts_as in (*holidays, *working_days)
    ]
