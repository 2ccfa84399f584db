"""Files of flows read together: what a flow may name and use, and files that are no text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.flow import FlowFile, KnownNames, read_flow_files
from fs_control.flow.characters import MAX_CHARACTERS
from fs_control.flow.readings import MAX_BYTES
from tests.unit.flow.knowing import NAMES, problems_of, reading_of, told, warnings_of

SMALL = "flow: f\nlanguage: zh\nstart: a\nsteps:\n  a: {do: flow, flow: other}\n"
OTHER = "flow: other\nlanguage: zh\nstart: a\nsteps:\n  a: {do: hangup}\n"


def test_a_flow_may_name_another_one_that_is_read_or_lies_beside_it_or_is_active() -> None:
    file, other = FlowFile("f.yaml", "f", SMALL.encode()), FlowFile("other.yaml", "other", OTHER.encode())
    assert [each.problems for each in read_flow_files([file, other], NAMES)] == [(), ()]
    assert [each.problems for each in read_flow_files([file], NAMES, beside=[other])] == [()]
    assert reading_of(SMALL, names=replace(NAMES, flows=frozenset({"other"}))).problems == ()
    assert problems_of(SMALL) == ["5:23 flow_unknown_flow name=other"]


def test_names_that_nobody_knows_are_not_checked() -> None:
    text = SMALL.replace("flow: other}", "flow: other, next: b}")
    text += "  b: {do: queue, group: any, nobody_signed_in: c}\n"
    text += "  c: {do: play, prompt: anything, next: d}\n  d: {do: agent, agent: 1, not_signed_in: e}\n"
    text += "  e: {do: hours, calendar: any, open: a, closed: g}\n  g: {do: hangup}\n"
    assert [told(problem) for problem in reading_of(text, names=KnownNames()).problems] == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1 flow_empty"),
        (b"\xef\xbb\xbf", "1:1 flow_empty"),
        (b"\xff\xfea\x00", "1:1 flow_other_encoding encoding=UTF-16"),
        ("flow: 欢迎".encode("gbk"), "1:7 flow_other_encoding encoding=GB18030 (GBK)"),
        (b"a: b\n  \xff\n", "2:3 flow_not_utf_8 byte=0xFF"),
        (b"a: b\r\n\xc3\xa9\xff", "2:2 flow_not_utf_8 byte=0xFF"),
        (b"x: " + b"y" * 1_000_000, f"1:1 flow_too_long limit={MAX_CHARACTERS}"),
        (b"\xff" * (MAX_BYTES + 1), f"1:1 flow_too_long limit={MAX_CHARACTERS}"),
    ],
)
def test_what_is_no_text_is_told_in_one_sentence(data: bytes, problem: str) -> None:
    assert problems_of(data) == [problem]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + OTHER.encode(), OTHER.replace("\n", "\r\n").encode()])
def test_marks_and_ends_of_lines_of_other_editors_make_no_other_version(data: bytes) -> None:
    assert reading_of(data, "other").text == OTHER


def test_a_flow_that_is_not_called_like_its_file_is_refused() -> None:
    (reading,) = read_flow_files([FlowFile("main.yaml", "main", OTHER.encode())], KnownNames())
    assert [told(problem) for problem in reading.problems] == ["1:7 flow_named_otherwise name=other wanted=main"]


def test_a_sentence_that_ends_at_a_hash_or_has_braces_of_another_kind_is_warned_of() -> None:
    text = OTHER.replace("{do: hangup}", "\n    do: say\n    text: 请按 #键\n    next: b\n  b: {do: hangup}")
    assert warnings_of(text, "other") == ["7:11 flow_text_ends_at_hash"]
    text = text.replace("请按 #键", "您好｛x｝")
    assert warnings_of(text, "other") == ["7:13 flow_lookalike sign=｛ meant={"]
    assert warnings_of(text.replace("您好｛x｝", "'请按 #键'"), "other") == []


def test_a_menu_that_leads_to_itself_and_a_hang_up_that_does_nothing_are_warned_of() -> None:
    menu = "{do: menu, prompt: main-menu, keys: {1: a}, wrong_key: {next: b}, no_key: {next: b}}\n  b: {do: hangup}"
    assert warnings_of(OTHER.replace("{do: hangup}", menu), "other") == ["5:36 flow_menu_leads_to_itself step=a"]
    play = "start: a\non_hangup: b\nsteps:\n  b: {do: play, prompt: goodbye, next: a}"
    assert warnings_of(OTHER.replace("start: a\nsteps:", play), "other") == ["4:12 flow_nothing_after_hang_up step=b"]


def test_who_dials_without_a_gateway_is_warned() -> None:
    dialling = OTHER.replace("{do: hangup}", "{do: dial, number: 10086, failed: b}") + "  b: {do: hangup}\n"
    assert warnings_of(dialling, "other") == []
    (warning,) = reading_of(dialling, "other", replace(NAMES, can_dial=False)).warnings
    assert told(warning) == "5:25 flow_dial_without_gateway step=a"
