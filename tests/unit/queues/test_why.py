"""Decisions made again: as they were they come out the same, and with one fact changed they say what it would do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import AgentId, Micros
from fs_control.queues import (
    Candidate,
    Occasion,
    choose_agent,
    decide_again,
    if_claim_counted,
    what_would_change,
    without_claim,
)
from fs_control.records import NO_PLACE, Basis, Claim, ClaimKind, PassedOver, RoutingDecision, Strategy
from tests.unit.queues.test_choice import CANDIDATES, CLAIMS, OCCASIONS, STRATEGIES

A, B = AgentId(1), AgentId(2)
AT = Micros(100)
LONGEST, BY_STATE, TURNS = Strategy.LONGEST_IDLE_TIME, Strategy.LONGEST_IDLE_STATE, Strategy.ROUND_ROBIN

UNCHANGEABLE = ("reason.not_drawn", "reason.rings_as_well")
"""What no fact about an agent would have changed."""


def decided(
    strategy: Strategy,
    *free: Candidate,
    others: tuple[tuple[Candidate, str], ...] = (),
    occasion: Occasion = Occasion(),  # noqa: B008 - frozen
    claim: Claim | None = None,
) -> RoutingDecision:
    unavailable = [PassedOver(member.agent, f"reason.{reason}") for member, reason in others]
    decision = choose_agent(strategy, free, unavailable, occasion, claim)
    assert decision is not None
    members = tuple(member for member, _ in others)
    basis = Basis(strategy, free, members, at=AT, last_turn=occasion.last_turn, draw=occasion.draw)
    return replace(decision, basis=basis)


def told(decision: RoutingDecision) -> dict[int, tuple[str, str | None]]:
    return {
        each.agent: (
            each.change.removeprefix("change."),
            each.against.reason.removeprefix("reason.") if each.against is not None else None,
        )
        for each in what_would_change(decision)
    }


@given(strategy=STRATEGIES, members=CANDIDATES, occasion=OCCASIONS, claim=CLAIMS, busy=st.sets(st.integers(0, 49)))
def test_a_decision_made_again_from_what_it_keeps_is_the_same(
    strategy: Strategy, members: list[Candidate], occasion: Occasion, claim: Claim | None, busy: set[int]
) -> None:
    free = [each for place, each in enumerate(members) if place not in busy]
    others = tuple((each, "on_call") for each in members if each not in free)
    if free:
        decision = decided(strategy, *free, others=others, occasion=occasion, claim=claim)
        assert decide_again(decision) == decision


@given(strategy=STRATEGIES, members=CANDIDATES, occasion=OCCASIONS, claim=CLAIMS)
def test_each_who_was_not_chosen_has_one_answer_which_speaks_of_them(
    strategy: Strategy, members: list[Candidate], occasion: Occasion, claim: Claim | None
) -> None:
    if not members:
        return
    decision = decided(strategy, *members[:2], others=tuple((each, "on_call") for each in members[2:]), claim=claim)
    answers = what_would_change(decision)
    passed = {each.agent for each in decision.passed_over if each.reason not in UNCHANGEABLE}
    assert sorted(each.agent for each in answers) == sorted(passed)
    assert all(each.against is None or each.against.agent == each.agent for each in answers)


def test_a_decision_that_keeps_nothing_tells_nothing() -> None:
    decision = RoutingDecision("rule.random", A, (PassedOver(B, "reason.on_call"),))
    assert decide_again(decision) is None
    assert without_claim(decision) is None
    assert what_would_change(decision) == ()


def test_a_decision_that_comes_out_differently_today_tells_nothing() -> None:
    decision = replace(decided(LONGEST, Candidate(A), Candidate(B, idle_since=Micros(5))), agent=B)
    assert what_would_change(decision) == ()


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("on_call", "free"),
        ("ringing", "free"),
        ("reserved", "free"),
        ("resting", "rested"),
        ("no_phone", "phone"),
        ("phone_unregistered", "registered"),
        ("something_new", "available"),
    ],
)
def test_one_who_could_not_be_had_would_have_been_chosen_or_lost_to_another(reason: str, change: str) -> None:
    chosen, longer, shorter = (Candidate(A, idle_since=Micros(since)) for since in (50, 40, 60))
    assert told(decided(LONGEST, chosen, others=((replace(longer, agent=B), reason),))) == {2: (change, None)}
    assert told(decided(LONGEST, chosen, others=((replace(shorter, agent=B), reason),))) == {
        2: (change, "idle_since_later")
    }


def test_who_signs_in_only_then_has_been_idle_for_no_time() -> None:
    chosen, never_in, served = Candidate(A, idle_since=Micros(50)), Candidate(B), Candidate(B, idle_since=Micros(40))
    assert told(decided(LONGEST, chosen, others=((never_in, "signed_out"),))) == {2: ("signed_in", "idle_since_later")}
    assert told(decided(LONGEST, chosen, others=((served, "signed_out"),))) == {2: ("signed_in", None)}
    assert told(decided(BY_STATE, chosen, others=((served, "signed_out"),)))[2] == (
        "signed_in",
        "idle_state_since_later",
    )


def test_who_declined_would_have_been_asked_before_the_others_had_they_not() -> None:
    declined = Candidate(B, idle_since=Micros(40), tried=1)
    chosen = Candidate(A, idle_since=Micros(50))
    assert told(decided(LONGEST, chosen, others=((declined, "declined_this_caller"),))) == {2: ("not_declined", None)}


def test_who_was_tried_before_is_judged_by_the_strategy_had_they_not_been() -> None:
    chosen, missed = Candidate(A, idle_since=Micros(50)), Candidate(B, tried=1)
    assert told(decided(LONGEST, chosen, missed)) == {2: ("not_tried", None)}
    assert told(decided(LONGEST, chosen, replace(missed, idle_since=AT))) == {2: ("not_tried", "idle_since_later")}


def test_a_busy_one_whom_the_caller_has_tried_would_not_have_been_chosen_even_if_free() -> None:
    busy = Candidate(B, tried=1)
    assert told(decided(LONGEST, Candidate(A, idle_since=AT), others=((busy, "on_call"),))) == {
        2: ("free", "tried_before")
    }


@pytest.mark.parametrize(
    ("strategy", "chosen", "lost", "change", "values"),
    [
        (LONGEST, {"idle_since": 5}, {"idle_since": 9}, "idle_since", {"at": 5}),
        (LONGEST, {}, {}, "idle_since", {"at": 0}),
        (BY_STATE, {"idle_state_since": 5}, {"idle_state_since": 9}, "idle_state_since", {"at": 5}),
        (Strategy.FEWEST_CALLS, {"calls_today": 3}, {"calls_today": 5}, "calls_today", {"count": 2}),
        (Strategy.FEWEST_CALLS, {"calls_today": 3, "idle_since": 9}, {"calls_today": 5}, "calls_today", {"count": 3}),
        (Strategy.FEWEST_CALLS, {"calls_today": 3}, {"calls_today": 3, "idle_since": 9}, "idle_since", {"at": 0}),
        (Strategy.FEWEST_INBOUND_CALLS, {"inbound_today": 1}, {"inbound_today": 2}, "inbound_today", {"count": 0}),
        (Strategy.TOP_DOWN, {"level": 2}, {"level": 4, "place": 1}, "level", {"level": 1}),
        (Strategy.TOP_DOWN, {"level": 2, "place": 1}, {"level": 4}, "level", {"level": 2}),
        (Strategy.TOP_DOWN, {}, {"place": 1}, "place", {}),
        (TURNS, {}, {"place": 1}, "turn", {}),
    ],
)
def test_who_lost_is_told_which_value_would_have_won(
    strategy: Strategy, chosen: dict[str, Micros], lost: dict[str, Micros], change: str, values: dict[str, int]
) -> None:
    decision = decided(strategy, Candidate(A, **chosen), Candidate(B, **lost))
    assert decision.agent == A
    (answer,) = what_would_change(decision)
    assert (answer.change, dict(answer.values), answer.against) == (f"change.{change}", values, None)


def test_nobody_is_told_to_have_had_fewer_calls_than_none() -> None:
    decision = decided(Strategy.FEWEST_CALLS, Candidate(A), Candidate(B, calls_today=2, idle_since=AT))
    (answer,) = what_would_change(decision)
    assert (answer.values, answer.is_chosen) == ({"count": 0}, False)


def test_by_chance_nothing_of_an_agent_would_have_changed_it() -> None:
    decision = decided(Strategy.RANDOM, Candidate(A), Candidate(B), occasion=Occasion(draw="call/1"))
    assert what_would_change(decision) == ()


OWN = Claim(B, ClaimKind.RETURNING_CUSTOMER)


def test_without_the_claim_the_strategy_would_have_decided() -> None:
    decision = decided(LONGEST, Candidate(A), Candidate(B, idle_since=AT), claim=OWN)
    otherwise = without_claim(decision)
    assert otherwise is not None
    assert (decision.agent, otherwise.agent, otherwise.rule) == (B, A, "rule.longest_idle_time")
    assert told(decision) == {1: ("claim", None)}


def test_one_who_is_no_member_and_was_there_for_the_claim_alone_is_not_there_without_it() -> None:
    stranger = Candidate(B, place=NO_PLACE)
    decision = decided(LONGEST, Candidate(A, idle_since=AT), stranger, claim=OWN)
    otherwise = without_claim(decision)
    assert otherwise is not None
    assert (decision.agent, otherwise.agent, otherwise.passed_over) == (B, A, ())
    assert told(decision) == {1: ("claim", None)}
    assert without_claim(decided(LONGEST, stranger, claim=OWN)) is None


def test_one_with_a_claim_would_have_been_chosen_as_a_member_of_the_group() -> None:
    assert told(decided(LONGEST, Candidate(A), claim=OWN)) == {2: ("member", None)}


def test_a_claim_that_counts_no_more_would_have_done_something_only_for_one_who_was_free() -> None:
    expired = PassedOver(B, "reason.on_call", {"at": 5})
    idle = replace(decided(LONGEST, Candidate(A), Candidate(B, idle_since=AT)), lapsed=expired)
    busy = replace(decided(LONGEST, Candidate(A), others=((Candidate(B), "on_call"),)), lapsed=expired)
    stranger = replace(decided(LONGEST, Candidate(A)), lapsed=expired)
    answers = [if_claim_counted(each) for each in (idle, busy, stranger)]
    assert [each and (each.change, each.is_chosen) for each in answers] == [
        ("change.claim_counts", True),
        ("change.claim_counts", False),
        None,
    ]
