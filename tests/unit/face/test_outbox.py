"""What people are told of records on their way to the database: in the status, by the doctor, by `outbox` (D1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fs_control.face.doctor import own_checks
from fs_control.face.doctor.findings import Severity
from fs_control.face.doctor.outbox import look_at_outbox
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, LegId, Micros, parse_phone_number
from fs_control.records import CallRecord, OutboxFacts, OutboxLevel
from fs_control.settings import Settings
from fs_control.store.spool import Spool
from fs_control.store.spool_lines import LineCodec
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket
from tests.unit.face.test_doctor_own_checks import NO_ENGINE, SETTINGS, WELL

WAITING = OutboxFacts(
    in_memory=2000,
    on_disk=3500,
    bytes_used=14_000_000,
    bytes_most=2_048_000_000,
    since=Micros(1_795_000_000_000_000),
    why="database_away",
    reason="connection refused",
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeControl]:
    control = FakeControl(Play().centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def a_record(call: str) -> CallRecord:
    caller = parse_phone_number("13800138000")
    return CallRecord(CallId(call), DEFAULT_ENTERPRISE, LegId(call), "4001", caller, "", Micros(1))


def test_D1_the_status_says_how_many_wait_where_since_when_and_why(terminal, engine):
    engine.waiting = WAITING
    output = terminal.type("status").stdout
    assert "2000 in memory, 3500 on disk (14.0 MB, 0 % of the room)" in output
    assert "They wait since " in output
    assert "connection refused" in output
    assert json.loads(terminal.type("status", "--json").stdout)["outbox"]["on_disk"] == 3500
    assert "内存中 2000 条，磁盘上 3500 条" in terminal.type("--lang", "zh", "status").stdout


def test_D1_the_status_says_what_was_refused_and_that_there_is_no_room(terminal, engine):
    engine.waiting = replace(WAITING, refused=3, damaged=1, level=OutboxLevel.FULL, disk_fault="Read-only file system")
    output = terminal.type("status").stdout
    assert "NO new call is taken" in output
    assert "the database refused: 3." in output
    assert "could not be read: 1." in output
    assert "(Read-only file system)" in output


def test_nothing_is_said_where_nothing_waits(terminal, engine):
    assert "database" not in terminal.type("status").stdout


def test_D1_what_was_refused_is_handed_over_again(terminal, engine):
    engine.waiting = replace(WAITING, refused=3)
    assert terminal.type("outbox", "retry").stdout == "Records handed over again: 3.\n"
    assert json.loads(terminal.type("outbox", "retry", "--json").stdout) == {"records": 0}


def test_without_an_engine_nothing_can_be_handed_over(terminal):
    result = terminal.type("outbox", "retry")
    assert (result.exit_code, "No engine is listening" in result.stderr) == (1, True)


def test_D1_the_list_names_what_waits_what_was_refused_and_why_and_what_is_damaged(terminal, tmp_path):
    spool, codec = Spool(tmp_path / "outbox"), LineCodec(CallRecord)
    assert terminal.type("outbox", "list").stdout == "Nothing waits for the database.\n"
    spool.open()
    spool.keep(b"not a line\n", 1)
    spool.set_damaged_aside(spool.look().batches[0])
    spool.keep(codec.encode(a_record("call-1")) + codec.encode(a_record("call-2")), 2)
    spool.refuse("call-3", codec.encode(a_record("call-3"), name="call-3", why="database_refused: 23514"))
    listed = json.loads(terminal.type("outbox", "list", "--json").stdout)
    assert [each["records"] for each in listed["waiting"]] == [2]
    assert [(each["name"], each["why"]) for each in listed["refused"]] == [("call-3", "database_refused: 23514")]
    assert [Path(each).name for each in listed["damaged"]] == ["000000000001-1.jsonl"]
    page = terminal.type("outbox", "list").stdout
    assert "database_refused" in page
    assert "13800138000" not in page


@pytest.mark.parametrize(
    ("outbox", "severity", "code"),
    [
        (WAITING, Severity.WARNING, "records_wait"),
        (replace(WAITING, level=OutboxLevel.NEARLY_FULL), Severity.WARNING, "records_nearly_full"),
        (replace(WAITING, level=OutboxLevel.FULL), Severity.BAD, "records_full"),
        (replace(WAITING, refused=1), Severity.BAD, "records_refused"),
        (replace(WAITING, damaged=1), Severity.BAD, "records_refused"),
        (replace(WAITING, disk_fault="No space left on device"), Severity.BAD, "records_disk"),
        (None, Severity.SKIPPED, "disk_not_told"),
    ],
)
def test_D1_the_doctor_says_whether_there_is_room_and_nothing_was_refused(outbox, severity, code):
    found = own_checks.CHECKS["records"](replace(WELL, outbox=outbox), SETTINGS)
    assert (found.severity, found.code) == (severity, code)


def test_D1_without_an_engine_the_doctor_says_what_lies_on_disk(tmp_path):
    spool = Spool(tmp_path / "outbox")
    spool.open()
    spool.keep(b"a line\n", 1)
    seen = look_at_outbox(Settings(var=str(tmp_path)))
    found = own_checks.CHECKS["records"](replace(WELL, outbox=seen, engine=NO_ENGINE), SETTINGS)
    assert (found.severity, found.code, found.values) == (Severity.WARNING, "records_left", {"records": 1})


def test_an_engine_that_runs_is_asked(tmp_path, engine):
    engine.waiting = WAITING
    assert look_at_outbox(Settings(var=str(tmp_path))) == WAITING
