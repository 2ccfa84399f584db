"""The engine's own rules: what it refuses, what it bounds, what it keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Literal

import pytest

from fs_control.errors import BrokenInvariant
from fs_control.flow import (
    MAX_STEPS_PER_SESSION,
    TOO_DEEP,
    TOO_MANY_STEPS,
    TOO_MANY_STEPS_AT_ONCE,
    DigitsGot,
    End,
    Flow,
    FlowSession,
    LineExit,
    LineLeft,
    PromptDone,
    Resume,
    ResumeRefused,
    Say,
    TrailItem,
    TrailKind,
    resume_flow,
    session_from_json,
)
from fs_control.flow.answers import Wait
from fs_control.flow.engine import MAX_NESTING
from fs_control.flow.lint import circle_without_wait
from fs_control.flow.nodes.base import GoTo, Node, Turn
from tests.unit.flow.playing import read, read_shipped, resumed, started

ANSWERS: Mapping[Wait, Resume] = {
    Wait.PROMPT: PromptDone(True),
    Wait.DIGITS: DigitsGot("1"),
    Wait.LINE: LineLeft(LineExit.SERVED),
}


class Jump(Node):
    """A step that waits for nothing, as a branch will be."""

    do: Literal["jump"] = "jump"
    next: str

    def exits(self) -> Mapping[str, str]:
        return {"next": self.next}

    def instant_exits(self) -> Collection[str]:
        return ("next",)

    def enter(self, session: FlowSession) -> Turn:
        return Turn(GoTo(self.next), variables={session.step: "seen"})


def flow_of(**steps: Node) -> Flow:
    return Flow.model_construct(name="jumps", language="zh", start=next(iter(steps)), steps=steps)


@pytest.mark.parametrize("wait", ANSWERS)
def test_an_answer_that_is_not_awaited_is_refused_and_the_session_goes_on(wait: Wait) -> None:
    flow = read_shipped("main")
    sprint = started(flow)
    while sprint.session.wait is not None and sprint.session.wait is not wait:
        sprint = resumed(flow, sprint, ANSWERS[sprint.session.wait])
    for answer in ANSWERS.values():
        if answer != ANSWERS[wait]:
            with pytest.raises(ResumeRefused, match=f"flow_resume_not_awaited awaited='{wait}'"):
                resumed(flow, sprint, answer)
    assert resumed(flow, sprint, ANSWERS[wait]).trail


@pytest.mark.parametrize("answer", ANSWERS.values())
def test_a_finished_session_takes_no_answer(answer: Resume) -> None:
    flow = read_shipped("service-first")
    over = resumed(flow, started(flow), DigitsGot("#"), PromptDone(True))
    assert over.session.finished
    with pytest.raises(ResumeRefused, match="awaited='nothing'"):
        resumed(flow, over, answer)


def test_a_session_of_another_flow_is_a_broken_invariant() -> None:
    sprint = started(read_shipped("main"))
    with pytest.raises(BrokenInvariant, match="flow_session_of_another_flow"):
        resume_flow({"service-first": read_shipped("service-first")}, sprint.session, PromptDone(True))


def test_a_session_that_cannot_be_read_is_a_broken_invariant() -> None:
    with pytest.raises(BrokenInvariant, match="flow_session_unreadable"):
        session_from_json('{"flow": "main"}')


def test_a_session_that_circles_with_waits_ends_at_the_limit_and_says_so() -> None:
    flow = read("flow: f\nlanguage: zh\nstart: a\nsteps:\n  a: {do: play, prompt: welcome, next: a}\n")
    sprint = started(flow)
    answers = 0
    while not sprint.session.ending and answers <= MAX_STEPS_PER_SESSION:
        sprint = resume_flow({flow.name: flow}, sprint.session, PromptDone(True))
        answers += 1
    assert answers == MAX_STEPS_PER_SESSION
    assert sprint.orders == (Say("apology"),)
    sprint = resumed(flow, sprint, PromptDone(True))
    assert sprint.orders == (End(TOO_MANY_STEPS),)
    assert sprint.trail[-1] == TrailItem("a", TrailKind.ENDED, TOO_MANY_STEPS)


def test_a_sprint_that_never_comes_to_a_wait_ends_at_the_limit_and_says_so() -> None:
    circle = flow_of(a=Jump(next="b"), b=Jump(next="a"))
    sprint = started(circle)
    assert sprint.orders == (Say("apology"),)
    sprint = resume_flow({circle.name: circle}, sprint.session, PromptDone(True))
    assert sprint.orders == (End(TOO_MANY_STEPS_AT_ONCE),)


def test_a_flow_that_runs_itself_ends_at_the_limit_of_nesting_and_says_so() -> None:
    flow = read("flow: f\nlanguage: zh\nstart: a\nsteps:\n  a: {do: flow, flow: f, next: b}\n  b: {do: hangup}\n")
    sprint = started(flow)
    assert (len(sprint.session.stack), sprint.orders) == (MAX_NESTING, (Say("apology"),))
    assert resumed(flow, sprint, PromptDone(True)).orders == (End(TOO_DEEP),)


def test_steps_that_wait_for_nothing_are_run_through_in_one_sprint_and_remember() -> None:
    main = read_shipped("main")
    sprint = started(flow_of(a=Jump(next="b"), b=Jump(next="end"), end=main.steps["end"]))
    assert sprint.orders == (End("finished"),)
    assert sprint.session.variables == {"a": "seen", "b": "seen"}
    assert sprint.session.steps_taken == 3


def test_a_circle_is_told_in_the_direction_of_its_way() -> None:
    steps = {"a": Jump(next="b"), "b": Jump(next="c"), "c": Jump(next="a")}
    circle = circle_without_wait(steps)
    assert circle[0] == circle[-1]
    assert all(steps[here].next == there for here, there in pairwise(circle))


def test_a_menu_entered_again_has_all_its_tries() -> None:
    flow = read_shipped("service-first")
    menu = resumed(flow, started(flow), DigitsGot("9"), PromptDone(True))
    assert menu.session.attempts == 1
    assert resumed(flow, menu, DigitsGot("*")).session.attempts == 0


def test_keys_that_no_menu_can_have_are_wrong_keys() -> None:
    flow = read_shipped("service-first")
    menu = resumed(flow, started(flow), DigitsGot("12"))
    assert TrailItem("choose", TrailKind.WRONG_KEY, "12") in menu.trail
