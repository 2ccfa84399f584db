"""What is damaged in a journal is named with its place; everything else is kept, and a start works."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from fs_control.calls import CallState
from fs_control.centre import CallCentre, transition
from fs_control.events import DirectoryLoaded, DrainRequested, PhoneRegistered
from fs_control.ids import AgentId
from fs_control.records import Directory, Why
from fs_control.runtime.codec import encode_event, encode_head
from fs_control.runtime.journal import Damage, Segment, fold, read_past, read_segment, segments
from fs_control.texts.catalogue import CATALOGUE
from fs_control.texts.sentences import LANGUAGES, explain
from tests.unit.runtime.desk import Desk, a_day, opening, play_a_day
from tests.unit.runtime.written import write

OF_VERSION_4 = Path(__file__).parents[2] / "data" / "journals" / "version-4"
"""Three customers who talk, one of them in a consultation: the last program without checksums wrote it. Never to be
written again."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal of three segments: nothing, a day, the phones of another day."""
    with Desk(tmp_path) as desk:
        desk.play(opening())
    with Desk(tmp_path) as desk:
        desk.play(*a_day())
    with Desk(tmp_path) as desk:
        desk.take(*(PhoneRegistered(phone=str(phone)) for phone in range(1001, 1011)))
    return tmp_path


def spoil(path: Path, line: int, *, by: bytes = b"~") -> int:
    """Overwrite a byte in the middle of a line (the first is 1); returns where the line begins."""
    lines = path.read_bytes().split(b"\n")
    offset, middle = sum(len(each) + 1 for each in lines[: line - 1]), len(lines[line - 1]) // 2
    lines[line - 1] = lines[line - 1][:middle] + by + lines[line - 1][middle + 1 :]
    path.write_bytes(b"\n".join(lines))
    return offset


# --- yesterday's journal -------------------------------------------------------------------------------------------


def test_D1_yesterdays_journal_folds_in_todays_code() -> None:
    segment = read_segment(*segments(OF_VERSION_4))
    centre = fold(segment)
    assert (segment.next, segment.damage) == (97, ())
    assert [live.call.state for live in centre.calls.values()] == [CallState.TALKING] * 3
    assert {number: agent.state.value for number, agent in centre.agents.items()} == {
        AgentId(number): "on_call" for number in (1, 2, 3, 4)
    }
    assert sorted(len(live.record.segments) for live in centre.calls.values()) == [5, 6, 11]


# --- damage in the middle ------------------------------------------------------------------------------------------


def test_a_damaged_line_is_named_with_its_place_and_all_others_are_kept(folder: Path) -> None:
    newest = segments(folder)[-1]
    whole = read_segment(newest)
    offset = spoil(newest, 4)
    segment = read_segment(newest)
    assert segment.damage == (Damage(str(newest), 4, offset, Why.CHECKSUM, "journal_checksum_wrong"),)
    assert segment.events == whole.events[:2] + whole.events[3:]


def test_every_kind_of_damage_has_a_sentence() -> None:
    faults = [Damage("a.jsonl", 4, 99, why, "x").fault() for why in Why]
    assert all("a.jsonl" in explain(fault, language) for fault in faults for language in LANGUAGES)
    assert all(fault.code in CATALOGUE for fault in faults)


def test_a_start_after_damage_works_tells_it_and_leaves_the_file_as_it_is(folder: Path) -> None:
    newest = segments(folder)[-1]
    spoil(newest, 4)
    before = newest.read_bytes()
    with capture_logs() as logs, Desk(folder) as desk:
        assert desk.past.damage == read_segment(newest).damage != ()
        desk.take(DrainRequested())
    assert [(line["log_level"], line["line"]) for line in logs if line["action"] == "journal_damaged"] == [("error", 4)]
    assert newest.read_bytes() == before
    assert segments(folder)[-1] == desk.journal.path != newest


def test_a_new_segment_never_takes_the_place_of_a_damaged_file(folder: Path) -> None:
    newest = segments(folder)[-1]
    newest.write_bytes(newest.read_bytes().replace(b'{"seq"', b"").replace(b'"PhoneRegistered"', b'"PhoneExploded"'))
    before = newest.read_bytes()
    with Desk(folder) as desk:
        desk.take(DrainRequested())
    assert newest.read_bytes() == before
    assert read_segment(desk.journal.path).first == read_segment(newest).first + 10


