"""The messages that callers left (N7), as people work them off: who is to see to each, and what has been seen to.

A message comes in with the record of its call (`call_records`) and is never made here. Easy to break: what is removed
is removed with its sound, so the row goes first; a file without a row harms nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.sql.selectable import TextualSelect

from fs_control.errors import UserMistake
from fs_control.ids import CallId, EnterpriseId, Micros, NumberKind, PhoneNumber
from fs_control.store import tables
from fs_control.store.agents_known import agent_id
from fs_control.store.column_types import StoredText
from fs_control.store.engine import transaction
from fs_control.store.queries import query
from fs_control.store.undo_steps import Author, timed_query


class MessageStatus(StrEnum):
    """What has become of a message."""

    NEW = "new"
    ASSIGNED = "assigned"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message with its call; `agent` is the number of whoever is to see to it."""

    id: int
    status: MessageStatus
    left_at: Micros
    seconds: float
    caller: PhoneNumber
    caller_name: str
    number: str
    box: str
    agent: str | None
    agent_name: str | None
    done_at: Micros | None
    done_by: str | None
    call: str
    file: str


class PostgresMessageStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def search(
        self,
        status: MessageStatus | None = None,
        box: str | None = None,
        agent: str | None = None,
        limit: int | None = None,
    ) -> list[StoredMessage]:
        """Return messages, the newest first; UserMistake `agent_unknown`."""
        with transaction(self._engine) as connection:
            if agent is not None:
                agent_id(connection, self._enterprise, agent)
            return self._read(connection, status=status, box=box, agent=agent, limit=limit)

    def of_call(self, call: CallId) -> list[StoredMessage]:
        """Return what a caller left in one call, in the order of speaking."""
        with transaction(self._engine) as connection:
            return self._read(connection, call=call)[::-1]

    def find(self, message: int) -> StoredMessage:
        """Return one message; UserMistake `message_unknown`."""
        with transaction(self._engine) as connection:
            return self._found(connection, message)

    def assign(self, message: int, agent: str | None, author: Author) -> StoredMessage:
        """Give a message to an agent, or to nobody; one that was done is to be seen to again."""
        with transaction(self._engine) as connection:
            self._found(connection, message)
            chosen = None if agent is None else agent_id(connection, self._enterprise, agent)
            values = {**self._key(message), "agent": chosen, "now": author.now, "who": author.by}
            connection.execute(timed_query("assign_message", "now"), values)
            return self._found(connection, message)

    def finish(self, messages: Sequence[int], author: Author) -> None:
        """Note that messages were seen to, all or none."""
        with transaction(self._engine) as connection:
            for message in messages:
                self._found(connection, message)
                values = {**self._key(message), "now": author.now, "who": author.by}
                connection.execute(timed_query("finish_message", "now"), values)

    def remove(self, messages: Sequence[int]) -> list[StoredMessage]:
        """Remove messages, all or none, and return what they were: their files are for the caller to remove."""
        with transaction(self._engine) as connection:
            removed = [self._found(connection, message) for message in dict.fromkeys(messages)]
            for message in removed:
                connection.execute(query("remove_message"), self._key(message.id))
        return removed

    def _found(self, connection: Connection, message: int) -> StoredMessage:
        found = self._read(connection, message=message)
        if not found:
            raise UserMistake("message_unknown", id=message)
        return found[0]

    def _read(self, connection: Connection, **narrowed: Any) -> list[StoredMessage]:
        everything = {"message": None, "call": None, "status": None, "box": None, "agent": None, "limit": None}
        parameters = {"enterprise": self._enterprise, **everything, **narrowed}
        return [_message_from(row) for row in connection.execute(_messages(), parameters)]

    def _key(self, message: int) -> dict[str, Any]:
        return {"enterprise": self._enterprise, "message": message}


def _messages() -> TextualSelect:
    call = tables.call.c
    names = (call.number, call.caller_raw, call.caller_kind, call.caller_e164, call.caller_name)
    own = {column.name: column.type for column in tables.call_message.columns}
    joined = {column.name: column.type for column in names}
    return query("messages").columns(**own, **joined, agent=StoredText(), agent_name=StoredText())


def _message_from(row: Row[Any]) -> StoredMessage:
    return StoredMessage(
        id=row.id,
        status=_status(row),
        left_at=row.left_at,
        seconds=row.length_us / 1_000_000,
        caller=PhoneNumber(row.caller_raw, NumberKind(row.caller_kind), row.caller_e164),
        caller_name=row.caller_name,
        number=row.number,
        box=row.box,
        agent=row.agent,
        agent_name=row.agent_name,
        done_at=row.done_at,
        done_by=row.done_by,
        call=row.call_id,
        file=row.file,
    )


def _status(row: Row[Any]) -> MessageStatus:
    if row.done_at is not None:
        return MessageStatus.DONE
    return MessageStatus.NEW if row.agent is None else MessageStatus.ASSIGNED
