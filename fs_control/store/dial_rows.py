"""Gateways, rules and limits as rows, and the values of the directory that are made of them.

Easy to break: a directory goes into the journal, so nothing of what a gateway logs in with may get into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row

from fs_control.errors import BrokenInvariant
from fs_control.ids import EnterpriseId
from fs_control.records import DialLimits, DialRule, Gateway, NumberForm
from fs_control.store import tables
from fs_control.store.queries import rows_of

AGENTS: Final = "agent"
ENTERPRISE: Final = "enterprise"
"""Of what a row of limits is."""


@dataclass(frozen=True, slots=True)
class DialRows:
    """The rows of one enterprise."""

    gateways: Sequence[Row[Any]] = ()
    rules: Sequence[Row[Any]] = ()
    limits: Sequence[Row[Any]] = ()


def read_dial_rows(connection: Connection, enterprise: EnterpriseId) -> DialRows:
    """Read them."""
    parameters = {"enterprise": enterprise}
    return DialRows(
        gateways=connection.execute(rows_of(tables.gateway, "gateways"), parameters).all(),
        rules=connection.execute(rows_of(tables.dial_rule, "dial_rules"), parameters).all(),
        limits=connection.execute(rows_of(tables.dial_limit, "dial_limits"), parameters).all(),
    )


def gateways_from(rows: DialRows) -> tuple[Gateway, ...]:
    """Return the gateways without what they log in with."""
    return tuple(
        Gateway(row.name, form_from(row.form), row.max_calls, row.calls_per_second, row.enabled)
        for row in rows.gateways
    )


def form_from(stored: str) -> NumberForm:
    """Return how numbers are said; BrokenInvariant where the stored word is none of ours."""
    try:
        return NumberForm(stored)
    except ValueError as error:
        raise BrokenInvariant("stored_word_unknown", kind=NumberForm.__name__, word=stored) from error


def rules_from(rows: DialRows) -> tuple[DialRule, ...]:
    """Return the rules, by target."""
    return tuple(DialRule(row.target, row.allowed, row.cost, row.gateway) for row in rows.rules)


def limits_from(rows: DialRows, scope: str, shipped: DialLimits) -> DialLimits:
    """Return the limits of agents or of the enterprise; as shipped where nobody has set any."""
    row = next((each for each in rows.limits if each.scope == scope), None)
    return shipped if row is None else DialLimits(row.per_minute, row.per_hour, row.per_day, row.spend_per_day)
