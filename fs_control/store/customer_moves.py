"""Everything of one agent given to another, seen before it is done, and taken back (M13).

Moves customers, what is remembered of calls, and the agent's places in active flows, each of which gets a new version.
Easy to break: taking back touches only what the move touched and nobody has changed since.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import partial

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store.agents_known import agent_id
from fs_control.store.customers import StoredCustomer, customers_of
from fs_control.store.directory_rows import read_flows
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_edits import FlowEdit, with_other_agent
from fs_control.store.flow_versions import edit
from fs_control.store.memories import memories_of
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.queries import query
from fs_control.store.undo_steps import Author, UndoKind, UndoStep, forget_step, keep, newest_step, timed_query


@dataclass(frozen=True, slots=True)
class CustomerMove:
    """What a move from one agent to another takes along."""

    source: str
    target: str
    customers: tuple[StoredCustomer, ...]
    memories: tuple[MemoryEntry, ...]
    flows: tuple[FlowEdit, ...] = ()
    """The active flows that name the agent, each with the version that names the other one instead."""


@dataclass(frozen=True, slots=True)
class MoveTakenBack:
    """How much went back to the agent from whom it had been moved.

    `flows` have the version from before the move again; `flows_left` were changed by somebody since.
    """

    source: str
    target: str
    customers: int
    memories: int
    flows: tuple[FlowEdit, ...] = ()
    flows_left: tuple[str, ...] = ()


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
        """Give the customers of one agent to another, and have what is remembered and the flows lead there too."""
        with changing(self._engine, self._enterprise) as connection:
            move = self._move(connection, source, target)
            ids = {
                "source": agent_id(connection, self._enterprise, source),
                "target": agent_id(connection, self._enterprise, target),
            }
            flows = [asdict(flow) for flow in move.flows]
            kept = {"name": f"{source} {target}", "flows": json.dumps(flows), **ids}
            keep(connection, self._enterprise, "keep_move", author, **kept)
            parameters = {"enterprise": self._enterprise, "now": author.now, **ids}
            connection.execute(timed_query("move_customers", "now"), parameters)
            connection.execute(query("move_memories"), {"enterprise": self._enterprise, **ids})
            for flow in move.flows:
                rename = partial(with_other_agent, old=source, new=target)
                edit(connection, self._enterprise, flow.name, rename, author.by)
        return move

    def undo(self, author: Author) -> MoveTakenBack:
        """Take the newest move back, within 30 days.

        A customer who has got yet another owner since stays with that one; so does a number dialled by another since,
        and so does a flow of which another version is active by now.
        """
        with changing(self._engine, self._enterprise) as connection:
            step = newest_step(connection, self._enterprise, UndoKind.CUSTOMER_MOVE, None, author.now)
            parameters = {"enterprise": self._enterprise, "step": step.id}
            source, target = step.name.split()
            if connection.execute(query("source_of_move"), parameters).one_or_none() is None:
                raise UserMistake("move_source_gone", agent=source)
            moment = {**parameters, "now": author.now}
            customers = connection.execute(timed_query("undo_move_of_customers", "now"), moment)
            memories = connection.execute(query("undo_move_of_memories"), parameters)
            flows, left = self._take_flows_back(connection, step, author)
            forget_step(connection, self._enterprise, step)
            return MoveTakenBack(source, target, customers.rowcount, memories.rowcount, flows, left)

    def _take_flows_back(
        self, connection: Connection, step: UndoStep, author: Author
    ) -> tuple[tuple[FlowEdit, ...], tuple[str, ...]]:
        """Activate what was active before the move; the names of those flows that somebody has changed since."""
        rows = connection.execute(query("flows_of_move"), {"enterprise": self._enterprise, "step": step.id})
        moved = [FlowEdit(row.name, row.after, row.before) for row in rows]
        active = {flow.name: flow.text for flow in read_flows(connection, self._enterprise)}
        back = tuple(flow for flow in moved if active.get(flow.name) == flow.before)
        for flow in back:
            edit(connection, self._enterprise, flow.name, flow.applied_to, author.by)
        return back, tuple(flow.name for flow in moved if flow not in back)

    def _move(self, connection: Connection, source: str, target: str) -> CustomerMove:
        for number in (source, target):
            agent_id(connection, self._enterprise, number)
        if source == target:
            raise UserMistake("move_to_oneself", agent=source)
        customers = customers_of(connection, self._enterprise, source)
        memories = memories_of(connection, self._enterprise, source)
        edits = (
            FlowEdit(flow.name, flow.text, with_other_agent(flow.text, source, target))
            for flow in read_flows(connection, self._enterprise)
        )
        changed = tuple(edit for edit in edits if edit.after != edit.before)
        return CustomerMove(source, target, tuple(customers), tuple(memories), changed)
