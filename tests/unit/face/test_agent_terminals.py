"""On what an agent is rung and what they may do, at the command line: the directory, its sheets, and the PIN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.engine import create_engine
from fs_control.store.pins import PostgresPinStore, verify


@pytest.fixture
def pins(database_url: str) -> Iterator[PostgresPinStore]:
    """The PINs of the small centre."""
    engine = create_engine(database_url)
    yield PostgresPinStore(engine, DEFAULT_ENTERPRISE)
    engine.dispose()


def terminals(run, number: str = "8001") -> dict[str, Any]:
    found: dict[str, Any] = run.json(f"agent show {number}")["terminals"]
    return found


def test_A14_an_agent_has_a_code_for_each_kind_of_terminal(run):
    """Terminal type and endpoint code: the same agent is reachable through each type."""
    run("agent set 8001 --terminal softphone=1101 --terminal app=1201 --terminal phone='138 0013 8000'")
    codes = {"sip": "1001", "softphone": "1101", "phone": "13800138000", "app": "1201"}
    assert terminals(run)["codes"] == codes
    run("agent set 8001 --terminal softphone=-")
    assert "softphone" not in terminals(run)["codes"]


def test_A11_a_default_terminal_has_to_be_one_of_the_agents(run):
    """Default login mode, per agent."""
    assert "no such terminal" in run.refused("agent set 8001 --default-terminal app")
    run("agent set 8001 --terminal phone=13800138000 --default-terminal phone")
    assert terminals(run)["default"] == "phone"
    assert "no such terminal" in run.refused("agent set 8001 --terminal phone=-")


def test_a_phone_is_one_agents_whatever_kind_it_is_of(run):
    assert "agent 8002 too" in run.refused("agent set 8001 --terminal app=1002")


def test_A15_an_extension_leads_to_one_agent(run):
    """Extension for calls between agents."""
    run("agent set 8001 --extension 601")
    assert terminals(run)["extension"] == "601"
    assert "8001 too" in run.refused("agent set 8002 --extension 601")
    assert "8002 too" in run.refused("agent set 8001 --extension 8002")
    run("agent set 8001 --extension 8001")
    run.refused("agent set 8001 --extension 0000")


def test_an_agent_does_not_get_a_number_that_leads_to_a_colleague(run):
    run("agent set 8001 --extension 8601")
    assert "8601" in run.refused("agent add 8601 --name 赵敏")


def test_A19_diversion_needs_a_number(run):
    """Missed-call diversion."""
    assert "to which" in run.refused("agent set 8001 --divert on")
    run("agent set 8001 --divert on --divert-to 13900139000")
    assert (terminals(run)["diverts"], terminals(run)["divert_to"]) == (True, "13900139000")
    run("agent set 8001 --divert -")
    assert terminals(run)["diverts"] is None


def test_A26_the_enterprise_says_where_agents_are_signed_in_who_say_nothing(run):
    """A default applies to every agent that has no own value; `agent show` says where each value comes from."""

    def shown(number: str, setting: str) -> list[tuple[str, str]]:
        found = run.json(f"agent show {number}")["settings"]
        return [(each["value"], each["source"]) for each in found if each["setting"] == setting]

    run("agent set 8001 --terminal softphone=1101")
    run("enterprise set --default-terminal softphone --divert on")
    assert shown("8001", "default_terminal") == [("softphone", "enterprise")]
    assert shown("8002", "default_terminal") == [("sip", "built_in")]  # who has no softphone
    assert shown("8003", "default_terminal") == []  # who has nothing at all
    assert shown("8001", "diverts") == [("yes", "enterprise")]
    run("agent set 8001 --default-terminal sip --divert off")
    assert shown("8001", "default_terminal") == [("sip", "agent")]
    assert shown("8001", "diverts") == [("no", "agent")]
    assert "softphone" in run("enterprise show")


def test_A18_rights_are_given_and_taken_one_by_one(run):
    run("agent set 8001 --right dial --right leader")
    assert terminals(run)["rights"] == ["call", "dial", "leader"]
    run("agent set 8001 --without-right leader")
    assert terminals(run)["rights"] == ["call", "dial"]
    assert "Possible are" in run.refused("agent set 8001 --right fly")


def test_A18_who_may_not_telephone_is_named_when_added(run):
    said = run.terminal.type("agent", "add", "8004", "--name", "赵敏", "--without-right", "call").stderr
    assert "may not telephone" in said


def test_A12_the_sheet_has_all_of_it_and_is_read_again(run, tmp_path):
    file = tmp_path / "agents.csv"
    run("agent set 8001 --terminal phone=+8613800138000 --default-terminal phone --extension 601 --right dial")
    run("agent set 8001 --divert on --divert-to 13900139000 --without-right call")
    run("agent set 8002 --without-right call")
    run(f"agent export --out {file}")
    assert len(run.json(f"agent import {file}")["unchanged"]) == 5
    text = file.read_text(encoding="utf-8-sig")
    assert "8001,王芳,1001,,,,+8613800138000,,phone,601,13900139000,yes,dial" in text
    assert text.count("none") == 1  # who may do nothing


def test_M14_a_removed_agent_comes_back_with_terminals_that_are_free(run):
    run("agent set 8001 --terminal app=1201 --terminal phone=13800138000 --default-terminal app --extension 601")
    run("agent remove 8001 --yes")
    run("agent set 8002 --terminal app=1201 --extension 601")
    run("agent restore 8001")
    back = terminals(run)
    assert back["codes"] == {"sip": "1001", "phone": "13800138000"}
    assert (back["default"], back["extension"], back["rights"]) == (None, None, ["call"])


def test_A17_a_pin_is_asked_for_twice_and_kept_as_a_hash(run, pins):
    assert "new PIN" in run("agent pin 8001", typed="4711\n4711\n")
    assert verify(pins.hash_of("8001"), "4711")
    assert not verify(pins.hash_of("8001"), "4712")
    assert "4711" not in str(pins.hash_of("8001"))
    run("agent pin 8001 --remove")
    assert pins.hash_of("8001") is None


@pytest.mark.parametrize("typed", ["4711\n4712\n", "47\n47\n", "1111\n1111\n", "47a1\n47a1\n", ""])
def test_A17_a_pin_that_is_none_changes_nothing(run, pins, typed: str):
    run.refused("agent pin 8001", typed=typed)
    assert pins.hash_of("8001") is None


def test_A17_nobody_has_the_pin_of_an_agent_without_one():
    assert not verify(None, "4711")
    assert not verify("no hash", "4711")
