"""One agent in the place of another in a flow's text: nothing but the name changes (M13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.store.flow_edits import FlowEdit, with_other_agent
from fs_control.store.flow_names import names_in_flow

FLOW = """\
# 8001 answers the VIPs; ask 王芳 before you change it
flow: vip
steps:
  8001: {do: play, prompt: '8001'}   # a step is no agent
  own:
    do: transfer
    mode: ani
    targets: [ "8001",8002 , 8003 ]  # 8001 first
    next: 8001
  all:
    do: transfer
    agents:
      - 8003   # Ann
      # the next one is on leave
      - '8001' # 王芳
  one: {do: transfer, agent: 8001}
"""


def test_M13_every_route_leads_to_the_other_agent_and_nothing_else_changes() -> None:
    """The flow file changes accordingly; no route points at A."""
    wanted = (
        FLOW.replace('[ "8001",', '[ "8009",')
        .replace("- '8001' # 王芳", "- '8009' # 王芳")
        .replace("agent: 8001", "agent: 8009")
    )
    assert with_other_agent(FLOW, "8001", "8009") == wanted


def test_who_is_named_already_is_not_named_twice() -> None:
    wanted = (
        FLOW.replace('[ "8001",8002 , 8003 ]', "[ 8002 , 8003 ]")
        .replace("      - '8001' # 王芳\n", "")
        .replace("agent: 8001", "agent: 8003")
    )
    assert with_other_agent(FLOW, "8001", "8003") == wanted


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("{targets: [1, 2]}", "{targets: [1]}"),
        ("{targets: [2, 1]}", "{targets: [1]}"),
        ("{targets: [2, 3, 2]}", "{targets: [1, 3]}"),
        ("{targets: [2, 2, 1, 2, 2, 3, 2, 2]}", "{targets: [1, 3]}"),
        ("{targets: [2]}", "{targets: [1]}"),
        ("targets:\n- 1\n- 2", "targets:\n- 1\n"),
        ("targets:\r\n- 2 # x\r\n- 1\r\nnext: 2\r\n", "targets:\r\n- 1\r\nnext: 2\r\n"),
        ("targets: [\n  2, # two\n  1, # one\n]", "targets: [\n  1, # one\n]"),
        ("é: 王\u2028\nagent: 2", "é: 王\u2028\nagent: 1"),
        ("groups: [2]", "groups: [2]"),
        ("[", "["),
    ],
)
def test_lists_of_every_form(text: str, changed: str) -> None:
    assert with_other_agent(text, "2", "1") == changed


def test_a_diff_shows_the_lines_that_change() -> None:
    edit = FlowEdit("vip", "a: 1\nagent: 8001", "a: 1\nagent: 8002")
    assert edit.diff() == "--- vip.yaml\n+++ vip.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-agent: 8001\n+agent: 8002\n"


NUMBERS = st.sampled_from(["8001", "8002", "08003", "1"])
LISTS = st.lists(NUMBERS, min_size=1, max_size=5)


@given(LISTS, LISTS, NUMBERS, NUMBERS, st.sampled_from(["'", '"', ""]), st.sampled_from(["# 8001 王\n", ""]))
def test_whatever_a_flow_names_the_old_one_is_gone(
    first: list[str], second: list[str], old: str, new: str, quote: str, comment: str
) -> None:
    quoted = [f"{quote}{one}{quote}" for one in second]
    text = f"{comment}a: {{targets: [{', '.join(first)}]}}\n{comment}b:\n  agents:\n" + "".join(
        f"  - {one}\n" for one in quoted
    )
    names = names_in_flow(text, "agent")
    after = names_in_flow(with_other_agent(text, old, new), "agent")
    assert after == {new if one == old else one for one in names}
