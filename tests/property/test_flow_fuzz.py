"""Thousands of damaged files: each is a flow or a list of problems that can be told, and none ends in anything else."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import perf_counter

import pytest

from fs_control.flow import Flow
from fs_control.flow.problems import MAX_PROBLEMS
from fs_control.texts import LANGUAGES, sentence
from tests.property.flow_damage import damaged, large, random_bytes, random_yaml
from tests.unit.flow.knowing import NAMES, reading_of

NAMES_THERE = replace(
    NAMES, groups=frozenset({"sales", "service", "hotline"}), flows=frozenset({"main", "holiday", "other"})
)
INPUTS = int(os.environ.get("FS_CONTROL_FUZZ", "5000"))
SEED = os.environ.get("FS_CONTROL_SEED", "flows")
MAKERS: dict[str, tuple[Callable[[Random], bytes], float]] = {
    "damaged": (damaged, 0.8),
    "yaml": (random_yaml, 0.15),
    "bytes": (random_bytes, 0.049),
    "large": (large, 0.001),
}
"""What makes the inputs, and its share of them."""


def check(data: bytes) -> bool:
    """Read one input, and hold what comes of it to what is promised; tell whether it was a flow."""
    reading = reading_of(data, "", NAMES_THERE)
    assert (reading.flow is None) == bool(reading.problems)
    assert len(reading.problems) <= MAX_PROBLEMS
    for problem in (*reading.problems, *reading.warnings):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.line <= data.count(b"\n") + data.count(b"\r") + 2
        for language in LANGUAGES:
            assert not sentence(problem.code, problem.values, language).startswith(problem.code)
    if reading.flow is not None:
        assert Flow.model_validate_json(reading.flow.model_dump_json()) == reading.flow
    return reading.flow is not None


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", MAKERS)
def test_whatever_a_file_holds_is_a_flow_or_problems(kind: str) -> None:
    make, share = MAKERS[kind]
    count = round(INPUTS * share)
    slowest, at, flows = 0.0, 0, 0
    for number in range(count):
        data = make(Random(f"{SEED}/{kind}/{number}"))
        began = perf_counter()
        try:
            flows += check(data)
        except BaseException as error:
            error.add_note(f"input {number} of {kind}, seed {SEED}: {data!r}")
            raise
        if perf_counter() - began > slowest:
            slowest, at = perf_counter() - began, number
    print(f"{kind}: {count} inputs, {flows} of them flows; the slowest, number {at}, took {slowest * 1000:.0f} ms")


def test_some_damage_leaves_a_flow_a_flow() -> None:
    """Else the inputs would all be refused at the door, and nothing behind it tried."""
    codes = {
        problem.code for number in range(300) for problem in reading_of(damaged(Random(f"door/{number}"))).problems
    }
    assert any(check(damaged(Random(f"door/{number}"))) for number in range(300))
    assert len(codes) >= 20
