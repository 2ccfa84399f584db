"""Legs as the switch told them, in PostgreSQL: written exactly once, read back equal (D1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, CallId, LegId, Micros
from fs_control.records import SwitchLeg
from fs_control.store.legs import PostgresLegStore

AT = Micros(1_800_000_000 * SECOND + 123_457)
CALLER = SwitchLeg(
    leg=LegId("leg-1"),
    call=CallId("call-1"),
    core="core-1",
    direction="inbound",
    caller="13800138000",
    number="4001000001",
    created_at=AT,
    answered_at=Micros(AT + 1),
    ended_at=Micros(AT + SECOND),
    cause="NORMAL_CLEARING",
    disposition="recv_bye",
    talked_to=LegId("leg-2"),
)
AGENT = replace(
    CALLER, leg=LegId("leg-2"), direction="outbound", created_at=Micros(AT + 5), answered_at=None, talked_to=None
)
STRAY = replace(CALLER, leg=LegId("leg-3"), call=None, disposition="")


@pytest.fixture
def legs(database: Engine) -> PostgresLegStore:
    return PostgresLegStore(database, DEFAULT_ENTERPRISE)


def test_D1_a_leg_comes_back_as_it_was(legs: PostgresLegStore) -> None:
    legs.store([AGENT, STRAY, CALLER])
    assert legs.of_call(CallId("call-1")) == [CALLER, AGENT]
    assert legs.find([LegId("leg-3"), LegId("leg-9")]) == [STRAY]


def test_D1_a_leg_that_comes_twice_is_kept_once_and_not_changed(legs: PostgresLegStore) -> None:
    legs.store([CALLER])
    legs.store([replace(CALLER, cause="USER_BUSY"), AGENT])
    legs.store([])
    assert legs.of_call(CallId("call-1")) == [CALLER, AGENT]


def test_D1_a_file_that_came_twice_in_one_batch_is_one_row(legs: PostgresLegStore) -> None:
    legs.store([CALLER, CALLER])
    assert legs.find([CALLER.leg]) == [CALLER]
