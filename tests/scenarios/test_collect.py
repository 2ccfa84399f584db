"""What callers type: inputs that end by length and by a key, keys before, during and after prompts, and secrets."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from fs_control.virtual_switch.script import HangUp, Press, PromptEdge, Wait, WaitForPrompt
from tests.scenarios.house import House
from tests.scenarios.inputs import caller, heard, open_flow, told

BY_LENGTH = """
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: ask}
  ask:
    do: collect
    prompt: main-menu
    length: 4
    into: pin
    tries: 2
    timeout: 3
    between: 2
    on_record: true
    next: bye
    wrong: {prompt: wrong-key, next: refused}
    no_key: {prompt: no-key, next: silent}
  bye: {do: play, prompt: goodbye, next: end, skip: false}
  refused: {do: hangup, reason: refused}
  silent: {do: hangup, reason: silent}
  end: {do: hangup, reason: done}
"""
BY_KEY = BY_LENGTH.replace("length: 4", 'end: "#"\n    min: 2\n    max: 6')
MENUS = """
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: first}
  first:
    do: menu
    prompt: main-menu
    keys: {1: news}
    tries: 2
    wrong_key: {prompt: wrong-key, next: lost}
    no_key: {next: lost}
  news: {do: play, prompt: no-flow, next: second}
  second:
    do: menu
    prompt: main-menu
    keys: {2: end}
    tries: 2
    wrong_key: {prompt: wrong-key, next: lost}
    no_key: {next: lost}
  lost: {do: hangup, reason: lost}
  end: {do: hangup, reason: done}
"""
ASKED = WaitForPrompt("main-menu")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the flow is."""
    return tmp_path / "flows"


def collected(house: House, *steps: object) -> list[tuple[str, str]]:
    """Call, type, and return what the record says of it."""
    record = house.play(caller(*steps))  # type: ignore[arg-type]
    return told(record, "collected", "wrong", "no_key", "ended")


def test_N4_an_input_ends_at_its_length(house: House, folder: Path) -> None:
    """Two `collect` steps (length: 11; end on #) both deliver the digits as a flow variable."""
    open_flow(house, folder, BY_LENGTH)
    assert collected(house, ASKED, Wait(0.5), Press("1234")) == [("collected", "1234"), ("ended", "done")]


def test_N4_an_input_ends_on_its_key(house: House, folder: Path) -> None:
    """Two `collect` steps (length: 11; end on #) both deliver the digits as a flow variable."""
    open_flow(house, folder, BY_KEY)
    assert collected(house, ASKED, Wait(0.5), Press("123#")) == [("collected", "123"), ("ended", "done")]


def test_N4_an_input_that_ends_on_a_key_ends_at_its_most_as_well(house: House, folder: Path) -> None:
    """Input ends EITHER at a set length OR on #."""
    open_flow(house, folder, BY_KEY)
    assert collected(house, ASKED, Wait(0.5), Press("123456")) == [("collected", "123456"), ("ended", "done")]


def test_N4_the_end_key_at_once_is_no_input(house: House, folder: Path) -> None:
    """Early time-out goes to the time-out branch; so does `#` with nothing before it."""
    open_flow(house, folder, BY_KEY)
    steps = (ASKED, Wait(0.5), Press("#"), ASKED, Wait(0.5), Press("#"))
    assert collected(house, *steps) == [("no_key", ""), ("no_key", ""), ("ended", "silent")]


def test_N4_too_few_digits_and_silence_are_asked_again(house: House, folder: Path) -> None:
    """Early time-out goes to its own branch."""
    open_flow(house, folder, BY_LENGTH)
    steps = (ASKED, Wait(0.5), Press("12"), ASKED, Wait(0.5), Press("5678"))
    assert collected(house, *steps) == [("wrong", "12"), ("collected", "5678"), ("ended", "done")]


def test_N4_silence_leads_to_the_time_out_branch(house: House, folder: Path) -> None:
    """Early time-out goes to the time-out branch."""
    open_flow(house, folder, BY_LENGTH)
    assert collected(house) == [("no_key", ""), ("no_key", ""), ("ended", "silent")]


def test_N4_keys_pressed_after_the_prompt_count(house: House, folder: Path) -> None:
    """The time for the first key runs from the end of the prompt."""
    open_flow(house, folder, BY_LENGTH)
    steps = (WaitForPrompt("main-menu", PromptEdge.END), Wait(0.8), Press("4321"))
    assert collected(house, *steps) == [("collected", "4321"), ("ended", "done")]


