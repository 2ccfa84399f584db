"""The files of ended legs on their way into the database and to the centre: exactly once, and none is lost."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Never

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.commands import FindLegEnds
from fs_control.errors import RemoteFault
from fs_control.events import LegEndsFound
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, CallId, LegId, Micros
from fs_control.records import SwitchLeg
from fs_control.runtime import leg_ends
from fs_control.runtime.cdr_folder import MOST_UNREAD, UNREAD, CdrFolder
from fs_control.runtime.leg_ends import KEEP_S, LegEnds
from fs_control.testing.legs import MemoryLegs, cdr_text
from tests.unit.runtime.desk import Notes

AT = Micros(1_800_000_000 * SECOND)
LEG = SwitchLeg(
    leg=LegId("leg-1"),
    call=CallId("call-1"),
    core="core",
    direction="inbound",
    caller="13800138000",
    number="4001",
    created_at=AT,
    answered_at=Micros(AT + 1),
    ended_at=Micros(AT + SECOND),
    cause="NORMAL_CLEARING",
    disposition="recv_bye",
    talked_to=LegId("leg-2"),
)
OTHER = replace(LEG, leg=LegId("leg-2"), talked_to=LEG.leg)
AWAY = RemoteFault("database_away", reason="a test took it away")


class Reader:
    """A reader of a folder, its table, and what it has told."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "cdrs"
        self.path.mkdir()
        self.table = MemoryLegs()
        self.told = Notes()
        self.ends = LegEnds(CdrFolder(self.path), self.table, DEFAULT_ENTERPRISE, self.told)

    def leave(self, leg: SwitchLeg, enterprise: str = "default", age_s: float = 0.0, cut: int | None = None) -> Path:
        """Let the switch leave a file."""
        path = self.path / f"{leg.leg}.cdr.json"
        path.write_bytes(cdr_text(leg, enterprise)[:cut])
        then = time.time() - age_s
        os.utime(path, (then, then))
        return path

    def ask(self, *legs: LegId) -> LegEndsFound:
        """Ask as the centre does, and wait for the answer."""
        self.ends.put(FindLegEnds(legs))
        with gevent.Timeout(60.0):
            while not self.told:
                gevent.sleep(0.01)
        found = self.told.pop()
        assert isinstance(found, LegEndsFound)
        return found


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_D1_a_leg_is_stored_and_its_file_removed_when_it_is_old_enough(reader: Reader) -> None:
    old, young = reader.leave(LEG, age_s=KEEP_S + 1), reader.leave(OTHER)
    reader.ends.look()
    assert reader.table.rows == {LEG.leg: LEG, OTHER.leg: OTHER}
    assert not old.exists()
    assert young.exists()


