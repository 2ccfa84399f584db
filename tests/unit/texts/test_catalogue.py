"""What the catalogue must be in itself: both languages with the same values, and a word for every value of an enum."""

from __future__ import annotations

import string
from collections import Counter
from enum import StrEnum

import pytest

from fs_control.agents import AgentState, AgentStatus, BreakCause
from fs_control.calls import CallState, TalkState
from fs_control.cdr import Figure, FindingCode
from fs_control.events import Outcome
from fs_control.flow import LineExit, TalkExit, Wait
from fs_control.flow.nodes.base import TrailKind
from fs_control.ids import NumberKind
from fs_control.records import (
    ClaimKind,
    Colleague,
    CorrectedField,
    Disposition,
    EndedBy,
    OfferResult,
    Scope,
    SegmentKind,
    Strategy,
)
from fs_control.texts.catalogue import CATALOGUE, SUBJECTS

ENUMS: dict[str, type[StrEnum]] = {
    "disposition": Disposition,
    "segment": SegmentKind,
    "ended_by": EndedBy,
    "offer": OfferResult,
    "outcome": Outcome,
    "number_kind": NumberKind,
    "rule": Strategy,
    "claim": ClaimKind,
    "colleague": Strategy,
    "stands_in": Colleague,
    "agent_status": AgentStatus,
    "agent_state": AgentState,
    "break_cause": BreakCause,
    "line_exit": LineExit,
    "step": TrailKind,
    "call_state": CallState,
    "talk_exit": TalkExit,
    "scope": Scope,
    "finding": FindingCode,
    "figure": Figure,
    "figure_from": Figure,
    "figure_not": Figure,
    "corrected_field": CorrectedField,
    "talk_state": TalkState,
    "session_wait": Wait,
}


def fields_of(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_text_is_there_in_both_languages_with_the_same_values(code: str) -> None:
    english, chinese = CATALOGUE[code]
    assert english.isascii() or set(english) <= set(map(chr, range(128))) | set("“”–")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
    assert fields_of(english) == fields_of(chinese)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_text_uses_plain_names_of_values_only(code: str) -> None:
    for template in CATALOGUE[code]:
        parts = list(string.Formatter().parse(template))
        assert all(field is None or field.isidentifier() for _, field, _, _ in parts)
        assert not any(spec or conversion for _, _, spec, conversion in parts)


def test_no_code_stands_in_two_subjects() -> None:
    counted = Counter(code for subject in SUBJECTS for code in subject)
    assert [code for code, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("family", sorted(ENUMS))
def test_every_value_of_an_enum_has_a_word_and_no_word_is_left_over(family: str) -> None:
    words = {code.partition(".")[2] for code in CATALOGUE if code.startswith(f"{family}.")}
    assert words == {str(member) for member in ENUMS[family]}


def test_every_busy_state_of_an_agent_is_a_reason() -> None:
    assert {f"reason.{state}" for state in AgentState if state is not AgentState.IDLE} <= CATALOGUE.keys()


@pytest.mark.parametrize("code", sorted(code for code in CATALOGUE if code.endswith(".*")))
def test_the_sentence_of_a_family_shows_what_follows_its_name(code: str) -> None:
    assert fields_of(CATALOGUE[code][0]) >= {"rest"}
