"""What people are told of a journal that is not on disk, or was damaged: in the status and by the doctor (D1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fs_control.face.doctor import own_checks
from fs_control.face.doctor.findings import Severity
from fs_control.face.words import words
from fs_control.ids import Micros
from fs_control.records import Damage, JournalHealth, Why
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket
from tests.unit.face.test_doctor_own_checks import ENGINE, NO_ENGINE, SETTINGS, WELL

SINCE = Micros(1_795_000_000_000_000)
UNWRITTEN = JournalHealth(unwritten_since=SINCE, not_on_disk=42, why="No space left on device")
DAMAGED = JournalHealth(damage=(Damage("/var/journal/1.jsonl", 7, 1234, Why.CHECKSUM),) * 2)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeControl]:
    control = FakeControl(Play().centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def test_D1_the_status_says_how_many_events_are_not_on_disk_since_when_and_why(terminal, engine):
    engine.health = UNWRITTEN
    output = terminal.type("status").stdout
    assert "Not on disk: 42 events since " in output
    assert "No space left on device" in output
    assert "有 42 个事件未写入磁盘" in terminal.type("--lang", "zh", "status").stdout


def test_D1_the_status_says_what_could_not_be_read_at_the_start(terminal, engine):
    engine.health = DAMAGED
    output = terminal.type("status").stdout
    assert "could not be read at the start: 2" in output
    assert "/var/journal/1.jsonl is damaged in line 7, byte 1234" in output


def test_the_status_says_that_the_disk_confirms_nothing(terminal, engine):
    engine.health = JournalHealth(unconfirmed_s=12.3)
    assert "not confirmed the journal for 12 seconds" in terminal.type("status").stdout


def test_a_journal_that_is_well_is_not_mentioned(terminal, engine):
    assert "journal" not in terminal.type("status").stdout
    assert "on disk" not in terminal.type("status").stdout


@pytest.mark.parametrize(
    ("health", "finding"),
    [
        (UNWRITTEN, (Severity.BAD, "journal_unwritten")),
        (JournalHealth(unconfirmed_s=6.0), (Severity.BAD, "journal_unconfirmed")),
        (DAMAGED, (Severity.WARNING, "journal_was_damaged")),
        (JournalHealth(), (Severity.OK, "journal_written")),
    ],
)
def test_D1_the_doctor_looks_at_the_journal(health, finding):
    found = own_checks.journal(replace(WELL, engine=replace(ENGINE, journal=health)), SETTINGS)
    assert (found.severity, found.code) == finding
    assert words(f"doctor.{found.code}", **found.values) != f"doctor.{found.code}"


def test_without_an_engine_nobody_can_say_how_the_journal_is():
    assert own_checks.journal(replace(WELL, engine=NO_ENGINE), SETTINGS).severity is Severity.SKIPPED
