"""What leaders did, in PostgreSQL: written exactly once, read back equal, narrowed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, AgentId, CallId, EnterpriseId, Micros
from fs_control.records import SuperviseMode, SupervisionEntry
from fs_control.store.supervision_log import PostgresSupervisionLog

AT = Micros(1_800_000_000 * SECOND)
ENTRY = SupervisionEntry(
    id="leg.1",
    enterprise=DEFAULT_ENTERPRISE,
    call=CallId("call-1"),
    leader=AgentId(2),
    leader_number="8100",
    agent=AgentId(1),
    agent_number="8001",
    mode=SuperviseMode.LISTEN,
    by="root",
    began_at=AT,
    ended_at=Micros(AT + SECOND),
)
LATER = replace(
    ENTRY, id="leg.2", mode=SuperviseMode.TAKE, began_at=ENTRY.ended_at, agent_number="8002", call=CallId("other-1")
)


@pytest.fixture
def log(database: Engine) -> PostgresSupervisionLog:
    return PostgresSupervisionLog(database, DEFAULT_ENTERPRISE)


def test_C7_an_entry_comes_back_as_it_was_the_newest_first(log: PostgresSupervisionLog) -> None:
    log.store([ENTRY, LATER])
    assert log.newest(10) == [LATER, ENTRY]
    assert log.newest(1) == [LATER]


def test_C7_an_entry_that_comes_twice_is_kept_once_and_not_changed(log: PostgresSupervisionLog) -> None:
    log.store([ENTRY])
    log.store([replace(ENTRY, mode=SuperviseMode.JOIN), LATER])
    log.store([])
    assert log.newest(10) == [LATER, ENTRY]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"leader": "8100"}, [LATER, ENTRY]),
        ({"leader": "8001"}, []),
        ({"agent": "8001"}, [ENTRY]),
        ({"call": "call"}, [ENTRY]),
        ({"call": "%"}, []),
    ],
)
def test_C7_the_log_is_narrowed(
    log: PostgresSupervisionLog, narrowed: dict[str, str], found: list[SupervisionEntry]
) -> None:
    log.store([ENTRY, LATER])
    assert log.newest(10, **narrowed) == found


def test_C7_another_enterprise_sees_nothing_of_it(database: Engine, log: PostgresSupervisionLog) -> None:
    log.store([ENTRY])
    assert PostgresSupervisionLog(database, EnterpriseId("other")).newest(10) == []
