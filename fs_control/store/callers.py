"""What the database knows of a caller at the moment of a call: one query, every part of it by an index.

Implements `ports.CallerStore` (M1, M2, M4, M6, M10, Q2). It decides nothing: it says whose customer the caller is, who
dialled them and who talked with them. Easy to break: a memory counts up to the moment of its expiry and not at it, and
nothing of another enterprise is ever seen.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Engine, Row

from fs_control.ids import EnterpriseId, Micros, PhoneNumber, seconds
from fs_control.records import CallerFacts, CallMemory, LastTalk, MemoryStanding, SavedCustomer
from fs_control.store.column_types import MicrosTime, storable_text
from fs_control.store.engine import transaction
from fs_control.store.queries import query


class PostgresCallerStore:
    """The callers of one enterprise."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def look_up(self, caller: PhoneNumber, number: str, now: Micros) -> CallerFacts:
        """Return what is known of a caller of the service number `number`, named as the directory names it.

        A caller without a number is nobody's customer. `now` decides whether a memory has expired. Raises RemoteFault
        when the database is away, busy or slow.
        """
        if caller.key is None:
            return CallerFacts()
        parameters = {
            "enterprise": self._enterprise,
            "caller": storable_text(caller.key),
            "service_number": storable_text(number),
        }
        statement = query("caller_facts").columns(
            customer_id=BigInteger(), remembered_at=MicrosTime(), talk_ended_at=MicrosTime()
        )
        with transaction(self._engine) as connection:
            row = connection.execute(statement, parameters).one_or_none()
        if row is None:
            return CallerFacts()
        return CallerFacts(_customer(row), _memory(row, now), _last_talk(row))


def _customer(row: Row[Any]) -> SavedCustomer | None:
    if row.customer_id is None:
        return None
    return SavedCustomer(row.customer_id, row.customer_number, row.customer_name, row.owner_id, row.customer_priority)


def _memory(row: Row[Any], now: Micros) -> CallMemory | None:
    if row.memory_agent_id is None:
        return None
    expires_at = Micros(row.remembered_at + seconds(row.memory_valid_s))
    if not row.takes_memory:
        standing = MemoryStanding.NUMBER_TAKES_NO_PART
    else:
        standing = MemoryStanding.VALID if now < expires_at else MemoryStanding.EXPIRED
    return CallMemory(row.memory_agent_id, row.remembered_at, expires_at, standing)


def _last_talk(row: Row[Any]) -> LastTalk | None:
    return None if row.talk_agent_id is None else LastTalk(row.talk_agent_id, row.talk_ended_at)
