"""Gateways, rules, limits and shown numbers of an enterprise in PostgreSQL: what may be dialled, and by which way (O4).

Knows no switch. Easy to break: the password of a gateway is kept as it is, because the switch has to log in with it; it
leaves this file only by `for_switch`, and every other value is made without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, insert, update

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.records import AGENT_LIMITS, DialLimits, DialRule, NumberForm
from fs_control.store import tables
from fs_control.store.dial_rows import AGENTS, ENTERPRISE, form_from, limits_from, read_dial_rows, rules_from
from fs_control.store.directory_check import nearest
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of

_NAME: Final = re.compile(r"[0-9A-Za-z._-]{1,40}")
_PROXY: Final = re.compile(r"[0-9A-Za-z.-]{1,253}(:[0-9]{1,5})?(;transport=(udp|tcp|tls))?")
_PLAIN: Final = re.compile(r"[!-~]{1,128}")
"""What a gateway logs in with: printable ASCII without blanks, as files of the switch can hold it."""
_TARGET: Final = re.compile(r"\+[1-9][0-9]{0,14}|[0-9]{2,20}|[A-Z]{2}")
_SHOWN: Final = re.compile(r"\+?[0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class GatewayEntry:
    """A gateway as an operator sets it up; without `password` in anything that is printed."""

    name: str
    proxy: str
    realm: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    register: bool = False
    ping_s: int | None = 30
    form: NumberForm = NumberForm.DIALLED
    max_calls: int | None = None
    calls_per_second: int | None = None
    enabled: bool = True


class PostgresDialStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    # --- gateways ---

    def gateways(self) -> list[GatewayEntry]:
        """Return the gateways in the order in which they are tried, without passwords."""
        with transaction(self._engine) as connection:
            return [_entry(row, with_password=False) for row in self._gateway_rows(connection)]

    def for_switch(self) -> list[GatewayEntry]:
        """Return the gateways of all enterprises with what they log in with, for the files of the switch alone."""
        with transaction(self._engine) as connection:
            rows = connection.execute(rows_of(tables.gateway, "all_gateways")).all()
            return [_entry(row, with_password=True) for row in rows if row.enabled]

    def add_gateway(self, entry: GatewayEntry) -> None:
        """Add a gateway; UserMistake where its name is taken or a value cannot be said to the switch."""
        checked_gateway(entry)
        with changing(self._engine, self._enterprise) as connection:
            names = {row.name for row in connection.execute(rows_of(tables.gateway, "all_gateways"))}
            if entry.name in names:
                raise UserMistake("gateway_exists", gateway=entry.name)
            connection.execute(insert(tables.gateway), {"enterprise_id": self._enterprise, **_columns(entry)})

    def change_gateway(self, name: str, changes: Mapping[str, Any]) -> None:
        """Change fields of a gateway; UserMistake `dial_gateway_unknown`."""
        with changing(self._engine, self._enterprise) as connection:
            rows = {row.name: row for row in self._gateway_rows(connection)}
            if name not in rows:
                raise UserMistake("dial_gateway_unknown", gateway=name, nearest=nearest(name, list(rows)))
            entry = _entry(rows[name], with_password=True)
            new = checked_gateway(_changed(entry, changes))
            table = tables.gateway
            mine = (table.c.enterprise_id == self._enterprise) & (table.c.name == name)
            connection.execute(update(table).where(mine).values(**_columns(new)))

    def remove_gateway(self, name: str) -> None:
        """Remove a gateway; UserMistake where there is none, or a rule names it."""
        parameters = {"enterprise": self._enterprise, "name": name}
        with changing(self._engine, self._enterprise) as connection:
            rules = connection.execute(query("rules_by_gateway"), parameters).scalars().all()
            if rules:
                raise UserMistake("gateway_in_use", gateway=name, rules=tuple(rules))
            if connection.execute(query("remove_gateway"), parameters).one_or_none() is None:
                known = [row.name for row in self._gateway_rows(connection)]
                raise UserMistake("dial_gateway_unknown", gateway=name, nearest=nearest(name, known))

    def _gateway_rows(self, connection: Connection) -> Sequence[Row[Any]]:
        return connection.execute(rows_of(tables.gateway, "gateways"), {"enterprise": self._enterprise}).all()

    # --- rules ---

    def rules(self) -> tuple[DialRule, ...]:
        """Return the rules, by target."""
        with transaction(self._engine) as connection:
            return rules_from(read_dial_rows(connection, self._enterprise))

    def set_rule(self, rule: DialRule) -> None:
        """Add a rule, or change the one of its target; UserMistake where it can fit no number."""
        if not _TARGET.fullmatch(rule.target):
            raise UserMistake("dial_target_bad", target=rule.target)
        with changing(self._engine, self._enterprise) as connection:
            known = [row.name for row in self._gateway_rows(connection)]
            if rule.gateway is not None and rule.gateway not in known:
                raise UserMistake("dial_gateway_unknown", gateway=rule.gateway, nearest=nearest(rule.gateway, known))
            values = {"target": rule.target, "allowed": rule.allowed, "cost": rule.cost, "gateway": rule.gateway}
            connection.execute(query("set_dial_rule"), {"enterprise": self._enterprise, **values})

    def remove_rule(self, target: str) -> None:
        """Remove a rule; UserMistake `dial_rule_unknown`."""
        parameters = {"enterprise": self._enterprise, "target": target}
        with changing(self._engine, self._enterprise) as connection:
            if connection.execute(query("remove_dial_rule"), parameters).one_or_none() is None:
                raise UserMistake("dial_rule_unknown", target=target)

    # --- limits and shown numbers ---

    def limits(self) -> tuple[DialLimits, DialLimits]:
        """Return the limits of each agent and those of the enterprise."""
        with transaction(self._engine) as connection:
            rows = read_dial_rows(connection, self._enterprise)
        return limits_from(rows, AGENTS, AGENT_LIMITS), limits_from(rows, ENTERPRISE, DialLimits())

    def set_limits(self, scope: str, limits: DialLimits) -> None:
        """Set all limits of agents (`AGENTS`) or of the enterprise."""
        values = {name: getattr(limits, name) for name in ("per_minute", "per_hour", "per_day", "spend_per_day")}
        with changing(self._engine, self._enterprise) as connection:
            connection.execute(query("set_dial_limit"), {"enterprise": self._enterprise, "scope": scope, **values})

    def set_caller_id(self, number: str | None, agent: str | None = None) -> None:
        """Set what is shown to whomever an agent, or without one anybody, dials; None takes it away."""
        if number is not None and not _SHOWN.fullmatch(number):
            raise UserMistake("caller_id_bad", number=number)
        parameters = {"enterprise": self._enterprise, "caller_id": number}
        with changing(self._engine, self._enterprise) as connection:
            if agent is None:
                connection.execute(query("set_caller_id"), parameters)
                return
            found = connection.execute(query("set_caller_id_of_agent"), {**parameters, "agent": agent})
            if found.one_or_none() is None:
                agents = connection.execute(rows_of(tables.agent, "agents"), {"enterprise": self._enterprise})
                raise UserMistake("agent_unknown", agent=agent, nearest=nearest(agent, [row.number for row in agents]))


def checked_gateway(entry: GatewayEntry) -> GatewayEntry:
    """Return a gateway; UserMistake names the first value that would mean something else in the switch's files."""
    patterns = (
        ("name", entry.name, _NAME),
        ("proxy", entry.proxy, _PROXY),
        ("realm", entry.realm, _PLAIN),
        ("username", entry.username, _PLAIN),
    )
    for name, value, pattern in patterns:
        if value is not None and not pattern.fullmatch(value):
            raise UserMistake("gateway_value_bad", field=name, value=value)
    if entry.password is not None and (not _PLAIN.fullmatch(entry.password) or "$" in entry.password):
        raise UserMistake("gateway_password_bad")
    if entry.register and not (entry.username and entry.password):
        raise UserMistake("gateway_needs_login", gateway=entry.name)
    return entry


def _changed(entry: GatewayEntry, changes: Mapping[str, Any]) -> GatewayEntry:
    values = {name: getattr(entry, name) for name in GatewayEntry.__slots__}
    return GatewayEntry(**{**values, **changes})


def _columns(entry: GatewayEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in GatewayEntry.__slots__}


def _entry(row: Row[Any], *, with_password: bool) -> GatewayEntry:
    return GatewayEntry(
        name=row.name,
        proxy=row.proxy,
        realm=row.realm,
        username=row.username,
        password=row.password if with_password else None,
        register=row.register,
        ping_s=row.ping_s,
        form=form_from(row.form),
        max_calls=row.max_calls,
        calls_per_second=row.calls_per_second,
        enabled=row.enabled,
    )
