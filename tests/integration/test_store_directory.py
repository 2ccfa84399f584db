"""The directory in PostgreSQL: imported all or nothing, read as a whole, its flows activated (N1, Q1, A1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gevent
import pytest
from sqlalchemy import Engine, text

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, EnterpriseId
from fs_control.records import Directory, FlowText, ServiceNumber
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.directory_plan import DirectoryFileMistake, ImportResult, ItemKind
from fs_control.store.engine import create_engine

DATA = Path(__file__).parents[1] / "data" / "directory"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> PostgresDirectoryStore:
    return PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE)


def import_text(store: PostgresDirectoryStore, yaml: str) -> ImportResult:
    return store.import_directory(parse_directory(yaml, "x.yaml"))


def import_file(store: PostgresDirectoryStore, name: str) -> ImportResult:
    return store.import_directory(parse_directory((DATA / name).read_text(encoding="utf-8"), name))


def groups_of(directory: Directory) -> dict[str, list[str]]:
    """Give each group's name with the numbers of its members."""
    return {
        group.name: [directory.agents[agent].number for agent in group.members] for group in directory.groups.values()
    }


def assert_empty(store: PostgresDirectoryStore) -> None:
    """Nothing is configured; what there is is the clock of a first installation, and reasons for breaks."""
    directory, flows = store.load()
    assert (replace(directory, offsets=(), breaks=()), flows) == (Directory(), ())
    assert directory.break_reasons == ("rest", "meal", "meeting", "training")
    assert [offset.seconds for offset in directory.offsets] == [8 * 3600]


def test_a_first_installation_has_one_empty_enterprise(store: PostgresDirectoryStore) -> None:
    assert_empty(store)


@pytest.mark.parametrize("file", ["centre.yaml", "centre.csv"])
def test_what_was_imported_is_loaded(store: PostgresDirectoryStore, file: str) -> None:
    result = import_file(store, file)
    directory, _ = store.load()
    assert directory.numbers["4001234567"] == ServiceNumber("4001234567", "main", 100)
    assert directory.numbers["085186986000"] == ServiceNumber("085186986000", None, None)
    assert {(agent.number, agent.name, agent.phone) for agent in directory.agents.values()} == {
        ("8001", "王芳", "1001"),
        ("8002", "李明", "1002"),
        ("0803", "on", None),
    }
    assert groups_of(directory) == {"sales": ["8001", "8002"], "售后": ["0803", "8001"]}
    assert sorted(group.ring_s for group in directory.groups.values()) == [12.5, 20.0]
    assert [item.key for item in result.added if item.kind is ItemKind.PHONE] == ["1001", "1002", "1009"]
    assert [item.kind for item in result.changed] == [ItemKind.ENTERPRISE]


def test_the_same_file_again_changes_nothing(store: PostgresDirectoryStore) -> None:
    import_file(store, "centre.yaml")
    before = store.load()
    again = import_file(store, "centre.yaml")
    assert (again.added, again.changed) == ((), ())
    assert len(again.unchanged) == 1 + 3 + 3 + 2 + 2
    assert store.load() == before


def test_a_changed_name_keeps_the_id(store: PostgresDirectoryStore) -> None:
    import_text(store, "agents: [{number: 8001, name: 王芳}]")
    (before,) = store.load()[0].agents
    import_text(store, "agents: [{number: 8001, name: 王小芳}]")
    agents = store.load()[0].agents
    assert {(id, agent.name) for id, agent in agents.items()} == {(before, "王小芳")}


def test_agents_swap_their_phones_in_one_import(store: PostgresDirectoryStore) -> None:
    import_text(store, "agents: [{number: 1, name: a, phone: 1001}, {number: 2, name: b, phone: 1002}]")
    import_text(store, "agents: [{number: 1, name: a, phone: 1002}, {number: 2, name: b, phone: 1001}]")
    assert {agent.number: agent.phone for agent in store.load()[0].agents.values()} == {"1": "1002", "2": "1001"}


def test_what_the_file_does_not_name_is_not_touched(store: PostgresDirectoryStore) -> None:
    import_file(store, "centre.yaml")
    import_text(store, "groups: [{name: sales, members: [8002]}]\nenterprise: {language: en}")
    directory, _ = store.load()
    assert groups_of(directory) == {"sales": ["8002"], "售后": ["0803", "8001"]}
    assert (directory.language, directory.time_zone, len(directory.agents)) == ("en", "Asia/Shanghai", 3)


