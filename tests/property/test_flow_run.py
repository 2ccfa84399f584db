"""Whatever happens to a caller, in whatever flow: refused or taken, and always an end within the limits."""

from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.flow import (
    MAX_STEPS_PER_SESSION,
    DigitsGot,
    End,
    Flow,
    LineExit,
    LineLeft,
    Prioritise,
    PromptDone,
    Resume,
    ResumeRefused,
    Sprint,
    resume_flow,
    session_from_json,
    session_to_json,
    start_flow,
)
from fs_control.flow.answers import ACCEPTED
from fs_control.flow.nodes.retry import MAX_TRIES

NAMES = ("a", "b", "c", "d")
STEP_NAMES = st.sampled_from(NAMES)
RETRY = st.fixed_dictionaries({"next": STEP_NAMES}, optional={"prompt": st.just("sorry")})
STEPS = st.one_of(
    st.fixed_dictionaries({"do": st.just("play"), "prompt": st.just("hello"), "next": STEP_NAMES}),
    st.fixed_dictionaries(
        {
            "do": st.just("menu"),
            "prompt": st.just("choose"),
            "keys": st.dictionaries(st.sampled_from("0123456789*#"), STEP_NAMES, min_size=1, max_size=3),
            "tries": st.integers(1, MAX_TRIES),
            "wrong_key": RETRY,
            "no_key": RETRY,
        }
    ),
    st.fixed_dictionaries(
        {"do": st.just("queue"), "group": st.just("sales"), "nobody_signed_in": STEP_NAMES},
        optional={
            "served": STEP_NAMES,
            "line_full": STEP_NAMES,
            "keys": st.dictionaries(st.sampled_from("0123456789*#"), STEP_NAMES, min_size=1, max_size=2),
        },
    ),
    st.fixed_dictionaries({"do": st.just("priority"), "level": st.integers(1, 9), "next": STEP_NAMES}),
    st.fixed_dictionaries({"do": st.just("hangup")}),
)
FLOWS = st.fixed_dictionaries(
    {
        "flow": st.just("random"),
        "language": st.just("zh"),
        "start": STEP_NAMES,
        "steps": st.fixed_dictionaries(dict.fromkeys(NAMES, STEPS)),
    }
).map(Flow.model_validate)

PROMPT_DONE = st.builds(PromptDone, st.booleans())
DIGITS_GOT = st.builds(DigitsGot, st.text("0123456789*#", max_size=2) | st.text(max_size=3))
LINE_LEFT = st.builds(LineLeft, st.sampled_from(LineExit), st.sampled_from(("", "*", "1")))
ANSWERS = st.tuples(
    st.lists(PROMPT_DONE | DIGITS_GOT | LINE_LEFT, max_size=12), PROMPT_DONE, DIGITS_GOT, LINE_LEFT
).map(lambda drawn: [*drawn[0], *drawn[1:]])
"""Answers of every kind, so that each wait finds one that it takes."""

MOST_ANSWERS = MAX_STEPS_PER_SESSION * 2 * MAX_TRIES
"""Each try of a menu takes two: the keys, and the end of the hint."""


def after(flow: Flow, sprint: Sprint, answer: Resume) -> Sprint:
    """Give an answer to a session that has been saved and loaded; a refusal leaves it as it is."""
    session = session_from_json(session_to_json(sprint.session))
    assert session == sprint.session
    if session.wait is not None and isinstance(answer, ACCEPTED[session.wait]):
        return resume_flow({flow.name: flow}, session, answer)
    with pytest.raises(ResumeRefused):
        resume_flow({flow.name: flow}, session, answer)
    return sprint


def check(sprint: Sprint) -> None:
    """Exactly one thing to wait for, or the end."""
    *before, last = sprint.orders
    assert all(isinstance(order, Prioritise) for order in before)
    assert isinstance(last, End) == sprint.session.finished
    assert (sprint.session.wait is None) == sprint.session.finished


@given(FLOWS, ANSWERS)
def test_answers_in_any_order_are_refused_or_lead_on(flow: Flow, answers: list[Resume]) -> None:
    sprint = start_flow({flow.name: flow}, flow.name)
    check(sprint)
    for answer in answers:
        sprint = after(flow, sprint, answer)
        check(sprint)


@given(FLOWS, ANSWERS)
def test_every_session_comes_to_its_end_within_the_limits(flow: Flow, answers: list[Resume]) -> None:
    sprint = start_flow({flow.name: flow}, flow.name)
    taken = 0
    for answer in cycle(answers):
        if sprint.session.wait is None:
            break
        if isinstance(answer, ACCEPTED[sprint.session.wait]):
            sprint = resume_flow({flow.name: flow}, sprint.session, answer)
            taken += 1
            assert taken <= MOST_ANSWERS
    assert sprint.session.finished
    assert isinstance(sprint.orders[-1], End)
    assert sprint.session.steps_taken <= MAX_STEPS_PER_SESSION
