"""What is written means what its author thinks it means."""

from __future__ import annotations

import pytest

from fs_control.flow import NODE_TYPES, Flow, flow_key
from fs_control.flow.source import read_source
from tests.unit.flow.playing import read, read_shipped

SHIPPED = ["main", "service-first"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("010", "010"),
        ("0851", "0851"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-11-22", "2026-11-22"),
        ("9" * 19, "9" * 19),
        ("<<", "<<"),
        ("=", "="),
        ("True", "True"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("5", 5),
        ("-5", -5),
        ("2.50", 2.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("欢迎", "欢迎"),
    ],
)
def test_an_unquoted_word_stays_what_was_written(written: str, meant: object) -> None:
    value = read_source(f"key: {written}\n", "x.yaml").data
    assert value == {"key": meant}
    assert isinstance(value, dict)
    assert type(value["key"]) is type(meant)


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read_source('{1: a, 01: b, true: c, "*": d, null: e}', "x.yaml").data == {
        "1": "a",
        "01": "b",
        "true": "c",
        "*": "d",
        "null": "e",
    }


def test_a_byte_order_mark_of_an_editor_does_no_harm() -> None:
    assert read_source("\ufeffa: b\r\nc: d\r\n", "x.yaml").data == {"a": "b", "c": "d"}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_flow_reads_without_a_problem_under_the_name_of_its_file(name: str) -> None:
    assert read_shipped(name).name == name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_flow_is_the_same_after_a_snapshot(name: str) -> None:
    flow = read_shipped(name)
    assert Flow.model_validate_json(flow.model_dump_json()) == flow


def test_names_may_be_chinese_or_numbers() -> None:
    flow = read(
        "flow: 400\nlanguage: zh\nstart: 1\nsteps:\n  1: {do: play, prompt: welcome, next: 再见}\n  再见: {do: hangup}"
    )
    assert (flow.name, flow.start, list(flow.steps)) == ("400", "1", ["1", "再见"])


def test_every_node_type_stands_under_the_name_that_its_steps_use() -> None:
    for name, node_type in NODE_TYPES.items():
        assert node_type.model_json_schema()["properties"]["do"]["const"] == name


def test_the_key_of_a_flow_changes_with_its_text_alone() -> None:
    assert flow_key("main", "a") == flow_key("main", "a")
    assert flow_key("main", "a") != flow_key("main", "b")
    assert flow_key("main", "a").startswith("main@")
