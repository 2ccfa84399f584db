"""Agents, groups and numbers taken out of the directory, and brought back as they were (M14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros, parse_phone_number
from fs_control.records import CallerFacts, Colleague, Directory
from fs_control.store.callers import PostgresCallerStore
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_edit import PostgresDirectoryEditor
from fs_control.store.directory_plan import AgentEntry, GroupEntry, ItemKind, NumberEntry, OverflowEntry
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.removals import AgentWeight, PostgresRemovals
from fs_control.store.undo_steps import KEPT_FOR, Author

NOW = Micros(1_800_000_000 * SECOND)
AUTHOR = Author("test", NOW)
CALLER = "+8613800138000"


@pytest.fixture
def removals(database: Engine) -> PostgresRemovals:
    """With a customer and a memory of agent 8001."""
    PostgresCustomerStore(database, DEFAULT_ENTERPRISE).add(CustomerEntry(CALLER, "张伟", "8001"), NOW)
    PostgresMemoryStore(database, DEFAULT_ENTERPRISE).remember(MemoryEntry(CALLER, "8001", "4001", NOW))
    return PostgresRemovals(database, DEFAULT_ENTERPRISE)


def loaded(database: Engine) -> Directory:
    return PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0]


def facts(database: Engine) -> CallerFacts:
    return PostgresCallerStore(database, DEFAULT_ENTERPRISE).look_up(parse_phone_number(CALLER), "4001", NOW)


def test_M14_nothing_leads_to_a_removed_agent(database: Engine, removals: PostgresRemovals) -> None:
    """After delete: no login, phone unbound, customers gone, no route to the agent."""
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    directory = loaded(database)
    assert {agent.number for agent in directory.agents.values()} == {"8002", "8003"}
    assert {len(group.members) for group in directory.groups.values()} == {1}
    assert facts(database) == CallerFacts()
    PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE).add_agent(AgentEntry("8009", "next", "1001"))


def test_M14_what_goes_with_an_agent_is_counted(removals: PostgresRemovals) -> None:
    """The command shows counts."""
    assert removals.weigh(["8003", "8001"]) == [
        AgentWeight("8001", "王芳", "1001", 1, 1, ("sales",)),
        AgentWeight("8003", "Ann Lee", None, 0, 0, ()),
    ]


def test_a_restored_agent_is_the_same_with_everything(database: Engine, removals: PostgresRemovals) -> None:
    directory, known = loaded(database), facts(database)
    removals.remove(ItemKind.AGENT, ["8001", "8002"], AUTHOR)
    removals.restore(ItemKind.AGENT, "8001", NOW)
    removals.restore(ItemKind.AGENT, "8002", NOW)
    assert (loaded(database), facts(database)) == (directory, known)
    assert removals.removed(ItemKind.AGENT, NOW) == []


def test_a_restored_agent_gets_no_phone_that_is_anothers(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE).add_agent(AgentEntry("8009", "next", "1001"))
    removals.restore(ItemKind.AGENT, "8001", NOW)
    assert {agent.number: agent.phone for agent in loaded(database).agents.values()}["8001"] is None


def test_a_restored_agent_gets_no_customer_whom_another_has_saved(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    customers = PostgresCustomerStore(database, DEFAULT_ENTERPRISE)
    customers.add(CustomerEntry(CALLER, "张伟", "8002"), NOW)
    removals.restore(ItemKind.AGENT, "8001", NOW)
    assert customers.find(CALLER).owner == "8002"


@pytest.mark.parametrize(
    ("kind", "names"), [(ItemKind.GROUP, ["sales"]), (ItemKind.NUMBER, ["4002", "4001"]), (ItemKind.AGENT, ["8003"])]
)
def test_what_is_removed_comes_back_as_it_was(
    database: Engine, removals: PostgresRemovals, kind: ItemKind, names: list[str]
) -> None:
    before = loaded(database)
    removals.remove(kind, names, AUTHOR)
    assert loaded(database) != before
    assert sorted(step.name for step in removals.removed(kind, NOW)) == sorted(names)
    for name in names:
        removals.restore(kind, name, NOW)
    assert loaded(database) == before


LINE: dict[str, Any] = {
    "colleague": Colleague.STRATEGY,
    "own_agent_wait_s": 30.0,
    "own_agent_ask": True,
    "announce_every_s": 45.0,
    "announce_estimate": True,
    "max_waiting": 9,
    "whisper": "welcome",
}


def set_line(database: Engine) -> None:
    """Sales says everything of its line, and is helped out by service after a minute."""
    editor = PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE, prompts=["welcome"])
    overflow = (OverflowEntry("service", 60.0),)
    editor.change(GroupEntry, "sales", lambda group: replace(group, **LINE, overflow=overflow))


def test_a_group_comes_back_with_all_that_is_said_of_its_line(database: Engine, removals: PostgresRemovals) -> None:
    set_line(database)
    before = loaded(database)
    removals.remove(ItemKind.GROUP, ["sales"], AUTHOR)
    removals.restore(ItemKind.GROUP, "sales", NOW)
    assert loaded(database) == before


def test_a_group_that_helps_out_is_not_removed(database: Engine, removals: PostgresRemovals) -> None:
    set_line(database)
    with pytest.raises(UserMistake, match="group_helps_out") as refused:
        removals.remove(ItemKind.GROUP, ["service"], AUTHOR)
    assert refused.value.values == {"group": "service", "groups": ("sales",)}


def test_what_was_kept_by_an_older_version_comes_back_too(database: Engine, removals: PostgresRemovals) -> None:
    before = loaded(database)
    removals.remove(ItemKind.GROUP, ["sales"], AUTHOR)
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    with database.begin() as connection:
        for path in ("overflow", *(f"group,{name}" for name in LINE), "customers,0,priority"):
            connection.execute(text(f"UPDATE undo_step SET content = content #- '{{{path}}}'"))
    removals.restore(ItemKind.AGENT, "8001", NOW)
    removals.restore(ItemKind.GROUP, "sales", NOW)
    after = {group.name: replace(group, members=()) for group in loaded(database).groups.values()}
    assert after == {group.name: replace(group, members=()) for group in before.groups.values()}
    assert not facts(database).is_stranger


def test_it_comes_back_for_thirty_days_and_not_longer(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.GROUP, ["sales", "service"], AUTHOR)
    removals.restore(ItemKind.GROUP, "sales", Micros(NOW + KEPT_FOR - 1))
    with pytest.raises(UserMistake, match="group_not_removed"):
        removals.restore(ItemKind.GROUP, "service", Micros(NOW + KEPT_FOR))


def test_what_is_too_old_is_forgotten_with_the_next_removal(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    removals.remove(ItemKind.NUMBER, ["4001"], Author("test", Micros(NOW + KEPT_FOR)))
    with database.connect() as connection:
        assert connection.execute(text("SELECT kind FROM undo_step")).scalars().all() == ["number"]


def test_of_several_that_cannot_all_be_removed_none_is(database: Engine, removals: PostgresRemovals) -> None:
    before = loaded(database)
    with pytest.raises(UserMistake, match="agent_unknown") as refused:
        removals.remove(ItemKind.AGENT, ["8001", "8022"], AUTHOR)
    assert refused.value.values["nearest"] == "8002"
    assert loaded(database) == before


def test_a_name_that_is_taken_again_is_not_restored(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.AGENT, ["8003"], AUTHOR)
    PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE).add_agent(AgentEntry("8003", "somebody else"))
    with pytest.raises(UserMistake, match="agent_exists"):
        removals.restore(ItemKind.AGENT, "8003", NOW)


def test_a_number_that_is_anothers_by_now_is_not_restored(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.NUMBER, ["4001"], AUTHOR)
    PostgresDirectoryEditor(database, EnterpriseId("other")).add(NumberEntry("4001"))
    with pytest.raises(UserMistake, match="number_of_other_enterprise"):
        removals.restore(ItemKind.NUMBER, "4001", NOW)


def test_another_enterprise_cannot_bring_back_what_is_ours(database: Engine, removals: PostgresRemovals) -> None:
    removals.remove(ItemKind.AGENT, ["8001"], AUTHOR)
    with pytest.raises(UserMistake, match="agent_not_removed"):
        PostgresRemovals(database, EnterpriseId("other")).restore(ItemKind.AGENT, "8001", NOW)
