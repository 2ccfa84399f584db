"""Flows that nobody wrote, and callers who do anything: what the proof passes strands nobody, and good flows pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fs_control.flow import Flow, HoursTold, parse_flow
from fs_control.flow.engine import FAULTS, STEP_BROKEN
from fs_control.flow.proof import Interval, PromptState, Rule, Surroundings, prove
from fs_control.flow.proof.surroundings import EVERYTHING
from fs_control.testing.random_callers import Caller
from fs_control.testing.random_flows import (
    AGENTS,
    CALENDARS,
    GROUPS,
    PROMPTS,
    flow_of,
    good_flows,
    nearly_good_flows,
    wild_flows,
)

CHANCE = st.integers(0, 2**48).map(Random)
CALLERS = 12
STUCK = FAULTS - {STEP_BROKEN}
"""Who meets a broken step hears that we are sorry, and the call ends."""
NO_CALLERS_TROUBLE = frozenset({Rule.STEP_NEVER_TAKEN})
GOOD_AT_ONCE = 20
LEAST_PASSED = 0.95


def flows(data: Mapping[str, dict[str, Any]]) -> dict[str, Flow]:
    return {name: flow_of(each) for name, each in data.items()}


def some_times(chance: Random) -> list[Interval]:
    """Three days on each of which the calendars say something else, and one on which all are open."""
    begin = datetime(2026, 12, 1)  # noqa: DTZ001 - the clock on the wall
    told = [{name: chance.choice(EVERYTHING) for name in CALENDARS} for _ in range(3)]
    told.append(dict.fromkeys(CALENDARS, HoursTold(True, "regular")))
    return [
        Interval(begin + timedelta(days=day), begin + timedelta(days=day + 1), says) for day, says in enumerate(told)
    ]


def world(times: list[Interval]) -> Surroundings:
    prompts = dict.fromkeys(PROMPTS, PromptState.PLAYABLE)
    return Surroundings(dict.fromkeys(GROUPS, 1), prompts, CALENDARS, times)


def caller(chance: Random, hours: Mapping[str, HoursTold]) -> Caller:
    """Somebody silent, hesitant or eager, in luck or out of it."""
    return Caller(chance, hours, presses=chance.choice((0, 0.3, 0.6)), luck=chance.choice((0, 0.3, 0.5)))


@given(CHANCE, st.sampled_from((wild_flows, good_flows, nearly_good_flows)))
def test_random_flows_are_such_as_the_checker_takes(chance: Random, kind: Any) -> None:
    for data in kind(chance).values():
        text = yaml.safe_dump(data, sort_keys=False)
        read = parse_flow(
            text,
            filename="random.yaml",
            groups=GROUPS,
            prompts=PROMPTS,
            agents=AGENTS,
            calendars=CALENDARS,
            flows=("main", "other"),
        )
        assert read == flow_of(data)


@settings(max_examples=settings().max_examples // 3)
@given(CHANCE)
def test_every_caller_of_any_flow_comes_to_an_end_within_the_limits(chance: Random) -> None:
    library = flows(wild_flows(chance))
    assert caller(chance, some_times(chance)[0].verdicts).call(library, "main").reason


@given(CHANCE, st.sampled_from((wild_flows, nearly_good_flows, nearly_good_flows)))
def test_the_proof_passes_no_flow_in_which_a_caller_gets_stuck(chance: Random, kind: Any) -> None:
    library, times = flows(kind(chance)), some_times(chance)
    if {finding.rule for finding in prove(library, "main", world(times)).findings} - NO_CALLERS_TROUBLE:
        return
    for _ in range(CALLERS):
        call = caller(chance, chance.choice(times).verdicts).call(library, "main")
        assert call.reason not in STUCK
        assert call.told, "the call ended and the caller had heard nothing"


@settings(max_examples=settings().max_examples // 20)
@given(CHANCE)
def test_good_flows_pass(chance: Random) -> None:
    passed = [
        not prove(flows(good_flows(chance)), "main", world(some_times(chance))).findings for _ in range(GOOD_AT_ONCE)
    ]
    assert sum(passed) >= LEAST_PASSED * GOOD_AT_ONCE


@pytest.mark.parametrize("seed", range(3))
def test_a_proof_is_the_same_each_time(seed: int) -> None:
    first, again = (prove(flows(wild_flows(Random(seed))), "main", world(some_times(Random(1)))) for _ in range(2))
    assert first == again
