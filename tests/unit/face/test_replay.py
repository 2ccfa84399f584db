"""`call replay` and `replay` at the command line: what changed step by step, and what is done otherwise today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from fs_control.errors import UserMistake
from fs_control.events import LegRinging
from fs_control.face.moment_typed import moment_typed
from fs_control.face.options import open_database
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, CallId, Micros
from fs_control.runtime.journal import fold, read_segment
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.testing.play import MORNING, Play
from tests.unit.runtime.written import write, write_in_parts

ONE = CallId("1f3c8a2e-0000-4000-8000-000000000001")
transition_room = import_module("fs_control.centre.transition")


@pytest.fixture
def play() -> Play:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call="before")
    play.caller(call=ONE, name="\x1b[2J张三")
    play.serve(1, talk_s=3)
    play.serve(1, talk_s=3)
    return play


@pytest.fixture
def journal(tmp_path, play):
    write_in_parts(tmp_path / "journal", play.events, 12)
    return tmp_path / "journal"


# --- one call ------------------------------------------------------------------------------------------------------


def test_a_call_is_replayed_with_what_each_event_changed(terminal, journal):
    shown = " ".join(terminal.type("call", "replay", "1f3c").stdout.split())
    assert shown.startswith(f"Call {ONE}, folded again: ")
    for part in (
        "1 19:06:41.000 CallOffered leg=caller dialled=4001",
        "line of sales: – → place 2 of 2",
        "because: the call was taken",
        "an event of somebody else, which changed this call too line of sales: place 2 of 2 → place 1 of 1",
        "offer to 801: told to ring → rings",
        "call: joining → talking",
    ):
        assert part in shown
    assert "\x1b" not in shown


def test_the_words_are_those_of_the_reader(terminal, journal):
    assert "sales 排队: – → 第 2 位，共 2 位" in terminal.type("--lang", "zh", "call", "replay", "1f3c").stdout


def test_the_state_at_a_step_is_shown_whole(terminal, journal):
    shown = terminal.type("call", "replay", "1f3c", "--step", "1").stdout
    assert "step 1 of" in shown.splitlines()[0]
    assert "  line of sales: place 2 of 2" in shown.partition("What was so after it:")[2].splitlines()
    state = json.loads(terminal.type("call", "replay", "1f3c", "--step", "1", "--json").stdout)
    assert state["live"]["call"]["id"] == ONE
    assert state["lines"] == {"1": ["before", ONE]}
    assert {"fact": "state", "of": "", "value": "waiting"} in state["facts"]


def test_the_state_at_a_moment_is_that_after_the_last_step_before_it(terminal, journal):
    at_once = json.loads(terminal.type("call", "replay", "1f3c", "--at", "19:06:41.5", "--json").stdout)
    steps = json.loads(terminal.type("call", "replay", "1f3c", "--json").stdout)["steps"]
    assert steps[at_once["step"]]["at"] > MORNING + 1.5 * SECOND
    refused = terminal.type("call", "replay", "1f3c", "--at", "19:06:40")
    assert (refused.exit_code, refused.stderr) == (1, "At 19:06:40 the call had not begun.\n")


def test_every_change_is_told_to_machines(terminal, journal):
    first = json.loads(terminal.type("call", "replay", "1f3c", "--json").stdout)["steps"][0]
    assert first["event"]["type"] == "CallOffered"
    assert {"fact": "place", "of": "sales", "before": None, "after": "2/2"} in first["changes"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [(("--step", "99"), 1), (("--step", "0"), 2), (("--at", "noon"), 1), (("--at", "09:00", "--step", "1"), 2)],
)
def test_a_step_that_is_not_there_is_refused(terminal, journal, typed, code):
    assert terminal.type("call", "replay", "1f3c", *typed).exit_code == code


# --- a centre ------------------------------------------------------------------------------------------------------


def test_a_centre_is_replayed_with_a_line_for_each_event(terminal, journal, play):
    result = terminal.type("replay")
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if line[:8].strip().isdigit()]
    assert len(lines) == len(play.events)
    assert result.stderr == f"{len(play.events)} events, 0 differences, 0 damaged places.\n"
    assert "CallOffered         1f3c8a2e  the call was taken  → AnswerCall" in result.stdout


def test_a_part_between_two_times_is_replayed(terminal, journal, play):
    told = json.loads(terminal.type("replay", "--from", "19:06:41", "--to", "2026-11-18 19:06:42", "--json").stdout)
    second = [event.at for event in play.events if SECOND <= event.at - MORNING <= 2 * SECOND]
    assert [step["at"] for step in told["steps"]] == second


def test_the_centre_at_the_end_is_printed_for_machines(terminal, journal):
    centre = json.loads(terminal.type("replay", "--to", "19:06:41", "--state").stdout)
    assert set(centre["calls"]) == {"before", ONE}


def test_what_is_done_otherwise_today_is_told_and_the_exit_code_says_so(terminal, journal, play, monkeypatch):
    monkeypatch.setitem(transition_room._HANDLERS, LegRinging, lambda _step, _event: 1 // 0)
    result = terminal.type("replay")
    assert result.exit_code == 1
    assert "LegRinging was applied then, and today's program cannot: ZeroDivisionError" in result.stdout
    stopped = terminal.type("replay", "--until-crash")
    assert stopped.stdout == result.stdout[: len(stopped.stdout)]
    rang = next(index for index, event in enumerate(play.events, start=1) if isinstance(event, LegRinging))
    assert stopped.stderr == f"{rang} events, 1 differences, 0 damaged places.\n"


def test_a_snapshot_that_is_otherwise_is_told_field_by_field(terminal, tmp_path, play):
    segment = read_segment(write(tmp_path / "journal", play.events))
    write(tmp_path / "journal", [], replace(fold(segment), max_calls=7), segment.next)
    result = terminal.type("replay")
    assert result.exit_code == 1
    assert "max_calls: 7 then, 100 now" in result.stdout


def test_records_are_compared_with_those_of_the_database(office, tmp_path, play):
    write(tmp_path / "journal", play.events)
    records = [replace(play.records[ONE], cause="OTHER"), play.records[CallId("before")]]
    with open_database(Settings(database_url=office.environment["DATABASE_URL"])) as engine:
        PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store(records)
    result = office.type("replay", "--records")
    assert result.exit_code == 1
    assert f"call {ONE} has another record in the database" in result.stdout
    assert "cause: 'OTHER' then, 'NORMAL_CLEARING' now" in result.stdout
    assert "1 differences" in result.stderr


def test_a_part_is_packed_masked_and_replayed_from_the_file(terminal, journal, tmp_path, play):
    file = tmp_path / "fault.tar.gz"
    packed = terminal.type("replay", "--export", str(file))
    assert (packed.exit_code, packed.stdout) == (0, "")
    assert "numbers and names are masked" in packed.stderr
    there = terminal.type("replay", str(file), "--json")
    assert there.exit_code == 0
    assert "13800138000" not in there.stdout
    assert len(json.loads(there.stdout)["steps"]) == len(play.events)


def test_numbers_are_packed_where_that_is_wanted(terminal, journal, tmp_path):
    file = tmp_path / "fault.tar.gz"
    assert "keep it to yourself" in terminal.type("replay", "--export", str(file), "--with-numbers").stderr
    assert "13800138000" in terminal.type("replay", str(file), "--json").stdout


def test_what_cannot_go_together_is_misuse(terminal, journal, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert terminal.type("replay", str(file), "--journal", str(journal)).exit_code == 2
    assert terminal.type("replay", str(file), "--export", "x").exit_code == 2
    assert terminal.type("replay", "--state", "--json").exit_code == 2
    assert terminal.type("replay", str(file)).exit_code == 1


def test_without_a_journal_there_is_nothing_to_replay(terminal):
    assert terminal.type("replay").stderr.startswith("There is no journal in ")


# --- moments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-12-31 09:00", "2026-12-31T09:00:00"),
        ("2026-12-31T09:00:05.250", "2026-12-31T09:00:05.250"),
        ("09:00", "2026-11-18T09:00:00"),
        (" 09:00:05 ", "2026-11-18T09:00:05"),
    ],
)
def test_a_moment_is_read_on_the_clocks_of_the_centre(typed, read):
    moment = datetime.fromisoformat(read).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert moment_typed(typed, "Asia/Shanghai", MORNING) == Micros(round(moment.timestamp() * SECOND))


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "2026-12-31", "31.12.2026 09:00", "2026-12-31 09:00+08:00 x"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(UserMistake, match="moment_not_read"):
        moment_typed(typed, "Asia/Shanghai", MORNING)
