"""An office that is open, closed, on holiday or on duty; its calendar is changed while the system runs (H1, N9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fs_control.ids import SECOND
from fs_control.records import CallRecord
from fs_control.virtual_switch.script import CallerScript, Wait, WaitForAnswer
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {{name: Test, language: zh}}
numbers:
  - {{number: "4001234567", flow: by-day}}
  - {{number: "4007654321", flow: by-night}}
calendars:
  - {{name: office, hours: "daily 00:00-24:00"}}
  - {{name: night, hours: "daily 00:00-24:00", special: "{closed} closed"}}
"""
FLOW = """
flow: {name}
language: zh
start: look
steps:
  look: {{do: hours, calendar: {calendar}, open: welcome, closed: closed, holiday: feast, special: duty}}
  welcome: {{do: play, prompt: welcome, next: end}}
  duty: {{do: play, prompt: welcome, next: end}}
  feast: {{do: play, prompt: nobody-signed-in, next: end}}
  closed: {{do: play, prompt: nobody-signed-in, next: end}}
  end: {{do: hangup}}
"""
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def configured(house: House, tmp_path: Path) -> None:
    """One number asks a calendar that is open now, another one a calendar that is closed."""
    folder = tmp_path / "typed"
    folder.mkdir()
    for name, calendar in (("by-day", "office"), ("by-night", "night")):
        (folder / f"{name}.yaml").write_text(FLOW.format(name=name, calendar=calendar), encoding="utf-8")
    house.configure(DIRECTORY.format(closed=these_days(house)), folder)


def caller(number: str = "4001234567") -> CallerScript:
    return CallerScript(number, "13800138000", b"", (WaitForAnswer(), Wait(60)))


def steps_of(record: CallRecord) -> list[str]:
    """The steps that a caller went through, each once."""
    return list(dict.fromkeys(step.step for step in record.steps))


def these_days(house: House) -> str:
    """Today wherever the enterprise is, as a range of dates."""
    today = datetime.fromtimestamp(house.engine.centre.at / SECOND, UTC).date()
    return f"{today - ONE_DAY}..{today + ONE_DAY}"


def test_H1_two_flows_ask_two_calendars(house: House) -> None:
    """Two named calendars with different hours are used by two flows at the same time."""
    by_day, by_night = house.call(caller()), house.call(caller("4007654321"))
    assert steps_of(house.record_of(by_day)) == ["look", "welcome", "end"]
    assert steps_of(house.record_of(by_night)) == ["look", "closed", "end"]


def test_N9_the_next_caller_finds_the_office_as_it_was_just_set(house: House) -> None:
    """Same flow, open / closed / holiday / special: four calls reach the four expected steps."""
    assert steps_of(house.play(caller())) == ["look", "welcome", "end"]
    house.type(f"hours holiday add office {these_days(house)} --name 劳动节")
    assert steps_of(house.play(caller())) == ["look", "feast", "end"]
    house.type(f"hours special add office {these_days(house)} 00:00-24:00")
    assert steps_of(house.play(caller())) == ["look", "duty", "end"]
    house.type(f"hours special add office {these_days(house)} closed")
    assert steps_of(house.play(caller())) == ["look", "closed", "end"]
