"""docs/flows/ has a page for each kind of step, made from the code, whose example is a flow and can be tried."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fs_control.face.trying.case import Case
from fs_control.face.trying.names import names_in
from fs_control.face.trying.office import made_up_office
from fs_control.face.trying.paths import walk_paths
from fs_control.face.trying.play import read_library
from fs_control.flow import NODE_TYPES
from fs_control.flow.facts import FACTS
from fs_control.flow.nodes.names import NameKind
from fs_control.media.prompts import prompt_names
from fs_control.records import FlowText

CLONE = Path(__file__).parents[3]
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted((CLONE / "docs/flows").glob("*.md"))}
ENTRANCE = (CLONE / "docs/flows.md").read_text(encoding="utf-8")


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_flow_pages", CLONE / "tools/make_flow_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look for it there
    spec.loader.exec_module(module)
    return module


def flow_around(example: str) -> str:
    """Return a flow in which the example is the first step, with an end or a `play` for each step that it leads to."""
    step = example.partition(":")[0]
    shown = "\n".join("  " + line for line in example.splitlines())
    flow = f"flow: shown\nlanguage: zh\nstart: before\nsteps:\n{shown}\n"
    before = f"  before: {{do: set, values: {{id_number: '1', balance: 12, tries: 1}}, next: {step}}}\n"
    ends = sorted(set(names_in(flow + before)[NameKind.STEP]) - {step, "before"})
    return flow + before + "".join(f"  {end}: {{do: hangup, reason: {end}}}\n" for end in ends)


def test_the_pages_are_those_that_the_code_makes() -> None:
    made = {name.removesuffix(".md"): text for name, text in maker().pages().items()}
    assert sorted(made) == sorted(PAGES), "run tools/make_flow_pages.py"
    assert [name for name in made if made[name] != PAGES[name]] == [], "run tools/make_flow_pages.py"


def test_every_kind_of_step_has_a_page_but_for_the_older_spelling() -> None:
    assert set(NODE_TYPES) - set(PAGES) == {"transfer"}


def test_the_entrance_leads_to_every_page_and_names_every_fact() -> None:
    assert set(re.findall(r"\]\(flows/(\w+)\.md\)", ENTRANCE)) == set(PAGES)
    assert set(FACTS) <= set(re.findall(r"`([a-z]+\.[a-z_]+)`", ENTRANCE))


@pytest.mark.parametrize("do", PAGES)
def test_every_key_of_a_step_stands_on_its_page(do: str) -> None:
    table = PAGES[do].partition("## Keys")[2].partition("\n\nIn ")[0].partition("## Exits")[0]
    written = [field.alias or name for name, field in NODE_TYPES[do].model_fields.items() if name != "do"]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(written)


@pytest.mark.parametrize("do", PAGES)
def test_the_example_of_a_page_is_a_flow_and_every_exit_of_it_is_walked(do: str) -> None:
    found = re.search(r"^```yaml\n(.*?)^```$", PAGES[do], re.MULTILINE | re.DOTALL)
    assert found is not None
    text = FlowText("shown", flow_around(found.group(1)))
    called = [
        FlowText(name, f"flow: {name}\nlanguage: zh\nstart: back\nsteps: {{back: {{do: return}}}}\n")
        for name in names_in(text.text)[NameKind.FLOW]
    ]
    library = read_library(made_up_office([text, *called], [Case()], prompt_names()), "shown")
    walk = walk_paths(library, "shown")
    assert (walk.are_all, walk.missed_steps, walk.missed_exits) == (True, (), ())
