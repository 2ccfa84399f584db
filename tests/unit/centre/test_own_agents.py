"""Whose customer: the owner, else the agent of a memory, wherever they belong; and who stands in for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fs_control.calls import CallState
from fs_control.events import CallerLookedUp
from fs_control.ids import AgentId, CallId, Micros, seconds
from fs_control.records import (
    Claim,
    ClaimKind,
    Colleague,
    FlowText,
    OfferResult,
    PassedOver,
    RoutingDecision,
    ServiceNumber,
    Strategy,
)
from fs_control.testing.builders import LINE, MENU, SALES, SERVICE_LINE, loaded
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import MORNING, Play

CALLER, OTHER = "13800138000", "13900139000"
OWNER, COLLEAGUES = 9, (1, 2, 3)
ABSENT = FlowText(
    "absent",
    """
flow: absent
language: en
start: sorry
steps:
  sorry: {do: play, prompt: nobody-signed-in, next: line}
  line: {do: queue, group: sales, nobody_signed_in: end, served: end}
  end: {do: hangup}
""",
)
VALID_S = 3600
NUMBERS = (
    ServiceNumber("4001", "line", takes_memory=True, memory_valid_s=VALID_S),
    ServiceNumber("4002", "line"),
    ServiceNumber("4003", "line", takes_memory=True, absent_flow="absent"),
    ServiceNumber("4004", "menu", takes_memory=True, absent_flow="absent"),
)


def a_play(
    *signed_in: int, strategy: Strategy = Strategy.LONGEST_IDLE_TIME, colleague: Colleague = Colleague.RANDOM
) -> Play:
    """Three colleagues in `sales`, and the owner of our caller in another group."""
    groups: dict[str, Sequence[int]] = {"sales": COLLEAGUES, "service": (OWNER,)}
    play = Play(groups=groups, numbers=NUMBERS, flows=(LINE, SERVICE_LINE, MENU, ABSENT), strategy=strategy)
    directory = play.centre.directory
    sales = replace(directory.groups[SALES], colleague=colleague)
    play.tell(loaded(replace(directory, groups={**directory.groups, SALES: sales}), (LINE, SERVICE_LINE, MENU, ABSENT)))
    play.sign_in(*signed_in)
    return play


def owned(*signed_in: int, colleague: Colleague = Colleague.RANDOM) -> Play:
    play = a_play(*signed_in, colleague=colleague)
    play.callers.save(CALLER, OWNER)
    return play


def decisions(play: Play, call: CallId) -> list[RoutingDecision]:
    return [offer.decision for offer in play.live(call).record.offers]


def reason_against(decision: RoutingDecision, agent: int) -> str:
    return next(each.reason for each in decision.passed_over if each.agent == agent)


def make_busy(play: Play, agent: int) -> CallId:
    """Let an agent talk with a customer of theirs."""
    play.callers.save(OTHER, agent)
    call = play.caller("4001", OTHER)
    assert play.rung_for(call) == [agent]
    play.answer(agent)
    return call


# --- the chain ---


def test_M6_a_saved_customer_goes_to_the_owner_who_is_no_member_of_the_group() -> None:
    """Known number rings only the owner for the configured ring time."""
    play = owned(1, 2, 3, OWNER)
    call = play.caller("4001", CALLER)
    play.wait(19)
    assert play.rung_for(call) == [OWNER]
    (decision,) = decisions(play, call)
    assert (decision.rule, decision.claim) == ("claim.owner", Claim(AgentId(OWNER), ClaimKind.OWNER))
    assert {each.reason for each in decision.passed_over} == {"reason.claimed_by_another"}
    assert not decision.is_substitute


def test_M1_who_dialled_the_caller_last_is_rung() -> None:
    """Agent B calls X; X calls the service number; B is rung first."""
    play = a_play(1, 2, 3, OWNER)
    play.callers.remember(CALLER, OWNER, play.centre.at)
    call = play.caller("4001", CALLER)
    assert play.rung_for(call) == [OWNER]
    assert decisions(play, call)[0].rule == "claim.memory"


def test_M6_an_owner_stands_before_a_memory() -> None:
    play = owned(1, 2, OWNER)
    play.callers.remember(CALLER, 1, play.centre.at)
    assert play.rung_for(play.caller("4001", CALLER)) == [OWNER]


@pytest.mark.parametrize(("second", "rule"), [(-1, "claim.memory"), (1, "rule.longest_idle_time")])
def test_M2_a_memory_counts_until_it_expires_and_the_decision_names_the_expiry(second: int, rule: str) -> None:
    """One second before expiry -> B; one second after -> normal queue; the decision record names the expiry."""
    play = a_play(1, OWNER)
    expiry = Micros(MORNING + seconds(VALID_S))
    play.callers.remember(CALLER, OWNER, MORNING)
    play.wait((expiry - play.centre.at) / 1_000_000 + second)
    (decision,) = decisions(play, play.caller("4001", CALLER))
    assert decision.rule == rule
    lapsed = PassedOver(AgentId(OWNER), "reason.memory_expired", {"at": expiry})
    assert decision.lapsed == (lapsed if second > 0 else None)


def test_M4_a_number_that_takes_no_part_goes_to_the_group_and_the_decision_says_so() -> None:
    """Same customer, number A (selected) -> B; number C (not selected) -> queue."""
    play = a_play(1, 2, OWNER)
    play.callers.remember(CALLER, OWNER, play.centre.at)
    selected, other = play.caller("4001", CALLER), play.caller("4002", CALLER)
    assert (play.rung_for(selected), play.rung_for(other)) == ([OWNER], [1])
    assert decisions(play, other)[0].lapsed == PassedOver(AgentId(OWNER), "reason.number_takes_no_memory")


def test_M10_a_stranger_goes_to_whom_the_group_chooses() -> None:
    play = owned(1, 2, OWNER)
    (decision,) = decisions(play, play.caller("4001", OTHER))
    assert (decision.rule, decision.claim, decision.lapsed) == ("rule.longest_idle_time", None, None)


def test_Q2_a_returning_customer_is_looked_up_and_stays_within_the_group() -> None:
    """Caller previously served by B is offered to B although A is idle longer; ..."""
    play = Play(groups={"sales": (1, 2), "service": (3,)}, returning_customer=True)
    play.sign_in(1, 2, 3)
    play.callers.talked(CALLER, 2, play.centre.at)
    play.callers.talked(OTHER, 3, play.centre.at)
    member, outsider = play.caller("4001", CALLER), play.caller("4001", OTHER)
    assert (play.rung_for(member), play.rung_for(outsider)) == ([2], [1])
    assert reason_against(decisions(play, outsider)[0], 3) == "reason.not_in_group"
    assert not decisions(play, outsider)[0].is_substitute


def test_an_owner_whom_the_directory_has_no_more_has_no_claim() -> None:
    play = owned(1, OWNER)
    play.callers.save(CALLER, 77)
    assert play.rung_for(play.caller("4001", CALLER)) == [1]


# --- the own agent becomes free ---


def test_M6_a_waiting_customer_gets_the_owner_who_becomes_free_though_no_member() -> None:
    play = owned(OWNER)
    busy = make_busy(play, OWNER)
    call = play.caller("4001", CALLER)
    assert play.rung_for(call) == []
    play.agent_hangs_up(OWNER)
    assert busy not in play.centre.calls
    assert play.rung_for(call) == [OWNER]


def test_M6_who_waits_longest_of_several_customers_gets_the_owner() -> None:
    play = owned(OWNER)
    make_busy(play, OWNER)
    first = play.caller("4001", CALLER)
    play.wait(1)
    second = play.caller("4001", CALLER)
    play.agent_hangs_up(OWNER)
    assert (play.rung_for(first), play.rung_for(second)) == ([OWNER], [])
    play.hang_up(first)
    play.wait(1)
    assert play.rung_for(second) == [OWNER]


def test_M6_an_owner_who_signs_in_is_rung_for_a_customer_in_line() -> None:
    play = owned(1)
    stranger = play.caller("4001", OTHER)
    call = play.caller("4001", CALLER)
    play.sign_in(OWNER)
    assert (play.rung_for(stranger), play.rung_for(call)) == ([1], [OWNER])


def test_who_waits_for_nobody_but_an_owner_hears_so_when_the_owner_leaves() -> None:
    play = owned(OWNER)
    make_busy(play, OWNER)
    call = play.caller("4001", CALLER)
    assert play.state(call) is CallState.WAITING
    play.sign_out(OWNER)
    assert play.heard(call)[-1] == "nobody-signed-in"


# --- colleagues ---


def test_M7_an_owner_who_is_busy_a_colleague_drawn_at_random_stands_in() -> None:
    """On busy the call goes to another agent of the same enterprise, chosen at random."""
    drawn: set[int] = set()
    for number in range(12):
        play = owned(1, 2, 3, OWNER)
        make_busy(play, OWNER)
        call = play.caller("4001", CALLER, call=f"call-of-{number}")
        (decision,) = decisions(play, call)
        assert decision.rule == "colleague.random"
        assert decision.is_substitute
        assert reason_against(decision, OWNER) == "reason.on_call"
        drawn.add(decision.agent)
    assert drawn == set(COLLEAGUES)


FAILURES = [
    (Manner.BUSY, OfferResult.BUSY, "reason.resting"),
    (Manner.UNREGISTERED, OfferResult.UNREGISTERED, "reason.resting"),
    (Manner.UNREACHABLE, OfferResult.UNREACHABLE, "reason.resting"),
    (Manner.DECLINES, OfferResult.DECLINED, "reason.declined_this_caller"),
]


@pytest.mark.parametrize(("manner", "result", "reason"), FAILURES)
def test_M7_an_owner_who_cannot_be_reached_is_tried_once_and_then_a_colleague(
    manner: Manner, result: OfferResult, reason: str
) -> None:
    """Both attempts are in the record, with reasons."""
    play = owned(1, 2, 3, OWNER)
    play.set_phone(OWNER, manner)
    call = play.caller("4001", CALLER)
    play.wait(1)
    first, second = play.live(call).record.offers
    assert (first.agent, first.result, first.decision.rule) == (OWNER, result, "claim.owner")
    assert second.agent in COLLEAGUES
    assert second.decision.rule == "colleague.random"
    assert second.decision.claim == Claim(AgentId(OWNER), ClaimKind.OWNER)
    assert reason_against(second.decision, OWNER) == reason


def test_M7_an_owner_who_does_not_answer_is_followed_by_a_colleague() -> None:
    play = owned(1, 2, 3, OWNER)
    call = play.caller("4001", CALLER)
    play.wait(21)
    assert play.rung_for(call)[0] == OWNER
    assert play.rung_for(call)[1] in COLLEAGUES
    assert len(play.rung_for(call)) == 2


def test_M7_an_owner_who_is_not_signed_in_counts_as_busy_where_no_flow_is_chosen() -> None:
    play = owned(1)
    (decision,) = decisions(play, play.caller("4001", CALLER))
    assert (decision.rule, decision.agent) == ("colleague.random", 1)
    assert reason_against(decision, OWNER) == "reason.signed_out"


def test_M7_a_group_may_let_its_strategy_choose_the_colleague() -> None:
    play = owned(3, 1, 2, OWNER, colleague=Colleague.STRATEGY)
    make_busy(play, OWNER)
    (decision,) = decisions(play, play.caller("4001", CALLER))
    assert (decision.rule, decision.agent) == ("colleague.longest_idle_time", 3)


def test_M7_round_robin_has_had_a_turn_when_it_picked_the_colleague_and_only_then() -> None:
    for colleague, next_turn in ((Colleague.STRATEGY, 2), (Colleague.RANDOM, 1)):
        play = a_play(1, 2, 3, strategy=Strategy.ROUND_ROBIN, colleague=colleague)
        play.callers.save(CALLER, OWNER)
        play.caller("4001", CALLER)
        play.serve(play.rung[-1][0])
        assert play.rung_for(play.caller("4001", OTHER)) == [next_turn]


# --- the own agent is absent ---


def absent_steps(play: Play, call: CallId) -> list[tuple[str, str]]:
    kinds = ("own_agent_absent", "flow")
    return [(step.kind, step.detail) for step in play.live(call).record.steps if step.kind in kinds]


def test_M3_with_the_remembered_agent_signed_out_the_caller_enters_the_chosen_flow() -> None:
    """B signed out: caller enters the configured flow, not the queue; ..."""
    play = a_play(1)
    play.callers.remember(CALLER, OWNER, play.centre.at)
    call = play.caller("4003", CALLER)
    play.wait(0.1)
    assert play.heard(call) == ["nobody-signed-in"]
    assert absent_steps(play, call) == [("own_agent_absent", "809"), ("flow", "absent")]


def test_M3_it_is_done_once_in_a_call_and_then_the_agent_counts_as_busy() -> None:
    play = owned(1)
    call = play.caller("4003", CALLER)
    play.wait(5)
    assert play.rung_for(call) == [1]
    assert decisions(play, call)[0].is_substitute


def test_M3_with_the_remembered_agent_busy_a_colleague_is_rung() -> None:
    """... B online but busy: M7 applies."""
    play = owned(1, OWNER)
    make_busy(play, OWNER)
    assert play.rung_for(play.caller("4003", CALLER)) == [1]


def test_M3_a_flow_that_is_not_active_is_as_none() -> None:
    play = owned(1)
    play.tell(loaded(play.centre.directory, (LINE, MENU)))
    assert play.rung_for(play.caller("4003", CALLER)) == [1]


def test_M3_it_is_found_out_in_line_where_the_answer_comes_later() -> None:
    play = owned(1)
    play.database_hangs = True
    call = play.caller("4003", CALLER)
    play.wait(0.1)
    facts = play.callers.look_up(play.live(call).record.caller, "4003", play.centre.at)
    play.tell(CallerLookedUp(call=call, facts=facts))
    assert play.heard(call) == ["nobody-signed-in"]
    line = play.live(call).record.segments[-2]
    assert (line.kind, line.cause) == ("line", "own_agent_absent")


def test_M3_who_is_in_the_menu_goes_elsewhere_when_they_join_a_line() -> None:
    play = owned(1)
    call = play.caller("4004", CALLER)
    play.wait(3)
    play.press(call, "1")
    assert play.heard(call)[-1] == "nobody-signed-in"


def test_M3_a_stranger_is_nobodys_and_goes_to_the_line() -> None:
    play = owned(1)
    assert play.rung_for(play.caller("4003", OTHER)) == [1]


# --- what is kept ---


def test_who_waits_for_whom_is_forgotten_with_the_call() -> None:
    play = owned(OWNER)
    make_busy(play, OWNER)
    call = play.caller("4001", CALLER)
    assert play.centre.wanted[AgentId(OWNER)] == (call,)
    play.hang_up(call)
    assert not play.centre.wanted


# --- the transfer step ---


def transfer_to(*targets: int) -> FlowText:
    """Callers may reach these agents as their own; the line is that of `sales`."""
    numbers = ", ".join(f"80{agent}" for agent in targets)
    step = f"do: transfer, mode: ani, targets: [{numbers}]"
    return FlowText("line", LINE.text.replace("do: queue", step))


@pytest.mark.parametrize(("targets", "rung"), [((1, OWNER), OWNER), ((1, 2), 1)])
def test_N11_only_a_target_is_reached_as_the_callers_own_agent(targets: tuple[int, ...], rung: int) -> None:
    """... sends a known number to its owner; removing the owner's code from targets makes the owner unreachable."""
    play = owned(1, OWNER)
    play.tell(loaded(play.centre.directory, (transfer_to(*targets),)))
    call = play.caller("4001", CALLER)
    assert play.rung_for(call) == [rung]
    (decision,) = decisions(play, call)
    missed = PassedOver(AgentId(OWNER), "reason.not_a_target")
    assert decision.lapsed == (None if rung == OWNER else missed)
    assert not decision.is_substitute


