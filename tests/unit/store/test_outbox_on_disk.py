"""What is too much for memory waits on disk, through restarts, up to a limit, and reaches the database once (D1)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.errors import BrokenInvariant, RemoteFault
from fs_control.events import Event, OutboxLevelChanged, RecordKept, RecordStored
from fs_control.ids import CallId
from fs_control.records import CallRecord, OutboxLevel
from fs_control.store import deliveries, disk_thread
from fs_control.store import spool as spool_room
from fs_control.store.outbox import Outbox
from fs_control.store.spool import Spool
from fs_control.store.spool_lines import LineCodec
from fs_control.store.waiting_room import WaitingRoom
from fs_control.store.whole_files import write_whole
from fs_control.testing.fake_event_socket import wait_until
from tests.unit.store.test_outbox import FakeStore, a_record

IN_MEMORY = 10
FILE = 4
SIZE = len(LineCodec(CallRecord).encode(a_record("call-100")))
AWAY = RemoteFault("database_away", reason="no such host")


class Desk:
    """One process after the other with an outbox, in one folder and with one database."""

    def __init__(self, folder: Path, most_records: int = 1000) -> None:
        self.folder, self.most = folder, most_records * SIZE
        self.store = FakeStore()
        self.told: list[Event] = []
        self.begin()

    def begin(self) -> None:
        """Let a process start."""
        room = WaitingRoom(Spool(self.folder), LineCodec(CallRecord), self.most)
        self.outbox = Outbox(self.store, self.hear, room)
        self.greenlet = gevent.spawn(self.outbox.run)

    def hear(self, event: Event) -> None:
        """What the centre is told."""
        self.told.append(event)

    def kill(self) -> None:
        """Let it die, with all that is in its memory."""
        self.greenlet.kill()

    def away(self) -> None:
        """The database takes nothing until further notice."""
        self.store.faults = [AWAY] * 1_000_000

    def back(self) -> None:
        self.store.faults = []

    def put(self, first: int, last: int) -> list[str]:
        """Hand records over; their names."""
        names = [f"call-{number}" for number in range(first, last)]
        for name in names:
            self.outbox.put(a_record(name))
        return names

    def wait_kept(self, records: int) -> None:
        wait_until(lambda: self.outbox.facts().on_disk == records, f"{records} on disk")

    def wait_stored(self, *names: str) -> None:
        wait_until(lambda: set(names) <= set(self.store.rows), "everything in the database")
        wait_until(lambda: self.outbox.facts().waiting == 0, "nothing waits")
        assert not self.greenlet.dead

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.told if isinstance(event, kind)]

    def kept(self) -> list[str]:
        return [event.call for event in self.of(RecordKept)]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "GATHER_S": 0.01,
        "PAUSE_S": 0.001,
        "FIRST_WAIT_S": 0.001,
        "LONGEST_WAIT_S": 0.004,
        "MOST_IN_MEMORY": IN_MEMORY,
        "FILE": FILE,
        "BATCH": 3,
        "MOST_WITHOUT_DISK": 40,
    }.items():
        monkeypatch.setattr(deliveries, name, value)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "outbox")
    yield desk
    desk.kill()


def test_D1_the_oldest_go_to_disk_when_there_are_too_many_and_the_centre_is_told(desk: Desk) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    assert desk.kept() == names[:20]
    assert desk.of(RecordStored) == []
    facts = desk.outbox.facts()
    assert (facts.in_memory, facts.on_disk, facts.why, facts.reason) == (10, 20, "database_away", "no such host")
    assert facts.since is not None


def test_D1_when_the_database_is_back_everything_is_there_once_and_the_files_are_gone(desk: Desk) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    desk.back()
    desk.wait_stored(*names)
    assert list(desk.folder.glob("*.jsonl")) == []
    assert (desk.outbox.facts().since, desk.outbox.facts().why) == (None, "")


def test_D1_the_next_process_takes_what_is_on_disk(desk: Desk) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    desk.kill()
    desk.back()
    desk.begin()
    desk.wait_stored(*names[:20])


def test_D1_new_records_do_not_wait_for_all_the_old_ones(desk: Desk) -> None:
    desk.away()
    desk.put(100, 140)
    desk.wait_kept(32)
    desk.kill()
    desk.begin()
    desk.back()
    wait_until(lambda: len(desk.store.rows) > FILE)
    desk.put(900, 902)
    desk.wait_stored("call-901", "call-131")
    order = list(map(str, desk.store.rows))
    assert order.index("call-901") < order.index("call-131")


def test_D1_a_record_that_the_database_refuses_is_put_aside_and_holds_up_nobody(desk: Desk) -> None:
    desk.store.against = {CallId("call-101"): BrokenInvariant("database_refused", state="23514", constraint="x")}
    desk.put(100, 103)
    desk.wait_stored("call-100", "call-102")
    wait_until(lambda: desk.outbox.facts().refused == 1)
    assert desk.kept() == ["call-101"]
    (path,) = desk.folder.glob("refused/*")
    assert (path.name, "database_refused" in path.read_text()) == ("call-101.jsonl", True)
    desk.put(200, 201)
    desk.wait_stored("call-200")


def test_D1_what_was_refused_is_handed_over_again_when_somebody_says_so(desk: Desk) -> None:
    desk.store.against = {CallId("call-100"): TypeError()}
    desk.put(100, 101)
    wait_until(lambda: desk.outbox.facts().refused == 1)
    assert desk.outbox.retry() == 1
    wait_until(lambda: desk.outbox.facts().refused == 1 and desk.outbox.facts().on_disk == 0)
    desk.store.against = {}
    assert desk.outbox.retry() == 1
    desk.wait_stored("call-100")
    assert (desk.outbox.facts().refused, desk.outbox.retry()) == (0, 0)


def test_D1_what_was_handed_over_again_until_the_disk_was_full_is_delivered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.store.against = {CallId("call-100"): TypeError(), CallId("call-101"): TypeError()}
    desk.put(100, 102)
    wait_until(lambda: desk.outbox.facts().refused == 2)
    desk.store.against = {}
    taken: list[Path] = []

    def take_one(path: Path, data: bytes) -> None:
        if taken:
            no_room()
        taken.append(path)
        write_whole(path, data)

    monkeypatch.setattr(spool_room, "TOGETHER", 1)
    monkeypatch.setattr(spool_room, "write_whole", take_one)
    with pytest.raises(OSError, match="No space"):
        desk.outbox.retry()
    desk.wait_stored("call-100")
    assert desk.outbox.facts().refused == 1


def test_D1_one_that_is_refused_from_disk_is_put_aside_as_well(desk: Desk) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    desk.store.against = {CallId(names[1]): TypeError()}
    desk.back()
    desk.wait_stored(names[0], *names[2:])
    assert desk.outbox.facts().refused == 1


def test_D1_of_a_damaged_file_everything_readable_is_stored_and_it_is_put_aside_and_named(desk: Desk) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    desk.kill()
    first = min(desk.folder.glob("*.jsonl"))
    lines = first.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b"4001", b"4002")
    first.write_bytes(b"\n".join(lines))
    desk.back()
    with capture_logs() as logs:
        desk.begin()
        desk.wait_stored(names[0], *names[2:20])
    assert names[1] not in desk.store.rows
    assert [path.name for path in desk.folder.glob("damaged/*")] == [first.name]
    (told,) = [line for line in logs if line["action"] == "record_damaged"]
    assert (told["file"], told["line"], told["why"]) == (first.name, 2, "checksum")
    assert desk.outbox.facts().damaged == 1


# --- the limit -----------------------------------------------------------------------------------------------------


def test_D1_an_alarm_comes_before_it_is_full_and_calls_are_taken_again_when_there_is_room(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "outbox", most_records=20)
    desk.away()
    names = desk.put(100, 126)
    desk.wait_kept(16)
    wait_until(lambda: desk.of(OutboxLevelChanged))
    names += desk.put(126, 130)
    wait_until(lambda: len(desk.of(OutboxLevelChanged)) == 2)
    assert [(each.level, each.percent) for each in desk.of(OutboxLevelChanged)] == [
        (OutboxLevel.NEARLY_FULL, 80),
        (OutboxLevel.FULL, 100),
    ]
    desk.back()
    desk.wait_stored(*names)
    wait_until(lambda: desk.of(OutboxLevelChanged)[-1].level is OutboxLevel.ROOM)
    desk.kill()


def test_D1_above_the_limit_there_is_a_small_reserve_and_then_memory(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "outbox", most_records=20)
    desk.away()
    desk.put(100, 150)
    desk.wait_kept(24)
    facts = desk.outbox.facts()
    assert (facts.in_memory, facts.level) == (26, OutboxLevel.FULL)
    desk.kill()


def test_D1_a_process_that_starts_with_a_full_disk_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "outbox", most_records=20)
    desk.away()
    desk.put(100, 130)
    desk.wait_kept(20)
    desk.kill()
    desk.told.clear()
    desk.begin()
    wait_until(lambda: desk.of(OutboxLevelChanged))
    assert desk.of(OutboxLevelChanged)[0].level is OutboxLevel.FULL
    desk.kill()


# --- the disk ------------------------------------------------------------------------------------------------------


def no_room(*_values: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_D1_what_the_disk_does_not_take_stays_in_memory_and_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.away()
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(spool_room, "write_whole", no_room)
        names = desk.put(100, 130)
        wait_until(lambda: desk.outbox.facts().disk_fault)
        assert desk.outbox.facts().in_memory == 30
        desk.back()
        desk.wait_stored(*names)
    assert [line["why"] for line in logs if line["action"] == "outbox_disk"] == ["No space left on device"]
    assert desk.kept() == []


def test_D1_records_do_not_pile_up_in_memory_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.away()
    monkeypatch.setattr(spool_room, "write_whole", no_room)
    desk.put(100, 141)
    wait_until(lambda: desk.of(OutboxLevelChanged))
    assert desk.of(OutboxLevelChanged)[-1].level is OutboxLevel.FULL


def test_D1_what_waits_on_a_disk_that_could_not_be_looked_at_is_found_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LONGEST_WAIT_S", 0.02)
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    desk.kill()
    desk.back()
    with monkeypatch.context() as patch:
        patch.setattr(spool_room, "make_private", no_room)
        desk.begin()
        wait_until(lambda: desk.outbox.facts().disk_fault)
    desk.wait_stored(*names[:20])
    assert desk.outbox.facts().disk_fault == ""


def test_D1_a_disk_that_hangs_keeps_nothing_from_a_database_that_is_well(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, let_go = os.pipe()
    monkeypatch.setattr(disk_thread, "DEADLINE_S", 0.02)
    monkeypatch.setattr(spool_room, "write_whole", lambda *_values: os.read(disk, 1))
    desk.away()
    names = desk.put(100, 130)
    wait_until(lambda: desk.outbox.facts().disk_fault == "the disk does not answer")
    desk.back()
    desk.wait_stored(*names)
    os.write(let_go, b".")
    for descriptor in (disk, let_go):
        os.close(descriptor)


def test_D1_a_file_that_the_disk_cannot_read_holds_up_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.away()
    names = desk.put(100, 130)
    desk.wait_kept(20)
    worst = min(desk.folder.glob("*.jsonl"))
    usual = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == worst:
            raise OSError(errno.EIO, "Input/output error")
        return usual(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    desk.back()
    desk.wait_stored(*names[4:])
    assert [path.name for path in desk.folder.glob("damaged/*")] == [worst.name]
