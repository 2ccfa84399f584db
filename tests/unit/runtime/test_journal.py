"""The journal keeps every event before its effects, and folds back into the centre as it was."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from fs_control.calls import CallState
from fs_control.centre import CallCentre, clockwork, due_timers, transition
from fs_control.events import BridgeEnded, CallCrashed, DrainRequested, LegAnswered, PhoneRegistered, TimerFired
from fs_control.ids import AgentId, TimerId, seconds
from fs_control.records import Disposition
from fs_control.runtime import journal as journal_room
from fs_control.runtime.journal import Journal, fold, read_past, read_segment, segments
from tests.unit.runtime.desk import (
    ANNE,
    BEN,
    CARL,
    DORA,
    EVE,
    FRED,
    GINA,
    HUGO,
    Desk,
    a_day,
    opening,
    play_a_day,
    signs_in,
    unpack_journal,
)

EVERY_EVENT_OF_VERSION_1 = set(
    """CallOffered CallerLinkLost LegRinging LegAnswered LegsBridged LegHungUp RingFailed PromptFinished DigitsCollected
    CommandFailed SwitchFound SwitchLost PhoneRegistered PhoneUnregistered SignInRequested SignOutRequested
    DirectoryLoaded TimerFired RecordStored CallCrashed DrainRequested""".split()
)


def dies(folder: Path, into: Path) -> Path:
    """What is in the files at this moment, as a kill -9 would leave them."""
    return Path(shutil.copytree(folder, into))


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    journal = Journal(tmp_path / "journal", CallCentre(), 1)
    yield journal
    journal.close()


# --- yesterday's journal in tomorrow's code ------------------------------------------------------------------------


def test_a_journal_of_version_1_folds_for_ever(tmp_path: Path) -> None:
    """These bytes are never written again: a change that cannot fold them needs a line in `codec.UPGRADES`."""
    segment = read_segment(unpack_journal(tmp_path))
    assert {type(event).__name__ for _, event in segment.events} == EVERY_EVENT_OF_VERSION_1
    assert set(segment.centre.calls) == {FRED.call, GINA.call}
    assert set(segment.centre.unstored) == {HUGO.call}
    past = read_past(tmp_path)
    assert (past.next, past.crashes) == (segment.next, ())


def test_what_came_of_that_day_is_what_came_of_it_then(tmp_path: Path) -> None:
    centre = fold(read_segment(unpack_journal(tmp_path)))
    assert {call: live.call.state for call, live in centre.calls.items()} == {
        FRED.call: CallState.TALKING,
        GINA.call: CallState.IN_FLOW,
        DORA.call: CallState.WAITING,
        EVE.call: CallState.WAITING,
    }
    assert {call: record.disposition for call, record in centre.unstored.items()} == {
        HUGO.call: Disposition.NO_FLOW,
        BEN.call: Disposition.ABANDONED_IN_LINE,
        CARL.call: Disposition.FAILED,
    }
    assert list(centre.lines.values()) == [(DORA.call, EVE.call)]
    assert centre.agents[AgentId(2)].call == FRED.call
    assert centre.draining


# --- folding -------------------------------------------------------------------------------------------------------


def test_folding_gives_the_live_centre_after_every_batch(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for batch in a_day():
            desk.take(*batch)
            assert fold(read_segment(desk.journal.path)) == desk.centre


def test_an_event_that_was_not_applied_in_life_is_not_applied_when_folding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(tmp_path) as desk:
        desk.play(opening(), signs_in(1), [ANNE.offered()])
        with monkeypatch.context() as broken:
            broken.setitem(transition.__globals__["_HANDLERS"], LegAnswered, lambda step, event: 1 / 0)
            desk.take(LegAnswered(leg=ANNE.leg), PhoneRegistered(phone="1001"))
        desk.take(BridgeEnded(leg=ANNE.leg, other=ANNE.agent_leg(1), cause="ORIGINATOR_CANCEL"))
        assert desk.prompts() == ["apology"]
        assert desk.centre.calls[ANNE.call].record.answered_at is None
        # Folded by a program without the defect, it gives what the program with the defect had.
        assert fold(read_segment(desk.journal.path)) == desk.centre


def test_a_process_that_died_between_a_crash_and_its_notice_starts_again_and_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(clockwork._HANDLERS, "wait", lambda step, subject: 1 / 0)
    with Desk(tmp_path / "live") as desk:
        desk.play(opening(), signs_in(1), [ANNE.offered()])
        before = desk.centre
        desk.inbox.work_off([TimerFired(timer=TimerId(f"wait:{ANNE.call}"))])  # and the notice never gets its turn
        past = read_past(dies(tmp_path / "live", tmp_path / "dead"))
    assert past.centre == desk.centre == before
    assert past.crashes == (CallCrashed(call=ANNE.call, place="fold.TimerFired", error="ZeroDivisionError"),)


# --- starting again ------------------------------------------------------------------------------------------------


def test_a_first_start_finds_nothing(tmp_path: Path) -> None:
    assert read_past(tmp_path / "journal") == journal_room.Past(CallCentre(), 1)


def test_a_restart_goes_on_with_the_same_centre_and_the_next_sequence(tmp_path: Path) -> None:
    with play_a_day(tmp_path / "live") as desk:
        with Desk(dies(tmp_path / "live", tmp_path / "dead")) as next_desk:
            assert next_desk.centre == desk.centre
            assert next_desk.journal.sequence == desk.journal.sequence
            assert len(segments(tmp_path / "dead")) == 3
            next_desk.take(DrainRequested())
        assert read_segment(next_desk.journal.path).events[-1][0] == desk.journal.sequence


def test_what_has_to_be_taken_up_again_is_in_the_folded_centre(tmp_path: Path) -> None:
    with play_a_day(tmp_path):
        past = read_past(tmp_path)
    assert set(past.centre.unstored) == {HUGO.call, BEN.call, CARL.call, EVE.call}
    due = due_timers(past.centre)
    assert due[TimerId(f"wait:{DORA.call}")] - (past.centre.calls[DORA.call].call.joined_at or 0) == seconds(600)


def test_a_start_that_wrote_no_event_leaves_nothing_behind(tmp_path: Path) -> None:
    for _ in range(3):
        Journal(tmp_path, CallCentre(), 1).close()
    assert [path.name for path in tmp_path.iterdir()] == ["000000000001.jsonl"]
    assert read_past(tmp_path) == journal_room.Past(CallCentre(), 1)


def test_a_power_cut_while_a_segment_begins_leaves_the_one_before(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.play(opening())
    (tmp_path / "000000000004.new").write_bytes(b'{"next":4,"v":1,"snaps')
    with Desk(tmp_path) as next_desk:
        assert next_desk.centre == desk.centre
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["000000000001.jsonl", "000000000004.jsonl"]


# --- what was being written ----------------------------------------------------------------------------------------


def test_a_torn_last_line_is_left_out_and_told(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.play(opening())
    whole = read_past(tmp_path)
    with desk.journal.path.open("ab") as file:
        file.write(b'{"seq":4,"type":"DrainReq')
    with capture_logs() as logs:
        assert read_past(tmp_path) == whole
    assert [(line["action"], line["bytes"]) for line in logs] == [("journal_torn", 25)]


# --- writing -------------------------------------------------------------------------------------------------------


def test_an_event_that_cannot_be_written_down_leaves_no_trace(journal: Journal) -> None:
    before = journal.path.read_bytes()
    with pytest.raises(ValueError, match=r"surrogate|utf-8"):
        journal.append([DrainRequested(), PhoneRegistered(phone="\ud800")])
    assert (journal.path.read_bytes(), journal.sequence) == (before, 1)


def test_only_the_owner_may_read_the_journal(journal: Journal) -> None:
    assert journal.path.parent.stat().st_mode & 0o777 == 0o700
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_a_folder_and_a_half_made_file_that_others_may_read_are_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / f"{1:012d}.new").touch(0o644)
    journal = Journal(folder, CallCentre(), 1)
    journal.close()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert journal.path.stat().st_mode & 0o777 == 0o600