def test_lines_whose_end_was_lost_are_read_all_the_same(folder: Path) -> None:
    newest = segments(folder)[-1]
    whole = read_segment(newest)
    newest.write_bytes(newest.read_bytes().replace(b"\n", b" ", 3))
    assert read_segment(newest) == whole


def test_lines_that_are_gone_are_named_by_their_sequences(folder: Path) -> None:
    newest = segments(folder)[-1]
    lines = newest.read_bytes().split(b"\n")
    newest.write_bytes(b"\n".join(lines[:3] + lines[5:]))
    segment = read_segment(newest)
    assert [(one.why, one.line, one.detail) for one in segment.damage] == [
        ("missing", 4, f"{segment.first + 2}–{segment.first + 3}")
    ]


def test_a_line_out_of_turn_is_left_out_and_named(tmp_path: Path) -> None:
    events = [encode_event(sequence, PhoneRegistered(phone="1001")) for sequence in (1, 2, 2, 3)]
    path = tmp_path / "000000000001.jsonl"
    path.write_bytes(encode_head(1, CallCentre()) + b"".join(events))
    segment = read_segment(path)
    assert [sequence for sequence, _ in segment.events] == [1, 2, 3]
    assert [(one.why, one.line, one.detail) for one in segment.damage] == [("order", 4, "2")]


# --- a damaged head ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"crc":"00000000",'])
def test_a_file_that_is_no_segment_is_named_and_the_one_before_is_followed(folder: Path, content: bytes) -> None:
    before = read_past(folder)
    (folder / f"{before.next:012d}.jsonl").write_bytes(content)
    past = read_past(folder)
    assert (past.centre, past.next) == (before.centre, before.next + 1)
    assert [one.why for one in past.damage] == ["head"]


def test_a_damaged_head_is_bridged_from_the_segment_before(folder: Path) -> None:
    whole = read_past(folder)
    spoil(segments(folder)[-1], 1)
    past = read_past(folder)
    assert (past.centre, past.next) == (whole.centre, whole.next)
    assert [(one.why, one.line, one.offset) for one in past.damage] == [("head", 1, 0)]


def test_two_damaged_heads_are_bridged_from_the_segment_before_both(folder: Path) -> None:
    whole = read_past(folder)
    for path in segments(folder)[1:]:
        spoil(path, 1)
    past = read_past(folder)
    assert past.centre == whole.centre
    assert [one.why for one in past.damage] == ["head", "head"]


def test_without_any_head_the_events_are_folded_from_nothing(folder: Path) -> None:
    whole = read_past(folder)
    for path in segments(folder):
        spoil(path, 1)
    assert read_past(folder).centre == whole.centre  # the first one began with nothing


def test_a_file_that_the_disk_does_not_give_is_named(folder: Path) -> None:
    before = read_past(folder)
    (folder / f"{before.next:012d}.jsonl").mkdir()
    past = read_past(folder)
    assert past.centre == before.centre
    assert past.next > before.next
    assert [one.why for one in past.damage] == ["file"]


def test_a_file_that_can_be_read_again_is_not_mixed_with_what_was_written_without_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest, read = segments(folder)[-1], Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == newest:
            raise PermissionError(13, "Permission denied")
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        desk = Desk(folder)
    with desk:
        desk.take(PhoneRegistered(phone="2001"))
    assert read_past(folder).centre == desk.centre


# --- two files that hold the same events ---------------------------------------------------------------------------


def cut_in_two(folder: Path, path: Path, place: int, *, lines: slice) -> tuple[Segment, Path]:
    """Let a second file begin with the state after some events, and hold so many of those after it."""
    whole = read_segment(path)
    centre = whole.centre
    for _, event in whole.events[:place]:
        centre = transition(centre, event).centre
    sequence = whole.events[place][0]
    second = folder / f"{sequence:012d}.jsonl"
    second.write_bytes(
        encode_head(sequence, centre) + b"".join(encode_event(*one) for one in whole.events[place:][lines])
    )
    return whole, second


