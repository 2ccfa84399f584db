"""A flow's next version while callers are in the one before: each call keeps what it began with (N10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.flow import Wait as Awaits
from fs_control.records import CallRecord, Disposition
from fs_control.virtual_switch.script import CallerScript, Press, Step, Wait, WaitForAnswer, WaitForPrompt
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
numbers:
  - {number: "4001234567", flow: greeting}
  - {number: "4000000001"}
"""
GREETING = """
flow: greeting
language: zh
start: choose
steps:
  choose:
    do: menu
    prompt: main-menu
    keys: {1: bye}
    timeout: 60
    wrong_key: {next: bye}
    no_key: {next: bye}
  bye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
OTHER_WORDS = GREETING.replace("prompt: goodbye", "prompt: nobody-signed-in")
CALLING = GREETING.replace("{do: play, prompt: goodbye, next: end}", "{do: flow, flow: farewell, next: end}")
FAREWELL = """
flow: farewell
language: zh
start: bye
steps:
  bye: {do: play, prompt: goodbye, next: back}
  back: {do: return}
"""
LONG_ENOUGH = Wait(55)
"""For a command to be typed while the menu waits, where time runs faster than life."""


class Folder:
    """The admin's files, and what is typed about them."""

    def __init__(self, house: House, path: Path) -> None:
        self.house = house
        self.path = path

    def activate(self, **flows: str) -> None:
        files = []
        for name, text in flows.items():
            files.append(self.path / f"{name}.yaml")
            files[-1].write_text(text, encoding="utf-8")
        self.house.type(f"flow activate {' '.join(map(str, files))}")


@pytest.fixture
def folder(house: House, tmp_path: Path) -> Folder:
    """A number that leads to a flow, and a folder for its files."""
    path = tmp_path / "typed"
    path.mkdir()
    house.configure(DIRECTORY, path)
    return Folder(house, path)


def caller(*steps: Step, number: str = "4001234567") -> CallerScript:
    return CallerScript(number, "13800138000", b"", (WaitForAnswer(), WaitForPrompt("main-menu"), *steps))


CHOOSES = caller(Wait(0.5), Press("1"))
CHOOSES_LATE = caller(LONG_ENOUGH, Press("1"))


def is_in_menu(house: House) -> bool:
    """Whether the only caller is asked for a key at this moment."""
    return [live.session and live.session.wait for live in house.engine.centre.calls.values()] == [Awaits.DIGITS]


def in_the_menu(house: House) -> str:
    """Let somebody call who takes their time in the menu."""
    leg = house.call(CHOOSES_LATE)
    house.wait_for(lambda: is_in_menu(house))
    return leg


def last_heard(house: House, record: CallRecord) -> tuple[str, str | None, int | None]:
    """What a caller heard last, and which version of which flow the record names."""
    return Path(house.stage.journal(record.leg).heard()[-1]).stem, record.flow, record.flow_version


def test_N10_a_call_keeps_its_version_and_the_next_one_has_the_new_one(house: House, folder: Folder) -> None:
    """An admin can change, validate, activate and roll back a flow by CLI; live calls finish on the version they began
    with, the next call takes the new one, no restart."""
    folder.activate(greeting=GREETING)
    first = in_the_menu(house)
    folder.activate(greeting=OTHER_WORDS)
    assert is_in_menu(house)
    assert last_heard(house, house.play(CHOOSES)) == ("nobody-signed-in", "greeting", 2)
    assert last_heard(house, house.record_of(first)) == ("goodbye", "greeting", 1)
    house.type("flow rollback greeting")
    assert last_heard(house, house.play(CHOOSES)) == ("goodbye", "greeting", 3)


def test_N10_the_flows_that_a_flow_runs_are_kept_with_it(house: House, folder: Folder) -> None:
    folder.activate(greeting=CALLING, farewell=FAREWELL)
    first = in_the_menu(house)
    folder.activate(farewell=FAREWELL.replace("goodbye", "nobody-signed-in"))
    assert is_in_menu(house)
    assert last_heard(house, house.play(CHOOSES))[0] == "nobody-signed-in"
    assert last_heard(house, house.record_of(first))[0] == "goodbye"


def test_N10_the_story_of_a_call_names_the_version(house: House, folder: Folder) -> None:
    folder.activate(greeting=OTHER_WORDS)
    folder.activate(greeting=GREETING)
    record = house.play(CHOOSES)
    told = " ".join(house.type(f"call show {record.call_id}").split())
    assert "called 4001234567, flow greeting, version 2." in told
    assert '"flow_version": 2' in house.type(f"call show {record.call_id} --json")


def test_N1_a_number_takes_calls_as_soon_as_a_flow_is_bound_to_it(house: House, folder: Folder) -> None:
    """A call to a number with no bound flow is refused and leaves a CDR with reason `no_flow`; after binding, the same
    call runs the flow."""
    folder.activate(greeting=GREETING)
    same = CallerScript("4000000001", "13800138000", b"", (WaitForAnswer(),))
    refused = house.play(same)
    assert (refused.disposition, refused.flow, refused.flow_version) == (Disposition.NO_FLOW, None, None)
    house.type("number set 4000000001 --flow greeting")
    assert "4000000001  greeting  version 1" in house.type("number list")
    taken = house.play(caller(Wait(0.5), Press("1"), number="4000000001"))
    assert (taken.disposition, taken.flow_version) == (Disposition.ENDED_BY_FLOW, 1)


def test_N10_what_is_activated_on_another_machine_reaches_the_engine_by_itself(house: House, folder: Folder) -> None:
    """Nobody tells this engine over its control socket; the database does."""
    folder.activate(greeting=GREETING)
    (folder.path / "greeting.yaml").write_text(OTHER_WORDS, encoding="utf-8")
    assert activate_flows(folder.path, house.database, "elsewhere").activated == ("greeting",)
    house.wait_for(lambda: house.engine.centre.flow_versions["greeting"] == 2)
    assert last_heard(house, house.play(CHOOSES)) == ("nobody-signed-in", "greeting", 2)
