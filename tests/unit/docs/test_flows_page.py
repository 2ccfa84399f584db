"""docs/flows.md tells admins the truth: its flows are flows, its mistakes are told in just these words."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from fs_control.flow import Flow, FlowProblems, parse_flow
from fs_control.media.prompts import prompt_names
from fs_control.texts import sentence

PAGE = (Path(__file__).parents[3] / "docs/flows.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(yaml|yaml wrong|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE)
RIGHT = [text for kind, text in BLOCKS if kind == "yaml"]
WRONG = [(text, said) for (kind, text), (_, said) in pairwise(BLOCKS) if kind == "yaml wrong"]


def parse(text: str) -> Flow:
    return parse_flow(text, filename="main.yaml", groups=["sales", "service"], prompts=prompt_names())


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_page_shows_is_a_flow(text: str) -> None:
    parse(text)


def test_the_page_shows_a_whole_flow() -> None:
    assert any(text.startswith("flow:") for text in RIGHT)


def test_the_page_names_every_key_of_a_flow() -> None:
    section = PAGE.partition("## A small one")[2].partition("\n## ")[0]
    keys = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert set(keys) == {field.alias or name for name, field in Flow.model_fields.items()}


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
