"""Any text is a flow or a list of problems, and never anything else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fs_control.flow import Flow, FlowProblem, FlowProblems, parse_flow

MAIN = (Path(__file__).parents[2] / "ivr_flows" / "main.yaml").read_text(encoding="utf-8")
LINES = MAIN.splitlines(keepends=True)
GROUPS = {"sales", "service"}
PROMPTS = {"welcome", "main-menu", "wrong-key", "no-key", "nobody-signed-in", "waited-too-long", "goodbye"}

ANY_CHARACTER = st.characters(exclude_categories=())
SNIPPETS = st.sampled_from(
    (
        *LINES,
        *MAIN.split(),
        *"[]{}:,-?&*!|>'\"%@`#~\n\t ",
        "---\n",
        "<<: ",
        "!!int ",
        "null",
        "010",
        "\ufeff",
        "\u2028",
        "\x85",
    )
)


def check(text: str) -> None:
    """Parse, and hold the outcome to what is promised."""
    try:
        flow = parse_flow(text, filename="x.yaml", groups=GROUPS, prompts=PROMPTS)
    except FlowProblems as error:
        check_problems(error.problems)
    else:
        assert Flow.model_validate_json(flow.model_dump_json()) == flow


def check_problems(problems: Sequence[FlowProblem]) -> None:
    """Each has a place that an editor can go to, and values that a sentence can hold."""
    assert problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert all(isinstance(value, str) for value in problem.values.values())


@given(st.text(ANY_CHARACTER))
def test_random_characters_are_a_flow_or_problems(text: str) -> None:
    check(text)


@given(st.lists(SNIPPETS | st.text(ANY_CHARACTER, max_size=3), max_size=40).map("".join))
def test_random_pieces_of_yaml_are_a_flow_or_problems(text: str) -> None:
    check(text)


@given(st.data())
def test_a_damaged_flow_is_a_flow_or_problems(data: st.DataObject) -> None:
    text = MAIN
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        text = text[:start] + data.draw(SNIPPETS | st.text(ANY_CHARACTER, max_size=3)) + text[end:]
    check(text)