def test_a1_one_bad_line_and_nothing_is_imported(store: PostgresDirectoryStore) -> None:
    bad = "agents:\n- {number: 8001, name: a}\n- {number: x, name: b}\ngroups: [{name: g, members: [9999]}]"
    with pytest.raises(DirectoryFileMistake) as refused:
        import_text(store, bad)
    assert [(problem.place.line, problem.code) for problem in refused.value.problems] == [
        (3, "not_an_agent_number"),
        (4, "member_unknown"),
    ]
    assert_empty(store)


@pytest.mark.parametrize(
    "bad",
    [
        "agents: [{number: 8001, name: a}, {number: x, name: b}]",
        "agents: [{number: 8001, name: a}]\ngroups: [{name: g, members: [9999]}]",
        "agents: [{number: 8001, name: a}]\nagent: []",
    ],
)
def test_a_mistake_of_either_kind_is_enough_to_refuse_a_file(store: PostgresDirectoryStore, bad: str) -> None:
    with pytest.raises(DirectoryFileMistake):
        import_text(store, bad)
    assert_empty(store)


def test_imports_at_the_same_time_do_not_mix(store: PostgresDirectoryStore) -> None:
    import_text(store, "agents: [{number: 1, name: a}, {number: 2, name: b}]")
    lists = ["[1, 2]", "[2, 1]"] * 4
    texts = [f"groups: [{{name: g, members: {members}}}, {{name: h, members: {members}}}]" for members in lists]
    imports = [gevent.get_hub().threadpool.spawn(import_text, store, yaml) for yaml in texts]
    results = [one.get() for one in imports]
    assert sum(len(result.added) for result in results if result is not None) == 2
    groups = groups_of(store.load()[0])
    assert groups["g"] == groups["h"]
    assert sorted(groups["g"]) == ["1", "2"]


def test_names_are_text_whatever_they_say(store: PostgresDirectoryStore) -> None:
    names = ["'; DROP TABLE agent; --", "%s %(x)s :name", "😀", '"]); --']
    yaml = "agents:\n" + "".join(f"- number: {number}\n  name: {name!r}\n" for number, name in enumerate(names))
    import_text(store, yaml)
    assert [agent.name for agent in store.load()[0].agents.values()] == names


def test_a_number_belongs_to_one_enterprise(engine: Engine, store: PostgresDirectoryStore) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO enterprise VALUES ('other', 'Other', 'UTC', 'en', 'DE')"))
    other = PostgresDirectoryStore(engine, EnterpriseId("other"))
    import_text(other, "numbers: [{number: 400}]\nagents: [{number: 8001, name: theirs}]")
    with pytest.raises(DirectoryFileMistake, match="directory_file_wrong"):
        import_text(store, "numbers: [{number: 400}]")
    import_text(store, "agents: [{number: 8001, name: ours}]")
    assert [agent.name for agent in store.load()[0].agents.values()] == ["ours"]
    assert [agent.name for agent in other.load()[0].agents.values()] == ["theirs"]


def test_an_unknown_enterprise_is_refused(engine: Engine) -> None:
    store = PostgresDirectoryStore(engine, EnterpriseId("nobody"))
    with pytest.raises(UserMistake, match="enterprise_unknown"):
        store.load()
    with pytest.raises(UserMistake, match="enterprise_unknown"):
        import_text(store, "phones: [1]")
    with pytest.raises(UserMistake, match="enterprise_unknown"):
        store.activate_flow("main", "x", "me")


def test_the_newest_activated_version_of_each_flow_is_loaded(store: PostgresDirectoryStore) -> None:
    assert store.activate_flow("main", "first: 100%", "admin")
    assert store.activate_flow("night", "closed: yes", "admin")
    assert store.activate_flow("main", "second: :x", "admin")
    assert store.load()[1] == (FlowText("main", "second: :x", 2), FlowText("night", "closed: yes", 1))


def test_activating_the_active_text_again_is_no_new_version(engine: Engine, store: PostgresDirectoryStore) -> None:
    assert store.activate_flow("main", "a", "admin")
    assert not store.activate_flow("main", "a", "admin")
    assert store.activate_flow("main", "b", "admin")
    assert store.activate_flow("main", "a", "wang")
    with engine.connect() as connection:
        history = connection.execute(text("SELECT text, activated_by FROM flow_version ORDER BY id")).all()
    assert [tuple(row) for row in history] == [("a", "admin"), ("b", "admin"), ("a", "wang")]
