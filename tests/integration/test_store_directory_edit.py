"""One agent, group or number added or changed: refused like a line of a file, ids stay (A2, Q1, N1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, EnterpriseId
from fs_control.records import Directory, Strategy
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_edit import PostgresDirectoryEditor
from fs_control.store.directory_plan import AgentEntry, FieldChange, GroupEntry, MemberEntry, NumberEntry


@pytest.fixture
def editor(database: Engine) -> PostgresDirectoryEditor:
    return PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE)


def loaded(database: Engine) -> Directory:
    return PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0]


def test_an_agent_is_added_to_groups_as_the_last_member(database: Engine, editor: PostgresDirectoryEditor) -> None:
    editor.add_agent(AgentEntry("8004", "赵敏", "1004"), ["sales", "service"])
    groups = editor.configured().groups
    assert [str(member) for member in groups["sales"].members] == ["8001", "8002:2", "8004"]
    assert [str(member) for member in groups["service"].members] == ["8002", "8004"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (AgentEntry("8001", "again"), "agent_exists"),
        (AgentEntry("8009", "phone of 8001", "1001"), "phone_of_two_agents"),
    ],
)
def test_an_agent_who_cannot_be_is_refused(editor: PostgresDirectoryEditor, entry: AgentEntry, code: str) -> None:
    before = editor.configured()
    with pytest.raises(UserMistake, match=code):
        editor.add_agent(entry)
    assert editor.configured() == before


def test_a_group_that_is_not_there_is_named_with_the_nearest(editor: PostgresDirectoryEditor) -> None:
    with pytest.raises(UserMistake, match="group_unknown") as refused:
        editor.add_agent(AgentEntry("8009", "x"), ["sale"])
    assert refused.value.values["nearest"] == "sales"
    assert "8009" not in editor.configured().agents


def test_a_member_who_is_not_there_is_named_with_the_nearest(editor: PostgresDirectoryEditor) -> None:
    with pytest.raises(UserMistake, match="agent_unknown") as refused:
        editor.add(GroupEntry("night", members=(MemberEntry("80011"),)))
    assert refused.value.values["nearest"] == "8001"


def test_a_new_number_and_name_keep_the_agent(database: Engine, editor: PostgresDirectoryEditor) -> None:
    before = {agent.number: agent.id for agent in loaded(database).agents.values()}
    item = editor.change(AgentEntry, "8001", lambda agent: replace(agent, number="9001", name="王小芳"))
    after = {agent.number: agent.id for agent in loaded(database).agents.values()}
    assert after["9001"] == before["8001"]
    assert item.changes == (FieldChange("number", "8001", "9001"), FieldChange("name", "王芳", "王小芳"))
    assert [str(member) for member in editor.configured().groups["sales"].members] == ["9001", "8002:2"]


def test_a_new_name_keeps_the_group_and_its_members(database: Engine, editor: PostgresDirectoryEditor) -> None:
    before = {group.name: group for group in loaded(database).groups.values()}
    editor.change(GroupEntry, "sales", lambda group: replace(group, name="verkauf"))
    after = {group.name: group for group in loaded(database).groups.values()}
    assert after["verkauf"] == replace(before["sales"], name="verkauf")
    assert after.keys() == {"verkauf", "service"}


def test_a_name_that_another_group_has_is_refused(editor: PostgresDirectoryEditor) -> None:
    with pytest.raises(UserMistake, match="group_exists"):
        editor.change(GroupEntry, "sales", lambda group: replace(group, name="service"))


def test_what_is_so_already_is_no_change(editor: PostgresDirectoryEditor) -> None:
    assert editor.change(GroupEntry, "sales", lambda group: replace(group, name="sales")).changes == ()


def test_levels_and_settings_reach_the_centres_directory(database: Engine, editor: PostgresDirectoryEditor) -> None:
    members = (MemberEntry("8003", 3), MemberEntry("8001"))
    wanted = GroupEntry("sales", Strategy.TOP_DOWN, 7.5, members, returning_customer=True)
    editor.change(GroupEntry, "sales", lambda group: wanted)
    directory = loaded(database)
    ids = {agent.number: agent.id for agent in directory.agents.values()}
    group = next(group for group in directory.groups.values() if group.name == "sales")
    assert (group.strategy, group.ring_s, group.returning_customer) == (Strategy.TOP_DOWN, 7.5, True)
    assert (group.members, group.levels) == ((ids["8003"], ids["8001"]), {ids["8003"]: 3})


def test_a_numbers_settings_reach_the_centres_directory(database: Engine, editor: PostgresDirectoryEditor) -> None:
    editor.change(NumberEntry, "4003", lambda number: replace(number, takes_memory=True, absent_flow="night"))
    number = loaded(database).numbers["4003"]
    assert (number.flow, number.takes_memory, number.absent_flow) == ("main", True, "night")
    assert loaded(database).numbers["4002"].memory_valid_s == 3600


def test_a_number_of_another_enterprise_is_refused(database: Engine, editor: PostgresDirectoryEditor) -> None:
    PostgresDirectoryEditor(database, EnterpriseId("other")).add(NumberEntry("5001"))
    with pytest.raises(UserMistake, match="number_of_other_enterprise"):
        editor.add(NumberEntry("5001"))


def test_how_long_memory_counts_is_a_setting_of_the_enterprise(
    database: Engine, editor: PostgresDirectoryEditor
) -> None:
    editor.change_enterprise(memory_valid_s=60)
    assert loaded(database).memory_valid_s == 60
    assert PostgresDirectoryStore(database, EnterpriseId("other")).load()[0].memory_valid_s == 30 * 86400


def test_the_active_version_of_a_flow_is_counted(database: Engine) -> None:
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    for text in ("one", "two", "two", "three"):
        store.activate_flow("main", text, "admin")
    version = store.flow_versions()["main"]
    assert (version.version, version.activated_by) == (3, "admin")
