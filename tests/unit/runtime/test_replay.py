"""The trace of a call is folded from the journal: all of this call, nothing of others, whatever else is damaged."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import pytest

from fs_control.centre import CallCentre
from fs_control.centre.closeup import Change, Fact, changes
from fs_control.commands import AnswerCall, RingAgent, StartTimer, StopPlaying, StoreRecord
from fs_control.errors import UserMistake
from fs_control.events import ActionRequested, CallCrashed, CallOffered, LegAnswered, LegRinging, SignInRequested
from fs_control.ids import AgentId, CallId, LegId, Micros, RequestId
from fs_control.runtime.codec import Gap, encode_event
from fs_control.runtime.journal import Journal, fold, read_segment, segments
from fs_control.runtime.replay import replay_call, trace_call
from fs_control.testing.play import Play

transition_room = import_module("fs_control.centre.transition")

ONE = "11111111-0000-4000-8000-000000000001"
OTHER = "11112222-0000-4000-8000-000000000002"


def write(folder, events, centre=None, sequence=1):
    """Write one segment and return the centre and the sequence that the next one begins with."""
    journal = Journal(folder, centre or CallCentre(), sequence)
    journal.append(events)
    journal.close()
    segment = read_segment(journal.path)
    return fold(segment), segment.next


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


def kinds(steps):
    return [type(step.event).__name__ for step in steps]


def orders(trace, kind):
    return [command for step in trace.steps for command in step.commands if isinstance(command, kind)]


def test_a_trace_tells_the_call_from_the_offer_to_the_stored_record(tmp_path, play):
    write(tmp_path, play.events)
    trace = trace_call(tmp_path, "11111111")
    assert trace.call == ONE
    assert kinds(trace.steps)[0] == "CallOffered"
    assert kinds(trace.steps).count("LegsBridged") == 1
    assert [command.record for command in orders(trace, StoreRecord)] == [play.records[CallId(ONE)]]


def test_a_trace_gives_times_and_reasons(tmp_path, play):
    write(tmp_path, play.events)
    offered, looked_up = trace_call(tmp_path, ONE).steps[:2]
    assert offered.at == next(event.at for event in play.events if isinstance(event, CallOffered))
    assert offered.reasons == ("admission.admitted",)
    assert looked_up.reasons == ("rule.longest_idle_time",)
    assert isinstance(offered.commands[0], AnswerCall)


def test_a_trace_holds_no_orders_of_other_calls(tmp_path, play):
    write(tmp_path, play.events)
    rung = orders(trace_call(tmp_path, OTHER), RingAgent)
    assert [command.call for command in rung] == [OTHER]
    assert not {timer.timer for timer in orders(trace_call(tmp_path, ONE), StartTimer)} & {
        timer.timer for timer in orders(trace_call(tmp_path, OTHER), StartTimer)
    }


def test_the_timers_of_an_offer_belong_to_its_call(tmp_path, play):
    write(tmp_path, play.events)
    timers = {command.timer.partition(":")[0] for command in orders(trace_call(tmp_path, ONE), StartTimer)}
    assert {"ring", "connect"} <= timers


def test_a_sign_in_that_brings_an_agent_to_the_caller_is_in_the_trace(tmp_path):
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call=OTHER)
    play.caller(call=ONE)
    play.sign_in(2)
    write(tmp_path, play.events)
    signed_in = next(step for step in trace_call(tmp_path, ONE).steps if isinstance(step.event, ActionRequested))
    assert [type(command) for command in signed_in.commands] == [StartTimer, StopPlaying, StartTimer]


def test_a_trace_goes_on_over_a_restart(tmp_path, play):
    half = next(number for number, event in enumerate(play.events) if isinstance(event, LegAnswered)) + 1
    centre, sequence = write(tmp_path, play.events[:half])
    write(tmp_path, play.events[half:], centre, sequence)
    one_piece = tmp_path / "one piece"
    write(one_piece, play.events)
    assert len(segments(tmp_path)) == 2
    assert trace_call(tmp_path, ONE).steps == trace_call(one_piece, ONE).steps


def test_a_damaged_older_segment_is_reported_and_costs_only_itself(tmp_path, play):
    half = next(number for number, event in enumerate(play.events) if isinstance(event, LegAnswered)) + 1
    centre, sequence = write(tmp_path, play.events[:half])
    write(tmp_path, play.events[half:], centre, sequence)
    older = segments(tmp_path)[0]
    older.write_bytes(older.read_bytes().replace(b'"type":"LegAnswered"', b'"type":"LegExploded"'))
    trace = trace_call(tmp_path, ONE)
    told = [(damage.code, damage.values["file"]) for damage in trace.damage]
    assert told == [("journal_damaged.checksum", str(older))]
    assert orders(trace, StoreRecord)


def test_an_event_that_was_not_applied_is_shown_as_such(tmp_path):
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller(call=ONE)
    before = len(play.events)
    refused = LegAnswered(leg=LegId(f"leg-of-{ONE}"), at=play.centre.at)
    crashed = CallCrashed(call=CallId(ONE), place="test", error="ValueError", skipped=before + 1, at=play.centre.at)
    write(tmp_path, [*play.events, refused, crashed])
    *_, skipped, crash = trace_call(tmp_path, ONE).steps
    assert (skipped.event, skipped.was_applied, skipped.commands) == (refused, False, ())
    assert crash.event == crashed
    assert crash.reasons


def test_an_unknown_call_is_refused(tmp_path, play):
    write(tmp_path, play.events)
    with pytest.raises(UserMistake, match="call_unknown prefix='2222'"):
        trace_call(tmp_path, "2222")
    with pytest.raises(UserMistake, match="call_unknown"):
        trace_call(tmp_path / "nothing there", ONE)


def test_an_ambiguous_prefix_names_the_calls(tmp_path, play):
    write(tmp_path, play.events)
    with pytest.raises(UserMistake) as refusal:
        trace_call(tmp_path, "1111")
    assert refusal.value.code == "call_ambiguous"
    assert refusal.value.values["calls"] == (ONE, OTHER)


def test_a_request_of_an_agent_alone_touches_no_call(tmp_path, play):
    asked = SignInRequested(request=RequestId("r"), agent=AgentId(99), by="test", at=Micros(play.centre.at))
    write(tmp_path, [*play.events, asked])
    assert asked not in [step.event for step in trace_call(tmp_path, ONE).steps]


# --- replay --------------------------------------------------------------------------------------------------------


def test_a_replay_has_every_step_of_the_trace_and_the_state_before_and_after_it(tmp_path, play):
    write(tmp_path, play.events)
    replay = replay_call(tmp_path, ONE)
    assert tuple(step.trace for step in replay.steps if step.is_own) == trace_call(tmp_path, ONE).steps
    first = replay.steps[0].closeups(replay.call)
    assert first[0] == {}
    assert first[1][Fact("state")] == "waiting"
    assert all(one.after.at <= other.before.at for one, other in pairwise(replay.steps))


def test_a_replay_tells_of_others_who_leave_the_line_before_the_caller(tmp_path):
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    for call in ("first", OTHER, ONE):
        play.caller(call=call)
    play.serve(1, talk_s=3)
    write(tmp_path, play.events)
    moved = [step for step in replay_call(tmp_path, ONE).steps if not step.is_own]
    (change,) = changes(*moved[0].closeups(CallId(ONE)))
    assert change == Change(Fact("place", "sales"), "3/3", "2/2")


def test_an_event_with_which_todays_program_cannot_do_anything_costs_itself(tmp_path, play, monkeypatch):
    write(tmp_path, play.events)
    whole = trace_call(tmp_path, ONE)
    assert whole.damage == ()
    monkeypatch.setitem(transition_room._HANDLERS, LegRinging, lambda _step, _event: 1 // 0)
    trace = trace_call(tmp_path, ONE)
    assert {damage.code for damage in trace.damage} == {"journal_not_foldable"}
    assert kinds(trace.steps) == kinds(whole.steps)
    assert [step.was_applied for step in trace.steps].count(False) == 1


def test_events_that_are_on_no_disk_are_told_of(tmp_path, play):
    centre, sequence = write(tmp_path, play.events)
    gap = Gap(sequence, sequence + 4, Micros(7), "No space left on device")
    Journal(tmp_path, centre, sequence + 5, gap=gap).close()
    write(tmp_path, [CallOffered(leg=LegId(OTHER), call=CallId(ONE), dialled="1", caller="2")], centre, sequence + 9)
    path = next(path for path in segments(tmp_path) if read_segment(path).gap)
    path.write_bytes(path.read_bytes() + encode_event(sequence + 5, LegAnswered(leg=LegId(ONE))))
    damage = trace_call(tmp_path, ONE).damage
    assert ("journal_gap", sequence, sequence + 4) in [
        (one.code, one.values.get("first"), one.values.get("last")) for one in damage
    ]
