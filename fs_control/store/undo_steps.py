"""What was removed or moved and can be taken back for 30 days.

Knows when and under which name something was done, never what is in it: the queries keep rows as they were and put
them back. Easy to break: whatever does something that can be taken back forgets what is too old in the same
transaction, so that personal data does not stay for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam
from sqlalchemy.sql.elements import TextClause

from fs_control.errors import UserMistake
from fs_control.ids import SECOND, EnterpriseId, Micros
from fs_control.store import tables
from fs_control.store.column_types import MicrosTime
from fs_control.store.directory_check import nearest
from fs_control.store.queries import query, rows_of

KEPT_FOR: Final = Micros(30 * 24 * 3600 * SECOND)


class UndoKind(StrEnum):
    """What was done."""

    AGENT = "agent"
    GROUP = "group"
    NUMBER = "number"
    CUSTOMER = "customer"
    CUSTOMER_MOVE = "customer_move"
    CALENDAR = "calendar"


_NOTHING_THERE: Final = {
    UndoKind.AGENT: "agent_not_removed",
    UndoKind.GROUP: "group_not_removed",
    UndoKind.NUMBER: "number_not_removed",
    UndoKind.CUSTOMER: "customer_not_removed",
    UndoKind.CUSTOMER_MOVE: "no_customers_moved",
    UndoKind.CALENDAR: "calendar_not_removed",
}


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One thing that can be taken back until `kept_until`."""

    id: int
    name: str
    done_at: Micros
    done_by: str

    @property
    def kept_until(self) -> Micros:
        """When it is forgotten for good."""
        return Micros(self.done_at + KEPT_FOR)


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something, and when."""

    by: str
    now: Micros


def timed_query(name: str, *moments: str) -> TextClause:
    """Return a query of which some parameters are moments."""
    return query(name).bindparams(*(bindparam(moment, type_=MicrosTime) for moment in moments))


def steps_of(connection: Connection, enterprise: EnterpriseId, kind: UndoKind, now: Micros) -> list[UndoStep]:
    """Return what of one kind can be taken back, the newest first."""
    statement = rows_of(tables.undo_step, "undo_steps").bindparams(bindparam("since", type_=MicrosTime))
    parameters = {"enterprise": enterprise, "kind": kind, "since": now - KEPT_FOR}
    rows = connection.execute(statement, parameters)
    return [UndoStep(row.id, row.name, row.done_at, row.done_by) for row in rows]


def newest_step(
    connection: Connection, enterprise: EnterpriseId, kind: UndoKind, name: str | None, now: Micros
) -> UndoStep:
    """Return the newest step of a kind, of this name unless None; UserMistake where there is none any more."""
    steps = steps_of(connection, enterprise, kind, now)
    found = next((step for step in steps if name in (None, step.name)), None)
    if found is None:
        meant = nearest(name or "", {step.name for step in steps})
        raise UserMistake(_NOTHING_THERE[kind], name=name, nearest=meant)
    return found


def keep(connection: Connection, enterprise: EnterpriseId, statement: str, author: Author, **parameters: Any) -> None:
    """Run the query `statement` that keeps something, and forget what is too old."""
    values = {"enterprise": enterprise, "now": author.now, "by": author.by, **parameters}
    connection.execute(timed_query(statement, "now"), values)
    since = {"enterprise": enterprise, "since": author.now - KEPT_FOR}
    connection.execute(timed_query("purge_undo_steps", "since"), since)


def forget_step(connection: Connection, enterprise: EnterpriseId, step: UndoStep) -> None:
    """Forget a step that was taken back."""
    connection.execute(query("forget_undo_step"), {"enterprise": enterprise, "step": step.id})
