"""The versions of an enterprise's flows in PostgreSQL, for people: looked at, added to, gone back in (N10).

Knows no language of flows. Easy to break: what somebody judged (the other flows among it) must still be active when it
is written, so whoever adds a version says which ones were looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store import flow_versions
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_versions import FlowChange, NewVersion, StoredFlow

Seen = Mapping[str, StoredFlow]
"""What was active when somebody judged, by name."""


class PostgresFlowHistory:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def active(self) -> dict[str, StoredFlow]:
        """Return the active version of each flow, by name."""
        with transaction(self._engine) as connection:
            return flow_versions.active_flows(connection, self._enterprise)

    def versions(self, name: str) -> list[StoredFlow]:
        """Return every version of a flow, the newest first."""
        with transaction(self._engine) as connection:
            return flow_versions.versions_of(connection, self._enterprise, name)

    def activate(self, new: Sequence[NewVersion], by: str, seen: Seen) -> list[FlowChange]:
        """Make texts the active versions of their names, all of them or none, in their order.

        UserMistake `flow_changed_meanwhile` where other versions than those of `seen` are active by now.
        """
        with changing(self._engine, self._enterprise) as connection:
            self._refuse_other(connection, seen)
            return [flow_versions.activate(connection, self._enterprise, each, by) for each in new]

    def roll_back(self, old: StoredFlow, by: str, reason: str, seen: Seen) -> FlowChange:
        """Make the text of an earlier version active again, as a new version; errors as those of `activate`."""
        with changing(self._engine, self._enterprise) as connection:
            self._refuse_other(connection, seen)
            return flow_versions.roll_back(connection, self._enterprise, old, by, reason)

    def _refuse_other(self, connection: Connection, seen: Seen) -> None:
        active = flow_versions.active_flows(connection, self._enterprise)
        for name, flow in active.items():
            if name not in seen or seen[name].version != flow.version:
                raise UserMistake("flow_changed_meanwhile", flow=name, version=flow.version, by=flow.about.activated_by)
