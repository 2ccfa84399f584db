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


def remove_calendars(engine: Engine, enterprise: EnterpriseId, names: Collection[str]) -> None:
    """Remove calendars, all of these or none.

    UserMistake `calendar_unknown`, and `calendar_in_use` with the active flows that name one.
    """
    with changing(engine, enterprise) as connection:
        present = calendar_entries(read_calendar_rows(connection, enterprise))
        flows = read_flows(connection, enterprise)
        for name in names:
            if name not in present:
                raise unknown(ItemKind.CALENDAR, name, present)
            refuse_in_use(flows, name)
        connection.execute(query("remove_calendars"), {"enterprise": enterprise, "names": list(names)})


def refuse_in_use(flows: Iterable[FlowText], name: str) -> None:
    """Refuse to take the name of a calendar away from active flows that ask for it."""
    naming = tuple(flow.name for flow in flows if name in names_in_flow(flow.text, ItemKind.CALENDAR))
    if naming:
        raise UserMistake("calendar_in_use", calendar=name, flows=naming)
