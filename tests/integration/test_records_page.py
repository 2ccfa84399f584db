"""The queries on docs/records.md run as they stand and tell the truth about what is in the database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Row, text

from fs_control.cdr import (
    call_answered,
    close_record,
    enter_segment,
    offer_answered,
    offer_ended,
    offer_made,
    open_record,
    step_taken,
)
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, Extension, GroupId, LegId, Micros, parse_phone_number, seconds
from fs_control.records import (
    AgentProfile,
    CallRecord,
    EndedBy,
    FlowStep,
    Offer,
    OfferResult,
    PassedOver,
    RoutingDecision,
    SegmentKind,
)
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine

PAGE = (Path(__file__).parents[2] / "docs/records.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
NOON = 1_795_320_000_000_000
DIRECTORY = """
agents: [{number: "8001", name: Anna}, {number: "8002", name: Ben}]
groups: [{name: sales, members: ["8001", "8002"]}]
"""


def moment(after_s: float) -> Micros:
    return Micros(NOON + seconds(after_s))


def answered(chosen: AgentProfile, other: AgentProfile, group: GroupId) -> CallRecord:
    """Press 1 after 5 s, wait 10 s, ring 3 s, talk 20 s."""
    caller = parse_phone_number("13800138000")
    record = open_record(CallId("a"), DEFAULT_ENTERPRISE, LegId("a1"), "400", caller, "", moment(0))
    record = step_taken(call_answered(record, moment(1)), FlowStep(moment(5), "choose", "pressed", "1"))
    record = enter_segment(record, SegmentKind.LINE, moment(5), EndedBy.FLOW, "joined_line", group=group)
    why = RoutingDecision("rule.longest_idle_time", chosen.id, (PassedOver(other.id, "reason.on_call"),))
    record = offer_made(record, Offer(LegId("a2"), chosen.id, group, Extension("1"), why, moment(15)))
    record = offer_answered(record, LegId("a2"), moment(18))
    record = enter_segment(
        record, SegmentKind.TALK, moment(18), EndedBy.AGENT, "answered", group=group, agent=chosen.id
    )
    record = offer_ended(record, LegId("a2"), moment(38), OfferResult.ACCEPTED, "NORMAL_CLEARING")
    return close_record(record, moment(38), EndedBy.CALLER, "NORMAL_CLEARING", None)


def abandoned(group: GroupId) -> CallRecord:
    """Wait 31 s and leave."""
    caller = parse_phone_number("anonymous")
    record = open_record(CallId("b"), DEFAULT_ENTERPRISE, LegId("b1"), "400", caller, "", moment(0))
    record = enter_segment(record, SegmentKind.LINE, moment(0), EndedBy.FLOW, "joined_line", group=group)
    return close_record(record, moment(31), EndedBy.CALLER, "NORMAL_CLEARING", None)


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    directory = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE)
    directory.import_directory(parse_directory(DIRECTORY, "centre.yaml"))
    loaded, _ = directory.load()
    ben, anna = sorted(loaded.agents.values(), key=lambda agent: agent.number, reverse=True)
    (group,) = loaded.groups
    PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store([answered(ben, anna, group), abandoned(group)])
    yield engine
    engine.dispose()


def rows(database: Engine, beginning: str) -> Sequence[Row[Any]]:
    """Run the one query of the page whose first line begins so."""
    (query,) = (query for query in QUERIES if query.startswith(beginning))
    with database.connect() as connection:
        return connection.exec_driver_sql(query.replace("%", "%%")).all()


def test_every_query_of_the_page_runs(database: Engine) -> None:
    assert QUERIES
    with database.connect() as connection:
        for query in QUERIES:
            connection.execute(text(query.replace("::", r"\:\:")))


def test_the_days_are_counted_where_the_people_are(database: Engine) -> None:
    found = rows(database, "SELECT (started_at AT TIME ZONE")
    assert [(row.disposition, row.calls) for row in found] == [("abandoned_in_line", 1), ("answered", 1)]


def test_waiting_is_line_and_ringing(database: Engine) -> None:
    (row,) = rows(database, "WITH waiting")
    waited = (row.waited_on_average.total_seconds(), row.longest.total_seconds())
    assert (row.name, row.callers, row.abandoned, *waited) == ("sales", 2, 1, 22.0, 31.0)


def test_offers_and_talks_are_counted_for_the_agent_who_had_them(database: Engine) -> None:
    (offer,) = rows(database, "SELECT agent.number, agent.name, call_offer.result")
    (talk,) = rows(database, "SELECT agent.number, agent.name, count(*) AS talks")
    assert tuple(offer) == ("8002", "Ben", "accepted", 1)
    assert (talk.number, talk.talks, talk.talked.total_seconds()) == ("8002", 1, 20.0)


def test_who_was_not_chosen_learns_why(database: Engine) -> None:
    (row,) = rows(database, "SELECT call_offer.offered_at")
    assert (row.chosen, row.not_chosen, row.why) == ("8002", "8001", "reason.on_call")


def test_the_keys_that_callers_press_are_counted(database: Engine) -> None:
    (row,) = rows(database, "SELECT call.flow")
    assert (row.step, row.kind, row.detail, row.times) == ("choose", "pressed", "1", 1)


def test_segments_that_do_not_add_up_would_be_found(database: Engine) -> None:
    assert rows(database, "SELECT call_id") == []
    with database.begin() as connection:
        connection.execute(text("UPDATE call SET ended_at = ended_at + interval '1 s' WHERE call_id = 'a'"))
    assert [row.call_id for row in rows(database, "SELECT call_id")] == ["a"]
