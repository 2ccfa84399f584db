"""Calendars taken out of the directory, unless a flow in use asks for one (H4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.records import FlowText
from fs_control.store.calendar_rows import calendar_entries, read_calendar_rows
from fs_control.store.directory_edit import unknown
from fs_control.store.directory_plan import ItemKind
from fs_control.store.directory_rows import read_flows
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_names import names_in_flow
from fs_control.store.queries import query


class PostgresCalendarRemovals:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def remove(self, names: Collection[str]) -> None:
        """Remove calendars, all of these or none.

        UserMistake `calendar_unknown`, and `calendar_in_use` with the active flows that name one.
        """
        with changing(self._engine, self._enterprise) as connection:
            present = calendar_entries(read_calendar_rows(connection, self._enterprise))
            flows = read_flows(connection, self._enterprise)
            for name in names:
                if name not in present:
                    raise unknown(ItemKind.CALENDAR, name, present)
                refuse_in_use(flows, name)
            connection.execute(query("remove_calendars"), {"enterprise": self._enterprise, "names": list(names)})


def refuse_in_use(flows: Iterable[FlowText], name: str) -> None:
    """Refuse to take the name of a calendar away from active flows that ask for it."""
    naming = tuple(flow.name for flow in flows if name in names_in_flow(flow.text, ItemKind.CALENDAR))
    if naming:
        raise UserMistake("calendar_in_use", calendar=name, flows=naming)
