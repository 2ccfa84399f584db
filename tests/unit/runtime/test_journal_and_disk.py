"""A disk may refuse, take half, or not answer: calls go on, nothing is claimed, and it is made good afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gevent
import pytest
from gevent.monkey import get_original
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from fs_control.centre import CallCentre
from fs_control.events import DrainRequested, PhoneRegistered
from fs_control.ids import Micros
from fs_control.records import JournalHealth
from fs_control.runtime import journal as journal_room
from fs_control.runtime.codec import Gap
from fs_control.runtime.journal import Journal, fold, read_past, read_segment, segments
from fs_control.testing.fake_event_socket import wait_until
from tests.unit.runtime.desk import BEN, GINA, Desk, a_day, opening, signs_in
from tests.unit.runtime.moody_disk import FAILING, FULL, READ_ONLY, MoodyDisk


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try a disk again at once, and wait for none when all is over."""
    monkeypatch.setattr(journal_room, "AGAIN_S", 0.01)
    monkeypatch.setattr(journal_room, "PARTING_S", 0.01)
    monkeypatch.setattr(journal_room, "ROLL_AGAIN_S", 0.0)


@pytest.fixture
def disk() -> MoodyDisk:
    return MoodyDisk()


@contextmanager
def kept(folder: Path, disk: MoodyDisk) -> Iterator[Desk]:
    """A desk whose journal is looked after, as in an engine."""
    with Desk(folder, disk) as desk:
        greenlets = [gevent.spawn(desk.journal.keep_forever), gevent.spawn(desk.journal.sync_forever)]
        try:
            yield desk
        finally:
            gevent.killall(greenlets)


def is_whole(desk: Desk) -> bool:
    """Whether the journal has everything again."""
    return desk.journal.health.is_well and fold(read_segment(desk.journal.path)) == desk.centre


def disturb(disk: MoodyDisk, call: str, fault: OSError) -> None:
    disk.refuses[call] = fault


# --- a disk that is well -------------------------------------------------------------------------------------------


def test_a_batch_is_one_write_and_written_before_it_is_told(tmp_path: Path, disk: MoodyDisk) -> None:
    journal = Journal(tmp_path, CallCentre(), 1, disk=disk)
    disk.written.clear()
    assert journal.append([DrainRequested(), PhoneRegistered(phone="1001")]) == range(1, 3)
    assert [data.count(b"\n") for data in disk.written] == [2]
    assert journal.path.read_bytes().endswith(disk.written[0])
    journal.close()


def test_a_hub_that_was_held_up_is_no_disk_that_does_not_answer(tmp_path: Path, disk: MoodyDisk) -> None:
    journal = Journal(tmp_path, CallCentre(), 1, disk=disk)
    gevent.spawn(get_original("time", "sleep"), 2 * journal_room.PATIENCE_S)
    with capture_logs() as logs:
        journal.append([DrainRequested()])
    assert (journal.health.is_well, logs) == (True, [])
    journal.close()


