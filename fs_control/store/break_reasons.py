"""The reasons for which agents of an enterprise take breaks (A9): named, listed in an order, taken away.

No reason has a setting by which calls could come in it: there is no column for that. Easy to break: who is on a break
for a reason that is taken away stays on the break, and events keep its code.
"""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.records import BreakReason
from fs_control.store import tables
from fs_control.store.column_types import storable_text
from fs_control.store.directory_check import nearest
from fs_control.store.directory_fields import name
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of

MOST_REASONS: Final = 50
_CODE: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def read_break_reasons(connection: Connection, enterprise: EnterpriseId) -> tuple[BreakReason, ...]:
    """Read the reasons of an enterprise in their order."""
    rows = connection.execute(rows_of(tables.break_reason, "break_reasons"), {"enterprise": enterprise})
    return tuple(BreakReason(row.code, row.name_en, row.name_zh) for row in rows)


class PostgresBreakReasons:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def reasons(self) -> tuple[BreakReason, ...]:
        """Return the reasons, in their order."""
        with transaction(self._engine) as connection:
            return read_break_reasons(connection, self._enterprise)

    def add(self, reason: BreakReason) -> None:
        """Name one more reason, as the last one; its code is small letters, digits, hyphens and underscores."""
        if not _CODE.fullmatch(reason.code):
            raise UserMistake("not_a_break_reason", text=reason.code)
        names = {"name_en": storable_text(name(reason.en)), "name_zh": storable_text(name(reason.zh))}
        with changing(self._engine, self._enterprise) as connection:
            present = read_break_reasons(connection, self._enterprise)
            if any(each.code == reason.code for each in present):
                raise UserMistake("break_reason_exists", reason=reason.code)
            if len(present) >= MOST_REASONS:
                raise UserMistake("break_reasons_too_many", most=MOST_REASONS)
            connection.execute(
                query("add_break_reason"), {"enterprise": self._enterprise, "code": reason.code, **names}
            )

    def remove(self, code: str) -> None:
        """Take a reason away; nobody can take a break for it any more."""
        with changing(self._engine, self._enterprise) as connection:
            known = [each.code for each in read_break_reasons(connection, self._enterprise)]
            if code not in known:
                meant = nearest(code, known)
                raise UserMistake("break_reason_unknown", reason=code, nearest=meant, valid=", ".join(known))
            connection.execute(query("remove_break_reason"), {"enterprise": self._enterprise, "code": code})
