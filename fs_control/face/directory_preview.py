"""What an import of a directory file would do, found out without doing it.

The same reading and judging as the import's own, inside one snapshot of the database and with nothing written.
"""

from __future__ import annotations

from zoneinfo import available_timezones

from sqlalchemy import Engine

from fs_control.ids import EnterpriseId
from fs_control.store.directory_check import differences, reference_problems
from fs_control.store.directory_plan import DirectoryFileMistake, DirectoryPlan, ImportResult
from fs_control.store.directory_rows import configured_from, read_rows
from fs_control.store.engine import transaction
from fs_control.store.queries import query


def preview_import(engine: Engine, enterprise: EnterpriseId, plan: DirectoryPlan) -> ImportResult:
    """Return what an import would add, change and leave; DirectoryFileMistake with every bad place of the file."""
    with transaction(engine, is_snapshot=True) as connection:
        configured = configured_from(read_rows(connection, enterprise))
        parameters = {"enterprise": enterprise, "numbers": list(plan.numbers)}
        numbers_of_others = set(connection.execute(query("numbers_of_others"), parameters).scalars())
    found = reference_problems(plan, configured, available_timezones(), numbers_of_others)
    if plan.problems or found:
        raise DirectoryFileMistake(plan.file, [*plan.problems, *found])
    return differences(plan, configured)
