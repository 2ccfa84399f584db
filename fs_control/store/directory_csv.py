"""A directory file in CSV, as a spreadsheet saves it, cut into entries.

One sheet for everything: the column `kind` says what a row is, the other columns are used as far as the kind needs
them. Rows of the kind `member` fill the groups of the same file. Easy to break: a place is the line of the file and
the number of the cell, and one cell in quotes may span several lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fs_control.store.directory_check import nearest
from fs_control.store.directory_entries import FIELDS, Cell, Entry, Problems
from fs_control.store.directory_plan import ItemKind, Place

_MEMBER: Final = "member"
_MEMBER_FIELDS: Final = ("group", "agent")
_KINDS: Final = (*ItemKind, _MEMBER)
_COLUMNS: Final = tuple(
    dict.fromkeys(["kind", *(name for names in FIELDS.values() for name in names), *_MEMBER_FIELDS])
)
_DELIMITERS: Final = (",", ";", "\t")
"""What spreadsheets put between cells, depending on the country they are set to."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    kind: Cell
    cells: Mapping[str, Cell]

    @property
    def place(self) -> Place:
        return Place(self.line, 1)


def read_csv(text: str, problems: Problems) -> list[Entry]:
    """Return the entries of a CSV text; what cannot be read goes to `problems`."""
    entries: list[Entry] = []
    members: list[_Row] = []
    for row in _rows(text, problems):
        if row.kind.text == _MEMBER:
            members.append(row)
        elif row.kind.text in FIELDS:
            entries.append(Entry(ItemKind(row.kind.text), row.place, row.cells))
        else:
            meant = nearest(row.kind.text, _KINDS)
            problems.add(row.kind.place, "kind_unknown", kind=row.kind.text, nearest=meant, valid=_KINDS)
    return _with_members(entries, members, problems)


def _with_members(entries: Sequence[Entry], rows: Sequence[_Row], problems: Problems) -> list[Entry]:
    """Return the entries with each group's members in it, in the order of their rows."""
    members: dict[str, list[Cell]] = {name.text: [] for entry in entries if (name := _group_name(entry)) is not None}
    for row in rows:
        group, agent = (row.cells.get(field) for field in _MEMBER_FIELDS)
        for field in _MEMBER_FIELDS:
            if field not in row.cells:
                problems.add(row.place, "field_missing", kind=_MEMBER, field=field)
        if group is not None and group.text not in members:
            meant = nearest(group.text, members)
            problems.add(group.place, "group_not_in_file", group=group.text, nearest=meant)
        elif group is not None and agent is not None:
            members[group.text].append(agent)
    return [
        replace(entry, members=tuple(members[name.text])) if (name := _group_name(entry)) is not None else entry
        for entry in entries
    ]


def _group_name(entry: Entry) -> Cell | None:
    return entry.cells.get("name") if entry.kind is ItemKind.GROUP else None


# --- rows and cells ------------------------------------------------------------------------------------------------


def _rows(text: str, problems: Problems) -> Iterator[_Row]:
    lines = _lines(text, problems)
    header = next(lines, None)
    if header is None:
        return
    columns = [name.strip().lower() for name in header[1]]
    if not _is_header_good(columns, problems):
        return
    for line, values in lines:
        cells = [Cell(value.strip(), Place(line, index)) for index, value in enumerate(values, 1)]
        if any(cell.text for cell in cells):
            yield from _row(line, columns, cells, problems)


def _lines(text: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for values in reader:
            yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(Place(line, 1), "csv_unreadable", reason=str(error))


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _is_header_good(columns: Sequence[str], problems: Problems) -> bool:
    if "kind" not in columns:
        problems.add(Place(1, 1), "column_missing", column="kind", valid=_COLUMNS)
        return False
    for index, name in enumerate(columns, 1):
        if name and name not in _COLUMNS:
            meant = nearest(name, _COLUMNS)
            problems.add(Place(1, index), "column_unknown", column=name, nearest=meant, valid=_COLUMNS)
        elif name and name in columns[: index - 1]:
            problems.add(Place(1, index), "key_twice", key=name, first_line=1)
    return True


def _row(line: int, columns: Sequence[str], cells: Sequence[Cell], problems: Problems) -> Iterator[_Row]:
    filled = [cell for cell in cells if cell.text]
    named = {columns[cell.place.column - 1]: cell for cell in filled if cell.place.column <= len(columns)}
    kind = named.pop("kind", None)
    if kind is None:
        problems.add(Place(line, 1), "field_missing", kind="", field="kind")
        return
    row = _Row(line, Cell(kind.text.lower(), kind.place), named)
    _refuse_idle_cells(row, filled, len(columns), problems)
    yield row


def _refuse_idle_cells(row: _Row, filled: Sequence[Cell], width: int, problems: Problems) -> None:
    """Name each cell that would be read by nobody: it stands in a wrong column."""
    kind = row.kind.text
    if kind not in _KINDS:
        return
    used = _MEMBER_FIELDS if kind == _MEMBER else FIELDS[ItemKind(kind)]
    for name, cell in row.cells.items():
        if name in _COLUMNS and name not in used:
            problems.add(cell.place, "cell_not_used", kind=kind, field=name, text=cell.text, valid=used)
    for cell in filled:
        if cell.place.column > width:
            problems.add(cell.place, "cell_without_column", text=cell.text)
