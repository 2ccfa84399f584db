"""Which agent dialled a number last: one memory for each number, listed, forgotten, imported (M1)."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory_plan import DirectoryFileMistake
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.memory_sheet import MemoryEntry, moment, moment_text, parse_memories

NOW = Micros(1_800_000_000 * SECOND)
FIRST, SECOND_NUMBER = "+8613800138000", "+8613900139000"


@pytest.fixture
def memories(database: Engine) -> PostgresMemoryStore:
    PostgresCustomerStore(database, DEFAULT_ENTERPRISE).add(CustomerEntry(FIRST, "张伟", "8001"), NOW)
    store = PostgresMemoryStore(database, DEFAULT_ENTERPRISE)
    store.remember(MemoryEntry("13800138000", "8001", "4001", Micros(NOW - 9)))
    store.remember(MemoryEntry("13900139000", "8002", None, NOW))
    return store


def numbers(memories: PostgresMemoryStore, *words: str, agent: str | None = None) -> list[str]:
    return [memory.entry.number for memory in memories.search(words, agent)]


def test_what_is_remembered_is_listed_the_newest_first(memories: PostgresMemoryStore) -> None:
    assert numbers(memories) == [SECOND_NUMBER, FIRST]
    assert (numbers(memories, "张"), numbers(memories, "139")) == ([FIRST], [SECOND_NUMBER])
    assert numbers(memories, agent="8001") == [FIRST]
    first = memories.find("138 0013 8000")
    assert (first.entry.agent, first.agent_name, first.customer_name) == ("8001", "王芳", "张伟")


def test_who_dials_next_takes_the_memory_over(memories: PostgresMemoryStore) -> None:
    memories.remember(MemoryEntry("+8613800138000", "8003", "4002", NOW))
    assert memories.find(FIRST).entry == MemoryEntry(FIRST, "8003", "4002", NOW)
    assert len(numbers(memories)) == 2


def test_forgotten_is_all_that_was_named_or_nothing(memories: PostgresMemoryStore) -> None:
    with pytest.raises(UserMistake, match="nothing_remembered") as refused:
        memories.forget(["13800138000", "13700137000"])
    assert refused.value.values["numbers"] == ("13700137000",)
    assert memories.forget(["13800138000"]) == [FIRST]
    assert numbers(memories) == [SECOND_NUMBER]


def test_an_agent_who_is_not_there_cannot_be_remembered(memories: PostgresMemoryStore) -> None:
    with pytest.raises(UserMistake, match="agent_unknown"):
        memories.remember(MemoryEntry(FIRST, "8011", None, NOW))


def test_another_enterprise_sees_nothing(database: Engine, memories: PostgresMemoryStore) -> None:
    assert PostgresMemoryStore(database, EnterpriseId("other")).search(()) == []


def test_a_sheet_is_taken_whole_or_every_bad_line_is_named(memories: PostgresMemoryStore) -> None:
    header = "number,agent,service_number,remembered_at\n"
    good = parse_memories(header + "13800138000,8002,4001,2026-11-22 10:00\n", "x.csv", "CN", "Asia/Shanghai", NOW)
    assert [item.key for item in memories.import_sheet(good).changed] == [FIRST]
    lines = "13700137000,8011,,\n13700137001,8001,x,\n13700137002,8001,,soon\n13700137003,8001,,2099-01-01\n"
    bad = parse_memories(header + lines, "x.csv", "CN", "Asia/Shanghai", NOW)
    with pytest.raises(DirectoryFileMistake) as refused:
        memories.import_sheet(bad)
    assert [(one.place.line, one.code) for one in refused.value.problems] == [
        (2, "agent_unknown"),
        (3, "not_a_service_number"),
        (4, "not_a_moment"),
        (5, "moment_to_come"),
    ]
    assert len(numbers(memories)) == 2


def test_a_moment_is_written_so_that_it_is_read_again() -> None:
    at = Micros(NOW + 123_457)
    assert moment(moment_text(at, "Asia/Shanghai"), "UTC", Micros(at + 1)) == at
    assert moment("2026-11-22T10:00", "Asia/Shanghai", NOW) == moment("2026-11-22T02:00Z", "UTC", NOW)
