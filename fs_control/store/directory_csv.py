"""A directory file in CSV cut into entries: one sheet for everything, or a sheet of one kind.

In the sheet for everything the column `kind` says what a row is, the other columns are used as far as the kind needs
them, and rows of the kind `member` fill the groups of the same file. In a sheet of one kind each row is a whole thing,
a group with its members in one cell. Easy to break: a member's level is written behind the number, as in YAML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from fs_control.store.csv_rows import CsvRow, csv_rows
from fs_control.store.directory_check import nearest
from fs_control.store.directory_entries import FIELDS, Cell, Entry, Problems
from fs_control.store.directory_plan import ItemKind

_MEMBER: Final = "member"
_MEMBER_FIELDS: Final = ("group", "agent")
_MEMBER_CELLS: Final = (*_MEMBER_FIELDS, "level")
_BETWEEN_MEMBERS: Final = str.maketrans(dict.fromkeys(",;，；、", " "))
_KINDS: Final = (*FIELDS, _MEMBER)
_COLUMNS: Final = tuple(dict.fromkeys(["kind", *(name for names in FIELDS.values() for name in names), *_MEMBER_CELLS]))


def read_csv(text: str, problems: Problems) -> list[Entry]:
    """Return the entries of a sheet for everything; what cannot be read goes to `problems`."""
    entries: list[Entry] = []
    members: list[CsvRow] = []
    for row in csv_rows(text, _COLUMNS, "kind", problems):
        kind = _kind_of(row, problems)
        if kind is None:
            continue
        if kind == _MEMBER:
            members.append(row)
        else:
            entries.append(Entry(ItemKind(kind), row.place, row.cells))
    return _with_members(entries, members, problems)


def columns_of(kind: ItemKind) -> tuple[str, ...]:
    """Return the columns of a sheet of one kind; the first names the thing."""
    return (*FIELDS[kind], "members") if kind is ItemKind.GROUP else FIELDS[kind]


def read_sheet(kind: ItemKind, text: str, problems: Problems) -> list[Entry]:
    """Return the entries of a sheet of one kind."""
    columns = columns_of(kind)
    return [_entry(kind, row) for row in csv_rows(text, columns, columns[0], problems)]


def _entry(kind: ItemKind, row: CsvRow) -> Entry:
    cells = dict(row.cells)
    members = cells.pop("members", None)
    if members is None:
        return Entry(kind, row.place, cells)
    words = members.text.translate(_BETWEEN_MEMBERS).split()
    return Entry(kind, row.place, cells, tuple(Cell(word, members.place) for word in words))


# --- the sheet for everything --------------------------------------------------------------------------------------


def _kind_of(row: CsvRow, problems: Problems) -> str | None:
    """Return what kind a row is, with each cell noted that would be read by nobody: it stands in a wrong column."""
    cell = row.cells.get("kind")
    if cell is None:
        problems.add(row.place, "field_missing", kind="", field="kind")
        return None
    kind = cell.text.lower()
    if kind not in _KINDS:
        problems.add(cell.place, "kind_unknown", kind=kind, nearest=nearest(kind, _KINDS), valid=_KINDS)
        return None
    used = _MEMBER_CELLS if kind == _MEMBER else FIELDS[ItemKind(kind)]
    for name, other in row.cells.items():
        if name in _COLUMNS and name not in ("kind", *used):
            problems.add(other.place, "cell_not_used", kind=kind, field=name, text=other.text, valid=used)
    return kind


def _with_members(entries: Sequence[Entry], rows: Sequence[CsvRow], problems: Problems) -> list[Entry]:
    """Return the entries with each group's members in it, in the order of their rows."""
    members: dict[str, list[Cell]] = {name.text: [] for entry in entries for name in _group_name(entry)}
    for row in rows:
        group, agent = (row.cells.get(field) for field in _MEMBER_FIELDS)
        for field in _MEMBER_FIELDS:
            if field not in row.cells:
                problems.add(row.place, "field_missing", kind=_MEMBER, field=field)
        if group is not None and group.text not in members:
            problems.add(group.place, "group_not_in_file", group=group.text, nearest=nearest(group.text, members))
        elif group is not None and agent is not None:
            members[group.text].append(_member(agent, row.cells.get("level")))
    return [
        replace(entry, members=tuple(members[name.text])) if (name := next(_group_name(entry), None)) else entry
        for entry in entries
    ]


def _member(agent: Cell, level: Cell | None) -> Cell:
    return agent if level is None else Cell(f"{agent.text}:{level.text}", agent.place)


def _group_name(entry: Entry) -> Iterator[Cell]:
    if entry.kind is ItemKind.GROUP and "name" in entry.cells:
        yield entry.cells["name"]
