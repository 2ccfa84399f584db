"""The records of ended calls in PostgreSQL (D1, D8): written exactly once, read back equal.

Implements `ports.RecordStore` for one enterprise. It must not know how a record comes about. Easy to break: the rows
below a call are written only for calls that this very statement added, and in the same transaction; so a record that
comes twice, from a journal read again or from two processes, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, bindparam, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.sql.selectable import TextualSelect

from fs_control.cdr import corrected
from fs_control.errors import BrokenInvariant
from fs_control.ids import CallId, EnterpriseId
from fs_control.ports import CallPlace, CallsWanted
from fs_control.records import CallRecord
from fs_control.store import call_rows, tables
from fs_control.store.call_rows import Values
from fs_control.store.column_types import MicrosTime, storable_text
from fs_control.store.corrections import corrections_of
from fs_control.store.engine import transaction
from fs_control.store.queries import query, rows_of

HANDFUL: Final = 20
"""How many calls `find` returns at most: enough to choose from, few enough to print."""

_REMEMBER: Final = query("remember_dialled").bindparams(bindparam("at", type_=MicrosTime))

_BELOW_A_CALL: Final[tuple[tuple[Table, Callable[[CallRecord], Iterable[Values]]], ...]] = (
    (tables.call_segment, call_rows.segment_values),
    (tables.call_offer, call_rows.offer_values),
    (tables.call_step, call_rows.step_values),
    (tables.call_message, call_rows.message_values),
)


class PostgresRecordStore:
    """The call records of one enterprise.

    Every method raises RemoteFault when the database is away, busy or slow: nothing happened, try again later.
    """

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def store(self, records: Sequence[CallRecord]) -> None:
        """Write records in one transaction; a call that is stored already is left as it is.

        What PostgreSQL cannot hold in a text (NUL, half a surrogate pair) is stored as U+FFFD. Raises BrokenInvariant
        `database_refused` when a record breaks a rule of the schema, such as a segment that ends before it starts:
        then none is stored, and the caller can find the one at fault by storing them singly.
        """
        self._check_enterprise(records)
        first_of_each = {storable_text(record.call_id): record for record in reversed(records)}
        if not first_of_each:
            return
        with transaction(self._engine) as connection:
            # In the order of their ids: two processes that store the same calls wait for each other, never in a ring.
            added = _add_calls(connection, [first_of_each[call] for call in sorted(first_of_each)])
            new = [record for call, record in first_of_each.items() if call in added]
            for table, values_of in _BELOW_A_CALL:
                if rows := [values for record in new for values in values_of(record)]:
                    connection.execute(insert(table), rows)
            if dialled := [values for record in new if (values := call_rows.memory_values(record)) is not None]:
                connection.execute(_REMEMBER, sorted(dialled, key=itemgetter("number", "at")))

    def recent(self, limit: int) -> Sequence[CallRecord]:
        """Return the newest records, newest first."""
        return self._read(rows_of(tables.call, "recent_calls"), limit=limit)

    def find(self, prefix: str) -> Sequence[CallRecord]:
        """Return the newest records whose call id begins with `prefix`, newest first, `HANDFUL` at most."""
        query = rows_of(tables.call, "calls_by_prefix")
        return self._read(query, prefix=storable_text(prefix), limit=HANDFUL)

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        """Return the records of these calls as far as they are stored, in the order of their start."""
        return self._read(rows_of(tables.call, "calls_by_id"), calls=[storable_text(call) for call in calls])

    def page(self, wanted: CallsWanted, behind: CallPlace | None, limit: int) -> Sequence[CallRecord]:
        """Return the next calls behind a place, the newest first; of what is below each, its segments alone."""
        moments = (bindparam(name, type_=MicrosTime) for name in ("behind_at", "started_from", "started_before"))
        query = rows_of(tables.call, "calls_behind").bindparams(*moments)
        narrowed = {name: _storable(value) for name, value in asdict(wanted).items()}
        place = {
            "behind_at": None if behind is None else behind.started_at,
            "behind_call": None if behind is None else storable_text(behind.call),
        }
        with transaction(self._engine) as connection:
            parameters = {"enterprise": self._enterprise, "limit": limit, **narrowed, **place}
            calls = connection.execute(query, parameters).all()
            below = {"enterprise": self._enterprise, "calls": [call.call_id for call in calls]}
            segments = _by_call(connection, rows_of(tables.call_segment, "segments_of_calls"), below)
            put_right = corrections_of(connection, self._enterprise, below["calls"])
        records = (call_rows.record_from(call, segments[call.call_id], (), ()) for call in calls)
        return [corrected(record, put_right.get(record.call_id, ())) for record in records]

    def _check_enterprise(self, records: Sequence[CallRecord]) -> None:
        for record in records:
            if record.enterprise != self._enterprise:
                raise BrokenInvariant("record_of_other_enterprise", call=record.call_id, enterprise=record.enterprise)

    def _read(self, query: TextualSelect, **parameters: object) -> Sequence[CallRecord]:
        with transaction(self._engine) as connection:
            calls = connection.execute(query, {"enterprise": self._enterprise, **parameters}).all()
            below = {"enterprise": self._enterprise, "calls": [call.call_id for call in calls]}
            segments = _by_call(connection, rows_of(tables.call_segment, "segments_of_calls"), below)
            offers = _by_call(connection, rows_of(tables.call_offer, "offers_of_calls"), below)
            steps = _by_call(connection, rows_of(tables.call_step, "steps_of_calls"), below)
            messages = _by_call(connection, rows_of(tables.call_message, "messages_of_calls"), below)
            put_right = corrections_of(connection, self._enterprise, below["calls"])
        parts = (segments, offers, steps, messages)
        records = (call_rows.record_from(call, *(part[call.call_id] for part in parts)) for call in calls)
        return [corrected(record, put_right.get(record.call_id, ())) for record in records]


def _storable(value: object) -> object:
    return storable_text(value) if isinstance(value, str) else value


def _add_calls(connection: Connection, records: Iterable[CallRecord]) -> set[str]:
    """Insert the calls that are not there yet and return their ids."""
    statement = postgresql_insert(tables.call).on_conflict_do_nothing().returning(tables.call.c.call_id)
    return set(connection.execute(statement, [call_rows.call_values(record) for record in records]).scalars())


def _by_call(
    connection: Connection, query: TextualSelect, parameters: Mapping[str, object]
) -> defaultdict[str, list[Row[Any]]]:
    rows: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query, parameters):
        rows[row.call_id].append(row)
    return rows
