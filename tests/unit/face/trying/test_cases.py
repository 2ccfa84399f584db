"""Cases as people write them: on the command line and in files, with every mistake at its place."""

from __future__ import annotations

import pytest

from fs_control.centre.rehearsal import AgentIs, HttpAnswer
from fs_control.errors import UserMistake
from fs_control.face.trying.case import (
    CustomerIs,
    read_agents,
    read_customer,
    read_http,
    read_keys,
    read_pairs,
)
from fs_control.face.trying.case_file import Expected, NamedCase, read_cases
from fs_control.flow import FlowProblems
from fs_control.texts import sentence


def test_keys_are_digits_silence_and_hanging_up() -> None:
    assert read_keys(["1", " 138# ", "wait", "hangup", ">2"]) == ("1", "138#", "wait", "hangup", ">2")


@pytest.mark.parametrize("keys", ["", "one", "1;2", "wiat"])
def test_what_cannot_be_pressed_is_refused(keys: str) -> None:
    with pytest.raises(UserMistake, match="try_keys_bad"):
        read_keys([keys])


def test_agents_are_by_number_and_everybody_by_a_star() -> None:
    said = read_agents(read_pairs(["8001=busy", "*=signed_out"]))
    assert said == {"8001": AgentIs.BUSY, "*": AgentIs.SIGNED_OUT}


@pytest.mark.parametrize("text", ["8001", "=busy", "8001="])
def test_a_pair_has_two_sides(text: str) -> None:
    with pytest.raises(UserMistake, match="try_pair_bad"):
        read_pairs([text])


def test_a_server_answers_or_fails() -> None:
    assert read_http("ok:balance=12,name=Li,open=true,rate=1.5") == HttpAnswer(
        {"balance": 12, "name": "Li", "open": True, "rate": 1.5}
    )
    assert read_http("fail:timeout") == HttpAnswer(reason="timeout")
    assert read_http("ok").is_ok
    assert not read_http("fail").is_ok


def test_a_customer_has_a_name_a_level_and_an_owner() -> None:
    assert read_customer(read_pairs(["vip=5", "owner=8001"])) == CustomerIs(vip=5, owner="8001")
    for wrong in ("level=5", "vip=10", "vip=high"):
        with pytest.raises(UserMistake):
            read_customer(read_pairs([wrong]))


# --- files ---------------------------------------------------------------------------------------------------------

FILE = """
- name: Sales
  from: 13800138000
  at: 2026-05-06 10:00
  keys: [1, wait, "#"]
  agents: {8001: busy, "*": signed-out}
  http: ["ok:balance=12", {days: 3}, fail]
  calendars: {office: closed}
  customer: {vip: 5, owner: 8001}
  expect: {outcome: answered, steps: [a, b], rings: 8001, record: {order: "12"}}
- name: Keys as on the command line
  keys: 1,2
"""


def test_a_file_is_a_list_of_cases() -> None:
    first, second = read_cases(FILE, "main.yaml")
    assert (first.name, first.case.caller, first.case.at) == ("Sales", "13800138000", "2026-05-06 10:00")
    assert first.case.keys == ("1", "wait", "#")
    assert [answer.is_ok for answer in first.case.http] == [True, True, False]
    assert first.expected == Expected("answered", None, ("a", "b"), None, ("8001",), {"order": "12"})
    assert (second.case.keys, second.expected) == (("1", "2"), Expected())


WRONG = {
    "- {nmae: x}": ["1:4: “nmae” means nothing here. Did you mean “name”?", "1:3: “name” is missing here."],
    "- {name: x, keys: [1, wiat]}": [
        "1:19: “wiat” is nothing that a caller can press. Write keys such as 1 or 138#, wait, or hangup. "
        "Did you mean “wait”?"
    ],
    "- name: x\n  agents: {8001: bussy}": [
        "2:18: An agent is never “bussy”, but one of: free, busy, away, signed-out, no-answer, declines, no-phone. "
        "Did you mean “busy”?"
    ],
    "- name: x\n  expect: {stesp: [a]}": ["2:12: “stesp” means nothing here. Did you mean “steps”?"],
    "cases: [a]": ["1:1: A file of cases is a list: each case begins with “- name: ...”."],
    "- name: x\n  http: [okay]": [
        "2:10: “okay” is no answer of a server. Write ok, ok:name=value,..., fail or fail:reason. Did you mean “ok”?"
    ],
}


@pytest.mark.parametrize("text", WRONG)
def test_every_mistake_of_a_file_is_told_at_its_place(text: str) -> None:
    with pytest.raises(FlowProblems) as caught:
        read_cases(text, "x.yaml")
    said = [f"{each.line}:{each.column}: {sentence(each.code, each.values, 'en')}" for each in caught.value.problems]
    assert sorted(said) == sorted(WRONG[text])


@pytest.mark.parametrize(
    "text", ["", "- name: [", "\t", "- 1", "- {name: x, customer: 5}", "- {name: x, at: {}}", "a: &b"]
)
def test_no_text_ends_in_anything_but_problems(text: str) -> None:
    with pytest.raises(FlowProblems):
        read_cases(text, "x.yaml")


def test_a_case_without_anything_is_a_case() -> None:
    assert isinstance(read_cases("- name: x", "x.yaml")[0], NamedCase)
