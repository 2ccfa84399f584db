"""Phones register also after a start without the database, by what was last read; nobody else may read that file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.errors import RemoteFault
from fs_control.store.phones import StoredPhone
from fs_control.store.phones_kept import KeptPhones

PHONES = [StoredPhone("1001", "0" * 32), StoredPhone("1002", None)]
AWAY = RemoteFault("database_away", reason="a test took it away")


def away() -> list[StoredPhone]:
    raise AWAY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a process that has read the phones."""
    file = tmp_path / "phones.jsonl"
    assert KeptPhones(lambda: PHONES, file).all() == PHONES
    return file


def test_D1_a_process_that_starts_without_the_database_has_the_phones_of_the_last_one(file: Path) -> None:
    assert KeptPhones(away, file).all() == PHONES
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_process_that_has_read_them_is_told_that_the_database_is_away(file: Path) -> None:
    kept = KeptPhones(away, file)
    kept.all()
    with pytest.raises(RemoteFault, match="database_away"):
        kept.all()


def test_without_a_file_the_fault_stands(tmp_path: Path) -> None:
    with pytest.raises(RemoteFault, match="database_away"):
        KeptPhones(away, tmp_path / "phones.jsonl").all()


def test_a_damaged_line_costs_one_phone(file: Path) -> None:
    lines = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([lines[0].replace(b"1001", b"1003"), *lines[1:]]))
    assert KeptPhones(away, file).all() == PHONES[1:]


def test_a_disk_that_keeps_nothing_costs_nobody_the_phones(tmp_path: Path) -> None:
    assert KeptPhones(lambda: PHONES, tmp_path / "no" / "such" / "folder").all() == PHONES
