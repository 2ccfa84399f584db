"""Call memory at the command line: set, listed, forgotten; how long it counts, and where (M1, M2, M4)."""

from __future__ import annotations

import pytest

DAY = 86400 * 1_000_000


@pytest.fixture
def remembered(run):
    """One memory of long ago and one of now."""
    run("customer add 13800138000 --name 张伟 --owner 8002")
    run("memory add 13800138000 --agent 8001 --service-number 4001234567 --at 2020-01-02T03:04")
    run("memory set 13900139000 --agent 8002")
    return run


def numbers(run, words: str = "") -> list[str]:
    return [memory["number"] for memory in run.json(f"memory list {words}")["memories"]]


def test_M1_what_an_agent_dialled_is_remembered_and_listed(remembered):
    first = remembered.json("memory list 张")["memories"][0]
    assert (first["number"], first["agent"], first["customer_name"]) == ("+8613800138000", "8001", "张伟")
    assert (first["service_number"], first["remembered_at"]) == ("4001234567", 1_577_905_440_000_000)
    assert first["expires_at"] - first["remembered_at"] == 30 * DAY


SEARCHES = [
    ("", ["+8613900139000", "+8613800138000"]),
    ("张", ["+8613800138000"]),
    ("1390", ["+8613900139000"]),
    ("--agent 8001", ["+8613800138000"]),
    ("--limit 1", ["+8613900139000"]),
]


def test_memories_are_found_by_parts_of_number_and_customer(remembered):
    for words, found in SEARCHES:
        assert numbers(remembered, words) == found


def test_M4_it_is_shown_at_which_numbers_a_memory_counts(remembered):
    shown = remembered.json("memory show 13900139000")
    assert [(one["number"], one["standing"]) for one in shown["numbers"]] == [
        ("4001234567", "number_takes_no_part"),
        ("4007654321", "valid"),
    ]
    assert shown["numbers"][1]["expires_at"] - shown["remembered_at"] == 7 * DAY
    assert "expired" in remembered("memory show 13800138000")
    assert "this number takes no part" in remembered("memory show 13800138000")


def test_M2_how_long_memory_counts_is_set(remembered):
    assert "A call memory counts for 30d." in remembered("memory settings")
    remembered("memory settings --valid 36h")
    settings = remembered.json("memory settings")
    assert (settings["valid_s"], [number["number"] for number in settings["numbers"]]) == (129600, ["4007654321"])
    memory = remembered.json("memory list 139")["memories"][0]
    assert memory["expires_at"] - memory["remembered_at"] == 36 * 3600 * 1_000_000


def test_whoever_sets_a_memory_that_no_number_takes_is_told(office, run):
    run("number set 4007654321 --no-memory")
    result = office.type("memory", "set", "13900139000", "--agent", "8002")
    assert "It counts for no service number yet." in result.stderr


@pytest.mark.parametrize("verb", ["forget", "remove"])
def test_what_is_forgotten_is_gone(remembered, verb):
    assert "Nothing is remembered of 13700137000." in remembered.refused(f"memory {verb} 13800138000 13700137000")
    assert remembered(f"memory {verb} 13800138000 13900139000") == "Forgotten: +8613800138000, +8613900139000.\n"
    assert numbers(remembered) == []


REFUSED = [
    ("memory set 13800138000 --agent 8011", "Did you mean “8001”?"),
    ("memory set 13800138000 --agent 8001 --at soon", "is no moment"),
    ("memory set 13800138000 --agent 8001 --at 2999-01-01", "has not come yet"),
    ("memory set 12 --agent 8001", "is no telephone number"),
    ("memory show 13700137000", "Nothing is remembered of 13700137000."),
    ("memory settings --valid 30", "is no length of time"),
]


def test_what_cannot_be_done_is_refused_with_the_reason(run):
    for line, said in REFUSED:
        assert said in run.refused(line)


def test_what_is_exported_is_imported_again(remembered, tmp_path):
    file = tmp_path / "memory.csv"
    before = remembered.json("memory list")
    remembered(f"memory export --out {file}")
    remembered("memory forget 13800138000 13900139000")
    remembered(f"memory import {file}")
    assert remembered.json("memory list") == before
