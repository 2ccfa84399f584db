"""Call records in PostgreSQL (D1, D8): stored exactly once, read back equal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from fs_control.errors import BrokenInvariant
from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    AgentId,
    CallId,
    EnterpriseId,
    Extension,
    GroupId,
    LegId,
    Micros,
    NumberKind,
    PhoneNumber,
    parse_phone_number,
)
from fs_control.records import (
    Basis,
    CallRecord,
    Claim,
    ClaimKind,
    Colleague,
    Disposition,
    EndedBy,
    FlowStep,
    MemberFacts,
    MessageLeft,
    Offer,
    OfferResult,
    PassedOver,
    RoutingDecision,
    Segment,
    SegmentKind,
    Strategy,
)
from fs_control.store.call_records import HANDFUL, PostgresRecordStore
from fs_control.store.engine import create_engine

Item = TypeVar("Item")

START = 1_795_000_000_123_457
numbers = count(1)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> PostgresRecordStore:
    return PostgresRecordStore(engine, DEFAULT_ENTERPRISE)


def a_record(call: str = "call-1", at: int = START, **changes: object) -> CallRecord:
    """Build the record of a call that one agent missed and another answered."""
    decision = RoutingDecision("longest_idle_time", AgentId(1), (PassedOver(AgentId(2), "on_call"),))
    offer = Offer(LegId(f"{call}-leg-1"), AgentId(1), GroupId(1), Extension("1001"), decision, Micros(at + 20))
    record = CallRecord(
        call_id=CallId(call),
        enterprise=DEFAULT_ENTERPRISE,
        leg=LegId(f"{call}-leg"),
        number="4001234567",
        caller=parse_phone_number("13800138000"),
        caller_name="王芳",
        started_at=Micros(at),
        ended_at=Micros(at + 50),
        disposition=Disposition.ANSWERED,
        segments=(
            Segment(SegmentKind.IVR, Micros(at), Micros(at + 20), EndedBy.FLOW),
            Segment(SegmentKind.TALK, Micros(at + 20), Micros(at + 50), EndedBy.CALLER, "NORMAL_CLEARING"),
        ),
        offers=(offer, replace(offer, leg=LegId(f"{call}-leg-2"), result=OfferResult.ACCEPTED)),
        steps=(FlowStep(Micros(at + 3), "choose", "pressed", "1"),),
    )
    return replace(record, **changes)  # type: ignore[arg-type]


# --- any record that the types allow -------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
moments = st.integers(0, 253_402_300_799_999_999).map(Micros)
ids = st.integers(1, 2**63 - 1)


def some(strategy: st.SearchStrategy[Item]) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(strategy, max_size=4).map(tuple)


def spans(of: type[Item], start: str, /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Item]:
    """Things with a beginning and an end, the end not before the beginning, or none."""
    times = st.tuples(moments, moments).map(sorted)
    ended = st.booleans()

    def build(pair: list[Micros], is_ended: bool, values: dict[str, object]) -> Item:
        return of(**{start: pair[0], "ended_at": pair[1] if is_ended else None}, **values)

    return st.builds(build, times, ended, st.fixed_dictionaries(fields))


passed_over = st.builds(PassedOver, ids, texts, st.dictionaries(st.sampled_from(("since", "own")), moments))
claims = st.none() | st.builds(Claim, ids, st.sampled_from(ClaimKind))
facts = st.builds(MemberFacts, ids, *[st.integers(0, 9)] * 2, moments, moments, *[st.integers(0, 9)] * 3)
bases = st.none() | st.builds(
    *(Basis, st.sampled_from(Strategy), some(facts), some(facts), st.sampled_from(Colleague)),
    *(moments, st.integers(-1, 9), texts),
)
decisions = st.builds(RoutingDecision, texts, ids, some(passed_over), claims, st.none() | passed_over, bases)
segments = spans(
    Segment,
    "started_at",
    kind=st.sampled_from(SegmentKind),
    ended_by=st.none() | st.sampled_from(EndedBy),
    cause=st.none() | texts,
    group=st.none() | ids,
    agent=st.none() | ids,
)
offers = spans(
    Offer,
    "offered_at",
    leg=texts,
    agent=ids,
    group=ids,
    phone=texts,
    decision=decisions,
    ringing_at=st.none() | moments,
    answered_at=st.none() | moments,
    result=st.none() | st.sampled_from(OfferResult),
    cause=st.none() | texts,
)
records = spans(
    CallRecord,
    "started_at",
    call_id=st.just("replaced"),
    enterprise=st.just(DEFAULT_ENTERPRISE),
    leg=texts,
    number=texts,
    caller=st.builds(PhoneNumber, texts, st.sampled_from(NumberKind), st.none() | texts),
    caller_name=texts,
    flow=st.none() | texts,
    answered_at=st.none() | moments,
    ended_by=st.none() | st.sampled_from(EndedBy),
    cause=st.none() | texts,
    disposition=st.none() | st.sampled_from(Disposition),
    segments=some(segments),
    offers=some(offers),
    steps=some(st.builds(FlowStep, moments, texts, texts, texts)),
    messages=some(st.builds(MessageLeft, texts, texts, moments, st.integers(1, 2**40).map(Micros))),
    flow_version=st.none() | st.integers(1, 9),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(records, min_size=1, max_size=3))
def test_d1_every_record_is_read_back_equal(store: PostgresRecordStore, batch: list[CallRecord]) -> None:
    named = [replace(record, call_id=CallId(f"{next(numbers)}")) for record in batch]
    store.store(named)
    found = store.ended([record.call_id for record in named])
    assert sorted(found, key=lambda record: int(record.call_id)) == named


# --- exactly once --------------------------------------------------------------------------------------------------


def test_a_record_that_comes_again_changes_nothing(store: PostgresRecordStore) -> None:
    store.store([a_record(), a_record("call-2")])
    store.store([a_record(caller_name="somebody else", steps=()), a_record("call-3")])
    assert store.ended([CallId("call-1")]) == [a_record()]
    assert len(store.recent(10)) == 3


def test_the_same_call_twice_in_a_batch_is_stored_as_it_came_first(store: PostgresRecordStore) -> None:
    store.store([a_record(), a_record(caller_name="again")])
    assert store.recent(10) == [a_record()]


def test_a_record_that_breaks_a_rule_is_refused_with_its_whole_batch(store: PostgresRecordStore) -> None:
    backwards = Segment(SegmentKind.LINE, Micros(START + 1), Micros(START))
    with pytest.raises(BrokenInvariant, match="call_segment_not_negative"):
        store.store([a_record(), a_record("call-2", segments=(backwards,))])
    assert store.recent(10) == []


def test_a_record_of_another_enterprise_is_refused(store: PostgresRecordStore) -> None:
    with pytest.raises(BrokenInvariant, match="record_of_other_enterprise"):
        store.store([a_record(enterprise=EnterpriseId("other"))])


def test_nothing_to_store_is_fine(store: PostgresRecordStore) -> None:
    store.store([])
    assert store.recent(10) == []


def test_a_batch_larger_than_one_statement_is_stored_whole(store: PostgresRecordStore) -> None:
    batch = [a_record(f"call-{number:04}", START + number) for number in range(1500)]
    store.store(batch)
    assert store.ended([record.call_id for record in batch]) == batch


# --- finding -------------------------------------------------------------------------------------------------------


def test_recent_gives_the_newest_first(store: PostgresRecordStore) -> None:
    store.store([a_record("b", START + 1), a_record("c", START + 2), a_record("a", START + 3)])
    assert [record.call_id for record in store.recent(2)] == ["a", "c"]


def test_find_takes_the_prefix_word_for_word(store: PostgresRecordStore) -> None:
    store.store([a_record("ab%c"), a_record("abxc"), a_record("b_c")])
    assert [record.call_id for record in store.find("ab%")] == ["ab%c"]
    assert store.find("_") == []
    assert store.find("ab\0") == []


def test_find_gives_a_handful_at_most(store: PostgresRecordStore) -> None:
    store.store([a_record(f"call-{number}") for number in range(HANDFUL + 5)])
    assert len(store.find("call-")) == HANDFUL


def test_ended_gives_what_is_stored_in_the_order_of_the_start(store: PostgresRecordStore) -> None:
    store.store([a_record("late", START + 9), a_record("early", START)])
    found = store.ended([CallId("late"), CallId("missing"), CallId("early")])
    assert [record.call_id for record in found] == ["early", "late"]
    assert store.ended([]) == []


def test_enterprises_do_not_see_each_other(engine: Engine, store: PostgresRecordStore) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO enterprise VALUES ('other', 'Other', 'UTC', 'en', 'DE')"))
    other = PostgresRecordStore(engine, EnterpriseId("other"))
    other.store([a_record(enterprise=EnterpriseId("other"))])
    assert store.recent(10) == store.find("call") == store.ended([CallId("call-1")]) == []
    store.store([a_record()])
    assert [record.enterprise for record in other.recent(10)] == ["other"]


# --- texts from strangers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["'; DROP TABLE call; --", "%s %(name)s :name", "{}\\x00", "😀👩‍👩‍👧", "客户".encode("gbk").decode("gb18030"), " "],
)
def test_a_callers_name_is_text_whatever_it_says(store: PostgresRecordStore, name: str) -> None:
    store.store([a_record(caller_name=name)])
    assert store.recent(1)[0].caller_name == name


@pytest.mark.parametrize(("name", "stored"), [("a\0b", "a\ufffdb"), ("a\udcff", "a\ufffd")])
def test_what_postgresql_cannot_hold_is_replaced(store: PostgresRecordStore, name: str, stored: str) -> None:
    steps = (FlowStep(Micros(START), name, "heard", name),)
    decision = RoutingDecision(name, AgentId(1), (PassedOver(AgentId(2), name),))
    offers = (replace(a_record().offers[0], decision=decision),)
    store.store([a_record(caller_name=name, steps=steps, offers=offers)])
    found = store.recent(1)[0]
    assert (found.caller_name, found.steps[0].detail, found.offers[0].decision.rule) == (stored, stored, stored)
