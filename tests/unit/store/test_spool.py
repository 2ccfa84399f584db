"""The folder in which records wait: whole files or none, for the owner alone, and nothing of it gets lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fs_control.store import spool as spool_room
from fs_control.store.spool import Spool, lines_naming


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    spool = Spool(tmp_path / "outbox")
    spool.open()
    return spool


def test_batches_are_found_again_oldest_first_with_their_numbers(spool: Spool) -> None:
    spool.keep(b"one\ntwo\n", 2)
    spool.keep(b"three\n", 1)
    found = Spool(spool.folder).open()
    assert [batch.records for batch in found.batches] == [2, 1]
    assert [batch.path.read_bytes() for batch in found.batches] == [b"one\ntwo\n", b"three\n"]
    assert (found.records, found.bytes_used) == (3, 14)


def test_the_next_process_goes_on_behind_what_is_there(spool: Spool) -> None:
    spool.keep(b"one\n", 1)
    again = Spool(spool.folder)
    again.open()
    again.keep(b"two\n", 1)
    assert [batch.path.read_bytes() for batch in again.look().batches] == [b"one\n", b"two\n"]


def test_a_process_that_could_not_look_at_its_start_replaces_nothing(spool: Spool) -> None:
    spool.keep(b"one\n", 1)
    Spool(spool.folder).keep(b"two\n", 1)
    assert [batch.path.read_bytes() for batch in spool.look().batches] == [b"one\n", b"two\n"]


def test_nobody_else_may_read_it(spool: Spool) -> None:
    spool.keep(b"one\n", 1)
    spool.refuse("call", b"two\n")
    modes = {path.stat().st_mode & 0o777 for path in (spool.folder, *spool.folder.rglob("*")) if path.is_dir()}
    files = {path.stat().st_mode & 0o777 for path in spool.folder.rglob("*.jsonl")}
    assert (modes, files) == ({0o700}, {0o600})


def test_what_a_killed_process_was_writing_is_nothing(spool: Spool) -> None:
    (spool.folder / "000000000009-4.new").write_bytes(b"half of")
    assert Spool(spool.folder).open().batches == ()
    assert list(spool.folder.glob("*.new")) == []


def test_what_the_disk_does_not_take_leaves_nothing_behind(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            spool.keep(b"one\n", 1)
    assert os.listdir(spool.folder) == []


@pytest.mark.parametrize("name", ["call-1", "../../etc/passwd", "..", ".", "a/b", "王芳", "x" * 300, ""])
def test_a_refused_record_has_a_file_of_its_own_whatever_its_name(spool: Spool, name: str) -> None:
    spool.refuse(name, b"first\n")
    spool.refuse(name, b"second\n")
    (path,) = spool.refused()
    assert path.parent == spool.folder / "refused"
    assert path.read_bytes() == b"second\n"


def test_what_was_refused_waits_again_behind_the_others(spool: Spool) -> None:
    spool.keep(b"one\n", 1)
    spool.refuse("call", b"two\n")
    assert spool.look().refused == 1
    assert spool.hand_over_again() == 1
    assert [batch.path.read_bytes() for batch in spool.look().batches] == [b"one\n", b"two\n"]
    assert spool.look().refused == 0


def test_much_that_was_refused_becomes_few_files(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_room, "TOGETHER", 3)
    for number in range(7):
        spool.refuse(f"call-{number}", b"a line\n")
    assert spool.hand_over_again() == 7
    assert [batch.records for batch in spool.look().batches] == [3, 3, 1]


def test_everything_in_the_folder_counts(spool: Spool) -> None:
    spool.keep(b"one\n", 1)
    spool.keep(b"four\n", 1)
    spool.refuse("call", b"seven\n")
    spool.set_damaged_aside(spool.look().batches[0])
    found = spool.look()
    assert (found.bytes_used, found.records, found.refused, found.damaged) == (15, 1, 1, 1)


def test_a_line_is_found_by_the_beginning_of_a_name(spool: Spool) -> None:
    spool.keep(b'{"call_id":"abc"}\n{"call_id":"xyz"}\n', 2)
    assert lines_naming([spool.folder, spool.folder / "none"], "ab") == [b'{"call_id":"abc"}']