@pytest.mark.parametrize("gap", [0.15, 0.4])
def test_N4_keys_pressed_before_the_prompt_are_neither_lost_nor_doubled(house: House, folder: Path, gap: float) -> None:
    """A key ends a prompt that may be skipped, and is the first key of the input that follows."""
    open_flow(house, folder, BY_LENGTH)
    leg = house.call(caller(WaitForPrompt("welcome"), Wait(0.3), Press("1234", gap)))
    record = house.record_of(leg)
    assert told(record, "collected", "ended") == [("collected", "1234"), ("ended", "done")]
    assert heard(house, leg) == ["welcome", "goodbye"]


def test_N3_keys_pressed_ahead_go_through_two_menus(house: House, folder: Path) -> None:
    """A customer who knows the way presses 1 2 in the greeting, and hears no menu."""
    open_flow(house, folder, MENUS)
    leg = house.call(caller(WaitForPrompt("welcome"), Wait(0.3), Press("12", 0.15)))
    record = house.record_of(leg)
    assert told(record, "pressed", "wrong_key", "ended") == [("pressed", "1"), ("pressed", "2"), ("ended", "done")]


def test_N3_a_wrong_key_pressed_ahead_is_told(house: House, folder: Path) -> None:
    """Wrong key and no key each follow their own configured branch."""
    open_flow(house, folder, MENUS)
    steps = (WaitForPrompt("welcome"), Wait(0.3), Press("9"), WaitForPrompt("main-menu"), Wait(0.5), Press("1"))
    leg = house.call(caller(*steps, Wait(1), HangUp()))
    assert told(house.record_of(leg), "wrong_key", "pressed") == [("wrong_key", "9"), ("pressed", "1")]


def test_a_key_in_a_prompt_that_cannot_be_skipped_means_nothing(house: House, folder: Path) -> None:
    """`skip: false`: keys pressed meanwhile mean nothing."""
    open_flow(house, folder, BY_LENGTH.replace("prompt: welcome, next: ask", "prompt: welcome, next: ask, skip: false"))
    steps = (WaitForPrompt("welcome"), Wait(0.3), Press("9"), ASKED, Wait(0.5), Press("1234"))
    assert collected(house, *steps) == [("collected", "1234"), ("ended", "done")]


def test_N4_digits_are_on_the_record_only_if_the_step_says_so(house: House, folder: Path) -> None:
    """Digits are kept on the CDR only if the step says so."""
    open_flow(house, folder, BY_LENGTH.replace("    on_record: true\n", ""))
    assert collected(house, ASKED, Wait(0.5), Press("1234")) == [("collected", "••••"), ("ended", "done")]


# --- secrets -------------------------------------------------------------------------------------------------------

SECRET = "73519264"


def test_sensitive_digits_are_in_no_file_no_log_and_no_row(
    house: House, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Sensitive digits never leave memory."""
    caplog.set_level(logging.DEBUG)
    flow = BY_KEY.replace("on_record: true", "sensitive: true").replace("max: 6", "max: 12")
    open_flow(house, folder, flow)
    leg = house.call(caller(ASKED, Wait(0.5), Press(f"{SECRET}#")))
    record = house.record_of(leg)
    assert told(record, "ended") == [("ended", "done")]
    var = house.engine.journal_folder.parent
    written = [path for path in var.rglob("*") if path.is_file() and "sipp" not in path.parts]
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []
    assert SECRET not in house.type(f"call trace {record.call_id} --json")
    assert SECRET not in caplog.text
    assert rows_with(house, SECRET) == []


def rows_with(house: House, words: str) -> list[str]:
    """The tables in which some text stands."""
    with house.database.connect() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        query = "SELECT count(*) FROM {} AS each WHERE each::text LIKE :words"
        return [
            name for name in names if connection.execute(text(query.format(name)), {"words": f"%{words}%"}).scalar_one()
        ]


def test_too_few_sensitive_digits_are_asked_again(house: House, folder: Path) -> None:
    """How many there are is looked at where they are kept."""
    open_flow(house, folder, BY_LENGTH.replace("on_record: true", "sensitive: true"))
    steps = (ASKED, Wait(0.5), Press("12"), ASKED, Wait(0.5), Press("5678"))
    assert [kind for kind, _ in collected(house, *steps)] == ["no_key", "collected", "ended"]
