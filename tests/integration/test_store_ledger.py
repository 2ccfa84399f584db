"""The ledger on PostgreSQL (D1, D8): pages, legs, corrections, and figures as the SQL and as the program has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine, insert, text

from fs_control.cdr import COUNTS, OF_AGENTS, Figure, FindingCode, figure_of, figures_of_agents
from fs_control.face.ledger.proving import TOLD_WITHIN, Flawed, Prover
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, EnterpriseId, LegId, Micros, seconds
from fs_control.records import FROM_SWITCH, CallRecord, CorrectedField, Correction, SwitchLeg
from fs_control.store import tables
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.corrections import PostgresCorrections
from fs_control.store.ledger import PostgresLedger
from fs_control.testing.ended_calls import an_ended_call
from tests.property.test_ledger import a_day, the_leg
from tests.unit.face.telling import at

CALLS: Sequence[CallRecord] = a_day(Random(1), acts=400)
LATER = Micros(CALLS[-1].started_at + seconds(24 * 3600))


@pytest.fixture
def ledger(database: Engine) -> PostgresLedger:
    PostgresRecordStore(database, DEFAULT_ENTERPRISE).store(CALLS)
    return PostgresLedger(database, DEFAULT_ENTERPRISE)


def tell(database: Engine, *legs: SwitchLeg) -> None:
    """Let the switch have told of these legs."""
    rows = [{**asdict(leg), "enterprise_id": DEFAULT_ENTERPRISE} for leg in legs]
    for row in rows:
        row["leg_id"], row["call_id"] = row.pop("leg"), row.pop("call")
    with database.begin() as connection:
        connection.execute(insert(tables.call_leg), rows)


@pytest.fixture
def told(database: Engine, ledger: PostgresLedger) -> PostgresLedger:
    tell(database, *map(the_leg, CALLS))
    return ledger


def found(database: Engine, *, correct: bool = False, now: Micros = LATER) -> tuple[Prover, list[Flawed]]:
    corrections = PostgresCorrections(database, DEFAULT_ENTERPRISE) if correct else None
    prover = Prover(PostgresLedger(database, DEFAULT_ENTERPRISE), now, corrections, "anna")
    return prover, list(prover.prove_all())


def test_D1_what_is_stored_of_a_day_is_proved(database: Engine, told: PostgresLedger) -> None:
    """Exactly one call row per customer call in Postgres plus one row per leg/segment; segments add up."""
    prover, flawed = found(database)
    assert (flawed, prover.proof.calls, prover.proof.not_compared) == ([], len(CALLS), 0)


def test_pages_have_every_call_once_and_in_the_order_of_their_beginning(ledger: PostgresLedger) -> None:
    pages = list(ledger.pages(size=3))
    assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)
    read = [each.record for page in pages for each in page]
    assert [each.call_id for each in read] == [
        each.call_id for each in sorted(CALLS, key=lambda each: (each.started_at, each.call_id))
    ]


def test_a_period_has_the_calls_that_began_in_it(ledger: PostgresLedger) -> None:
    middle = sorted(each.started_at for each in CALLS)[len(CALLS) // 2]
    before = sum(map(len, ledger.pages(started_before=middle)))
    after = sum(map(len, ledger.pages(started_from=middle)))
    assert (before + after, before > 0, after > 0) == (len(CALLS), True, True)


def test_another_enterprise_has_nothing_to_prove(database: Engine, told: PostgresLedger) -> None:
    other = PostgresLedger(database, EnterpriseId("other"))
    assert (list(other.pages()), other.told_since(), other.legs_without_call(LATER)) == ([], None, [])


# --- against the switch --------------------------------------------------------------------------------------------


def test_without_any_leg_nothing_is_missed_and_all_is_counted(database: Engine, ledger: PostgresLedger) -> None:
    prover, flawed = found(database)
    assert (flawed, prover.proof.not_compared) == ([], len(CALLS))


def test_a_leg_that_the_switch_has_not_told_is_missed_when_it_is_due(database: Engine, ledger: PostgresLedger) -> None:
    *others, last = sorted(CALLS, key=lambda each: each.ended_at or 0)
    tell(database, *map(the_leg, others))
    ended = last.ended_at or Micros(0)
    assert found(database, now=Micros(ended + TOLD_WITHIN - 1))[1] == []
    (flawed,) = found(database, now=Micros(ended + TOLD_WITHIN))[1]
    assert (flawed.call, flawed.findings[0].code) == (last.call_id, FindingCode.CALL_WITHOUT_LEG)


def test_a_leg_whose_call_has_no_record_is_named(database: Engine, told: PostgresLedger) -> None:
    leg = replace(the_leg(CALLS[0]), leg=LegId("gone"), call=CallId("gone"))
    tell(database, leg, replace(leg, leg=LegId("of-an-agent"), call=CallId("lasts-on"), direction="outbound"))
    (flawed,) = found(database, now=Micros(leg.ended_at + TOLD_WITHIN + 1))[1]
    assert (flawed.call, flawed.record, flawed.findings[0].code) == ("gone", None, FindingCode.LEG_WITHOUT_CALL)
    assert len(found(database, now=Micros(LATER + TOLD_WITHIN))[1]) == 2  # no call lasts for a day


# --- put right -----------------------------------------------------------------------------------------------------


def wrong_by(database: Engine, call: CallId, column: str, value: str) -> None:
    """Damage one value of what the switch told."""
    with database.begin() as connection:
        connection.execute(text(f"UPDATE call_leg SET {column} = {value} WHERE call_id = :call"), {"call": call})


def test_a_difference_is_put_right_once_and_not_named_again(database: Engine, told: PostgresLedger) -> None:
    call = CALLS[0]
    wrong_by(database, call.call_id, "ended_at", "ended_at + interval '3 s', cause = 'MEDIA_TIMEOUT'")
    prover, (flawed,) = found(database, correct=True)
    assert [each.field for each in flawed.corrections] == [CorrectedField.ENDED_AT, CorrectedField.CAUSE]
    assert (prover.proof.flawed, prover.proof.left) == (1, 0)
    again, nothing = found(database, correct=True)
    assert (nothing, again.proof.left, again.proof.put_right) == ([], 0, 1)
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM call_correction")).scalar_one() == 2
        stored = connection.execute(text("SELECT cause FROM call WHERE call_id = :call"), {"call": call.call_id})
        assert stored.scalar_one() == call.cause  # the call's own row is never changed


def test_the_same_correction_is_kept_once(database: Engine, told: PostgresLedger) -> None:
    correction = Correction(CorrectedField.ANSWERED_AT, None, at(1), "leg_answered_differs", FROM_SWITCH, at(2), "anna")
    store = PostgresCorrections(database, DEFAULT_ENTERPRISE)
    call = CALLS[0].call_id
    assert [store.write([(call, correction)]) for _ in range(2)] == [1, 0]
    (record,) = PostgresRecordStore(database, DEFAULT_ENTERPRISE).ended([call])
    assert (record.answered_at, record.corrections) == (at(1), (correction,))
    assert store.write([]) == 0


def test_a_record_that_is_read_says_what_was_put_right_of_it(database: Engine, told: PostgresLedger) -> None:
    records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
    wrong_by(database, CALLS[0].call_id, "ended_at", "ended_at + interval '3 s'")
    found(database, correct=True)
    (read,) = records.ended([CALLS[0].call_id])
    assert read.ended_at == (CALLS[0].ended_at or 0) + seconds(3)
    assert [each.stored for each in read.corrections] == [CALLS[0].ended_at]
    assert [each for each in records.recent(100) if each.corrections] == [read]


# --- figures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", sorted(set(Figure) - OF_AGENTS - {Figure.WRAP_UP}))
@pytest.mark.parametrize("is_corrected", [False, True])
def test_a_figure_of_the_sql_is_that_of_the_program(
    database: Engine, told: PostgresLedger, figure: Figure, is_corrected: bool
) -> None:
    if is_corrected:
        _put_much_right(database)
    by_sql = {row[0]: _plain(figure, row[1]) for row in told.figure(figure)}
    for record in _all(database):
        assert by_sql.get(record.call_id) == figure_of(record, figure), record.call_id
    assert len(by_sql) > 1


@pytest.mark.parametrize("figure", sorted(OF_AGENTS))
@pytest.mark.parametrize("is_corrected", [False, True])
def test_D8_a_figure_of_agents_of_the_sql_is_that_of_the_program(
    database: Engine, told: PostgresLedger, figure: Figure, is_corrected: bool
) -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    if is_corrected:
        _put_much_right(database)
    by_sql = {(row[0], row[1]): _plain(figure, row[2]) for row in told.figure(figure)}
    for record in _all(database):
        for agent, value in figures_of_agents(record, figure).items():
            assert by_sql.get((record.call_id, agent), 0) == value, (record.call_id, agent)
    assert len(by_sql) > 1


def _put_much_right(database: Engine) -> None:
    """Let calls begin later and end earlier, in the middle of their segments and offers, and some end later."""
    corrections = []
    for place, record in enumerate(CALLS):
        length = (record.ended_at or 0) - record.started_at
        values = {
            0: (CorrectedField.ENDED_AT, record.ended_at, Micros(record.started_at + length // 2)),
            1: (CorrectedField.STARTED_AT, record.started_at, Micros(record.started_at + length // 3)),
            2: (CorrectedField.ENDED_AT, record.ended_at, Micros((record.ended_at or 0) + seconds(2))),
        }
        field, stored, value = values[place % 3]
        if length > seconds(1):
            corrections.append((record.call_id, Correction(field, stored, value, "test", FROM_SWITCH, LATER, "anna")))
    assert PostgresCorrections(database, DEFAULT_ENTERPRISE).write(corrections) > 4


def _all(database: Engine) -> Sequence[CallRecord]:
    return PostgresRecordStore(database, DEFAULT_ENTERPRISE).recent(1000)


def _plain(figure: Figure, value: object) -> object:
    """Return what the database has said as the program says it."""
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    return int(value) if figure in COUNTS else value  # type: ignore[call-overload]


def test_a_call_that_was_offered_to_nobody_is_proved_too(database: Engine) -> None:
    PostgresRecordStore(database, DEFAULT_ENTERPRISE).store([an_ended_call(1)])
    prover, _ = found(database)
    assert prover.proof.calls == 1
