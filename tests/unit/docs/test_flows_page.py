"""docs/flows.md tells admins the truth: its flows are flows, its mistakes are told in just these words."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from fs_control.flow import NODE_TYPES, Flow, FlowProblems, parse_flow
from fs_control.media.prompts import prompt_names
from fs_control.texts import sentence

PAGE = (Path(__file__).parents[3] / "docs/flows.md").read_text(encoding="utf-8")
WHOLE = ("flow:", "流程:")
"""How a whole flow begins, and not one step."""
BLOCK = re.compile(r"^```(yaml|yaml wrong|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE)
RIGHT = [text for kind, text in BLOCKS if kind == "yaml"]
WRONG = [(text, said) for (kind, text), (_, said) in pairwise(BLOCKS) if kind == "yaml wrong"]


def parse(text: str) -> Flow:
    return parse_flow(text, filename="main.yaml", groups=["sales", "service"], prompts=prompt_names())


def whole(text: str) -> str:
    """Return the block itself, or a flow around the one step that it shows, with an end for each of its exits."""
    if text.startswith(WHOLE):
        return text
    step = text.partition(":")[0]
    shown = "\n".join("  " + line for line in text.splitlines())
    flow = f"flow: shown\nlanguage: en\nstart: {step}\nsteps:\n{shown}\n"
    try:
        parse(flow)
    except FlowProblems as found:
        missing = {one.values["name"] for one in found.problems if one.code == "flow_unknown_step"}
        return flow + "".join(f"  {name}: {{do: hangup}}\n" for name in sorted(missing))
    return flow


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_page_shows_is_a_flow(text: str) -> None:
    parse(whole(text))


def test_the_page_shows_a_whole_flow_and_every_kind_of_step() -> None:
    assert any(text.startswith(WHOLE) for text in RIGHT)
    shown = {type(node) for text in RIGHT if not text.startswith(WHOLE) for node in parse(whole(text)).steps.values()}
    assert shown == set(NODE_TYPES.values())


@pytest.mark.parametrize("name", NODE_TYPES)
def test_every_key_of_a_step_stands_in_its_table(name: str) -> None:
    section = re.split(r"^##+ ", PAGE.partition(f"### `{name}`")[2], maxsplit=1, flags=re.MULTILINE)[0]
    keys = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert keys == [key for key in NODE_TYPES[name].model_fields if key != "do"]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_mistake_is_told_as_the_page_says(text: str, said: str) -> None:
    with pytest.raises(FlowProblems) as caught:
        parse(text)
    found = [
        f"{one.file}:{one.line}:{one.column}: {sentence(one.code, one.values, 'en')}" for one in caught.value.problems
    ]
    assert found == said.splitlines()


def test_the_page_names_the_prompts_that_there_are() -> None:
    listed = PAGE.partition("## The prompts there are")[2].partition("\n\n")[2].partition("\n\n")[2]
    assert set(re.findall(r"`([a-z-]+)`", listed.partition("\n\n")[0])) == prompt_names()
