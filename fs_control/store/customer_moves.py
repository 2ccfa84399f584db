"""Everything of one agent given to another, seen before it is done, and taken back (M13).

Moves customers and what is remembered of calls; flows are the admin's, and whoever asks for a move is told which name
the agent. Easy to break: taking back touches only what the move touched and nobody has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId, Micros
from fs_control.store.agents_known import agent_id
from fs_control.store.customers import StoredCustomer, customers_of
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.memories import memories_of
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.queries import query
from fs_control.store.undo_steps import Author, UndoKind, forget_step, keep, newest_step, timed_query


@dataclass(frozen=True, slots=True)
class CustomerMove:
    """What a move from one agent to another takes along."""

    source: str
    target: str
    customers: tuple[StoredCustomer, ...]
    memories: tuple[MemoryEntry, ...]


@dataclass(frozen=True, slots=True)
class MoveTakenBack:
    """How much went back to the agent from whom it had been moved."""

    source: str
    target: str
    customers: int
    memories: int


class PostgresCustomerMoves:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def preview(self, source: str, target: str) -> CustomerMove:
        """Return what a move takes along, without doing it."""
        with transaction(self._engine, is_snapshot=True) as connection:
            return self._move(connection, source, target)

    def move(self, source: str, target: str, author: Author) -> CustomerMove:
        """Give the customers of one agent to another, and have what is remembered lead there too."""
        with changing(self._engine, self._enterprise) as connection:
            move = self._move(connection, source, target)
            ids = {
                "source": agent_id(connection, self._enterprise, source),
                "target": agent_id(connection, self._enterprise, target),
            }
            keep(connection, self._enterprise, "keep_move", author, name=f"{source} {target}", **ids)
            parameters = {"enterprise": self._enterprise, "now": author.now, **ids}
            connection.execute(timed_query("move_customers", "now"), parameters)
            connection.execute(query("move_memories"), {"enterprise": self._enterprise, **ids})
        return move

    def undo(self, now: Micros) -> MoveTakenBack:
        """Take the newest move back, within 30 days.

        A customer who has got yet another owner since stays with that one; so does a number dialled by another since.
        """
        with changing(self._engine, self._enterprise) as connection:
            step = newest_step(connection, self._enterprise, UndoKind.CUSTOMER_MOVE, None, now)
            parameters = {"enterprise": self._enterprise, "step": step.id}
            source, target = step.name.split()
            if connection.execute(query("source_of_move"), parameters).one_or_none() is None:
                raise UserMistake("move_source_gone", agent=source)
            customers = connection.execute(timed_query("undo_move_of_customers", "now"), {**parameters, "now": now})
            memories = connection.execute(query("undo_move_of_memories"), parameters)
            forget_step(connection, self._enterprise, step)
            return MoveTakenBack(source, target, customers.rowcount, memories.rowcount)

    def _move(self, connection: Connection, source: str, target: str) -> CustomerMove:
        for number in (source, target):
            agent_id(connection, self._enterprise, number)
        if source == target:
            raise UserMistake("move_to_oneself", agent=source)
        customers = customers_of(connection, self._enterprise, source)
        memories = memories_of(connection, self._enterprise, source)
        return CustomerMove(source, target, tuple(customers), tuple(memories))
