"""The reference pages name what there is: every setting, every word that a row of the database can hold."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from fs_control.flow import TrailKind
from fs_control.ids import NumberKind
from fs_control.records import Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.settings import Settings
from fs_control.texts.catalogue.reasons import REASONS

CLONE = Path(__file__).parents[3]
OPERATORS = (CLONE / "docs/operators.md").read_text(encoding="utf-8")
RECORDS = (CLONE / "docs/records.md").read_text(encoding="utf-8")


SWITCH_WORDS = {"NORMAL_CLEARING", "ORIGINATOR_CANCEL", "CALL_REJECTED", "NO_ANSWER"}
"""Causes that the centre gives to a leg in the words that the switch has for them."""


def words_in_code(page: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", page))


def first_column(section: str) -> set[str]:
    return words_in_code("\n".join(re.findall(r"^\|([^|]+)\|", section, re.MULTILINE)))


def settings_table() -> dict[str, str]:
    section = OPERATORS.partition("## Settings")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", section, re.MULTILINE))


def test_the_operators_page_names_every_setting_and_no_other() -> None:
    source = (CLONE / "fs_control/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:FS_CONTROL|FREESWITCH|DATABASE)_[A-Z_]+)"', source))
    assert read == set(settings_table()) - {"FS_CONTROL_PYTHON"}
    assert "FS_CONTROL_PYTHON" in (CLONE / "tools/in-env").read_text(encoding="utf-8")


def test_the_defaults_on_the_operators_page_are_those_of_the_program() -> None:
    table, defaults = settings_table(), Settings()
    assert table["FS_CONTROL_LISTEN_HOST"] == defaults.listen_host
    assert table["FS_CONTROL_LISTEN_PORT"] == str(defaults.listen_port)
    assert table["FS_CONTROL_MAX_CALLS"] == str(defaults.max_calls)


def test_the_log_actions_on_the_operators_page_exist() -> None:
    shells = ("runtime", "store", "web", "face")
    sources = [path.read_text("utf-8") for room in shells for path in (CLONE / "fs_control" / room).glob("*.py")]
    named = first_column(OPERATORS.partition("## The log")[2].partition("\n## ")[0])
    known = set(re.findall(r'"(\w+)"', "\n".join(sources)))
    assert named
    assert named <= known


@pytest.mark.parametrize("kind", [Disposition, EndedBy, SegmentKind, OfferResult, NumberKind, TrailKind])
def test_the_records_page_names_every_word_of_the_rows(kind: type[StrEnum]) -> None:
    assert {word.value for word in kind} <= words_in_code(RECORDS)


def test_the_records_page_has_the_rules_and_reasons_that_there_are() -> None:
    section = RECORDS.partition("## Offers, and why this agent")[2].partition("\n## ")[0]
    assert first_column(section) == set(REASONS)


def test_the_records_page_has_the_dispositions_that_there_are() -> None:
    section = RECORDS.partition("## The call")[2].partition("\n## ")[0]
    assert first_column(section) == {word.value for word in Disposition}


def test_the_causes_of_ours_on_the_records_page_are_those_of_the_centre() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (CLONE / "fs_control/centre").glob("*.py"))
    ours = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+|CRASHED|TRANSFERRED)"', sources)) - SWITCH_WORDS
    assert ours == {word for word in words_in_code(RECORDS) if word.isupper()} - {"NORMAL_CLEARING"}
