"""The tokens of the API in PostgreSQL (E3): digests, and never a token.

Easy to break: a scope that a newer program has stored is left out when an older one reads it, so that no program lets
anybody do what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, insert

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId, Micros
from fs_control.records import ApiToken, Scope
from fs_control.store import tables
from fs_control.store.agents_known import agent_id, agents_by_number
from fs_control.store.directory_check import nearest
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of
from fs_control.store.undo_steps import timed_query

_SCOPES: Final = {scope.value: scope for scope in Scope}


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token with the number of its agent, None for one that may act for anybody."""

    token: ApiToken
    agent: str | None


class PostgresTokenStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def all(self) -> list[ApiToken]:
        """Return the tokens by name, those that have expired among them."""
        with transaction(self._engine) as connection:
            return self._read(connection)

    def listed(self) -> list[StoredToken]:
        """Return the same for people."""
        with transaction(self._engine) as connection:
            numbers = {agent: number for number, agent in agents_by_number(connection, self._enterprise).items()}
            tokens = self._read(connection)
        return [StoredToken(token, None if token.agent is None else numbers.get(token.agent)) for token in tokens]

    def add(self, token: ApiToken, agent: str | None) -> None:
        """Keep a new token, of the agent with this number or of none; `token_exists` where the name is taken."""
        with changing(self._engine, self._enterprise) as connection:
            if token.name in {known.name for known in self._read(connection)}:
                raise UserMistake("token_exists", token=token.name)
            values = {
                "enterprise_id": self._enterprise,
                "id": token.id,
                "name": token.name,
                "digest": token.digest,
                "scopes": sorted(token.scopes),
                "agent_id": None if agent is None else agent_id(connection, self._enterprise, agent),
                "created_at": token.created_at,
                "created_by": token.created_by,
                "expires_at": token.expires_at,
            }
            connection.execute(insert(tables.api_token), values)

    def revoke(self, name: str) -> None:
        """Take a token away for good; `token_unknown` names the nearest there is."""
        with changing(self._engine, self._enterprise) as connection:
            parameters = {"enterprise": self._enterprise, "name": name}
            if connection.execute(query("revoke_token"), parameters).one_or_none() is None:
                names = [known.name for known in self._read(connection)]
                raise UserMistake("token_unknown", token=name, nearest=nearest(name, names))

    def note_used(self, moments: Mapping[str, Micros]) -> None:
        """Note when tokens were last used, by their ids; one that is gone is no mistake."""
        rows = [{"enterprise": self._enterprise, "id": id, "now": at} for id, at in sorted(moments.items())]
        if rows:
            with transaction(self._engine) as connection:
                connection.execute(timed_query("note_token_used", "now"), rows)

    def _read(self, connection: Connection) -> list[ApiToken]:
        rows = connection.execute(rows_of(tables.api_token, "tokens"), {"enterprise": self._enterprise})
        return [_token_from(row) for row in rows]


def _token_from(row: Row[Any]) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        digest=row.digest,
        scopes=frozenset(_SCOPES[word] for word in row.scopes if word in _SCOPES),
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        agent=row.agent_id,
        last_used_at=row.last_used_at,
    )
