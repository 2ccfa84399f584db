"""Whether a call is taken; who is not taken hears why, and the record says it."""

from __future__ import annotations

import pytest

from fs_control.calls import CallState
from fs_control.commands import AnswerCall
from fs_control.events import DrainRequested
from fs_control.ids import CallId
from fs_control.records import Disposition, EndedBy, FlowText, ServiceNumber
from fs_control.testing.builders import LINE, loaded
from fs_control.testing.play import Play


def refused(play: Play, call: CallId, prompt: str, disposition: Disposition) -> None:
    """The caller is answered, hears one sentence, and is gone; no agent noticed."""
    assert any(isinstance(each, AnswerCall) and each.call == call for each in play.commands)
    assert play.heard(call) == [prompt]
    play.wait(3)
    record = play.records[call]
    assert (record.disposition, record.ended_by) == (disposition, EndedBy.CENTRE)
    assert play.rung_for(call) == []
    assert f"admission.{disposition}" in play.reasons


def test_an_unknown_number_is_told_so() -> None:
    play = Play()
    refused(play, play.caller("9999"), "no-number", Disposition.NO_NUMBER)


def test_N1_a_number_without_a_flow_is_refused_with_a_record_and_runs_the_flow_once_it_is_bound() -> None:
    """A call to a number with no bound flow is refused and leaves a CDR with reason `no_flow`; after binding, the same
    call runs the flow."""
    play = Play(numbers=[ServiceNumber("4001", None)])
    refused(play, play.caller("4001"), "no-flow", Disposition.NO_FLOW)
    bound = Play(numbers=[ServiceNumber("4001", "line")])
    bound.sign_in(1)
    assert bound.state(bound.caller("4001")) is CallState.RINGING_AGENT


def test_N1_a_flow_with_mistakes_takes_no_calls_and_the_others_do() -> None:
    play = Play(flows=[FlowText("line", "flow: line"), FlowText("menu", LINE.text.replace("flow: line", "flow: menu"))])
    play.sign_in(1)
    refused(play, play.caller("4001"), "no-flow", Disposition.NO_FLOW)
    assert play.state(play.caller("4002")) is CallState.RINGING_AGENT
    assert "flow_refused.line" in play.reasons


def test_N10_a_call_has_the_version_that_was_active_when_it_came_and_keeps_it() -> None:
    """Live calls finish on the version they began with; the next call takes the new one."""
    old, new = FlowText("line", LINE.text, 1), FlowText("line", LINE.text.replace("600", "300"), 2)
    play = Play(flows=[old])
    play.sign_in(1)
    first = play.caller()
    play.tell(loaded(flows=[new]))
    second = play.caller()
    play.tell(loaded(flows=[FlowText("line", LINE.text, 3)]))  # rolled back: the text of the first, as a new version
    third = play.caller()
    assert [play.live(call).record.flow_version for call in (first, second, third)] == [1, 2, 3]
    assert play.live(first).flow == play.live(third).flow != play.live(second).flow


def test_N1_a_number_takes_as_many_calls_as_it_may_and_one_more_when_one_has_ended() -> None:
    play = Play(numbers=[ServiceNumber("4001", "line", max_calls=2), ServiceNumber("4002", "line")])
    play.sign_in(1, 2)
    first, _ = play.caller(), play.caller()
    refused(play, play.caller(), "number-full", Disposition.NUMBER_FULL)
    assert play.live(play.caller("4002")).call.admitted
    play.hang_up(first)
    assert play.live(play.caller()).call.admitted


def test_the_process_takes_as_many_calls_as_it_may_and_the_refused_do_not_count() -> None:
    play = Play(max_calls=1)
    play.sign_in(1)
    first, refused_call = play.caller(), play.caller("4002")
    refused(play, refused_call, "centre-full", Disposition.CENTRE_FULL)
    play.caller("9999")
    play.hang_up(first)
    assert play.live(play.caller()).call.admitted


def test_who_calls_while_we_are_about_to_stop_is_told_and_calls_under_way_go_on() -> None:
    play = Play()
    play.sign_in(1)
    talking = play.caller()
    play.answer(1)
    play.tell(DrainRequested())
    refused(play, play.caller(), "draining", Disposition.DRAINING)
    assert play.state(talking) is CallState.TALKING


@pytest.mark.parametrize("dialled", ["4001234567", "+864001234567", "008640012 34567", "864001234567", "400-123-4567"])
def test_O12_a_stored_number_matches_all_its_written_forms(dialled: str) -> None:
    """A stored number matches all its written forms."""
    play = Play(numbers=[ServiceNumber("4001234567", "line", max_calls=1)])
    play.sign_in(1)
    call = play.caller(dialled)
    assert play.live(call).record.number == "4001234567"
    assert dict(play.centre.loads) == {"4001234567": 1}


def test_a_refused_caller_who_hangs_up_in_the_sentence_ended_the_call() -> None:
    play = Play()
    call = play.caller("9999")
    play.wait(1)
    play.hang_up(call)
    assert play.records[call].ended_by is EndedBy.CALLER
    assert play.records[call].disposition is Disposition.NO_NUMBER