@pytest.mark.parametrize("lines", [slice(None), slice(0), slice(3), slice(2, None)])
def test_what_only_the_file_before_holds_is_not_lost(tmp_path: Path, lines: slice) -> None:
    desk = play_a_day(tmp_path / "live")
    desk.journal.close()
    (tmp_path / "cut").mkdir()
    path = Path(shutil.copy(desk.journal.path, tmp_path / "cut"))
    whole, second = cut_in_two(tmp_path / "cut", path, 20, lines=lines)
    assert read_past(tmp_path / "cut").centre == desk.centre
    assert read_segment(second).damage == ()
    assert read_segment(path).events + read_segment(second).events == whole.events


def test_what_only_the_file_before_holds_is_not_lost_where_its_last_line_is_long(tmp_path: Path) -> None:
    numbers = tuple(f"{number:011d}" for number in range(10_000))
    directory = DirectoryLoaded(directory=Directory(), flows=(), prompts=numbers, max_calls=7)
    events = (PhoneRegistered(phone="1001"), directory)
    first = write(tmp_path, events)
    centre = transition(CallCentre(), events[0]).centre
    (tmp_path / "000000000002.jsonl").write_bytes(encode_head(2, centre))
    assert len(first.read_bytes().split(b"\n")[2]) > 1 << 16
    past = read_past(tmp_path)
    assert (past.next, past.centre) == (3, transition(centre, directory).centre)


# --- any damage ----------------------------------------------------------------------------------------------------

ANYWHERE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def day(tmp_path: Path) -> tuple[Path, Path]:
    """A journal of two segments with a day, and the place for copies of it."""
    play_a_day(tmp_path / "live").journal.close()
    return tmp_path / "live", tmp_path / "copy"


def lost(whole: Segment, found: Segment) -> int:
    """How many events are not there any more; those that are are as they were."""
    events = dict(whole.events)
    assert all(events[sequence] == event for sequence, event in found.events)
    return len(whole.events) - len(found.events)


def fresh(day: tuple[Path, Path]) -> Path:
    live, copy = day
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(live, copy))


@ANYWHERE
@given(place=st.floats(0, 1, exclude_max=True), which=st.integers(0, 1), bytes_=st.binary(min_size=1, max_size=40))
def test_D1_bytes_changed_anywhere_cost_what_they_hit_and_are_named(
    day: tuple[Path, Path], place: float, which: int, bytes_: bytes
) -> None:
    folder = fresh(day)
    path = segments(folder)[which]
    whole, content = read_segment(path), path.read_bytes()
    start = int(place * len(content))
    changed = content[:start] + bytes_ + content[start + len(bytes_) :]
    path.write_bytes(changed)
    segment = read_segment(path)
    hit = content[start : start + len(bytes_)].count(b"\n") + 1
    assert lost(whole, segment) <= hit
    assert segment.damage or segment.torn_bytes or not lost(whole, segment)
    with Desk(folder) as desk:
        assert desk.past.next >= whole.next - hit
        desk.take(DrainRequested())


@ANYWHERE
@given(place=st.floats(0, 1), length=st.integers(1, 2000))
def test_D1_bytes_cut_out_anywhere_cost_what_they_hit_and_are_named(
    day: tuple[Path, Path], place: float, length: int
) -> None:
    folder = fresh(day)
    path = segments(folder)[-1]
    whole, content = read_segment(path), path.read_bytes()
    start = int(place * len(content))
    path.write_bytes(content[:start] + content[start + length :])
    segment = read_segment(path)
    assert lost(whole, segment) <= content[start : start + length].count(b"\n") + 1
    assert segment.damage or start + length >= len(content) or not lost(whole, segment)
    with Desk(folder) as desk:
        desk.take(DrainRequested())


@ANYWHERE
@given(place=st.floats(0, 1))
def test_D1_what_was_acknowledged_before_a_cut_is_there(day: tuple[Path, Path], place: float) -> None:
    folder = fresh(day)
    path = segments(folder)[-1]
    whole, content = read_segment(path), path.read_bytes()
    kept = content[: int(place * len(content))]
    path.write_bytes(kept)
    segment = read_segment(path)
    assert segment.events == whole.events[: max(0, kept.count(b"\n") - 1)]
    assert segment.centre == whole.centre  # the one before leaves what the head has
