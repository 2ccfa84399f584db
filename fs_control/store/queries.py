"""The named queries of sql/queries_*.sql, each with its one sentence; no other room of this program holds SQL.

A query is looked up by name and typed by the table whose rows it returns. Easy to break: a value goes in as a
parameter (`:name`) and never into the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from sqlalchemy import Table, TextClause, text
from sqlalchemy.sql.selectable import TextualSelect

from fs_control.errors import BrokenInvariant
from fs_control.store.sql_files import sql_folder

_HEAD: Final = re.compile(r"^-- name: (?P<name>.*)\n", re.MULTILINE)
_BODY: Final = re.compile(r"-- (?P<sentence>\S.*\.)\n(?P<sql>(?!--)\S[^;]*;)\s*\Z")


@dataclass(frozen=True, slots=True)
class Query:
    """One named statement and the sentence that says what it is for."""

    name: str
    sentence: str
    sql: str


def query(name: str) -> TextClause:
    """Return the statement of this name; its parameters are those written as `:name` in it."""
    return text(_all_queries()[name].sql)


def sql_of(name: str) -> str:
    """Return the text of the query of this name, for people to read and to run."""
    return _all_queries()[name].sql


def rows_of(table: Table, name: str) -> TextualSelect:
    """Return the query of this name with its columns read as those of `table`, whichever of them it selects."""
    return query(name).columns(**{column.name: column.type for column in table.columns})


def parse_queries(sql: str) -> Mapping[str, Query]:
    """Cut a file of named queries into its parts; BrokenInvariant `query_misshapen` names the first bad one."""
    heads = list(_HEAD.finditer(sql))
    ends = [head.start() for head in heads[1:]] + [len(sql)]
    queries: dict[str, Query] = {}
    for head, end in zip(heads, ends, strict=True):
        name = head["name"].strip()
        body = _BODY.match(sql[head.end() : end])
        if body is None or not name.isidentifier() or name in queries:
            raise BrokenInvariant("query_misshapen", name=name)
        queries[name] = Query(name, body["sentence"], body["sql"].rstrip(";"))
    return queries


@cache
def _all_queries() -> Mapping[str, Query]:
    found: dict[str, Query] = {}
    for file in sorted(sql_folder().glob("queries*.sql")):
        for name, one in parse_queries(file.read_text(encoding="utf-8")).items():
            if name in found:
                raise BrokenInvariant("query_misshapen", name=name)
            found[name] = one
    return MappingProxyType(found)
