"""Schedules at the command line: set up, listed, changed, removed, and what they will come to (G1, G2, G3)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from immutables import Map

from fs_control.centre import CallCentre
from fs_control.centre.state import PlanRefusal, PlanRun
from fs_control.ids import AgentId, ScheduleId
from fs_control.records import Participation, Schedule
from fs_control.testing.builders import a_directory
from fs_control.testing.control import FakeControl
from fs_control.testing.play import MORNING
from fs_control.web.control import ControlSocket

DUTY = "schedule add duty --agent 8001 --agent 8002 --on mon-fri --sign-in 18:00 --sign-out 08:00 --terminal phone"


@pytest.fixture
def on_duty(run):
    """Two agents have night duty on weekdays."""
    run(DUTY)
    return run


def test_G1_a_schedule_is_set_up_and_listed(on_duty):
    (listed,) = on_duty.json("schedule list")["schedules"]
    assert listed == {
        "name": "duty",
        "participation": "both",
        "agents": ["8001", "8002"],
        "weekdays": ["mon", "tue", "wed", "thu", "fri"],
        "dates": [],
        "calendar": None,
        "sign_in": "18:00",
        "sign_out": "08:00",
        "terminal": "phone",
        "enabled": True,
    }
    table = on_duty("schedule list")
    for word in (
        "duty",
        "sign in and out",
        "Monday-Friday",
        "18:00",
        "08:00 the next day",
        "ordinary phone",
        "8001 8002",
    ):
        assert word in table
    assert "次日 08:00" in on_duty("--lang zh schedule show duty")


def test_G1_what_will_happen_is_shown_for_the_coming_days(on_duty):
    acts = on_duty.json("schedule next --days 7")["acts"]
    assert [act["act"] for act in acts].count("sign_in") == 5
    assert {act["terminal"] for act in acts} == {"phone"}
    assert acts == sorted(acts, key=lambda act: act["at"])
    assert "signed in by schedule" in on_duty("schedule next")
    on_duty("schedule set duty --enabled no")
    assert "Nothing is planned" in on_duty("schedule next duty")


@pytest.mark.parametrize(
    ("options", "participation"),
    [("--sign-in 9:00", "sign_in"), ("--sign-out 9:00", "sign_out"), ("--sign-in 9:00 --sign-out 18:00", "both")],
)
def test_G2_the_times_say_how_agents_take_part(run, options, participation):
    run(f"schedule add plan --agent 8001 --on daily {options}")
    assert run.json("schedule show plan")["participation"] == participation


def test_a_change_says_what_was_and_what_is(on_duty):
    answer = on_duty("schedule set duty --sign-out 07:30 --agent 8002 --terminal -")
    assert "sign-out was 08:00 the next day and is 07:30 the next day" in answer
    assert "agents was 8001 8002 and is 8002" in answer
    assert on_duty.json("schedule show duty")["terminal"] == ""
    assert "is so already" in on_duty("schedule set duty --sign-out 7:30")


def test_days_may_be_those_of_a_calendar(on_duty):
    on_duty('hours add office --hours "mon-fri 09:00-18:00"')
    on_duty("schedule set duty --on - --calendar office")
    assert "days of office" in on_duty("schedule list")
    assert len(on_duty.json("schedule next")["acts"]) == 10
    assert "schedules go by it: duty" in on_duty.refused("hours remove office --yes")


def test_a_removed_schedule_is_gone(on_duty):
    on_duty("schedule remove duty --yes")
    assert "There are no schedules yet" in on_duty("schedule list")


REFUSALS = [
    (DUTY, "There is a schedule “duty” already"),
    ("schedule show dutty", "There is no schedule “dutty”"),
    ("schedule add plan --agent 8001 --on daily", "neither --sign-in nor --sign-out"),
    ("schedule add plan --agent 8001 --sign-in 9:00", "it has no days"),
    ("schedule add plan --agent 9999 --on daily --sign-in 9:00", "9999"),
    ("schedule add plan --agent 8001 --on daily --sign-in 25:00", "No clock shows 25:00"),
    ("schedule add plan --agent 8001 --on daily --sign-in nine", "“nine” is no time of the day"),
    ("schedule add plan --agent 8001 --on daily --sign-in 9:00 --terminal fax", "“fax” is no kind of terminal"),
    ("schedule set duty --sign-in - --sign-out -", "neither --sign-in nor --sign-out"),
]


def test_what_could_never_be_is_refused_with_the_reason(on_duty):
    for line, sentence in REFUSALS:
        assert sentence in on_duty.refused(line), line


def test_what_came_of_the_last_time_is_shown_where_an_engine_runs(on_duty, tmp_path):
    directory = a_directory({"sales": (1, 2)})
    duty = Schedule(ScheduleId(1), "duty", (AgentId(1), AgentId(2)), 1080, 480, weekdays=(1,))
    run = PlanRun(
        *(MORNING, MORNING, Participation.SIGN_IN),
        done=(AgentId(1),),
        refused=(PlanRefusal(AgentId(2), "agent_has_no_phone", {"agent": "802"}),),
    )
    centre = CallCentre(directory=replace(directory, schedules=(duty,)), plan_runs=Map({duty.id: run}))
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl(centre))
    try:
        page, told = on_duty("schedule show duty"), on_duty.json("schedule show duty")["last_run"]
    finally:
        door.stop()
    assert "signed in by schedule" in page
    assert "Done for: 801." in page
    assert "Not possible for 802: Agent 802 has no phone." in page
    assert (told["done"], told["left_alone"], told["refused"][0]["agent"]) == (["801"], [], "802")
    assert on_duty.json("schedule show duty")["last_run"] is None
