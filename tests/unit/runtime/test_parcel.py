"""A part of a journal goes into one file and is replayed from it as where it was written."""

from __future__ import annotations

import io
import random
import tarfile
from contextlib import suppress

import pytest

from fs_control.errors import UserMistake
from fs_control.ids import CallId
from fs_control.runtime.centre_replay import CentreReplay, CentreStep, Finding
from fs_control.runtime.journal import Damage
from fs_control.runtime.masking import Mask
from fs_control.runtime.parcel import pack, unpack
from fs_control.testing.play import Play
from tests.unit.runtime.written import write_in_parts

ONE = CallId("11111111-0000-4000-8000-000000000001")
OTHER = CallId("22222222-0000-4000-8000-000000000002")


@pytest.fixture
def play() -> Play:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call=ONE, number="13800138000", name="张三丰")
    play.caller(call=OTHER, number="+8613912345678", name="Zhang Sanfeng")
    play.sign_in(2)
    play.serve(1, talk_s=3)
    play.serve(2, talk_s=3)
    return play


@pytest.fixture
def journal(tmp_path, play):
    write_in_parts(tmp_path / "journal", play.events, 6, 12)
    return tmp_path / "journal"


def a_mask() -> Mask:
    return Mask(random.Random(1).randrange)


def replayed(file, folder):
    folder.mkdir()
    unpack(file, folder)
    replay = CentreReplay(folder)
    return replay, list(replay.steps())


def kinds(steps):
    return [(type(step.event).__name__, step.reasons, step.orders) for step in steps if isinstance(step, CentreStep)]


def test_a_parcel_with_numbers_is_replayed_to_the_same_centre(tmp_path, journal, play):
    label = pack(journal, tmp_path / "parcel", None, None, None)
    replay, _ = replayed(tmp_path / "parcel", tmp_path / "there")
    assert (label.masked, label.events) == (False, len(play.events))
    assert replay.centre == play.centre


def test_a_masked_parcel_folds_to_the_same_decisions_and_holds_nobody(tmp_path, journal):
    pack(journal, tmp_path / "parcel", None, None, a_mask())
    _, steps = replayed(tmp_path / "parcel", tmp_path / "there")
    assert kinds(steps) == kinds(CentreReplay(journal).steps())
    assert not [each for each in steps if isinstance(each, Finding | Damage)]
    written = b"".join(path.read_bytes() for path in (tmp_path / "there").iterdir()).decode()
    for secret in ("13800138000", "13912345678", "张三丰", "Sanfeng"):
        assert secret not in written


def test_a_part_begins_with_the_snapshot_before_it_and_ends_with_its_last_event(tmp_path, journal, play):
    since, until = play.events[12].at, play.events[14].at
    pack(journal, tmp_path / "parcel", since, until, a_mask())
    _, steps = replayed(tmp_path / "parcel", tmp_path / "there")
    assert all(step.event.at <= until for step in steps)
    assert "000000000001.jsonl" not in [path.name for path in (tmp_path / "there").iterdir()]


def test_a_damaged_line_is_left_out_and_is_damage_there_as_well(tmp_path, journal):
    path = sorted(journal.iterdir())[0]
    path.write_bytes(path.read_bytes().replace(b"13800138000", b"13800138001", 1))
    pack(journal, tmp_path / "parcel", None, None, a_mask())
    _, steps = replayed(tmp_path / "parcel", tmp_path / "there")
    (damage,) = [each for each in steps if isinstance(each, Damage)]
    (before,) = [each for each in CentreReplay(journal).steps() if isinstance(each, Damage)]
    assert damage.line == before.line
    assert b"13800138001" not in (tmp_path / "there" / path.name).read_bytes()


def test_a_parcel_is_its_writers_alone(tmp_path, journal):
    (tmp_path / "parcel").write_bytes(b"")
    (tmp_path / "parcel").chmod(0o644)
    pack(journal, tmp_path / "parcel", None, None, None)
    assert (tmp_path / "parcel").stat().st_mode & 0o777 == 0o600


def test_where_there_is_no_journal_nothing_is_packed(tmp_path):
    with pytest.raises(UserMistake, match="journal_has_nothing"):
        pack(tmp_path, tmp_path / "parcel", None, None, None)


def test_a_file_that_cannot_be_written_is_named(tmp_path, journal):
    with pytest.raises(UserMistake, match="parcel_not_written"):
        pack(journal, tmp_path / "no" / "where", None, None, None)


def test_what_is_no_parcel_is_refused(tmp_path):
    for name, data in (("empty", b""), ("text", b"hello"), ("half", b"\x1f\x8b\x08\x00")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UserMistake, match="parcel_not_read"):
            unpack(tmp_path / name, tmp_path)


def test_a_parcel_that_was_damaged_on_its_way_is_refused_or_read(tmp_path, journal):
    pack(journal, tmp_path / "parcel", None, None, None)
    whole, chance, refused = (tmp_path / "parcel").read_bytes(), random.Random(3), 0
    for _ in range(400):
        place = chance.randrange(len(whole))
        damaged = whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :]
        (tmp_path / "damaged").write_bytes(damaged)
        with suppress(UserMistake):
            unpack(tmp_path / "damaged", tmp_path)
            refused -= 1
        refused += 1
    assert refused


def test_a_member_that_would_go_elsewhere_is_not_taken(tmp_path, journal):
    pack(journal, tmp_path / "parcel", None, None, None)
    with tarfile.open(tmp_path / "parcel") as parcel:
        label = parcel.extractfile("replay.json")
        assert label is not None
        written = label.read()
    with tarfile.open(tmp_path / "evil", "w:gz") as evil:
        for name, data in (("replay.json", written), ("../000000000001.jsonl", b"x"), ("a/1.jsonl", b"x")):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            evil.addfile(member, io.BytesIO(data))
    (tmp_path / "there").mkdir()
    unpack(tmp_path / "evil", tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []
    assert not (tmp_path / "000000000001.jsonl").exists()
