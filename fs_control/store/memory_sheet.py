"""A CSV sheet of call memories, with every bad line of it named (M1, A1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from fs_control.errors import UserMistake
from fs_control.ids import Micros
from fs_control.store.csv_rows import CsvRow
from fs_control.store.directory_fields import agent_number, customer_number, service_number
from fs_control.store.directory_plan import ItemKind
from fs_control.store.sheets import Sheet, SheetReader, read_sheet

COLUMNS: Final = ("number", "agent", "service_number", "remembered_at")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """That an agent dialled a number; `service_number` is what the dialled party saw, where it is known."""

    number: str
    agent: str
    service_number: str | None
    remembered_at: Micros


def parse_memories(text: str, file: str, region: str, zone: str, now: Micros) -> Sheet[MemoryEntry]:
    """Read a sheet of memories; a row without a moment is of `now`, one without an offset is in `zone`."""

    def read_row(row: CsvRow, reader: SheetReader) -> tuple[str, MemoryEntry] | None:
        number = reader.required(row, "number", lambda text: customer_number(text, region))
        agent = reader.required(row, "agent", agent_number)
        service = reader.optional(row, "service_number", service_number)
        at = reader.optional(row, "remembered_at", lambda text: moment(text, zone, now))
        if number is None or not reader.is_first(row, number) or agent is None:
            return None
        return number, MemoryEntry(number, agent, service, now if at is None else at)

    return read_sheet(ItemKind.MEMORY, COLUMNS, text, file, read_row)


def moment(text: str, zone: str, now: Micros) -> Micros:
    """Read a moment that has passed, as ISO 8601 has it: 2026-11-22T10:00, 2026-11-22 10:00:00+08:00."""
    try:
        read = datetime.fromisoformat(text)
        at = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
        found = Micros((at - _EPOCH) // timedelta(microseconds=1))
    except (ValueError, OverflowError):
        raise UserMistake("not_a_moment", text=text) from None
    if found > now:
        raise UserMistake("moment_to_come", text=text)
    return found


def moment_text(at: Micros, zone: str) -> str:
    """Write what `moment` reads, exactly."""
    where: tzinfo = ZoneInfo(zone)
    return (_EPOCH + timedelta(microseconds=at)).astimezone(where).isoformat()
