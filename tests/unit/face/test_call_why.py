"""`call why` at the command line: of calls in the database, and of calls that only the journal knows yet."""

from __future__ import annotations

import json

import pytest

from fs_control.centre import CallCentre
from fs_control.face.options import open_database
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.runtime.journal import Journal
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.testing.play import Play
from tests.unit.face.telling import CALL
from tests.unit.face.test_why import a_call_for_three


@pytest.fixture
def stored(office):
    """A centre in whose database one call for three agents is."""
    with open_database(Settings(database_url=office.environment["DATABASE_URL"])) as engine:
        PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store([a_call_for_three()])
    return office


@pytest.fixture
def live(office, tmp_path):
    """A centre with a call whose phone rings just now; the database has not heard of it."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    play.caller(call=CALL)
    journal = Journal(tmp_path / "journal", CallCentre(), 1)
    journal.append(play.events)
    journal.close()
    return office


def test_the_sentence_comes_first_and_then_the_cards(stored):
    lines = stored.type("call", "why", "1f3c").stdout.splitlines()
    assert lines[0] == "Call 1f3c8a2e: why"
    assert lines[1].startswith("Ann Lee (8003) took the call because nobody else was free;")
    assert any(line.strip() == "would have been chosen if they had not declined" for line in lines)


def test_the_language_of_the_answer_is_that_of_the_option_or_else_that_of_the_command_line(stored):
    by_option = stored.type("call", "why", "1f3c", "--language", "zh").stdout
    assert by_option.startswith("呼叫 1f3c8a2e：原因\nAnn Lee（8003）接听了此来电：当时没有其他坐席空闲；")
    assert stored.type("--lang", "zh", "call", "why", "1f3c").stdout == by_option


def test_the_answer_for_machines_has_the_sentence_in_both_languages_and_every_fact(stored):
    answer = json.loads(stored.type("call", "why", "1f3c", "--json").stdout)
    assert answer["call"] == "1f3c8a2e"
    assert answer["sentence"]["en"].startswith("Ann Lee (8003) took the call")
    assert answer["sentence"]["zh"].startswith("Ann Lee（8003）接听了此来电")
    first, second = answer["decisions"]
    assert (first["agent"], first["result"], second["agent"], second["result"]) == (2, "declined", 3, "accepted")
    assert second["what_if"][-1] == {
        "agent": 2,
        "change": "change.not_declined",
        "values": {},
        "chosen": True,
        "against": None,
    }
    assert second["basis"]["strategy"] == "longest_idle_time"


def test_a_call_that_lasts_is_answered_for_from_the_journal(live):
    said = " ".join(live.type("call", "why", CALL[:8]).stdout.split())
    assert "; the phone of 王芳 (8001) rings because they had been idle for the longest time. " in said


def test_an_unknown_call_is_refused(live):
    result = live.type("call", "why", "abc")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no call whose id begins with abc.")


def test_an_ambiguous_beginning_names_the_calls(office, tmp_path):
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call="abc-1")
    play.caller(call="abc-2")
    journal = Journal(tmp_path / "journal", CallCentre(), 1)
    journal.append(play.events)
    journal.close()
    result = office.type("call", "why", "abc")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "2 calls have an id that begins with abc;" in result.stderr


def test_an_empty_beginning_and_a_language_that_we_do_not_speak_are_misuse(office):
    assert office.type("call", "why", "").exit_code == 2
    assert office.type("call", "why", "abc", "--language", "fr").exit_code == 2


def test_D8_a_shown_call_has_a_line_for_each_agent(stored):
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    shown = stored.type("call", "show", "1f3c").stdout.splitlines()
    heading, *rows = [line.split() for line in shown[-3:]]
    assert heading == ["agent", "offers", "rang", "answers", "talk", "hold", "consult", "asked", "end"]
    assert " ".join(rows[0]) == "李明 (8002) 1 2.0 s 0 0.0 s 0.0 s 0.0 s 0.0 s declined (CALL_REJECTED)"
    assert " ".join(rows[1]) == "Ann Lee (8003) 1 3.0 s 1 20.0 s 0.0 s 0.0 s 0.0 s answered (NORMAL_CLEARING)"


def test_D8_a_shown_call_has_each_agent_for_machines(stored):
    agents = json.loads(stored.type("call", "show", "1f3c", "--json").stdout)["agents"]
    assert [(each["agent"], each["offered"], each["talked"]) for each in agents] == [(2, 1, 0), (3, 1, 20_000_000)]
