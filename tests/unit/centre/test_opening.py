"""Flows ask calendars: two at a time, at the moment of the call, whatever became of them since (H1, H4, N9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fs_control.centre import CallCentre
from fs_control.centre.opening import clock_facts, told_hours
from fs_control.flow import FACTS
from fs_control.ids import SECOND, Micros
from fs_control.records import Calendar, Directory, FlowText, Hours, HoursLayer, ServiceNumber, ZoneOffset
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.play import MORNING, Play

TODAY = datetime.fromtimestamp(MORNING // SECOND, UTC).date()
NOW = (MORNING // SECOND % 86_400) // 60
DAILY = dict.fromkeys(range(1, 8), (Hours(NOW - 60, NOW + 60),))

OPEN = Calendar("office", regular=DAILY)
CLOSED = Calendar("office")
HOLIDAY = replace(OPEN, holidays={TODAY: "劳动节"})
SPECIAL = replace(HOLIDAY, special={TODAY: (Hours(NOW, NOW + 1),)})


def flow(name: str, calendar: str) -> FlowText:
    return FlowText(
        name,
        f"""
flow: {name}
language: zh
start: look
steps:
  look: {{do: hours, calendar: {calendar}, open: opened, closed: shut, holiday: feast, special: duty}}
  opened: {{do: hangup}}
  shut: {{do: hangup}}
  feast: {{do: hangup}}
  duty: {{do: hangup}}
""",
    )


def a_play(*calendars: Calendar) -> Play:
    numbers = [ServiceNumber("4001", "by-day"), ServiceNumber("4002", "by-night")]
    directory = a_directory({"sales": (1,)}, numbers)
    known = {calendar.name: calendar for calendar in calendars}
    flows = (flow("by-day", "office"), flow("by-night", "night"))
    return Play(directory=replace(directory, calendars=known), numbers=numbers, flows=flows)


def last_step(play: Play, number: str = "4001") -> str:
    """Let somebody call, and return the step that they reached."""
    call = play.caller(number)
    play.wait(5)
    return play.records[call].steps[-1].step


@pytest.mark.parametrize(
    ("calendar", "step"),
    [(OPEN, "opened"), (CLOSED, "shut"), (HOLIDAY, "feast"), (SPECIAL, "duty")],
)
def test_N9_open_closed_holiday_and_special_lead_to_four_steps(calendar: Calendar, step: str) -> None:
    """Same flow, clock set to open / closed / holiday / special: four calls reach the four expected steps."""
    assert last_step(a_play(calendar)) == step


def test_H1_two_calendars_are_used_by_two_flows_at_the_same_time() -> None:
    """Two named calendars with different hours are used by two flows at the same time."""
    play = a_play(OPEN, Calendar("night", regular=dict.fromkeys(range(1, 8), (Hours(NOW + 60, NOW + 120),))))
    assert (last_step(play, "4001"), last_step(play, "4002")) == ("opened", "shut")
    play.wait(3600)
    assert (last_step(play, "4001"), last_step(play, "4002")) == ("shut", "opened")


def test_a_changed_calendar_counts_for_the_next_call() -> None:
    play = a_play(OPEN)
    assert last_step(play) == "opened"
    directory = replace(play.centre.directory, calendars={"office": HOLIDAY})
    play.tell(loaded(directory, (flow("by-day", "office"),)))
    assert last_step(play) == "feast"


def test_a_calendar_that_is_gone_is_closed() -> None:
    assert last_step(a_play(OPEN), "4002") == "shut"
    assert told_hours(CallCentre(), "office", MORNING) == (False, HoursLayer.MISSING)


def test_the_clock_of_the_enterprise_is_told() -> None:
    centre = CallCentre(directory=Directory(offsets=(ZoneOffset(Micros(0), 20_700),)))  # +05:45
    at = Micros(int(datetime(2026, 5, 1, 18, 20, tzinfo=UTC).timestamp()) * SECOND)
    told = clock_facts(centre, at)
    assert told == {
        "call.hour": 0,
        "call.minute": 5,
        "call.weekday": 6,
        "call.date": str(date(2026, 5, 2)),
        "call.time": "00:05",
    }
    assert {name: type(value) for name, value in told.items()}.items() <= FACTS.items()