def test_N11_who_is_no_target_is_not_missed_either() -> None:
    play = owned(1)
    play.tell(loaded(play.centre.directory, (transfer_to(1), ABSENT)))
    assert play.rung_for(play.caller("4003", CALLER)) == [1]


def test_N11_a_queue_step_after_it_reaches_everybody_again() -> None:
    first = "do: transfer, mode: ani, targets: [801], group: sales, wait_at_most: 5, waited_too_long: again"
    again = "  again: {do: queue, group: sales, nobody_signed_in: closed}\n  closed:"
    text = LINE.text.replace("do: queue, group: sales, wait_at_most: 600", first)
    text = text.replace(", waited_too_long: too-long", "").replace("  closed:", again, 1)
    text = text.replace("  too-long: {do: play, prompt: waited-too-long, next: end}\n", "")
    play = owned(1, OWNER)
    play.tell(loaded(play.centre.directory, (FlowText("line", text),)))
    make_busy_with_a_stranger(play)
    call = play.caller("4001", CALLER)
    play.wait(4)
    assert play.rung_for(call) == []
    play.wait(1)
    assert play.rung_for(call) == [OWNER]


def make_busy_with_a_stranger(play: Play) -> None:
    """The only colleague talks with somebody."""
    play.caller("4001", OTHER)
    play.answer(1)