def test_nothing_is_asked_of_a_disk_in_the_hub(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        disk.asked.clear()
        desk.take(DrainRequested())
        wait_until(lambda: "sync" in disk.asked)
    assert get_original("_thread", "get_ident")() not in disk.threads


def test_a_disk_is_not_asked_to_confirm_what_it_has_confirmed(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        wait_until(lambda: not desk.journal._file.unsynced)  # type: ignore[union-attr]
        gevent.sleep(0.2)
        asked = disk.asked.count("sync")
        gevent.sleep(0.2)
        assert disk.asked.count("sync") == asked


# --- a disk that refuses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [FULL, READ_ONLY, FAILING], ids=["full", "read-only", "failing"])
def test_D1_calls_go_on_without_the_disk_and_it_is_told(tmp_path: Path, disk: MoodyDisk, fault: OSError) -> None:
    with Desk(tmp_path, disk) as desk, capture_logs() as logs:
        desk.play(opening())
        before = desk.journal.path.read_bytes()
        disturb(disk, "write", fault)
        desk.take(GINA.offered(), GINA.looked_up())
        assert desk.prompts() == ["welcome"]  # what it does not have was done all the same
        health = desk.journal.health
        assert (health.not_on_disk, health.why) == (2, fault.strerror)
        assert health.unwritten_since == desk.centre.at
        assert desk.journal.path.read_bytes() == before
    assert ("journal_write_failed", "error") in [(line["action"], line["log_level"]) for line in logs]


@pytest.mark.parametrize("takes", [0, 10, 70, 200])
def test_what_the_disk_took_of_a_batch_is_cut_off_again(tmp_path: Path, disk: MoodyDisk, takes: int) -> None:
    with Desk(tmp_path, disk) as desk:
        desk.play(opening())
        before = desk.journal.path.read_bytes()
        disk.takes = takes
        desk.take(PhoneRegistered(phone="1001"), PhoneRegistered(phone="1002"))
        assert desk.journal.path.read_bytes() == before
        assert desk.journal.health.not_on_disk == 2


def test_a_torn_line_that_cannot_be_cut_off_is_left_out_when_reading(tmp_path: Path, disk: MoodyDisk) -> None:
    with Desk(tmp_path, disk) as desk:
        desk.play(opening())
        before = read_past(tmp_path).centre
        disk.takes = 10
        disturb(disk, "cut", FAILING)
        desk.take(DrainRequested())
        assert read_segment(desk.journal.path).torn_bytes == 10
        assert read_past(tmp_path).centre == before


def test_D1_when_the_disk_takes_things_again_a_new_segment_names_the_gap(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        disturb(disk, "write", FULL)
        first = desk.journal.sequence
        desk.play(signs_in(1), [BEN.offered(), BEN.looked_up()])
        lost = desk.journal.sequence - first
        disk.refuses.clear()
        wait_until(lambda: is_whole(desk))
        gap = read_segment(desk.journal.path).gap
        assert gap is not None
        assert (gap.first, gap.last, gap.why) == (first, first + lost - 1, FULL.strerror)
        desk.take(DrainRequested())
        assert is_whole(desk)
    assert read_past(tmp_path).centre == desk.centre
    assert desk.journal.health == JournalHealth()


def test_a_start_right_behind_a_gap_names_it_too(tmp_path: Path, disk: MoodyDisk) -> None:
    gap = Gap(3, 9, Micros(7), "No space left on device")
    Journal(tmp_path, CallCentre(), 10, gap=gap).close()
    past = read_past(tmp_path)
    assert (past.gap, past.next) == (gap, 10)
    Journal(tmp_path, past.centre, past.next, gap=past.gap).close()
    assert read_segment(*segments(tmp_path)).gap == gap


def test_a_disk_that_does_not_keep_what_it_took_is_one_that_refuses(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        disturb(disk, "sync", FAILING)
        desk.take(DrainRequested())
        wait_until(lambda: not desk.journal.health.is_well)
        disk.refuses.clear()
        wait_until(lambda: is_whole(desk))


@pytest.mark.parametrize("call", ["open", "write", "sync", "rename"])
def test_a_start_on_a_disk_that_takes_nothing_goes_on(tmp_path: Path, disk: MoodyDisk, call: str) -> None:
    disturb(disk, call, READ_ONLY)
    with kept(tmp_path, disk) as desk:
        desk.play(opening(), [GINA.offered(), GINA.looked_up()])
        assert desk.prompts() == ["welcome"]
        assert desk.journal.health.not_on_disk == 5
        assert segments(tmp_path) == []
        disk.refuses.clear()
        wait_until(lambda: is_whole(desk))


def test_who_follows_is_told_once_for_every_gap(tmp_path: Path, disk: MoodyDisk) -> None:
    told: list[JournalHealth] = []
    with kept(tmp_path, disk) as desk:
        desk.journal.follow(told.append)
        for _ in range(2):
            disturb(disk, "write", FULL)
            desk.play(signs_in(1), signs_in(1))
            disk.refuses.clear()
            wait_until(lambda: is_whole(desk))
    assert [health.why for health in told] == [FULL.strerror] * 2


# --- a disk that does not answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "sync"])
def test_D1_a_blocked_disk_holds_up_nobody_for_longer_than_said(tmp_path: Path, disk: MoodyDisk, call: str) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        with disk.blocked(call):
            turns: list[int] = []

            def look() -> None:
                for turn in range(10):
                    gevent.sleep(0.01)
                    turns.append(turn)

            beside = gevent.spawn(look)
            desk.play([GINA.offered(), GINA.looked_up()], signs_in(1, 2))
            beside.join()
            assert desk.prompts() == ["welcome"]
            assert len(turns) == 10
            assert (call == "write") == (desk.journal.health.not_on_disk == 4)
        wait_until(lambda: is_whole(desk))
    assert read_past(tmp_path).centre == desk.centre


def test_D1_what_a_disk_takes_late_is_no_gap(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        first = desk.journal.path
        with disk.blocked("write"):
            desk.play([GINA.offered(), GINA.looked_up()], signs_in(1, 2))
            assert read_past(tmp_path).centre != desk.centre
        wait_until(lambda: is_whole(desk))
        assert desk.journal.path == first
    assert [read_segment(path).damage for path in segments(tmp_path)] == [()]


def test_a_disk_that_is_silent_for_long_is_an_alarm_and_for_a_moment_is_none(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[JournalHealth] = []
    with kept(tmp_path, disk) as desk:
        desk.journal.follow(told.append)
        for told_s, alarms in ((60.0, 0), (0.0, 1)):
            monkeypatch.setattr(journal_room, "TOLD_S", told_s)
            with disk.blocked("write"):
                desk.play(signs_in(1), signs_in(2))
                gevent.sleep(0.05)
            wait_until(lambda: is_whole(desk))
            assert len(told) == alarms


def test_D1_what_waits_for_a_silent_disk_has_a_limit(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "MOST_LATE", 200)
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        with disk.blocked("write"):
            desk.play(*a_day()[1:8])
            assert desk.journal._file is None
        desk.play(*a_day()[8:12])
        wait_until(lambda: is_whole(desk))
        assert read_segment(desk.journal.path).gap is not None
    assert read_past(tmp_path).centre == desk.centre


def test_a_disk_that_long_confirms_nothing_is_told_of(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "LATE_S", 0.05)
    with kept(tmp_path, disk) as desk:
        with disk.blocked("sync"):
            desk.play(opening())
            wait_until(lambda: desk.journal.health.unconfirmed_s > 0)
            assert desk.journal.health.not_on_disk == 0
        wait_until(lambda: is_whole(desk))


@pytest.mark.parametrize("call", ["open", "write", "sync", "rename"])
def test_a_start_on_a_disk_that_does_not_answer_goes_on(
    tmp_path: Path, disk: MoodyDisk, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "BEGIN_S", 0.1)
    with disk.blocked(call), kept(tmp_path, disk) as desk:
        desk.play(opening(), [GINA.offered(), GINA.looked_up()])
        assert desk.prompts() == ["welcome"]
        assert desk.journal.health.not_on_disk == 5


def test_what_a_blocked_disk_writes_late_is_no_second_truth(tmp_path: Path, disk: MoodyDisk) -> None:
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        with disk.blocked("write"):
            desk.play(*a_day()[1:8])
        desk.play(*a_day()[8:12])
        wait_until(lambda: is_whole(desk))
    assert read_past(tmp_path).centre == desk.centre


# --- new segments while running ------------------------------------------------------------------------------------


def test_a_new_segment_begins_after_so_many_events(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "SEGMENT_EVENTS", 5)
    with kept(tmp_path, disk) as desk:
        for batch in a_day():
            desk.take(*batch)
            gevent.sleep(0.01)
            assert read_past(tmp_path).centre == desk.centre
        wait_until(lambda: desk.journal.path != segments(tmp_path)[0])
    read = [read_segment(path) for path in segments(tmp_path)]
    assert len(read) > 3
    assert [before.next for before in read[:-1]] == [after.first for after in read[1:]]
    assert all(segment.damage == () for segment in read)
    assert read_past(tmp_path).centre == desk.centre


def test_each_segment_is_bridged_by_the_one_before(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "SEGMENT_EVENTS", 5)
    with kept(tmp_path, disk) as desk:
        for batch in a_day():
            desk.take(*batch)
            gevent.sleep(0.01)
    for path in segments(tmp_path)[1:]:
        path.write_bytes(b"~" + path.read_bytes())
    past = read_past(tmp_path)
    assert past.centre == desk.centre
    assert {one.why for one in past.damage} == {"head"}


def test_a_new_segment_begins_after_some_time_where_anything_happened(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "SEGMENT_S", 0.0)
    with kept(tmp_path, disk) as desk:
        first = desk.journal.path
        gevent.sleep(0.1)
        assert desk.journal.path == first
        desk.play(opening())
        wait_until(lambda: desk.journal.path != first)
        assert is_whole(desk)


def test_an_attempt_that_comes_to_nothing_leaves_the_segment_as_it_is(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "SEGMENT_EVENTS", 1)
    disk.refuses.clear()
    with kept(tmp_path, disk) as desk:
        disturb(disk, "rename", READ_ONLY)
        first = desk.journal.path
        desk.play(opening())
        gevent.sleep(0.1)
        assert (desk.journal.path, desk.journal.health) == (first, JournalHealth())
        assert segments(tmp_path) == [first]
        disk.refuses.clear()
        wait_until(lambda: desk.journal.path != first)
        assert is_whole(desk)


def test_old_segments_are_removed_by_number_and_by_size(
    tmp_path: Path, disk: MoodyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_room, "KEEP_SEGMENTS", 5)
    for sequence in range(1, 10):
        Journal(tmp_path, CallCentre(), sequence, disk=disk).close()
    assert [path.stem for path in segments(tmp_path)] == [f"{each:012d}" for each in range(5, 10)]
    monkeypatch.setattr(journal_room, "KEEP_BYTES", 1)
    Journal(tmp_path, CallCentre(), 10, disk=disk).close()
    assert [path.stem for path in segments(tmp_path)] == [f"{each:012d}" for each in (9, 10)]


# --- whatever it does ----------------------------------------------------------------------------------------------

MOODS = st.sampled_from(["write", "sync", "open", "rename", "half", "well", "well", "rolls"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOODS, min_size=1, max_size=len(a_day())))
def test_D1_whatever_a_disk_does_the_journal_is_whole_when_it_is_well_and_says_so_when_not(
    tmp_path_factory: pytest.TempPathFactory, moods: list[str]
) -> None:
    folder, disk = tmp_path_factory.mktemp("journal"), MoodyDisk()
    with kept(folder, disk) as desk:
        for batch, mood in zip(a_day(), moods, strict=False):
            change(disk, desk, mood)
            desk.take(*batch)
            past = read_past(folder)  # what a process would find that is started after a kill -9 just now
            assert past.centre == desk.centre or desk.journal.health.not_on_disk
            assert past.damage == ()
        change(disk, desk, "well")
        wait_until(lambda: is_whole(desk))
    assert read_past(folder).centre == desk.centre


def change(disk: MoodyDisk, desk: Desk, mood: str) -> None:
    disk.refuses.clear()
    disk.takes = None
    if mood == "half":
        disk.takes = 100
    elif mood == "rolls" and desk.journal.sequence > int(desk.journal.path.stem):
        desk.journal._begun_with -= journal_room.SEGMENT_EVENTS
    elif mood not in ("well", "rolls"):
        disk.refuses[mood] = FULL
    gevent.sleep(0.02)
