"""A table in CSV, as a spreadsheet saves it, cut into rows of named cells; and such a table written.

Knows no column by name. Easy to break: a place is the line of the file and the number of the cell, and one cell in
quotes may span several lines. A name that a spreadsheet would run as a formula is written with an apostrophe before
it, and read without.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fs_control.store.directory_check import nearest
from fs_control.store.directory_entries import Cell, Problems
from fs_control.store.directory_plan import Place

_DELIMITERS: Final = (",", ";", "\t")
"""What spreadsheets put between cells, depending on the country they are set to."""
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r].*", re.DOTALL)
"""What a spreadsheet would run, also behind apostrophes, so that each text is read as it was written."""
_PHONE_NUMBER: Final = re.compile(r"\+[0-9]+")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row with something in it; `cells` are the filled ones, by the name of their column."""

    line: int
    cells: Mapping[str, Cell]

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return Place(self.line, 1)


def csv_rows(text: str, columns: Sequence[str], key: str, problems: Problems) -> Iterator[CsvRow]:
    """Yield the rows of a CSV text; what cannot be read goes to `problems`.

    `columns` are those that there may be, in any order; the column `key` there must be.
    """
    lines = _lines(text, problems)
    header = next(lines, None)
    if header is None:
        return
    names = [name.strip().lower() for name in header[1]]
    if not _is_header_good(names, columns, key, problems):
        return
    for line, values in lines:
        row = _row(line, names, values, problems)
        if row is not None:
            yield row


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table that `csv_rows` reads again; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_written(value) for value in row] for row in rows)
    return text.getvalue()


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


def _is_header_good(names: Sequence[str], columns: Sequence[str], key: str, problems: Problems) -> bool:
    if key not in names:
        problems.add(Place(1, 1), "column_missing", column=key, valid=tuple(columns))
        return False
    for index, name in enumerate(names, 1):
        if name and name not in columns:
            meant = nearest(name, columns)
            problems.add(Place(1, index), "column_unknown", column=name, nearest=meant, valid=tuple(columns))
        elif name and name in names[: index - 1]:
            problems.add(Place(1, index), "key_twice", key=name, first_line=1)
    return True


def _row(line: int, names: Sequence[str], values: Sequence[str], problems: Problems) -> CsvRow | None:
    cells = [Cell(_read(value.strip()), Place(line, index)) for index, value in enumerate(values, 1)]
    filled = [cell for cell in cells if cell.text]
    for cell in filled:
        if cell.place.column > len(names):
            problems.add(cell.place, "cell_without_column", text=cell.text)
    named = {names[cell.place.column - 1]: cell for cell in filled if cell.place.column <= len(names)}
    return CsvRow(line, named) if filled else None


def _read(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.fullmatch(text[1:]) else text


def _written(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.fullmatch(text) and not _PHONE_NUMBER.fullmatch(text) else text
