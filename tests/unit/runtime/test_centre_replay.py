"""A centre is folded once more between two moments; what today's program does otherwise is found and told once."""

from __future__ import annotations

import gzip
from dataclasses import replace
from importlib import import_module

import gevent
import pytest

from fs_control.errors import UserMistake
from fs_control.events import CallCrashed, DrainRequested, LegAnswered, LegRinging
from fs_control.ids import CallId, LegId, Micros
from fs_control.records import Damage, Why
from fs_control.runtime.centre_replay import CentreReplay, CentreStep, Finding, Unlike, unlike_stored, whose
from fs_control.runtime.journal import fold, read_segment, segments
from fs_control.testing.fake_event_socket import wait_until
from fs_control.testing.play import Play
from tests.unit.runtime.desk import JOURNAL_OF_VERSION_1, a_day, opening, signs_in
from tests.unit.runtime.moody_disk import FULL, MoodyDisk
from tests.unit.runtime.test_journal_and_disk import kept
from tests.unit.runtime.written import write, write_in_parts

ONE, OTHER = CallId("11111111-0000-4000-8000-000000000001"), CallId("22222222-0000-4000-8000-000000000002")
journal_room = import_module("fs_control.runtime.journal")
transition_room = import_module("fs_control.centre.transition")


@pytest.fixture
def play() -> Play:
    """Two calls that were served, one by each agent."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    play.caller(call=ONE)
    play.caller(call=OTHER)
    play.serve(1, talk_s=3)
    play.serve(2, talk_s=3)
    return play


def told(folder, kind, since=None, until=None):
    return [each for each in CentreReplay(folder, since, until).steps() if isinstance(each, kind)]


def test_every_event_is_told_with_what_followed_and_the_end_is_the_centre_that_was(tmp_path, play):
    write_in_parts(tmp_path, play.events, 10)
    replayed = CentreReplay(tmp_path)
    steps = [each for each in replayed.steps() if isinstance(each, CentreStep)]
    assert [step.event for step in steps] == play.events
    assert replayed.centre == play.centre
    assert {call: record for call, (_, record) in replayed.records.items()} == play.records
    offered = next(step for step in steps if step.calls == (ONE,))
    assert (offered.reasons, offered.orders[0]) == (("admission.admitted",), "AnswerCall")


def test_a_part_begins_with_the_last_snapshot_before_it(tmp_path, play):
    half = play.events[10].at
    write_in_parts(tmp_path, play.events, 10)
    (tmp_path / "000000000001.jsonl").write_bytes(b"spoiled\n")
    replayed = CentreReplay(tmp_path, since=half)
    events = [step.event for step in replayed.steps() if isinstance(step, CentreStep)]
    assert events == [event for event in play.events[10:] if event.at >= half]
    assert replayed.centre == play.centre


def test_a_part_ends_with_its_last_moment(tmp_path, play):
    write(tmp_path, play.events)
    until = play.events[12].at
    steps = told(tmp_path, CentreStep, until=until)
    assert [step.event for step in steps] == [event for event in play.events if event.at <= until]


def test_a_journal_that_is_as_it_was_written_has_no_differences(tmp_path, play):
    write_in_parts(tmp_path, play.events, 5, 10, 15)
    assert told(tmp_path, Finding | Damage) == []


def test_a_drain_that_a_start_takes_back_is_no_difference(tmp_path, play):
    first = write(tmp_path, [*play.events, DrainRequested(at=play.centre.at)])
    segment = read_segment(first)
    write(tmp_path, [], replace(fold(segment), draining=False), segment.next)
    assert told(tmp_path, Finding) == []


def test_a_segment_that_begins_otherwise_is_told_field_by_field_and_counts_from_there(tmp_path, play):
    first = read_segment(write(tmp_path, play.events))
    other = replace(fold(first), max_calls=7, today="another day")
    write(tmp_path, [DrainRequested(at=Micros(play.centre.at + 1))], other, first.next)
    replayed = CentreReplay(tmp_path)
    (finding,) = [each for each in replayed.steps() if isinstance(each, Finding)]
    assert (finding.kind, finding.sequence) == (Unlike.SNAPSHOT, first.next)
    assert [(each.place, each.then) for each in finding.differences] == [("max_calls", "7"), ("today", "'another day'")]
    assert replayed.centre == replace(other, draining=True, at=Micros(play.centre.at + 1))


def test_an_event_that_todays_program_cannot_take_is_a_difference_and_the_next_ones_are_taken(
    tmp_path, play, monkeypatch
):
    write(tmp_path, play.events)
    monkeypatch.setitem(transition_room._HANDLERS, LegRinging, lambda _step, _event: 1 // 0)
    findings = told(tmp_path, Finding)
    rang = [index for index, event in enumerate(play.events, start=1) if isinstance(event, LegRinging)]
    assert [(finding.kind, finding.sequence) for finding in findings] == [(Unlike.CRASHES_NOW, each) for each in rang]
    assert findings[0].detail.startswith("ZeroDivisionError ")


def test_a_crash_of_then_is_shown_and_changes_nothing_and_that_it_is_mended_is_told(tmp_path):
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller(call=ONE)
    at = play.centre.at
    poison = LegAnswered(leg=LegId(f"leg-of-{ONE}"), at=at)
    crashed = CallCrashed(call=ONE, place="test", error="ValueError", skipped=len(play.events) + 1, at=at)
    write(tmp_path, [*play.events, poison, crashed])
    *_, skipped, crash = told(tmp_path, CentreStep)
    (finding,) = told(tmp_path, Finding)
    assert (skipped.event, skipped.was_applied, skipped.is_crash, crash.is_crash) == (poison, False, True, True)
    assert (finding.kind, finding.subject) == (Unlike.CRASHED_THEN, "LegAnswered")


def test_what_is_damaged_is_told_and_the_rest_is_replayed(tmp_path, play):
    first, _ = write_in_parts(tmp_path, play.events, 10)
    first.write_bytes(first.read_bytes().replace(b'"type":"CallOffered"', b'"type":"CallOfferee"', 1))
    told_all = list(CentreReplay(tmp_path).steps())
    assert sum(isinstance(each, Damage) for each in told_all) == 1
    assert told(tmp_path, Finding) == []  # what was lost makes the difference, and not the program
    assert sum(isinstance(each, CentreStep) for each in told_all) == len(play.events) - 1


def test_events_that_no_disk_took_are_told_and_make_no_difference(tmp_path, play):
    first, second = write_in_parts(tmp_path, play.events, 10)
    first.write_bytes(b"".join(first.read_bytes().splitlines(keepends=True)[:-3]))
    (damage,) = told(tmp_path, Damage)
    assert (damage.file, damage.why, damage.detail) == (str(second), Why.MISSING, "8–10")
    assert told(tmp_path, Finding) == []


def test_a_journal_that_is_being_written_ends_with_its_last_whole_line(tmp_path, play):
    path = write(tmp_path, play.events)
    path.write_bytes(path.read_bytes()[:-7])
    assert [step.event for step in told(tmp_path, CentreStep)] == play.events[:-1]


def test_a_record_that_the_database_has_otherwise_is_told_by_its_first_field(tmp_path, play):
    write(tmp_path, play.events)
    replayed = CentreReplay(tmp_path)
    list(replayed.steps())
    assert list(unlike_stored(replayed, play.records)) == []
    changed = {ONE: replace(play.records[ONE], cause="OTHER"), CallId("older"): play.records[ONE]}
    (finding,) = unlike_stored(replayed, changed)
    assert (finding.kind, finding.subject) == (Unlike.RECORD, ONE)
    assert [(each.place, each.then, each.now) for each in finding.differences] == [
        ("cause", "'OTHER'", "'NORMAL_CLEARING'")
    ]


def test_a_folder_without_a_journal_is_refused(tmp_path):
    with pytest.raises(UserMistake, match="journal_has_nothing"):
        list(CentreReplay(tmp_path).steps())
    with pytest.raises(UserMistake, match="journal_has_nothing"):
        whose(tmp_path)


def test_whose_a_journal_is_says_its_last_directory(tmp_path, play):
    write(tmp_path, play.events)
    assert (whose(tmp_path).time_zone, whose(tmp_path).last_at) == ("Asia/Shanghai", play.centre.at)


def test_a_journal_of_the_first_program_is_replayed(tmp_path):
    (tmp_path / "000000000001.jsonl").write_bytes(gzip.decompress(JOURNAL_OF_VERSION_1.read_bytes()))
    told_all = list(CentreReplay(tmp_path).steps())
    assert len(told_all) == 30
    assert all(isinstance(each, CentreStep) for each in told_all)


def test_segments_that_began_while_the_centre_ran_are_what_the_events_lead_to(tmp_path, monkeypatch):
    monkeypatch.setattr(journal_room, "SEGMENT_EVENTS", 5)
    monkeypatch.setattr(journal_room, "ROLL_AGAIN_S", 0.0)
    with kept(tmp_path, MoodyDisk()) as desk:
        for batch in a_day():
            desk.take(*batch)
            gevent.sleep(0.01)
    replayed = CentreReplay(tmp_path)
    assert {type(each) for each in replayed.steps()} == {CentreStep}
    assert len(segments(tmp_path)) > 3
    assert replayed.centre == desk.centre


def test_what_a_full_disk_did_not_take_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(journal_room, "AGAIN_S", 0.01)
    disk = MoodyDisk()
    with kept(tmp_path, disk) as desk:
        desk.play(opening())
        disk.refuses["write"] = FULL
        desk.play(signs_in(1))
        disk.refuses.clear()
        wait_until(lambda: desk.journal.health.is_well)
        desk.take(DrainRequested())
    assert [damage.why for damage in told(tmp_path, Damage)] == [Why.MISSING]
    assert told(tmp_path, Finding) == []
