"""Groups at the command line: strategy, members and levels; flows that name one are asked about (Q1)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.testing.builders import LINE, MENU


def names(run, line: str = "group list") -> list[str]:
    return [group["name"] for group in run.json(line)["groups"]]


def members(run, name: str = "sales") -> list[tuple[str, int]]:
    return [(member["number"], member["level"]) for member in run.json(f"group show {name}")["members"]]


@pytest.fixture
def flows(office):
    """The flow `line` names sales, `menu` names sales and service; both are active."""
    engine = create_engine(office.environment["DATABASE_URL"])
    for flow in (LINE, MENU):
        PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow(flow.name, flow.text, "test")
    engine.dispose()


NOTHING_SET: dict[str, Any] = {
    "colleague": "random",
    "own_agent_wait_s": None,
    "own_agent_ask": False,
    "announce_every_s": None,
    "announce_estimate": False,
    "max_waiting": None,
    "overflow": [],
    "whisper": None,
    "wrap_up_s": None,
}


SEARCHES = [
    ("", ["sales", "service"]),
    ("SAL", ["sales"]),
    ("--agent 8001", ["sales"]),
    ("--agent 8002", ["sales", "service"]),
    ("--strategy round_robin", ["service"]),
    ("s --agent 8003", []),
]


def test_groups_are_found_by_parts_of_the_name_and_by_conditions(run):
    for words, found in SEARCHES:
        assert names(run, f"group list {words}") == found


def test_Q1_an_agent_is_in_two_groups(run):
    """Groups are created, edited, searched; an agent can be in several."""
    run("group add night --strategy top_down --ring 12.5 --returning-customer --member 8001 --member 8003:2")
    assert run.json("group show night") == {
        "name": "night",
        "strategy": "top_down",
        "ring_s": 12.5,
        "members": [{"number": "8001", "level": 1}, {"number": "8003", "level": 2}],
        "returning_customer": True,
        **NOTHING_SET,
    }
    assert run.json("agent show 8001")["groups"] == ["night", "sales"]
    table = run("group show night").splitlines()
    assert table[1].split() == ["night", "top_down", "12.5", "s", "yes", "8001,", "8003:2"]
    assert table[-1].split() == ["8003", "Ann", "Lee", "–", "2"]


def test_members_come_go_and_change_their_level(run):
    run("group set sales --member 8003 --member 8001:3")
    assert members(run) == [("8001", 3), ("8002", 2), ("8003", 1)]
    run("group set sales --without 8002 --without 8001")
    assert members(run) == [("8003", 1)]


def test_settings_change_one_by_one(run):
    said = run("group set sales --strategy round_robin --ring 15 --returning-customer")
    assert said.startswith(
        "~ group sales: strategy was longest_idle_time and is round_robin; ring_s was 20.0 and is 15"
    )
    assert members(run) == [("8001", 1), ("8002", 2)]
    run("group set sales --no-returning-customer")
    assert run.json("group show sales")["returning_customer"] is False
    assert "is so already" in run("group set sales --ring 15")


REFUSED = [
    ("group show sale", "Did you mean “sales”?"),
    ("group add sales", "There is a group “sales” already."),
    ("group add x --strategy round_robbin", "Did you mean “round_robin”?"),
    ("group add x --ring 0", "is no time to ring"),
    ("group add x --member 8011", "There is no agent 8011."),
    ("group add x --member 8001:0", "“0” is no level of agent 8001"),
    ("group set sales --without 8003", "There is no agent 8003."),
    ("group set sales --name service", "There is a group “service” already."),
    ("group list --agent 8011", "Did you mean “8001”?"),
    ("group restore sales", "There is a group “sales” already."),
]


def test_what_cannot_be_done_is_refused_with_the_reason(run):
    for line, said in REFUSED:
        assert said in run.refused(line)


def test_a_group_without_flows_is_renamed_and_removed(run):
    run("group set sales --name verkauf")
    assert names(run) == ["service", "verkauf"]
    run("group remove verkauf --yes")
    assert "The group verkauf is back." in run("group restore verkauf")
    assert members(run, "verkauf") == [("8001", 1), ("8002", 2)]


@pytest.mark.parametrize("line", ["group set sales --name verkauf", "group remove sales"])
def test_a_group_that_active_flows_name_is_asked_about(run, flows, line):
    said = run.refused(line)
    assert "Active flows name the group “sales”: line, menu." in said
    assert names(run) == ["sales", "service"]
    run(f"{line} --yes")
    assert "sales" not in names(run)


def test_what_is_exported_is_imported_again(run, tmp_path):
    file = tmp_path / "groups.csv"
    run("group set sales --returning-customer --ring 7.5 --wrap-up 45")
    before = run.json("group list")
    run(f"group export --out {file}")
    sheet = file.read_text(encoding="utf-8-sig").splitlines()
    assert sheet[1] == "sales,longest_idle_time,7.5,yes,random,,no,,no,,,,45,8001 8002:2"
    run("group remove sales service --yes")
    run(f"group import {file}")
    assert run.json("group list") == before


def test_every_bad_line_of_a_sheet_is_named(run, tmp_path):
    file = tmp_path / "groups.csv"
    file.write_text("name,strategy,members\nx,first,\ny,,8001 8001\nz,,8011\nw,,8001:x\n", encoding="utf-8")
    said = run.refused(f"group import {file}").splitlines()
    assert [line.removeprefix(f"{file}:").split(" ")[0] for line in said[:-1]] == ["2:2:", "3:3:", "4:3:", "5:3:"]
    assert names(run) == ["sales", "service"]