def test_a_file_that_lies_on_is_stored_once_and_removed_later(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    path = reader.leave(LEG)
    reader.ends.look()
    reader.table.rows.clear()
    reader.ends.look()
    assert reader.table.rows == {}
    now = time.monotonic()
    monkeypatch.setattr(leg_ends, "monotonic", lambda: now + KEEP_S + 1)
    reader.ends.look()
    assert not path.exists()


def test_with_the_database_away_files_stay_and_nothing_is_lost(reader: Reader) -> None:
    path = reader.leave(LEG, age_s=60)
    reader.table.fault = AWAY
    reader.ends.look()
    assert path.exists()
    assert reader.ends.health.trouble == "database_away"
    reader.table.fault = None
    reader.ends.look()
    assert (reader.table.rows, path.exists()) == ({LEG.leg: LEG}, False)
    assert reader.ends.health.trouble == ""


def test_a_connection_that_breaks_below_the_driver_costs_no_file(reader: Reader) -> None:
    paths = [reader.leave(leg, age_s=60) for leg in (LEG, OTHER)]
    reader.table.fault = ConnectionResetError(104, "Connection reset by peer")
    reader.ends.look()
    assert all(path.exists() for path in paths)
    assert (reader.ends.health.unread, reader.ends.health.trouble) == (0, "database_away")


def test_half_a_file_is_waited_for_and_then_put_aside(reader: Reader) -> None:
    path = reader.leave(LEG, cut=100)
    reader.ends.look()
    assert path.exists()
    reader.leave(LEG, cut=100, age_s=KEEP_S + 1)
    reader.ends.look()
    assert [each.name for each in (reader.path / UNREAD).iterdir()] == [path.name]
    assert reader.ends.health.unread == 1


def test_a_file_that_has_become_whole_is_read(reader: Reader) -> None:
    reader.leave(LEG, cut=100)
    reader.ends.look()
    reader.leave(LEG)
    reader.ends.look()
    assert list(reader.table.rows) == [LEG.leg]


def test_what_could_not_be_read_does_not_fill_the_disk(reader: Reader) -> None:
    (reader.path / UNREAD).mkdir()
    for number in range(MOST_UNREAD):
        (reader.path / UNREAD / str(number)).touch()
    path = reader.leave(LEG, cut=100, age_s=60)
    reader.ends.look()
    assert not path.exists()
    assert len(list((reader.path / UNREAD).iterdir())) == MOST_UNREAD


def test_a_leg_of_somebody_else_is_counted_and_not_kept(reader: Reader) -> None:
    path = reader.leave(LEG, enterprise="", age_s=60)
    reader.ends.look()
    assert (reader.table.rows, path.exists(), reader.ends.health.foreign) == ({}, False, 1)


def test_a_leg_that_the_database_refuses_holds_up_no_other(reader: Reader) -> None:
    reader.table.against[LEG.leg] = ValueError("a defect of ours")
    reader.leave(LEG, age_s=60)
    reader.leave(OTHER, age_s=60)
    reader.ends.look()
    assert list(reader.table.rows) == [OTHER.leg]
    assert [each.name for each in (reader.path / UNREAD).iterdir()] == [f"{LEG.leg}.cdr.json"]


def test_a_file_that_is_not_for_us_to_read_is_told_and_holds_up_no_other(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    closed = reader.leave(LEG, age_s=60)
    for number in range(20):
        reader.leave(replace(OTHER, leg=LegId(f"leg-{number + 2}")), age_s=60)
    open_it = os.open

    def refuse(path: Path, flags: int, *mode: int) -> int:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return open_it(path, flags, *mode)

    monkeypatch.setattr(os, "open", refuse)
    reader.ends.look()
    assert (len(reader.table.rows), closed.exists()) == (20, True)
    assert reader.ends.health.trouble == "Permission denied"
    assert "Traceback" not in capfd.readouterr().err


def test_what_is_no_file_of_the_folder_is_not_read(reader: Reader, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    reader.leave(LEG).replace(elsewhere)
    (reader.path / f"{LEG.leg}.cdr.json").symlink_to(elsewhere)
    os.mkfifo(reader.path / f"{OTHER.leg}.cdr.json")
    reader.ends.look()
    assert reader.table.rows == {}
    assert reader.ask(LEG.leg, OTHER.leg).missing == (LEG.leg, OTHER.leg)


def test_what_a_disk_refuses_is_told_once_and_not_printed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> Never:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "scandir", refuse)
    with capture_logs() as logs:
        reader.ends.look()
        reader.ends.look()
    assert [line["why"] for line in logs] == ["Input/output error"]
    assert "Traceback" not in capfd.readouterr().err


def test_a_folder_that_is_not_there_is_an_empty_one(reader: Reader) -> None:
    reader.path.rmdir()
    assert not reader.ends.look()
    assert reader.ask(LEG.leg).missing == (LEG.leg,)


def test_the_centre_is_answered_from_the_files_while_the_database_is_away(reader: Reader) -> None:
    reader.table.fault = AWAY
    reader.leave(LEG)
    assert reader.ask(LEG.leg).ends == (LEG,)


def test_the_centre_is_answered_from_the_table_where_the_file_is_gone(reader: Reader) -> None:
    reader.table.rows[LEG.leg] = LEG
    reader.leave(OTHER)
    found = reader.ask(LEG.leg, OTHER.leg)
    assert (found.ends, found.missing) == ((LEG, OTHER), ())


def test_an_end_that_is_written_a_moment_later_is_found(reader: Reader) -> None:
    gevent.spawn_later(0.3, reader.leave, LEG)
    assert reader.ask(LEG.leg).ends == (LEG,)


def test_an_end_that_nobody_wrote_down_is_missing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leg_ends, "FIND_WITHIN_S", 0.2)
    reader.leave(LEG)
    found = reader.ask(LEG.leg, LegId("leg-9"), LegId("../leg-1"))
    assert (found.ends, found.missing) == ((LEG,), ("leg-9", "../leg-1"))
