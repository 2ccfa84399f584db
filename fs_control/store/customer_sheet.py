"""A CSV sheet of customers, with every bad line of it named (M5, A1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.store.csv_rows import CsvRow
from fs_control.store.directory_fields import agent_number, customer_number, name
from fs_control.store.directory_plan import ItemKind
from fs_control.store.group_fields import priority
from fs_control.store.sheets import Sheet, SheetReader, read_sheet

COLUMNS: Final = ("number", "name", "owner", "priority")


@dataclass(frozen=True, slots=True)
class CustomerEntry:
    """A customer as people write one; `owner` is the number of an agent, a VIP has a `priority` above 0."""

    number: str
    name: str
    owner: str
    priority: int = 0


def parse_customers(text: str, file: str, region: str) -> Sheet[CustomerEntry]:
    """Read a sheet of customers; `region` is that of numbers without a country code."""

    def read_row(row: CsvRow, reader: SheetReader) -> tuple[str, CustomerEntry] | None:
        number = reader.required(row, "number", lambda text: customer_number(text, region))
        called = reader.optional(row, "name", name)
        owner = reader.optional(row, "owner", agent_number)
        rank = reader.optional(row, "priority", priority)
        if "owner" not in row.cells:
            reader.problems.add(row.place, "customer_needs_owner")
        if number is None or not reader.is_first(row, number) or owner is None:
            return None
        return number, CustomerEntry(number, called or "", owner, rank or 0)

    return read_sheet(ItemKind.CUSTOMER, COLUMNS, text, file, read_row)
