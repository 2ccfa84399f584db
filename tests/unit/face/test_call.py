"""Calls at the command line: read back from a real database, and traced from a real journal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fs_control.centre import CallCentre
from fs_control.face.options import open_database
from fs_control.face.words import printable
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, Micros
from fs_control.records import Disposition, SegmentKind
from fs_control.runtime.journal import Journal
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.testing.play import Play
from tests.unit.face.telling import CALL, a_record, a_segment, a_served_call

LATER = CallId("1f3c9999-0000-4000-8000-000000000002")


@pytest.fixture
def stored(terminal_with_database):
    """Two calls in the database; the later one has a hostile caller name."""
    url = terminal_with_database.environment["DATABASE_URL"]
    abandoned = a_record(
        a_segment(SegmentKind.IVR, 0, 2.34),
        disposition=Disposition.ABANDONED_IN_IVR,
        caller="anonymous",
        caller_name="\x1b[31mred[/]",
        call=LATER,
    )
    abandoned = replace(abandoned, started_at=Micros(abandoned.started_at + 1))
    with open_database(Settings(database_url=url)) as engine:
        PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store([a_served_call(), abandoned])
    return terminal_with_database


def test_calls_are_listed_newest_first(stored):
    heading, later, earlier = stored.type("call", "list").stdout.splitlines()
    assert heading.split() == ["call", "started", "caller", "number", "way", "length", "result"]
    assert later.startswith("1f3c9999  11-22 10:34:05  number withheld")
    assert earlier.split("  ")[0] == "1f3c8a2e"
    assert earlier.rstrip().endswith("61.2 s  answered by an agent")


def test_no_more_calls_are_listed_than_asked_for(stored):
    assert len(stored.type("call", "list", "--limit", "1").stdout.splitlines()) == 2


def test_calls_are_listed_for_machines_whole(stored):
    calls = json.loads(stored.type("call", "list", "--json").stdout)["calls"]
    assert [call["call_id"] for call in calls] == [LATER, CALL]
    assert [segment["kind"] for segment in calls[1]["segments"]] == ["ivr", "line", "ring", "ring", "talk"]


def test_a_call_is_shown_by_the_beginning_of_its_id(stored):
    shown = stored.type("--lang", "zh", "call", "show", "1f3c8").stdout
    assert shown.startswith("呼叫 1f3c8a2e  坐席已接听")
    assert "各段相加：9.1 + 5.1 + 20.4 + 3.4 + 23.2 = 61.2 秒。" in shown


def test_a_shown_call_is_the_record_for_machines(stored):
    record = json.loads(stored.type("call", "show", CALL, "--json").stdout)
    assert (record["call_id"], record["disposition"], len(record["offers"])) == (CALL, "answered", 2)


def test_what_a_caller_calls_himself_never_steers_the_terminal(stored):
    assert "\x1b" not in stored.type("call", "show", LATER).stdout
    assert printable("\x1b[31m\u202ered") == "\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}red"


def test_an_ambiguous_beginning_names_the_calls(stored):
    result = stored.type("call", "show", "1f3c")
    assert (result.exit_code, result.stdout) == (1, "")
    assert LATER in result.stderr
    assert "2 calls have an id that begins with 1f3c;" in result.stderr


def test_an_unknown_call_is_refused(stored):
    result = stored.type("call", "show", "%")
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no call whose id begins with %.")


def test_without_calls_the_list_says_so(terminal_with_database):
    assert terminal_with_database.type("call", "list").stdout == "There are no calls yet.\n"
    assert json.loads(terminal_with_database.type("call", "list", "--json").stdout) == {"calls": []}


# --- traces --------------------------------------------------------------------------------------------------------


@pytest.fixture
def traced(terminal, tmp_path):
    """A terminal beside a journal with one served call."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller(call=CALL)
    play.serve(1, talk_s=3)
    journal = Journal(tmp_path / "journal", CallCentre(), 1)
    journal.append(play.events)
    journal.close()
    return terminal


def test_a_trace_tells_events_reasons_and_orders_in_turn(traced):
    lines = traced.type("call", "trace", CALL[:8]).stdout.splitlines()
    assert lines[0].startswith(f"Call {CALL}: ")
    shown = [line.strip().partition("  ")[2].strip() or line.strip() for line in lines[1:]]
    offered = ["CallOffered", "because: the call was taken", "→ AnswerCall", "→ LookUpCaller"]
    wanted = [*offered, "CallerLookedUp", "because: idle for the longest time", "→ RingAgent"]
    places = [next(number for number, line in enumerate(shown) if line.startswith(each)) for each in wanted]
    assert places == sorted(places)
    assert any("→ StoreRecord record=answered" in line for line in lines)


def test_a_trace_names_each_long_id_once_and_short_from_then_on(traced):
    output = traced.type("call", "trace", CALL).stdout
    assert f"  caller = leg-of-{CALL}\n" in output
    assert output.count(CALL) == 3  # in the title, by itself, and in the caller's leg
    assert "→ RingAgent leg=agent-leg-1 caller_leg=caller" in output
    assert "→ StartTimer timer=ring:agent-leg-1 after=30s" in output


def test_a_trace_in_chinese_keeps_the_names_of_events(traced):
    output = traced.type("--lang", "zh", "call", "trace", CALL).stdout
    assert "原因：来电已接入" in output
    assert "LegsBridged" in output


def test_a_trace_for_machines_holds_every_event_with_its_orders(traced):
    trace = json.loads(traced.type("call", "trace", CALL, "--json").stdout)
    assert (trace["call"], trace["damage"]) == (CALL, [])
    first = trace["steps"][0]
    assert (first["event"]["type"], first["reasons"][0]) == ("CallOffered", "admission.admitted")
    assert first["commands"][0]["type"] == "AnswerCall"
    assert [step["sequence"] for step in trace["steps"]] == sorted(step["sequence"] for step in trace["steps"])


def test_a_torn_last_line_disturbs_no_json(traced, tmp_path):
    path = next((tmp_path / "journal").glob("*.jsonl"))
    path.write_bytes(path.read_bytes() + b'{"seq":99,"ty')
    result = traced.type("call", "trace", CALL, "--json")
    assert json.loads(result.stdout)["call"] == CALL


def test_a_call_that_the_journal_does_not_hold_is_refused(traced):
    result = traced.type("call", "trace", "abc")
    assert result.exit_code == 1
    assert "The journal holds no call whose id begins with abc." in result.stderr


@pytest.mark.parametrize("order", ["show", "trace"])
@pytest.mark.parametrize("id", ["", " "])
def test_the_beginning_of_every_id_is_misuse(terminal, order, id):
    result = terminal.type("call", order, id)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ID cannot be read: it is empty." in result.stderr
