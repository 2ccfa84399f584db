"""How a code and values become a sentence, and that no input makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.errors import UserMistake
from fs_control.texts import explain, language_from, sentence
from fs_control.texts.catalogue import CATALOGUE


def test_a_sentence_holds_its_values_in_the_language_of_the_reader() -> None:
    values = {"name": "DATABASE_URL"}
    assert sentence("setting_missing", values, "en") == "DATABASE_URL is not set. Set this environment variable."
    assert sentence("setting_missing", values, "zh") == "未设置 DATABASE_URL。请设置该环境变量。"


def test_a_language_that_we_do_not_speak_is_answered_in_english() -> None:
    assert sentence("offer.busy", {}, "fr") == sentence("offer.busy", {}, "en")


def test_an_error_is_explained_by_its_code_and_values() -> None:
    error = UserMistake("setting_not_a_port", name="FREESWITCH_PORT", value="70000")
    assert explain(error, "en") == "FREESWITCH_PORT is 70000 and must be a port from 0 to 65535."


def test_an_unknown_code_is_shown_with_its_values() -> None:
    assert sentence("moon_fell_down", {"place": "sea", "at": 3}, "zh") == "moon_fell_down (place=sea, at=3)"
    assert sentence("moon_fell_down", {}, "en") == "moon_fell_down"


def test_a_family_speaks_for_its_codes_with_what_follows_its_name() -> None:
    assert sentence("crashed.executor.play", {}, "en") == "a defect of fs_control in executor.play"
    assert sentence("timer.ring", {}, "en") == "the phone rang long enough"
    assert sentence("timer.moon", {}, "en") == "timer.moon"


def test_a_missing_value_shows_code_and_values() -> None:
    assert sentence("setting_not_a_port", {"name": "PORT"}, "en") == "setting_not_a_port (name=PORT)"


def test_values_that_a_sentence_does_not_use_are_left_out() -> None:
    assert sentence("reason.resting", {"seconds": 4}, "en") == sentence("reason.resting", {}, "en")


def test_a_value_is_never_read_as_a_template() -> None:
    assert "{name.__class__}" in sentence("setting_missing", {"name": "{name.__class__}"}, "en")


@pytest.mark.parametrize("value", ["a\rb", "a\x1b[2Jb", "a\0b", "a\u202eb", b"a\x1bb"])
def test_what_strangers_sent_cannot_steer_a_terminal(value: object) -> None:
    shown = sentence("setting_missing", {"name": value}, "en")
    assert shown.replace("\N{REPLACEMENT CHARACTER}", "").isprintable()


def test_a_misspelt_name_gets_did_you_mean() -> None:
    values = {"name": "salse", "nearest": "sales"}
    assert sentence("flow_unknown_step", values, "en") == (
        "There is no step “salse” in this flow. Did you mean “sales”?"
    )
    assert sentence("flow_unknown_step", {"name": "x", "nearest": None}, "en").endswith("in this flow.")


def test_several_valid_values_are_listed() -> None:
    values = {"file": "a.txt", "valid": (".yaml", ".csv")}
    assert sentence("directory_file_form_unknown", values, "zh").endswith("：.yaml, .csv。")


def test_further_lines_of_a_value_are_indented() -> None:
    shown = sentence("setting_missing", {"name": "first\r\n\tsecond\n"}, "en")
    assert shown.startswith("first\n        second is not set.")


def test_bytes_of_the_wire_and_a_missing_limit_are_readable() -> None:
    values = {"command": "Execute", "part": b"loops", "low": 1, "high": None}
    assert "part loops of Execute is out of range (lowest 1, highest –)" in sentence("esl_out_of_range", values, "en")


@given(code=st.sampled_from(sorted(CATALOGUE)) | st.text(), language=st.sampled_from(["en", "zh", ""]), data=st.data())
def test_no_code_and_no_value_makes_a_sentence_fail(code: str, language: str, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.text(max_size=8), st.none() | st.text() | st.binary() | st.integers()))
    assert isinstance(sentence(code, values, language), str)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zhang"}, "en"),
    ],
)
def test_the_locale_says_which_language(environment: dict[str, str], language: str) -> None:
    assert language_from(environment) == language
