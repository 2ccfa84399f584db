"""Stored calls with all that proves them, read page by page: the record, what was put right, the switch's own legs.

It judges nothing (`cdr.verify` does). Easy to break: a year of calls must not be in memory at once, so a page is a few
hundred calls and is forgotten before the next one is read; and of each offer's decision only the choice is read, which
is what makes pages small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, bindparam

from fs_control.cdr import corrected
from fs_control.ids import EnterpriseId, Micros
from fs_control.records import CallRecord, SwitchLeg
from fs_control.store import call_rows, tables
from fs_control.store.column_types import MicrosTime
from fs_control.store.corrections import corrections_of
from fs_control.store.engine import transaction
from fs_control.store.legs import leg_from
from fs_control.store.queries import query, rows_of

PAGE: Final = 500
"""Calls read at once."""

MOST_LEGS_ALONE: Final = 1000
"""So many legs without a call are named; more of them have one cause."""

_PERIOD: Final = ("started_from", "started_before")


@dataclass(frozen=True, slots=True)
class ProvableCall:
    """A stored call as it reads with its corrections, and the legs that the switch told of it."""

    record: CallRecord
    legs: tuple[SwitchLeg, ...]


class PostgresLedger:
    """What one enterprise has stored; RemoteFault when the database is away."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def pages(
        self, started_from: Micros | None = None, started_before: Micros | None = None, size: int = PAGE
    ) -> Iterator[Sequence[ProvableCall]]:
        """Yield the calls that began in a period, the oldest first, a page at a time."""
        moments = (bindparam(name, type_=MicrosTime) for name in ("behind_at", *_PERIOD))
        statement = rows_of(tables.call, "calls_ahead").bindparams(*moments)
        period = {"started_from": started_from, "started_before": started_before}
        behind: dict[str, object] = {"behind_at": None, "behind_call": None}
        while True:
            with transaction(self._engine) as connection:
                wanted = {"enterprise": self._enterprise, "limit": size, **period, **behind}
                rows = connection.execute(statement, wanted).all()
                page = self._whole(connection, rows)
            if not page:
                return
            behind = {"behind_at": rows[-1].started_at, "behind_call": rows[-1].call_id}
            yield page

    def of_calls(self, calls: Sequence[str]) -> Sequence[ProvableCall]:
        """Return these calls as far as they are stored."""
        with transaction(self._engine) as connection:
            wanted = {"enterprise": self._enterprise, "calls": list(calls)}
            rows = connection.execute(rows_of(tables.call, "calls_by_id"), wanted).all()
            return self._whole(connection, rows)

    def told_since(self) -> Micros | None:
        """Return when the first leg ended of which the switch told; None where it never told of any."""
        with transaction(self._engine) as connection:
            statement = query("first_leg").columns(ended_at=MicrosTime())
            row = connection.execute(statement, {"enterprise": self._enterprise}).one_or_none()
            return None if row is None else row.ended_at

    def legs_without_call(
        self, over_since: Micros, started_from: Micros | None = None, started_before: Micros | None = None
    ) -> Sequence[SwitchLeg]:
        """Return the legs of calls that have no record: customers' that were over then, and others a day before."""
        moments = (bindparam(name, type_=MicrosTime) for name in ("over_since", *_PERIOD))
        statement = rows_of(tables.call_leg, "legs_without_call").bindparams(*moments)
        period = {"over_since": over_since, "started_from": started_from, "started_before": started_before}
        with transaction(self._engine) as connection:
            wanted = {"enterprise": self._enterprise, "limit": MOST_LEGS_ALONE, **period}
            return [leg_from(row) for row in connection.execute(statement, wanted)]

    def figure(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a figure of every stored call as its query `figure_<name>` computes it."""
        with transaction(self._engine) as connection:
            return list(map(tuple, connection.execute(query(f"figure_{name}"), {"enterprise": self._enterprise})))

    def _whole(self, connection: Connection, calls: Sequence[Row[Any]]) -> list[ProvableCall]:
        below = {"enterprise": self._enterprise, "calls": [call.call_id for call in calls]}
        segments = _by_call(connection, tables.call_segment, "segments_of_calls", below)
        offers = _by_call(connection, tables.call_offer, "offers_without_grounds", below)
        steps = _by_call(connection, tables.call_step, "steps_of_calls", below)
        legs = self._legs(connection, calls)
        put_right = corrections_of(connection, self._enterprise, below["calls"])
        found = []
        for call in calls:
            parts = (part[call.call_id] for part in (segments, offers, steps))
            record = corrected(call_rows.record_from(call, *parts), put_right.get(call.call_id, ()))
            found.append(ProvableCall(record, tuple(legs[call.call_id])))
        return found

    def _legs(self, connection: Connection, calls: Sequence[Row[Any]]) -> defaultdict[str, list[SwitchLeg]]:
        by_customer = {call.leg_id: call.call_id for call in calls}
        wanted = {"enterprise": self._enterprise, "calls": list(by_customer.values()), "legs": list(by_customer)}
        legs: defaultdict[str, list[SwitchLeg]] = defaultdict(list)
        for row in connection.execute(rows_of(tables.call_leg, "legs_of_calls"), wanted):
            call = by_customer.get(row.leg_id, row.call_id)
            legs[call].append(leg_from(row))
        return legs


def _by_call(connection: Connection, table: Any, name: str, below: dict[str, Any]) -> defaultdict[str, list[Row[Any]]]:
    rows: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(rows_of(table, name), below):
        rows[row.call_id].append(row)
    return rows
