"""Everything that the commands of the directory keep and ask, on one database opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fs_control.face.database import database
from fs_control.face.library import known_prompts
from fs_control.ids import DEFAULT_ENTERPRISE

if TYPE_CHECKING:
    from fs_control.store.break_reasons import PostgresBreakReasons
    from fs_control.store.customer_moves import PostgresCustomerMoves
    from fs_control.store.customers import PostgresCustomerStore
    from fs_control.store.directory import PostgresDirectoryStore
    from fs_control.store.directory_edit import PostgresDirectoryEditor
    from fs_control.store.flow_history import PostgresFlowHistory
    from fs_control.store.memories import PostgresMemoryStore
    from fs_control.store.messages import PostgresMessageStore
    from fs_control.store.pins import PostgresPinStore
    from fs_control.store.removals import PostgresRemovals
    from fs_control.store.schedules import PostgresScheduleStore
    from fs_control.store.supervision_log import PostgresSupervisionLog


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one enterprise."""

    directory: PostgresDirectoryStore
    editor: PostgresDirectoryEditor
    removals: PostgresRemovals
    customers: PostgresCustomerStore
    moves: PostgresCustomerMoves
    memories: PostgresMemoryStore
    flows: PostgresFlowHistory
    messages: PostgresMessageStore
    breaks: PostgresBreakReasons
    schedules: PostgresScheduleStore
    pins: PostgresPinStore
    supervision: PostgresSupervisionLog

    @property
    def time_zone(self) -> str:
        """In which moments are shown and read."""
        return self.editor.configured().enterprise.time_zone


@contextmanager
def stores() -> Iterator[Stores]:
    """Give the block the stores; the database is closed behind it."""
    from fs_control.store.break_reasons import PostgresBreakReasons
    from fs_control.store.customer_moves import PostgresCustomerMoves
    from fs_control.store.customers import PostgresCustomerStore
    from fs_control.store.directory import PostgresDirectoryStore
    from fs_control.store.directory_edit import PostgresDirectoryEditor
    from fs_control.store.flow_history import PostgresFlowHistory
    from fs_control.store.memories import PostgresMemoryStore
    from fs_control.store.messages import PostgresMessageStore
    from fs_control.store.pins import PostgresPinStore
    from fs_control.store.removals import PostgresRemovals
    from fs_control.store.schedules import PostgresScheduleStore
    from fs_control.store.supervision_log import PostgresSupervisionLog

    prompts = known_prompts()
    with database() as engine:
        yield Stores(
            PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE, prompts),
            PostgresDirectoryEditor(engine, DEFAULT_ENTERPRISE, prompts),
            PostgresRemovals(engine, DEFAULT_ENTERPRISE),
            PostgresCustomerStore(engine, DEFAULT_ENTERPRISE),
            PostgresCustomerMoves(engine, DEFAULT_ENTERPRISE),
            PostgresMemoryStore(engine, DEFAULT_ENTERPRISE),
            PostgresFlowHistory(engine, DEFAULT_ENTERPRISE),
            PostgresMessageStore(engine, DEFAULT_ENTERPRISE),
            PostgresBreakReasons(engine, DEFAULT_ENTERPRISE),
            PostgresScheduleStore(engine, DEFAULT_ENTERPRISE),
            PostgresPinStore(engine, DEFAULT_ENTERPRISE),
            PostgresSupervisionLog(engine, DEFAULT_ENTERPRISE),
        )
