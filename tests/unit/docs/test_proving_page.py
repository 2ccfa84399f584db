"""The page about the proof names every rule, and which may be accepted; every rule has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

from fs_control.flow.proof import ACCEPTABLE, Rule
from fs_control.flow.proof.situations import MOST
from fs_control.texts.catalogue import CATALOGUE

PAGE = (Path(__file__).parents[3] / "docs" / "proving-flows.md").read_text(encoding="utf-8")


def test_the_table_has_every_rule_and_says_which_may_be_accepted() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \|.*\| (yes|no) \|$", PAGE, re.MULTILINE))
    assert table == {rule.value: "yes" if rule in ACCEPTABLE else "no" for rule in Rule}


def test_every_rule_has_a_sentence() -> None:
    assert {f"proof.{rule}" for rule in Rule} <= CATALOGUE.keys()


def test_the_page_says_how_large_a_flow_may_be() -> None:
    assert f"{MOST:,} situations".replace(",", " ") in PAGE
