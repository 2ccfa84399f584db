"""What came of calls is written into a file of cases, and nothing else of the file changes."""

from __future__ import annotations

from dataclasses import replace

from fs_control.face.trying.case_file import Expected, read_cases
from fs_control.face.trying.outcome import Outcome, differences
from fs_control.face.trying.update import with_expectations

FOUND = Outcome("answered", "served", ("welcome", "sales"), ("welcome", "您好: on"), ("8001",), {"order": "0012"})

FILE = """\
# Cases of main  主流程
- name: first      # kept
  keys: [1]
  # about what is expected
  expect:
    ends: nothing  # goes
    steps: [a]

# between
- name: second
  expect: {outcome: failed}   # stays
  keys: [2]
- {name: third, expect: {rings: 1}}
- {name: fourth, expect: {rings: 1}}
"""


def test_only_what_is_expected_is_written() -> None:
    text = with_expectations(FILE, [FOUND, FOUND, FOUND, None])
    assert (
        text
        == """\
# Cases of main  主流程
- name: first      # kept
  keys: [1]
  # about what is expected
  expect:
    ends: served
    steps: [welcome, sales]

# between
- name: second
  expect: {outcome: answered}   # stays
  keys: [2]
- {name: third, expect: {rings: ['8001']}}
- {name: fourth, expect: {rings: 1}}
"""
    )


def test_a_case_that_expects_nothing_gets_everything_behind_its_last_line() -> None:
    text = with_expectations("- name: one\n  keys: [1]\n\n# end\n", [FOUND])
    assert text == (
        "- name: one\n  keys: [1]\n  expect:\n    outcome: answered\n    ends: served\n    steps: [welcome, sales]\n"
        "    hears: [welcome, '您好: on']\n    rings: ['8001']\n    record: {order: '0012'}\n\n# end\n"
    )


def test_what_was_written_is_what_is_expected() -> None:
    text = with_expectations("- name: one\n- name: two\n  expect: {steps: [], rings: [7]}", [FOUND, FOUND])
    for named in read_cases(text, "x.yaml"):
        assert list(differences(named.expected, FOUND)) == []
        assert named.expected != Expected()


def test_a_case_on_one_line_stays_on_it() -> None:
    assert with_expectations("- {name: x}  # why\n", [replace(FOUND, steps=(), hears=(), rings=(), record={})]) == (
        "- {name: x, expect: {outcome: answered, ends: served}}  # why\n"
    )


def test_ends_of_lines_stay() -> None:
    text = with_expectations("- name: one\r\n  expect:\r\n    ends: x\r\n", [FOUND])
    assert text == "- name: one\r\n  expect:\r\n    ends: served\r\n"


def test_a_file_written_twice_is_the_same() -> None:
    once = with_expectations(FILE, [FOUND, FOUND, FOUND, None])
    assert with_expectations(once, [FOUND, FOUND, FOUND, None]) == once


def test_a_difference_names_what_was_expected_and_what_was_found() -> None:
    expected = Expected(ends="finished", steps=("welcome", "sales"), record={"order": "1", "pin": "2"})
    found = [(each.key, each.expected, each.found) for each in differences(expected, FOUND)]
    assert found == [("ends", "finished", "served"), ("record.order", "1", "0012"), ("record.pin", "2", None)]
    assert list(differences(Expected(), replace(FOUND, ends="x"))) == []
