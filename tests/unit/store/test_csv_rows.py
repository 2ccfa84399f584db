"""Rows of a CSV sheet with their places, and sheets written so that they are read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.store.csv_rows import csv_rows, write_csv
from fs_control.store.directory_entries import Problems

COLUMNS = ("number", "name")
cells = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1)


def read(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """Give the rows, and the problems as line:column code."""
    problems = Problems("x.csv")
    rows = [
        {name: cell.text for name, cell in row.cells.items()} for row in csv_rows(text, COLUMNS, "number", problems)
    ]
    return rows, [f"{one.place.line}:{one.place.column} {one.code}" for one in problems.found]


def test_columns_come_in_any_order_and_empty_rows_are_passed_over() -> None:
    assert read("Name;NUMBER\n王芳;8001\n;\n;8002\n") == ([{"name": "王芳", "number": "8001"}, {"number": "8002"}], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\nx\n", "1:1 column_missing"),
        ("number,nam\n", "1:2 column_unknown"),
        ("number,number\n", "1:2 key_twice"),
        ("number\n1,2\n", "2:2 cell_without_column"),
        ('number\n"1', "2:1 csv_unreadable"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(text: str, problem: str) -> None:
    assert read(text)[1] == [problem]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-2", "+cmd|x", "=1\n2", "'=1", "''+1"])
def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(name: str) -> None:
    text = write_csv(COLUMNS, [("+8613800138000", name)])
    assert f"'{name[:2]}" in text
    assert "'+86" not in text
    assert read(text) == ([{"number": "+8613800138000", "name": name}], [])


@given(st.lists(st.tuples(cells, cells)))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    wanted = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert read(write_csv(COLUMNS, rows)) == (wanted, [])
