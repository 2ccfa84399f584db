"""What was put right of stored calls: rows of their own beside the calls, each written once.

A call's own row is never changed (D1). Easy to break: a value is text in the table, whatever it is of; a moment there
is written in UTC with all its microseconds, so that the views can read it and nothing is lost on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.dialects.postgresql import insert

from fs_control.errors import BrokenInvariant
from fs_control.ids import CallId, EnterpriseId, Micros
from fs_control.records import CorrectedField, Correction
from fs_control.records.corrections import Value
from fs_control.store import tables
from fs_control.store.engine import transaction
from fs_control.store.queries import rows_of

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class PostgresCorrections:
    """The corrections of one enterprise; RemoteFault when the database is away, and then nothing was written."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def write(self, corrections: Sequence[tuple[CallId, Correction]]) -> int:
        """Write corrections in one transaction and return how many are new: the same one is kept once."""
        if not corrections:
            return 0
        rows = [_values(self._enterprise, call, each) for call, each in corrections]
        statement = insert(tables.call_correction).on_conflict_do_nothing(constraint="call_correction_once")
        with transaction(self._engine) as connection:
            return len(connection.execute(statement.returning(tables.call_correction.c.id), rows).all())


def corrections_of(
    connection: Connection, enterprise: EnterpriseId, calls: Sequence[str]
) -> Mapping[str, Sequence[Correction]]:
    """Return what was put right of these calls, in the order in which that was done; a call without any is absent."""
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    query = rows_of(tables.call_correction, "corrections_of_calls")
    for row in connection.execute(query, {"enterprise": enterprise, "calls": list(calls)}):
        found[row.call_id].append(_correction_from(row))
    return found


def _values(enterprise: EnterpriseId, call: CallId, correction: Correction) -> dict[str, Any]:
    return {
        "enterprise_id": enterprise,
        "call_id": call,
        "field": correction.field,
        "stored": _text_of(correction.stored),
        "corrected": _text_of(correction.corrected),
        "why": correction.why,
        "source": correction.source,
        "corrected_at": correction.at,
        "corrected_by": correction.by,
    }


def _correction_from(row: Row[Any]) -> Correction:
    try:
        field = CorrectedField(row.field)
    except ValueError as error:
        raise BrokenInvariant("stored_word_unknown", kind="CorrectedField", word=row.field) from error
    stored, corrected = _value_of(field, row.stored), _value_of(field, row.corrected)
    return Correction(field, stored, corrected, row.why, row.source, row.corrected_at, row.corrected_by)


def _text_of(value: Value) -> str | None:
    if not isinstance(value, int):
        return value
    return (_EPOCH + timedelta(microseconds=value)).isoformat(sep=" ", timespec="microseconds")


def _value_of(field: CorrectedField, text: str | None) -> Value:
    if text is None or field is CorrectedField.CAUSE:
        return text
    return Micros((datetime.fromisoformat(text) - _EPOCH) // _MICROSECOND)
