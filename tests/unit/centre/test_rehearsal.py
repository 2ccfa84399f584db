"""The dry run: a call through the whole centre, with answers from a table and in no time at all."""

from __future__ import annotations

from typing import Any

from fs_control import commands
from fs_control.centre.rehearsal import ANSWERS, AgentIs, Question, Rehearsed, Scene, rehearse
from fs_control.commands import CallCommand
from fs_control.ids import AgentId, CustomerId, PhoneNumber, seconds
from fs_control.records import CallerFacts, Disposition, EndedBy, OfferResult, SavedCustomer, Strategy
from fs_control.testing.builders import LINE, MENU, PROMPTS, SERVICE_LINE, a_directory
from fs_control.testing.play import MORNING, day_at

GONE = {AgentId(agent): AgentIs.SIGNED_OUT for agent in (1, 2, 3)}


def let(*keys: str, **more: Any) -> Rehearsed:
    """Let somebody call the flow `menu`: 1 is sales (agents 1 and 2), 2 is service (agent 3), * leaves the line."""
    usual: dict[str, Any] = {
        "directory": a_directory(),
        "flows": (LINE, SERVICE_LINE, MENU),
        "prompts": PROMPTS,
        "number": "4002",
        "caller": "13800138000",
        "at": MORNING,
        "day_of": lambda at, _zone: day_at(at),
        "keys": keys,
    }
    return rehearse(Scene(**{**usual, **more}))


def heard(rehearsed: Rehearsed) -> list[str]:
    return [step.detail for step in rehearsed.record.steps if step.kind == "heard"]


def rung(rehearsed: Rehearsed) -> list[int]:
    return [offer.agent for offer in rehearsed.record.offers]


def test_every_order_about_a_leg_has_an_answer() -> None:
    classes = [each for each in vars(commands).values() if isinstance(each, type) and issubclass(each, CallCommand)]
    assert set(classes) - {CallCommand} == set(ANSWERS)


def test_a_caller_presses_a_key_and_talks_with_who_is_idle_for_longest() -> None:
    went = let("1")
    assert (went.record.disposition, rung(went)) == (Disposition.ANSWERED, [1])
    assert heard(went) == ["welcome", "main-menu", "goodbye"]
    assert went.questions == (Question("main-menu", "1"),)


def test_the_same_scene_comes_to_the_same_twice() -> None:
    assert let("9", "1") == let("9", "1")


def test_silence_and_a_wrong_key_use_the_tries_up() -> None:
    went = let("wait", "9", "1")
    assert heard(went) == ["welcome", "main-menu", "no-key", "main-menu", "goodbye"]
    assert went.keys_left == ("1",)


def test_who_has_no_keys_left_is_silent() -> None:
    assert [question.answer for question in let().questions] == [None, None]


def test_with_nobody_signed_in_the_flow_goes_on() -> None:
    went = let("2", agents=GONE)
    assert went.record.disposition is Disposition.NOBODY_SIGNED_IN
    assert heard(went)[-2:] == ["nobody-signed-in", "goodbye"]


def test_who_is_busy_is_not_rung_and_the_record_says_why() -> None:
    went = let("1", agents={AgentId(1): AgentIs.BUSY})
    assert rung(went) == [2]
    assert [(each.agent, each.reason) for each in went.record.offers[0].decision.passed_over] == [(1, "reason.on_call")]


def test_a_phone_that_rings_in_vain_is_told_as_a_live_one() -> None:
    went = let("1", agents={AgentId(1): AgentIs.NO_ANSWER, AgentId(2): AgentIs.DECLINES, AgentId(3): AgentIs.NO_PHONE})
    results = [offer.result for offer in went.record.offers[:2]]
    assert results == [OfferResult.NO_ANSWER, OfferResult.DECLINED]


def test_music_in_a_line_with_a_key_is_one_question() -> None:
    everybody_busy = {AgentId(agent): AgentIs.BUSY for agent in (1, 2, 3)}
    went = let("1", "*", agents=everybody_busy)
    assert went.record.disposition is Disposition.QUEUE_EXIT_KEY
    assert went.questions[-1] == Question("hold", "*")


def test_the_caller_hangs_up_in_the_place_of_an_answer() -> None:
    went = let("hangup")
    assert (went.record.disposition, went.record.ended_by) == (Disposition.ABANDONED_IN_IVR, EndedBy.CALLER)


def test_the_caller_hangs_up_at_a_moment() -> None:
    went = let("1", hang_up_after=seconds(30))
    assert went.record.ended_at == MORNING + seconds(30)
    assert (went.record.ended_by, went.gave_up) == (EndedBy.CALLER, False)


def test_patience_ends_where_nothing_else_does() -> None:
    went = let("2", agents={AgentId(3): AgentIs.BUSY})
    assert (went.record.disposition, went.gave_up) == (Disposition.ABANDONED_IN_LINE, True)


def test_a_customer_reaches_the_own_agent() -> None:
    def owned_by_2(_caller: PhoneNumber, _number: str, _at: int) -> CallerFacts:
        return CallerFacts(customer=SavedCustomer(CustomerId(1), "13800138000", "Zhang", AgentId(2)))

    went = let("1", look_up=owned_by_2)
    assert rung(went) == [2]
    assert went.record.offers[0].decision.rule == "claim.owner"


def test_agents_who_ring_at_once_and_hear_a_whisper() -> None:
    directory = a_directory(strategy=Strategy.RING_ALL, whisper="welcome")
    went = let("1", directory=directory)
    assert {offer.result for offer in went.record.offers} == {OfferResult.ACCEPTED, OfferResult.ANSWERED_ELSEWHERE}


def test_the_segments_of_a_dry_run_add_up_to_the_call() -> None:
    for went in (let("1"), let("hangup"), let("wait", "9"), let("1", hang_up_after=seconds(8))):
        record = went.record
        lengths = [(each.ended_at or 0) - each.started_at for each in record.segments]
        assert sum(lengths) == (record.ended_at or 0) - record.started_at > 0
