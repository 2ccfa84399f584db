"""The variables of a channel."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.variables import Variables, expand, is_true


def test_setting_again_moves_to_the_end() -> None:
    variables = Variables([("a", "1"), ("b", "2")])
    variables.set("a", "3")
    assert list(variables) == [("b", "2"), ("a", "3")]


@pytest.mark.parametrize("nothing", ["", None])
def test_setting_to_nothing_removes(nothing: str | None) -> None:
    variables = Variables([("a", "1")])
    variables.set("a", nothing)
    assert variables.get("a") is None


def test_pushing_makes_an_array() -> None:
    variables = Variables()
    for value in ("4001", "4001", "x"):
        variables.push("DP_MATCH", value)
    assert variables.get("DP_MATCH") == "ARRAY::4001|:4001|:x"


def test_references_are_replaced_once_and_unknown_ones_vanish() -> None:
    values = {"a": "${b}", "b": "no"}
    assert expand("<${a}${nobody}>", values.get) == "<${b}>"


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("YES", True), ("1", True), ("0", False), ("no", False)])
def test_says_yes_as_freeswitch_does(text: str, truth: bool) -> None:
    assert is_true(text) is truth
