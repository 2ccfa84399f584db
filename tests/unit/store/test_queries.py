"""Named queries: each has a name, one sentence and one statement."""

from __future__ import annotations

import pytest

from fs_control.errors import BrokenInvariant
from fs_control.store.queries import Query, parse_queries, query

GOOD = """-- A remark about the file.

-- name: one
-- Gives one.
SELECT 1;

-- name: two
-- Gives two.
SELECT 2
WHERE :yes;
"""


def test_a_file_is_cut_into_named_queries() -> None:
    assert parse_queries(GOOD) == {
        "one": Query("one", "Gives one.", "SELECT 1"),
        "two": Query("two", "Gives two.", "SELECT 2\nWHERE :yes"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "-- name: bare\nSELECT 1;\n",
        "-- name: two words\n-- Says so.\nSELECT 1;\n",
        "-- name: double\n-- Says so.\nSELECT 1; SELECT 2;\n",
        "-- name: empty\n-- Says so.\n",
        GOOD + "-- name: one\n-- Gives one again.\nSELECT 1;\n",
    ],
)
def test_a_misshapen_query_is_named(text: str) -> None:
    with pytest.raises(BrokenInvariant, match="query_misshapen"):
        parse_queries(text)


def test_a_query_keeps_its_parameters() -> None:
    assert set(query("calls_by_prefix").compile().params) == {"enterprise", "prefix", "limit"}
