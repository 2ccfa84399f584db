"""The schema for editors says what reading says: the same flows are right, and the same types and keys are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from fs_control.flow import NODE_TYPES
from fs_control.flow.json_schema import FILE, flow_schema, schema_text
from fs_control.flow.source import _FlowLoader, read_source
from fs_control.flow.words_zh import KEYS, WORDS
from tests.unit.flow.knowing import BROKEN
from tests.unit.flow.playing import ROOT
from tests.unit.flow.schema_rules import is_valid
from tests.unit.flow.test_broken_flows import EXPECTED
from tests.unit.flow.test_chinese_words import SMALL, in_chinese
from tests.unit.flow.test_flow_whole_language import OTHER, WHOLE

FLOWS = ROOT / "ivr_flows"
SHIPPED = sorted([*FLOWS.glob("*.yaml"), *FLOWS.glob("samples/*.yaml")])
SCHEMA = flow_schema()
BY_TYPE = {
    *("flow_unknown_key", "flow_key_missing", "flow_unknown_do", "flow_not_one_of", "flow_nothing_in_it"),
    *("flow_not_text", "flow_not_number", "flow_not_whole_number", "flow_number_as_text", "flow_needs_quotes"),
    *("flow_not_switch", "flow_not_block", "flow_list_not_block", "flow_not_list", "flow_not_simple"),
    *("flow_number_too_small", "flow_number_too_large", "flow_number_too_long", "flow_bad_key", "flow_bad_reason"),
}
"""Mistakes that a schema can find: those of keys, types and ranges."""
NOT_IN_A_SCHEMA = {"097-wait-without-way-out"}
"""A key that must be there only because of another one."""


def data_of(text: str) -> Any:
    """Return a flow as an editor's YAML has it, with every word as it was written."""
    return _plain(yaml.compose(text, Loader=_FlowLoader))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    types: dict[str, Any] = {"bool": lambda text: text == "true", "int": int, "float": float, "null": lambda _: None}
    kind = node.tag.rpartition(":")[2]
    return types.get(kind, str)(node.value)


def passes(text: str) -> bool:
    return is_valid(data_of(text), SCHEMA, SCHEMA)


def broken_by_type() -> Iterator[Path]:
    for name, problems in EXPECTED.items():
        codes = {problem.split()[1] for problem in problems}
        if codes & BY_TYPE and Path(name).stem not in NOT_IN_A_SCHEMA:
            yield BROKEN / name


def test_the_file_beside_the_flows_is_the_schema_of_this_version() -> None:
    assert (FLOWS / FILE).read_text(encoding="utf-8") == schema_text(), (
        "run: fs-control flow schema > ivr_flows/" + FILE
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_flow_names_the_schema_and_is_as_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    up = "../" * (len(path.relative_to(FLOWS).parts) - 1)
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={up}{FILE}"
    assert passes(text)


@pytest.mark.parametrize("text", [WHOLE, OTHER, SMALL])
def test_a_right_flow_is_as_the_schema_says_in_both_languages(text: str) -> None:
    assert passes(text)
    assert passes(in_chinese(read_source(text, "x").data))


@pytest.mark.parametrize("path", list(broken_by_type()), ids=lambda path: path.stem)
def test_what_is_wrong_by_type_is_underlined(path: Path) -> None:
    assert not passes(path.read_text(encoding="utf-8"))


def test_numbers_may_stand_for_names_as_in_reading() -> None:
    numbers = WHOLE.replace("calendar: office", "calendar: 1").replace("group: sales", "group: 400")
    assert passes(numbers)


def test_every_kind_and_every_key_is_offered_with_its_meaning_in_both_languages() -> None:
    kinds = SCHEMA["definitions"]["Step"]["properties"]["do"]["enum"]
    assert set(kinds) == {word for kind in NODE_TYPES for word in (kind, *WORDS["do"][kind])}
    for kind, node in NODE_TYPES.items():
        properties = SCHEMA["definitions"][node.__name__]["properties"]
        assert set(properties) == {word for key in node.model_fields for word in (key, *KEYS[key])}, kind
        assert all("\n\n" in each["description"] for each in properties.values())
