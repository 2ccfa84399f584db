"""Which customers go first in line, set at the command line (N8)."""

from __future__ import annotations

import pytest


def priorities(run, words: str = "") -> dict[str, int]:
    return {one["number"]: one["priority"] for one in run.json(f"customer list {words}")["customers"]}


@pytest.fixture
def saved(run):
    run("customer add 13800138000 --name 张伟 --owner 8001 --vip")
    run("customer add 13900139000 --owner 8002 --priority 5")
    run("customer add 13700137000 --owner 8002")
    return run


def test_a_vip_is_saved_listed_and_found(saved):
    assert priorities(saved) == {"+8613700137000": 0, "+8613800138000": 1, "+8613900139000": 5}
    assert priorities(saved, "--vip") == {"+8613800138000": 1, "+8613900139000": 5}
    assert priorities(saved, "--vip --owner 8001") == {"+8613800138000": 1}
    assert saved("customer show 13800138000").splitlines()[1].split()[4] == "1"


def test_a_vip_is_one_no_more(saved):
    assert "priority was 1 and is 0" in saved("customer set 13800138000 --no-vip")
    saved("customer set 13900139000 --priority 0")
    saved("customer set 13700137000 --vip")
    assert priorities(saved, "--vip") == {"+8613700137000": 1}


def test_another_number_name_or_owner_leaves_the_priority(saved):
    saved("customer set 13900139000 --number 13600136000 --name x --owner 8001")
    assert saved.json("customer show 13600136000")["priority"] == 5


@pytest.mark.parametrize("priority", ["10", "-1", "x", "1.5"])
def test_what_is_no_priority_is_refused_with_the_bounds(saved, priority):
    assert "is no such number: 0 to 9." in saved.refused(f"customer set 13800138000 --priority={priority}")


def test_both_words_at_once_are_misuse(saved):
    assert "give --vip or --priority, not both" in saved.refused("customer set 13800138000 --vip --priority 2", code=2)


def test_a_priority_is_exported_imported_and_comes_back(saved, tmp_path):
    file, before = tmp_path / "customers.csv", priorities(saved)
    saved(f"customer export --out {file}")
    saved("customer remove 13800138000 13900139000 --yes")
    saved("customer restore 13800138000")
    assert priorities(saved)["+8613800138000"] == 1
    saved(f"customer import {file}")
    assert priorities(saved) == before
    file.write_text("number,owner,priority\n13800138000,8001,11\n", encoding="utf-8")
    assert f"{file}:2:3: “11” is no such number: 0 to 9." in saved.refused(f"customer import {file}")
