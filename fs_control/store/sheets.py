"""A CSV sheet of things saved by number (customers, call memories), read cell by cell with every mistake noted.

Pure: text in, sheet out. What the things refer to is judged later, against what is configured. Easy to break: reading
never stops at a mistake, and a number that is written twice in two forms is one number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fs_control.errors import UserMistake
from fs_control.store.csv_rows import CsvRow, csv_rows
from fs_control.store.directory_check import nearest
from fs_control.store.directory_entries import Problems
from fs_control.store.directory_plan import DirectoryFileMistake, FileProblem, ItemKind, Place

Entry = TypeVar("Entry")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Entry]):
    """What one file asks for, by number. With `problems` it is refused by whoever should carry it out."""

    file: str
    entries: Mapping[str, Entry]
    places: Mapping[str, CsvRow]
    problems: tuple[FileProblem, ...] = ()

    def place_of(self, key: str, column: str) -> Place:
        """Return where a value stands; the beginning of its row where it is not written."""
        row = self.places[key]
        return row.cells[column].place if column in row.cells else row.place


@dataclass(slots=True)
class SheetReader:
    """Reads the cells of one row after the other, and notes what is wrong."""

    kind: ItemKind
    problems: Problems
    first: dict[str, CsvRow] = field(default_factory=dict)

    def required(self, row: CsvRow, column: str, reader: Callable[[str], _Value]) -> _Value | None:
        """Read a cell that has to be filled; None where it is not, or cannot be read."""
        if column not in row.cells:
            self.problems.add(row.place, "field_missing", kind=self.kind, field=column)
        return self.optional(row, column, reader)

    def optional(self, row: CsvRow, column: str, reader: Callable[[str], _Value]) -> _Value | None:
        """Read a cell; None where it is empty or cannot be read."""
        cell = row.cells.get(column)
        if cell is None:
            return None
        try:
            return reader(cell.text)
        except UserMistake as mistake:
            self.problems.add(cell.place, mistake.code, field=column, **mistake.values)
            return None

    def is_first(self, row: CsvRow, key: str) -> bool:
        """Remember which row is about `key`; a second one is refused."""
        first = self.first.setdefault(key, row)
        if first is not row:
            self.problems.add(row.place, "written_twice", kind=self.kind, key=key, first_line=first.line)
        return first is row


def read_sheet(
    kind: ItemKind,
    columns: Sequence[str],
    text: str,
    file: str,
    read_row: Callable[[CsvRow, SheetReader], tuple[str, Entry] | None],
) -> Sheet[Entry]:
    """Read a CSV text whose first column names the thing; `read_row` gives the key and the entry of a good row."""
    reader = SheetReader(kind, Problems(file))
    rows = csv_rows(text, columns, columns[0], reader.problems)
    entries = dict(found for row in rows if (found := read_row(row, reader)) is not None)
    if not reader.first and not reader.problems.found:
        reader.problems.add(Place(1, 1), "directory_file_empty")
    return Sheet(file, entries, reader.first, tuple(reader.problems.found))


def unknown_agents(
    sheet: Sheet[Entry], column: str, agent_of: Callable[[Entry], str], agents: Iterable[str]
) -> Iterator[FileProblem]:
    """Yield each row that names an agent whom the directory does not know."""
    known = frozenset(agents)
    for key, entry in sheet.entries.items():
        number = agent_of(entry)
        if number not in known:
            values = {"agent": number, "nearest": nearest(number, known)}
            yield FileProblem(sheet.file, sheet.place_of(key, column), "agent_unknown", values)


def refuse_problems(sheet: Sheet[Entry], found: Iterable[FileProblem]) -> None:
    """Raise DirectoryFileMistake where anything is wrong."""
    problems = [*sheet.problems, *found]
    if problems:
        raise DirectoryFileMistake(sheet.file, problems)
