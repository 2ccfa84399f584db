"""Time that moves only when it is told to, so that minutes take none; and session timers, which need minutes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fs_control.errors import UserMistake
from fs_control.virtual_switch.clock import MICROSECONDS, SwitchClock
from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.script import CallerScript, Phone, Refresh, Step, Wait, WaitForAnswer
from fs_control.virtual_switch.stage import CallJournal, Stage
from fs_control.virtual_switch.traffic import Traffic
from tests.unit.virtual_switch.box import PASSWORD, Box

NUMBER = "4001234567"
START = 1_795_343_000
START_US = START * MICROSECONDS
NOWHERE = "127.0.0.1:1"
PLAN = [
    Extension("answers", "^400", (Action("answer"), Action("park"))),
    Extension("calls a phone", r"^9(10\d\d)$", (Action("bridge", "user/$1@127.0.0.1"),)),
]


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stepped switch that refreshes nothing by itself."""
    yield from stage_of(0)


def stage_of(session_timeout: int) -> Iterator[Stage]:
    clock = SwitchClock(START, START)
    switch = start_virtual_switch(NOWHERE, PASSWORD, clock=clock, stepped=True, session_timeout=session_timeout)
    try:
        with switch.stage() as stage:
            stage.set_dialplan(PLAN)
            yield stage
    finally:
        switch.stop()


def pass_seconds(stage: Stage, seconds: float) -> None:
    """Let time pass from the start."""
    until = START_US + round(seconds * MICROSECONDS)
    assert stage.advance(until, Traffic())[0] == until


def call(stage: Stage, *steps: Step, session_expires: int = 0) -> str:
    return stage.place_call(CallerScript(NUMBER, "13800138000", steps=steps, session_expires=session_expires))


def lived(journal: CallJournal) -> list[tuple[str, float]]:
    return [(note.kind, (note.at - START_US) / MICROSECONDS) for note in journal.notes]


def test_time_stands_still_until_it_is_told_to_pass(stage: Stage) -> None:
    uuid = call(stage, WaitForAnswer(), Wait(3600))
    pass_seconds(stage, 1)
    assert stage.snapshot().now == stage.snapshot().now == START_US + MICROSECONDS
    assert stage.journal(uuid).cause == ""


def test_everything_happens_at_its_moment(stage: Stage) -> None:
    uuid = call(stage)
    pass_seconds(stage, 7200)
    assert lived(stage.journal(uuid)) == [("dialled", 0.0), ("answered", 0.0)]


def test_a_switch_on_the_clock_on_the_wall_cannot_be_stepped(box: Box) -> None:
    with pytest.raises(UserMistake, match="stage_bad_value"):
        box.stage.advance(START_US, Traffic())


def test_a_call_that_its_caller_does_not_refresh_ends(stage: Stage) -> None:
    uuid = call(stage, session_expires=120)
    pass_seconds(stage, 109)
    journal = stage.journal(uuid)
    assert journal.cause == "NORMAL_CLEARING"
    kind, moment = lived(journal)[-1]
    assert kind == "ended"
    assert moment == pytest.approx(108.0, abs=0.1)


def test_a_call_that_its_caller_refreshes_goes_on(stage: Stage) -> None:
    uuid = call(stage, WaitForAnswer(), Wait(100), Refresh(), session_expires=120)
    pass_seconds(stage, 207)
    assert stage.journal(uuid).cause == ""
    pass_seconds(stage, 209)
    assert stage.journal(uuid).cause == "NORMAL_CLEARING"


def test_a_call_that_the_switch_refreshes_goes_on() -> None:
    for stage in stage_of(120):
        uuid = call(stage)
        pass_seconds(stage, 3600)
        assert stage.journal(uuid).cause == ""


def test_a_phone_that_dials_is_known_by_its_contact(stage: Stage) -> None:
    stage.set_phone(Phone("1001"))
    stage.set_phone(Phone("1002"))
    stage.place_call(CallerScript("91002", phone="1001"))
    pass_seconds(stage, 5)
    phone, other = stage.snapshot().channels
    assert (phone["name"], phone["bridged_to"]) == ("sofia/internal/1001@127.0.0.1", other["uuid"])
    assert other["name"] == "sofia/internal/1002@127.0.0.1:6002"
