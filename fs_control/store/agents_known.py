"""The agents of an enterprise by number, for what refers to one: a customer's owner, a call memory."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from fs_control.ids import AgentId, EnterpriseId
from fs_control.store import tables
from fs_control.store.directory_edit import unknown
from fs_control.store.directory_plan import ItemKind
from fs_control.store.queries import rows_of


def agents_by_number(connection: Connection, enterprise: EnterpriseId) -> Mapping[str, AgentId]:
    """Return the id of each agent."""
    rows = connection.execute(rows_of(tables.agent, "agents"), {"enterprise": enterprise})
    return {row.number: row.id for row in rows}


def agent_id(connection: Connection, enterprise: EnterpriseId, number: str) -> AgentId:
    """Return the id of one agent; UserMistake `agent_unknown` with the nearest there is."""
    agents = agents_by_number(connection, enterprise)
    if number not in agents:
        raise unknown(ItemKind.AGENT, number, agents)
    return agents[number]
