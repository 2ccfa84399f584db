"""The ledger at the command line: what does not add up is named, put right once, and every figure is defined."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from fs_control.cdr import Figure
from fs_control.face.options import open_database
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, LegId
from fs_control.records import CallRecord
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from tests.unit.face.conftest import Shell
from tests.unit.face.telling import CALL, a_served_call

OTHER = CallId("2aaaaaaa-0000-4000-8000-000000000002")


@pytest.fixture
def typed(run: Shell) -> Shell:
    """A call that adds up, and another a day later."""
    served = a_served_call()
    store(run, served)
    return run


def store(run: Shell, *records: CallRecord) -> None:
    with database(run) as engine:
        PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store(records)


def database(run: Shell):
    return open_database(Settings(database_url=run.terminal.environment["DATABASE_URL"]))


def execute(run: Shell, sql: str, **values: object) -> None:
    with database(run) as engine, engine.begin() as connection:
        connection.execute(text(sql), values)


def tell_leg(run: Shell, cause: str = "NORMAL_CLEARING", later_s: int = 0) -> None:
    """Let the switch have told of the customer's leg."""
    execute(
        run,
        "INSERT INTO call_leg SELECT enterprise_id, leg_id, call_id, 'core', 'inbound', '', '', started_at,"
        " answered_at, ended_at + make_interval(secs => :later), :cause, 'recv_bye', NULL"
        " FROM call WHERE call_id = :call",
        later=later_s,
        cause=cause,
        call=CALL,
    )


def test_calls_that_add_up_are_counted(typed: Shell) -> None:
    tell_leg(typed)
    assert typed("ledger verify") == "1 calls add up.\n"
    assert typed.json("ledger verify")["findings"] == []


def test_what_the_switch_did_not_tell_is_said_and_is_no_finding(typed: Shell) -> None:
    assert typed.json("ledger verify")["not_compared"] == 1


def test_a_call_that_does_not_add_up_is_named_with_what_to_do(typed: Shell) -> None:
    execute(typed, "UPDATE call_segment SET started_at = started_at + interval '12 ms' WHERE position = 2")
    result = typed.terminal.type("ledger", "verify")
    assert result.exit_code == 1
    assert "1f3c8a2e  2026-11-22 10:34:05.000  answered by an agent" in result.stdout
    assert "Segment 3 begins 12.0 ms after the one before it ended." in result.stdout
    assert "segment_gap: a defect of this program." in result.stderr


def test_the_same_is_said_in_chinese(typed: Shell) -> None:
    execute(typed, "UPDATE call_segment SET started_at = started_at + interval '12 ms' WHERE position = 2")
    assert "第 3 段在前一段结束 12.0 毫秒 后才开始。" in typed.terminal.type("--lang", "zh", "ledger", "verify").stdout


def test_what_the_switch_knows_better_is_put_right_once_and_shown(typed: Shell) -> None:
    tell_leg(typed, cause="MEDIA_TIMEOUT", later_s=3)
    typed.refused("ledger verify")
    done = typed("ledger verify --correct")
    assert "Corrected by the switch's record: the end is 2026-11-22 10:35:09.230; stored was" in done
    assert typed("ledger verify") == "1 calls add up.\n"
    assert "the cause of the end is MEDIA_TIMEOUT; stored was NORMAL_CLEARING." in typed(f"call show {CALL}")
    (call,) = typed.json("call list")["calls"]
    assert [(each["field"], each["source"]) for each in call["corrections"]] == [
        ("ended_at", "call_leg"),
        ("cause", "call_leg"),
    ]
    assert call["cause"] == "MEDIA_TIMEOUT"


def test_one_call_can_be_proved_by_the_beginning_of_its_id(typed: Shell) -> None:
    tell_leg(typed, later_s=3)
    other = replace(a_served_call(), call_id=OTHER, leg=LegId("other"))
    store(typed, other)
    (finding,) = json.loads(typed.terminal.type("ledger", "verify", "1f3c", "--json").stdout)["findings"]
    assert (finding["call"], finding["code"], finding["corrected"]) == (CALL, "leg_ended_differs", False)
    assert finding["change"]["corrected"] == finding["values"]["switch"]
    assert "call_without_leg" not in typed.terminal.type("ledger", "verify", "1f3c", "--json").stdout


def test_a_period_of_days_is_that_of_the_enterprises_clock(typed: Shell) -> None:
    """The call began on 22 November at 10:34 in Shanghai."""
    for period, calls in (
        ("--from 2026-11-22 --to 2026-11-22", 1),
        ("--to 2026-11-21", 0),
        ("--from 2026-11-23", 0),
        ('--from "2026-11-22 10:34" --to "2026-11-22 10:35"', 1),
        ('--to "2026-11-22 10:34"', 0),
    ):
        assert typed.json(f"ledger verify {period}")["calls"] == calls, period


def test_a_call_and_a_period_together_are_refused(typed: Shell) -> None:
    assert "not both" in typed.refused("ledger verify 1f3c --from 2026-11-22")
    assert "soon" in typed.refused("ledger verify --from soon")


# --- figures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", Figure)
def test_each_figure_is_defined_with_its_sql(typed: Shell, figure: Figure) -> None:
    told = typed.json(f"ledger explain {figure}")
    assert told["is"]
    assert told["from"]
    assert told["not"]
    assert (told["sql"] is None) == (figure is Figure.WRAP_UP)
    if told["sql"] is not None:
        assert told["sql"] in typed(f"ledger explain {figure}")
        execute(typed, told["sql"])  # as it stands


def test_the_figures_are_listed(typed: Shell) -> None:
    assert [each["figure"] for each in typed.json("ledger explain")["figures"]] == [each.value for each in Figure]
    assert "time_to_answer" in typed("ledger explain")


def test_a_misspelt_figure_gets_the_nearest(typed: Shell) -> None:
    assert "“time_to_answer”?" in typed.refused("ledger explain time-to-anser")
    assert typed("ledger explain time-to-answer") == typed("ledger explain time_to_answer")


def test_the_trap_of_calls_answered_by_the_queue_is_told(typed: Shell) -> None:
    assert "a call that only the queue has answered has no time to answer" in typed("ledger explain time_to_answer")


def test_how_a_call_came_by_a_figure_is_told_segment_by_segment(typed: Shell) -> None:
    told = typed(f"ledger explain waiting {CALL}")
    line = next(each for each in told.splitlines() if "waiting in line" in each)
    talk = next(each for each in told.splitlines() if "talking with an agent" in each)
    assert line.split()[-4:] == ["5.060", "s", "5.060", "s"]
    assert talk.split()[-1] == "–"
    assert told.splitlines()[-1] == "The figure waiting is 28.860 s."


def test_how_a_call_came_by_a_figure_of_agents_is_told_agent_by_agent(typed: Shell) -> None:
    told = typed.json(f"ledger explain agent_talk {CALL}")
    assert [each["value"] for each in told["agents"]] == [0, 23_230_000]
    assert "23.230 s" in typed(f"ledger explain agent_talk {CALL}")
    assert "The figure answered is 1." in typed(f"ledger explain answered {CALL}")
    assert "The figure wrap_up is nothing." in typed(f"ledger explain wrap_up {CALL}")


def test_an_agent_made_call_has_no_waiting(typed: Shell) -> None:
    execute(typed, "UPDATE call SET direction = 'outbound'")
    assert typed.json(f"ledger explain waiting {CALL}")["value"] is None
