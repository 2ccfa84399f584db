"""Each leg as the switch told it, in PostgreSQL (D1): written exactly once, by its own name, and never changed.

Owns the table `call_leg` of one enterprise, and knows no file. Easy to break: the same leg may come twice (a file is
read again after a crash between the commit and its removal), and the row that is there stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Engine, Row
from sqlalchemy.dialects.postgresql import insert

from fs_control.ids import CallId, EnterpriseId, LegId
from fs_control.records import SwitchLeg
from fs_control.store.column_types import storable_text
from fs_control.store.engine import transaction
from fs_control.store.queries import rows_of
from fs_control.store.tables import call_leg


class PostgresLegStore:
    """Every method raises RemoteFault when the database is away, busy or slow."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def store(self, legs: Sequence[SwitchLeg], /) -> None:
        """Write legs in one transaction; one that is there already is left as it is."""
        if not legs:
            return
        rows = [self._values(leg) for leg in sorted(legs, key=lambda leg: leg.leg)]
        with transaction(self._engine) as connection:
            connection.execute(insert(call_leg).on_conflict_do_nothing(), rows)

    def find(self, legs: Collection[LegId], /) -> list[SwitchLeg]:
        """Return those of these legs that are there."""
        return self._select("legs_named", legs=[storable_text(leg) for leg in legs])

    def of_call(self, call: CallId) -> list[SwitchLeg]:
        """Return the legs of a call, as they began."""
        return self._select("legs_of_call", call=storable_text(call))

    def _select(self, query: str, **wanted: Any) -> list[SwitchLeg]:
        with transaction(self._engine) as connection:
            rows = connection.execute(rows_of(call_leg, query), {"enterprise": self._enterprise, **wanted})
            return [leg_from(row) for row in rows]

    def _values(self, leg: SwitchLeg) -> dict[str, Any]:
        return {
            "enterprise_id": self._enterprise,
            "leg_id": storable_text(leg.leg),
            "call_id": leg.call,
            "core": leg.core,
            "direction": leg.direction,
            "caller": leg.caller,
            "number": leg.number,
            "created_at": leg.created_at,
            "answered_at": leg.answered_at,
            "ended_at": leg.ended_at,
            "cause": leg.cause,
            "disposition": leg.disposition,
            "talked_to": leg.talked_to,
        }


def leg_from(row: Row[Any]) -> SwitchLeg:
    """Return the leg that a row of `call_leg` holds."""
    return SwitchLeg(
        leg=LegId(row.leg_id),
        call=CallId(row.call_id) if row.call_id is not None else None,
        core=row.core,
        direction=row.direction,
        caller=row.caller,
        number=row.number,
        created_at=row.created_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        cause=row.cause,
        disposition=row.disposition,
        talked_to=LegId(row.talked_to) if row.talked_to is not None else None,
    )
