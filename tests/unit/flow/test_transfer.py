"""The transfer step: who may be reached as their callers' own agent, and what is said of those who may not."""

from __future__ import annotations

import pytest

from fs_control.flow import Enqueue, Flow, FlowProblems, LineExit, LineLeft, flow_warnings, parse_flow
from tests.unit.flow.playing import GROUPS, PROMPTS, resumed, started

TEXT = """flow: f
language: zh
start: own
steps:
  own:
    do: transfer
    mode: ani
    targets: [8001, "8002"]
    group: sales
    wait_at_most: 60
    nobody_signed_in: end
    waited_too_long: end
  end: {do: hangup}
"""
AGENTS = ("8001", "8002", "8003")


def read(text: str = TEXT, agents: tuple[str, ...] | None = AGENTS) -> Flow:
    return parse_flow(text, filename="f.yaml", groups=GROUPS, prompts=PROMPTS, agents=agents)


def problems_of(text: str) -> list[str]:
    with pytest.raises(FlowProblems) as caught:
        read(text)
    return [f"{each.line}:{each.column} {each.code} {dict(each.values)}" for each in caught.value.problems]


def test_N11_it_is_a_queue_step_in_which_only_the_targets_are_anybodys_own_agent() -> None:
    """`transfer: {mode: ani, targets: [...]}` sends a known number to its owner; ..."""
    sprint = started(read())
    assert sprint.orders == (Enqueue("sales", 60.0, own_agents=("8001", "8002")),)
    assert resumed(read(), sprint, LineLeft(LineExit.TIMED_OUT)).session.finished


def test_N11_it_is_the_same_after_a_snapshot() -> None:
    flow = read()
    assert Flow.model_validate_json(flow.model_dump_json()) == flow


def test_N11_an_agent_whom_nobody_knows_is_refused_with_the_nearest_one() -> None:
    wrong = TEXT.replace("8001", "80001")
    assert problems_of(wrong) == ["8:15 flow_unknown_agent {'name': '80001', 'nearest': '8001'}"]


def test_N11_a_flow_that_runs_is_not_refused_because_an_agent_has_left() -> None:
    exits = {"nobody_signed_in": "end", "waited_too_long": "end", "line_full": "end"}
    assert read(agents=None).steps["own"].exits() == exits


def test_N11_the_mode_has_to_be_named() -> None:
    (wrong,), (missing,) = (problems_of(TEXT.replace("    mode: ani\n", mode)) for mode in ("    mode: any\n", ""))
    assert wrong == "7:11 flow_not_one_of {'value': 'any', 'expected': 'ani', 'nearest': 'ani'}"
    assert missing.endswith("flow_key_missing {'key': 'mode'}")


@pytest.mark.parametrize(
    ("targets", "code"), [("8001", "flow_not_list"), ("[]", "flow_nothing_in_it"), ("[yes]", "flow_unknown_agent")]
)
def test_N11_targets_are_a_list_of_agents(targets: str, code: str) -> None:
    assert [code in each for each in problems_of(TEXT.replace('[8001, "8002"]', targets))] == [True]


def test_N11_an_owner_who_is_no_target_is_warned_of() -> None:
    """Removing the owner's code from targets makes the owner unreachable through this step and validation warns."""
    flow = read()
    assert flow_warnings(flow, TEXT, filename="f.yaml", owners=["8001", "8002"]) == ()
    (warning,) = flow_warnings(flow, TEXT, filename="f.yaml", owners=["8003", "8001", "8004"])
    assert (warning.file, warning.line, warning.code) == ("f.yaml", 8, "flow_owner_not_a_target")
    assert warning.values == {"step": "own", "agents": "8003, 8004"}


def test_N11_a_queue_step_leaves_nobody_out() -> None:
    plain = TEXT.replace("do: transfer", "do: queue").replace("    mode: ani\n", "")
    plain = plain.replace('    targets: [8001, "8002"]\n', "")
    assert flow_warnings(read(plain), plain, filename="f.yaml", owners=["8009"]) == ()
