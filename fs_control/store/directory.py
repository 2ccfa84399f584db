"""The configured enterprise in PostgreSQL: read as a whole, changed by an import, its flows activated.

Implements `ports.DirectoryStore` (N1, Q1, A1). It must not know how a directory file looks. Easy to break: an import
is all or nothing, and two of them never mix: whoever changes the directory locks the enterprise's row first.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Engine

from fs_control.ids import EnterpriseId
from fs_control.records import Directory, FlowText
from fs_control.store.calendars import years_around
from fs_control.store.directory_check import differences
from fs_control.store.directory_plan import DirectoryFileMistake, DirectoryPlan, ImportResult
from fs_control.store.directory_rows import configured_from, directory_from, read_flows, read_rows
from fs_control.store.directory_writing import problems_of, write_plan
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_versions import FlowVersion, NewVersion, activate, active_flows


class PostgresDirectoryStore:
    """The directory of one enterprise; `prompts` are those that there are, for what names one.

    `today` is the day around which calendars know public holidays; None is the day on which they are loaded. Every
    method raises RemoteFault when the database is away, busy or slow, and UserMistake `enterprise_unknown`.
    """

    def __init__(
        self, engine: Engine, enterprise: EnterpriseId, prompts: Collection[str] = (), today: date | None = None
    ) -> None:
        self._engine = engine
        self._enterprise = enterprise
        self._prompts = prompts
        self._today = today

    def load(self) -> tuple[Directory, tuple[FlowText, ...]]:
        """Return the whole directory and the active version of each flow, all of one moment."""
        with transaction(self._engine, is_snapshot=True) as connection:
            rows = read_rows(connection, self._enterprise)
            return directory_from(rows, years_around(self._today)), read_flows(connection, self._enterprise)

    def import_directory(self, plan: DirectoryPlan) -> ImportResult:
        """Carry out a directory file, all of it or nothing, and return what it added, changed and left alone.

        Things are found again by agent number, group name, service number and extension, and keep their ids. What the
        file does not name is not touched. Raises DirectoryFileMistake with every bad place of the file.
        """
        with changing(self._engine, self._enterprise) as connection:
            rows = read_rows(connection, self._enterprise)
            if found := problems_of(connection, self._enterprise, plan, rows, self._prompts):
                raise DirectoryFileMistake(plan.file, found)
            return write_plan(connection, self._enterprise, plan, rows)

    def preview(self, plan: DirectoryPlan) -> ImportResult:
        """Return what `import_directory` would do, found out without doing it; the same mistakes are raised."""
        with transaction(self._engine, is_snapshot=True) as connection:
            rows = read_rows(connection, self._enterprise)
            found = problems_of(connection, self._enterprise, plan, rows, self._prompts)
        if found:
            raise DirectoryFileMistake(plan.file, found)
        return differences(plan, configured_from(rows))

    def flow_versions(self) -> dict[str, FlowVersion]:
        """Return the active version of each flow, by name (N1)."""
        with transaction(self._engine) as connection:
            return {name: flow.about for name, flow in active_flows(connection, self._enterprise).items()}

    def activate_flow(self, name: str, text: str, by: str) -> bool:
        """Make `text` the active version of the flow `name`; False when it is that already.

        `by` says who did it. Earlier versions stay, so that each can be looked at and activated again.
        """
        with changing(self._engine, self._enterprise) as connection:
            return activate(connection, self._enterprise, NewVersion(name, text), by).is_new
