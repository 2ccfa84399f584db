"""The API's records: pages that nothing can move, filters, one call with all that is below it (E4)."""

from __future__ import annotations

import pytest

from fs_control.ids import CallId, Micros
from fs_control.ports import CallPlace
from fs_control.records import Scope
from fs_control.testing.ended_calls import BEGAN, an_ended_call
from fs_control.web.api.questions import cursor_of, place_of
from fs_control.web.api.shapes import moment


@pytest.fixture(autouse=True)
def some_records(pages):
    pages.records = [an_ended_call(number, agent=number % 2 + 1) for number in range(7)]


def calls(page) -> list[str]:
    return [record["call"] for record in page["records"]]


def test_E4_records_come_in_pages_the_newest_first(api, pages):
    first = api.get("/v1/records?limit=3")
    assert calls(first) == ["call-006", "call-005", "call-004"]
    pages.records.append(an_ended_call(9))
    second = api.get(f"/v1/records?limit=3&after={first['next']}")
    third = api.get(f"/v1/records?limit=3&after={second['next']}")
    assert (calls(second), calls(third), third["next"]) == (["call-003", "call-002", "call-001"], ["call-000"], None)


def test_a_record_in_a_line_says_who_spoke_and_how_long_it_was(api):
    shown = api.get("/v1/records?limit=1")["records"][0]
    assert (shown["caller"], shown["agents"], shown["groups"], shown["seconds"]) == (
        "+8613800138000",
        ["801"],
        ["sales"],
        60.0,
    )
    assert shown["started_at"] == moment(an_ended_call(6).started_at).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("agent=801", [6, 4, 2, 0]),
        ("agent=803", []),
        ("group=sales&limit=2", [6, 5]),
        ("group=service", []),
        ("number=4001&disposition=answered&limit=1", [6]),
        ("number=4002", []),
        ("disposition=abandoned_in_line", []),
        ("caller=138%200013%208000&limit=1", [6]),
        ("caller=13900139000", []),
        ("started_from={4}", [6, 5, 4]),
        ("started_before={1}", [0]),
    ],
)
def test_records_are_narrowed(api, query, numbers):
    for number in (1, 4):
        shown = moment(an_ended_call(number).started_at).isoformat().replace("+00:00", "Z")
        query = query.replace(f"{{{number}}}", shown)
    assert calls(api.get(f"/v1/records?{query}")) == [f"call-{number:03}" for number in numbers]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "fields_invalid"),
        ("limit=201", "fields_invalid"),
        ("limit=many", "fields_invalid"),
        ("started_from=yesterday", "fields_invalid"),
        ("started_from=2026-01-01T00:00:00", "fields_invalid"),
        ("started_before=9999-12-31T23:59:59-14:00", "fields_invalid"),
        ("started_before=0001-01-01T00:00:00%2B14:00", "fields_invalid"),
        ("disposition=happy", "fields_invalid"),
        ("order=up", "fields_unknown"),
        ("after=x", "cursor_unusable"),
        ("after=%00", "cursor_unusable"),
        ("agent=899", "agent_unknown"),
        ("group=nobody", "group_unknown"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(api, query, code):
    answer = api.ask("GET", f"/v1/records?{query}")
    assert (answer.status, answer.code) == (404 if code.endswith("_unknown") and "fields" not in code else 422, code)


def test_E4_one_record_has_its_segments_offers_and_steps(api):
    shown = api.get("/v1/records/call-003")
    assert [(each["kind"], each["agent"]) for each in shown["segments"]] == [
        ("line", None),
        ("ring", "802"),
        ("talk", "802"),
    ]
    assert (shown["offers"][0]["rule"], shown["offers"][0]["result"]) == ("longest_idle_time", "accepted")
    assert [step["kind"] for step in shown["steps"]] == ["heard"]
    assert api.ask("GET", "/v1/records/call-999").code == "record_not_found"


def test_a_token_of_one_agent_reads_the_calls_of_that_agent(api):
    token = api.let_in(Scope.CALLS_READ, agent=2)
    assert calls(api.get("/v1/records", token=token)) == ["call-005", "call-003", "call-001"]
    assert api.ask("GET", "/v1/records?agent=801", token=token).code == "token_of_other_agent"
    assert api.ask("GET", "/v1/records/call-004", token=token).code == "record_not_found"
    assert api.get("/v1/records/call-005", token=token)["agents"] == ["802"]


def test_a_database_that_is_away_is_the_fault_of_neither_side(api, pages):
    pages.is_database_there = False
    answer = api.ask("GET", "/v1/records")
    assert (answer.status, answer.code) == (503, "database_away")


def test_a_cursor_is_read_as_it_was_written():
    place = CallPlace(Micros(BEGAN + 1), CallId("1f3c8a2e-0000"))
    assert place_of(cursor_of(place)) == place
