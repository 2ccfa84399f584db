"""Pages of ended calls in PostgreSQL: narrowed and continued as the fake of the API's tests does it (E4)."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, EnterpriseId, GroupId, Micros
from fs_control.ports import CallPlace, CallsWanted
from fs_control.records import Disposition
from fs_control.store.call_records import PostgresRecordStore
from fs_control.testing.ended_calls import BEGAN, an_ended_call
from fs_control.testing.shelves import MemoryCallPages

CALLERS = ("13800138000", "13900139000", "anonymous", "13800138000", "10086", "13800138000")
RECORDS = [an_ended_call(number, agent=number % 2 + 1, caller=caller) for number, caller in enumerate(CALLERS)]
PLACES = (None, CallPlace(RECORDS[3].started_at, RECORDS[3].call_id))


@pytest.fixture
def store(database: Engine) -> PostgresRecordStore:
    store = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
    store.store(RECORDS)
    return store


@pytest.mark.parametrize("behind", PLACES)
@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (CallsWanted(), 6),
        (CallsWanted(agent=AgentId(1)), 3),
        (CallsWanted(agent=AgentId(9)), 0),
        (CallsWanted(group=GroupId(1), number="4001"), 6),
        (CallsWanted(group=GroupId(2)), 0),
        (CallsWanted(number="4'002\0"), 0),
        (CallsWanted(caller="+8613800138000", disposition=Disposition.ANSWERED), 3),
        (CallsWanted(caller="10086"), 1),
        (CallsWanted(disposition=Disposition.FAILED), 0),
        (CallsWanted(started_from=Micros(BEGAN + 60_000_000), started_before=Micros(BEGAN + 240_000_000)), 3),
    ],
)
def test_a_page_is_that_of_the_fake(
    store: PostgresRecordStore, wanted: CallsWanted, count: int, behind: CallPlace | None
) -> None:
    fake = MemoryCallPages(list(RECORDS))
    assert store.page(wanted, behind, 4) == fake.page(wanted, behind, 4)
    assert len(store.page(wanted, None, 100)) == count


def test_another_enterprise_reads_nothing(database: Engine, store: PostgresRecordStore) -> None:
    assert PostgresRecordStore(database, EnterpriseId("other")).page(CallsWanted(), None, 9) == []
