"""The directory changed while callers wait and talk: places and states stay, everything else is new at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, CallId, LegId, Micros
from fs_control.records import Directory
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_edit import PostgresDirectoryEditor
from fs_control.store.directory_file import parse_directory
from fs_control.store.directory_plan import AgentEntry, GroupEntry, ItemKind, MemberEntry
from fs_control.store.engine import create_engine
from fs_control.store.removals import PostgresRemovals
from fs_control.store.undo_steps import Author
from fs_control.testing.fake_event_socket import wait_until
from fs_control.virtual_switch.script import HangUp, PhoneBehaviour, Reaction, Wait, WaitForAnswer
from tests.integration.engine_house import PATIENCE_S, House, running_house

CENTRE = """
agents:
- {number: 8001, name: 王芳, phone: 1001}
- {number: 8002, name: 李明, phone: 1002}
- {number: 8003, name: Ann, phone: 1003}
groups: [{name: sales, ring: 60, members: [8001]}, {name: service, members: [8002]}]
numbers: [{number: 4001, flow: line}]
"""
LEAVES_AFTER_A_WHILE = (WaitForAnswer(), Wait(60), HangUp())


@dataclass(frozen=True)
class Office:
    """An engine at work and the database in which people change its directory."""

    house: House
    database: Engine

    @property
    def editor(self) -> PostgresDirectoryEditor:
        return PostgresDirectoryEditor(self.database, DEFAULT_ENTERPRISE)

    def stored(self) -> Directory:
        return PostgresDirectoryStore(self.database, DEFAULT_ENTERPRISE).load()[0]

    def agent(self, number: str) -> AgentId:
        return next(agent.id for agent in self.stored().agents.values() if agent.number == number)

    def reload(self) -> None:
        """Have the engine take over what the database says, and wait until it works with it."""
        self.house.directory.directory = self.stored()
        assert self.house.engine.load_directory()
        assert self.house.engine.inbox.wait_until_idle(PATIENCE_S)

    def line(self) -> list[CallId]:
        """Who waits, in order, over all groups."""
        centre = self.house.engine.centre
        return [call for group in centre.lines for call in centre.lines[group]]

    def waits(self, *legs: LegId) -> bool:
        """Whether just these callers wait, in this order."""
        calls = [self.house.live(leg) for leg in legs]
        return self.line() == [live and live.call.id for live in calls]

    def wait_in_line(self, *legs: LegId) -> None:
        wait_until(lambda: self.waits(*legs), f"{legs} in line")


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    database = create_engine(database_url)
    PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).import_directory(parse_directory(CENTRE, "centre.yaml"))
    with running_house(tmp_path / "var") as house:
        office = Office(house, database)
        office.reload()
        yield office
    database.dispose()


def two_wait_behind_a_talk(office: Office) -> tuple[LegId, LegId, LegId]:
    """Agent 8001 talks with the first caller, and two more wait for sales."""
    talking = office.house.talking(office.agent("8001"), *LEAVES_AFTER_A_WHILE)
    first = office.house.call()
    office.wait_in_line(first)
    second = office.house.call()
    office.wait_in_line(first, second)
    return talking, first, second


def renamed(office: Office) -> None:
    office.editor.change(GroupEntry, "sales", lambda group: replace(group, name="verkauf", ring_s=30.0))


def regrouped(office: Office) -> None:
    members = (MemberEntry("8003", 2), MemberEntry("8001"))
    office.editor.change(GroupEntry, "sales", lambda group: replace(group, members=members))


def renumbered(office: Office) -> None:
    office.editor.change(AgentEntry, "8001", lambda agent: replace(agent, number="9001", name="王小芳"))


@pytest.mark.parametrize("change", [renamed, regrouped, renumbered])
def test_waiting_callers_keep_their_place_and_agents_their_state(
    office: Office, change: Callable[[Office], None]
) -> None:
    talking, first, second = two_wait_behind_a_talk(office)
    agent = office.agent("8001")
    change(office)
    office.reload()
    assert office.waits(first, second)
    live = office.house.live(talking)
    assert live is not None
    assert live.call.state is CallState.TALKING
    assert office.house.agent_state(agent) is AgentState.ON_CALL
    office.house.wait_state(first, CallState.TALKING)  # with the same agent, after the first talk
    assert office.waits(second)


def test_a_new_member_takes_the_caller_who_waited_longest(office: Office) -> None:
    _, first, second = two_wait_behind_a_talk(office)
    office.house.sign_in(office.agent("8003"))
    assert office.waits(first, second)
    regrouped(office)
    office.reload()
    office.house.wait_state(first, CallState.TALKING)
    live = office.house.live(first)
    assert live is not None
    assert live.call.offer is not None
    assert live.call.offer.agent == office.agent("8003")
    assert office.waits(second)


def test_M14_a_removed_agent_talks_to_the_end_and_is_offered_nobody(office: Office) -> None:
    """After delete: no login, no route to the agent."""
    agent = office.agent("8001")
    talking, first, second = two_wait_behind_a_talk(office)
    office.house.sign_in(office.agent("8003"), PhoneBehaviour(Reaction.NO_ANSWER))
    regrouped(office)
    PostgresRemovals(office.database, DEFAULT_ENTERPRISE).remove(
        ItemKind.AGENT, ["8001"], Author("test", Micros(1_800_000_000_000_000))
    )
    office.reload()
    assert office.house.record(talking).offers[0].agent == agent
    office.house.wait_state(first, CallState.RINGING_AGENT)
    assert all(
        live.call.offer is None or live.call.offer.agent != agent
        for leg in (first, second)
        if (live := office.house.live(leg)) is not None
    )
    with pytest.raises(UserMistake, match="agent_unknown"):
        office.house.sign_in(agent)
