"""Customers at the command line: an owner for each, search, moves with a preview (M5, M13)."""

from __future__ import annotations

import pytest


@pytest.fixture
def saved(run):
    """Two customers of 8001, one of 8002, and a call memory of 8001."""
    run("customer add 13800138000 --name 张伟 --owner 8001")
    run("customer add 0851-86986000 --name 'Li Na' --owner 8001")
    run("customer add 13900139000 --owner 8002")
    run("memory set 13700137000 --agent 8001")
    return run


def owners(run) -> dict[str, str]:
    return {customer["number"]: customer["owner"] for customer in run.json("customer list")["customers"]}


def numbers(run, words: str) -> list[str]:
    return [customer["number"] for customer in run.json(f"customer list {words}")["customers"]]


def test_M5_saving_without_an_owner_is_refused(run):
    """Saving without owner is refused."""
    assert "A customer needs an owner" in run.refused("customer add 13800138000 --name 张伟")
    run("customer add 13800138000 --owner 8001")
    assert "A customer needs an owner" in run.refused("customer set 13800138000 --owner -")
    assert owners(run) == {"+8613800138000": "8001"}


SEARCHES = [
    ("张", ["+8613800138000"]),
    ("8698", ["+8685186986000"]),
    ("'0851 8698 6000'", ["+8685186986000"]),
    ("--owner 8002", ["+8613900139000"]),
    ("138 --owner 8002", []),
]


def test_A2_customers_are_found_by_parts_of_name_and_number(saved):
    for words, found in SEARCHES:
        assert numbers(saved, words) == found


def test_more_customers_than_are_shown_are_mentioned(office, saved):
    result = office.type("customer", "list", "--limit", "2")
    assert len(result.stdout.splitlines()) == 3
    assert "There are more than these 2" in result.stderr
    assert saved.json("customer list --limit 2")["are_all"] is False


def test_a_customer_is_changed_and_shown(saved):
    saved("customer set 138-0013-8000 --owner 8003 --name 张小伟 --number 13600136000")
    shown = saved.json("customer show 13600136000")
    assert (shown["number"], shown["name"], shown["owner"], shown["owner_name"]) == (
        *("+8613600136000", "张小伟"),
        *("8003", "Ann Lee"),
    )


REFUSED = [
    ("customer show 13800138001", "Did you mean “+8613800138000”?"),
    ("customer add 13800138000 --owner 8001", "is saved already"),
    ("customer add 12 --owner 8001", "is no telephone number"),
    ("customer add 13600136000 --owner 8011", "Did you mean “8001”?"),
    ("customer set 13800138000 --number 13900139000", "is saved already"),
    ("customer restore 13600136000", "No customer +8613600136000 was removed"),
    ("customer move --undo", "No customers were moved"),
    ("customer move --from 8001 --to 8001", "name another agent"),
]


def test_what_cannot_be_done_is_refused_with_the_reason(saved):
    for line, said in REFUSED:
        assert said in saved.refused(line)


@pytest.mark.parametrize(
    "line", ["customer move", "customer move --from 8001", "customer move --from 8001 --to 8002 --undo"]
)
def test_half_a_move_is_misuse(saved, line):
    assert "give --from and --to, or --undo alone" in saved.refused(line, code=2)


def test_removed_customers_come_back(saved):
    assert "--yes does it" in saved.refused("customer remove 13800138000")
    saved("customer remove 13800138000 0851-86986000 --yes")
    assert owners(saved) == {"+8613900139000": "8002"}
    assert len(saved.json("customer list --removed")["removed"]) == 2
    saved("customer restore 13800138000")
    assert saved.json("customer show 13800138000")["name"] == "张伟"


def test_M13_a_move_is_previewed_done_and_taken_back(saved):
    """One action moves all of A's customers to B, and it can be previewed before doing it."""
    before = owners(saved)
    preview = saved("customer move --from 8001 --to 8003 --preview")
    assert "2 customers and 1 call memories would go from agent 8001 to agent 8003; active" in preview
    assert "张伟" in preview
    assert owners(saved) == before
    saved("customer move --from 8001 --to 8003")
    assert owners(saved) == {number: "8003" if owner == "8001" else owner for number, owner in before.items()}
    assert saved.json("memory show 13700137000")["agent"] == "8003"
    assert "agent 8001's again" in saved("customer move --undo")
    assert owners(saved) == before


def test_what_is_exported_is_imported_again(saved, tmp_path):
    file = tmp_path / "customers.csv"
    before = owners(saved)
    saved(f"customer export --out {file}")
    saved(f"customer remove {' '.join(before)} --yes")
    assert f"{file} is imported: 3 added" in saved(f"customer import {file}")
    assert owners(saved) == before
    assert len(saved("customer export --owner 8002").splitlines()) == 2


def test_A1_every_bad_line_is_named_and_nobody_is_imported(run, tmp_path):
    """Bulk import reports every bad line and imports none or all."""
    file = tmp_path / "customers.csv"
    file.write_text("number,name,owner\n13800138000,ok,8001\n12,x,8001\n13900139000,x,\n", encoding="utf-8")
    said = run.refused(f"customer import {file}")
    assert f"{file}:3:1: “12” is no telephone number" in said
    assert f"{file}:4:1: A customer needs an owner" in said
    assert owners(run) == {}
