"""The strategies at work: what agents do all day, and who is rung next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.centre.today import MIDNIGHT
from fs_control.commands import LookUpDay
from fs_control.ids import AgentId, CallId, Micros, seconds
from fs_control.queues import decide_again
from fs_control.records import PassedOver, RoutingDecision, Strategy
from fs_control.runtime.codec import decode_head, encode_head
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.play import DAY, Play, day_at

THREE = {"sales": (1, 2, 3)}
WITH_MENU = {**THREE, "service": ()}


def decision_for(play: Play, call: CallId) -> RoutingDecision:
    return play.live(call).record.offers[-1].decision


def reasons(decision: RoutingDecision) -> dict[int, str]:
    return {each.agent: each.reason.removeprefix("reason.") for each in decision.passed_over}


def serve_callers(play: Play, callers: int) -> list[AgentId]:
    """Let callers come one after the other, each served by whoever is rung; returns who that was."""
    served: list[AgentId] = []
    for _ in range(callers):
        call = play.caller()
        served += play.rung_for(call)
        play.serve(served[-1])
    return served


def have_dialled(play: Play, agent: int, times: int) -> None:
    """Let an agent have dialled out so often today."""
    known = replace(play.agent(agent), outbound_today=times)
    play.centre = replace(play.centre, agents=play.centre.agents.set(known.id, known))


def restart(play: Play) -> None:
    """The process ends and another one begins with what is on the disk."""
    play.centre = decode_head(encode_head(1, play.centre))[0]
    play.tell(loaded(play.centre.directory))


# --- Q3 ---


def test_Q3_round_robin_ten_calls_over_three_idle_agents_also_after_a_restart() -> None:
    """10 calls over 3 idle agents give 4/3/3 in fixed turn order, also after a restart."""
    play = Play(groups={"sales": (2, 3, 1)}, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2, 3)
    first = serve_callers(play, 4)
    restart(play)
    assert first + serve_callers(play, 6) == [2, 3, 1, 2, 3, 1, 2, 3, 1, 2]


def test_Q3_round_robin_passes_over_the_busy_who_get_no_second_turn_for_it() -> None:
    play = Play(groups=THREE, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2, 3)
    serve_callers(play, 1)
    play.sign_out(2)
    assert serve_callers(play, 1) == [3]
    play.sign_in(2)
    call = play.caller()
    assert reasons(decision_for(play, call)) == {2: "later_in_turn", 3: "later_in_turn"}
    assert play.rung_for(call) == [1]


def test_Q3_round_robin_an_unanswered_ring_was_a_turn() -> None:
    play = Play(groups=THREE, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2, 3)
    play.caller()
    play.decline(1)
    play.serve(2)
    assert serve_callers(play, 2) == [3, 1]


def test_Q3_each_group_has_turns_of_its_own() -> None:
    play = Play(groups={"sales": (1, 2), "service": (1, 2)}, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2)
    assert serve_callers(play, 1) == [1]
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "2")
    assert play.rung_for(call) == [1]


def test_Q3_the_turn_goes_on_where_it_was_when_the_directory_changes() -> None:
    play = Play(groups=THREE, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2, 3)
    serve_callers(play, 2)
    play.tell(loaded(a_directory({"sales": (1, 3)}, strategy=Strategy.ROUND_ROBIN)))
    assert serve_callers(play, 2) == [3, 1]


def test_Q3_turns_are_forgotten_with_the_strategy() -> None:
    play = Play(groups=THREE, strategy=Strategy.ROUND_ROBIN)
    play.sign_in(1, 2, 3)
    serve_callers(play, 1)
    play.tell(loaded(a_directory(THREE, strategy=Strategy.RANDOM)))
    assert not play.centre.turns


# --- Q4, Q5 and the day ---


def test_Q4_fewest_calls_today_and_a_tie_goes_to_the_longer_idle() -> None:
    """The agent with the lowest count today is offered; a tie goes to the longer idle one."""
    play = Play(groups=THREE, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(2, 1, 3)
    assert serve_callers(play, 4) == [2, 1, 3, 2]
    assert [play.agent(agent).calls_today for agent in (1, 2, 3)] == [1, 2, 1]


def test_Q5_fewest_inbound_calls_differs_from_Q4_when_an_agent_dials() -> None:
    """Agent with 1 inbound + 9 outbound beats agent with 2 inbound + 0 outbound (Q4 would pick the other)."""
    rung: dict[Strategy, list[AgentId]] = {}
    for strategy in (Strategy.FEWEST_INBOUND_CALLS, Strategy.FEWEST_CALLS):
        play = Play(groups={"sales": (1, 2)}, strategy=strategy)
        play.sign_in(2)
        serve_callers(play, 2)
        play.sign_out(2)
        play.sign_in(1)
        serve_callers(play, 1)
        have_dialled(play, 1, times=9)
        play.sign_in(2)
        rung[strategy] = play.rung_for(play.caller())
    assert rung == {Strategy.FEWEST_INBOUND_CALLS: [1], Strategy.FEWEST_CALLS: [2]}


def test_Q4_an_offer_that_came_to_nothing_is_no_call() -> None:
    play = Play(groups={"sales": (1,)}, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1)
    play.caller()
    play.decline(1)
    assert play.agent(1).calls_today == 0


def test_Q4_counting_begins_anew_at_midnight_and_not_before() -> None:
    """The agent with the lowest count *today* is offered."""
    play = Play(groups=THREE, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1, 2, 3)
    serve_callers(play, 3)
    today, at = play.centre.today, play.centre.at
    have_dialled(play, 1, times=2)
    play.wait((DAY - at % DAY) / seconds(1) - 60)
    assert (play.centre.today, play.agent(1).calls_today) == (today, 3)
    play.wait(60)
    assert play.centre.today != today
    assert [play.agent(agent).calls_today for agent in (1, 2, 3)] == [0, 0, 0]


def test_Q4_a_restart_within_the_day_keeps_the_counts_and_the_midnight() -> None:
    play = Play(groups=THREE, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1, 2, 3)
    serve_callers(play, 1)
    midnight = dict(play.centre.timers)[MIDNIGHT]
    restart(play)
    assert play.agent(1).calls_today == 1
    assert play.centre.timers[MIDNIGHT] == midnight


def test_Q4_the_same_day_told_again_keeps_the_counts() -> None:
    play = Play(groups=THREE, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1, 2, 3)
    serve_callers(play, 1)
    play.tell(day_at(play.centre.at))
    assert play.agent(1).calls_today == 1


def test_Q4_a_new_time_zone_asks_for_the_day_anew() -> None:
    play = Play(groups=THREE)
    play.tell(loaded(replace(play.centre.directory, time_zone="America/New_York")))
    asked = [command for command in play.commands if isinstance(command, LookUpDay)]
    assert [each.time_zone for each in asked] == ["Asia/Shanghai", "America/New_York"]


def test_Q4_a_day_that_nobody_told_the_end_of_is_asked_for_at_the_next_start() -> None:
    play = Play(groups=THREE)
    play.centre = replace(play.centre, timers=play.centre.timers.delete(MIDNIGHT))
    restart(play)
    assert MIDNIGHT in play.centre.timers


def test_Q4_a_call_counts_in_the_day_in_which_the_two_were_joined() -> None:
    play = Play(groups={"sales": (1,)}, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    play.wait(DAY / seconds(1))
    play.agent_hangs_up(1)
    assert play.agent(1).calls_today == 0


# --- Q7 ---


@pytest.mark.parametrize(("strategy", "expected"), [(Strategy.LONGEST_IDLE_TIME, 1), (Strategy.LONGEST_IDLE_STATE, 2)])
def test_Q7_who_was_away_moves_to_the_end_under_Q7_but_not_under_Q6(strategy: Strategy, expected: int) -> None:
    """After a break, the same agent moves to the end under Q7 but not under Q6 (one test, two strategies)."""
    play = Play(groups={"sales": (1, 2)}, strategy=strategy)
    play.sign_in(1, 2)
    serve_callers(play, 2)
    play.sign_out(1)
    play.wait(60)
    play.sign_in(1)
    assert play.rung_for(play.caller()) == [expected]


# --- Q8 ---


def test_Q8_random_never_takes_an_agent_who_is_not_idle_and_takes_all_who_are() -> None:
    """Seeded random over idle agents; never an agent that is not idle."""
    play = Play(groups={"sales": (1, 2, 3, 4)}, strategy=Strategy.RANDOM)
    play.sign_in(1, 2, 3)
    play.caller()
    busy = play.rung[0][0]
    play.answer(busy)
    assert set(serve_callers(play, 20)) == {1, 2, 3} - {busy}


def test_Q8_random_is_drawn_by_call_and_offer_so_that_the_same_day_happens_again() -> None:
    plays = [Play(groups=THREE, strategy=Strategy.RANDOM) for _ in range(2)]
    for play in plays:
        play.sign_in(1, 2, 3)
        serve_callers(play, 10)
    assert plays[0].rung == plays[1].rung
    assert plays[0].centre == plays[1].centre


# --- by level ---


def test_top_down_goes_down_a_level_only_when_nobody_above_is_free() -> None:
    play = Play(groups={"sales": (1, 2, 3)}, strategy=Strategy.TOP_DOWN, levels={3: 1, 1: 2, 2: 2})
    play.sign_in(1, 2, 3)
    calls = [play.caller() for _ in range(3)]
    assert [play.rung_for(call) for call in calls] == [[3], [1], [2]]
    assert reasons(decision_for(play, calls[0])) == {1: "lower_level_available", 2: "lower_level_available"}
    assert reasons(decision_for(play, calls[1])) == {2: "later_in_list", 3: "ringing"}


# --- Q2 ---


def waits_in_menu(play: Play, served_before_by: int) -> CallId:
    """A caller whom an agent has served before, and who is still hearing the menu."""
    call = play.caller("4002")
    play.wait(3)
    known = replace(play.live(call), served_before_by=AgentId(served_before_by))
    play.centre = replace(play.centre, calls=play.centre.calls.set(call, known))
    return call


def test_Q2_the_agent_who_served_the_caller_before_is_offered_though_another_is_idle_longer() -> None:
    """Caller previously served by B is offered to B although A is idle longer; ..."""
    play = Play(groups=WITH_MENU, returning_customer=True)
    play.sign_in(1, 2, 3)
    call = waits_in_menu(play, served_before_by=2)
    play.press(call, "1")
    assert play.rung_for(call) == [2]
    decision = decision_for(play, call)
    assert (decision.rule, reasons(decision)) == (
        "claim.returning_customer",
        {1: "claimed_by_another", 3: "claimed_by_another"},
    )


def test_Q2_where_that_agent_is_not_ready_the_strategy_decides_and_the_record_says_so() -> None:
    """... if B is not ready the base strategy applies, and the decision record says so."""
    play = Play(groups=WITH_MENU, returning_customer=True)
    play.sign_in(1, 2)
    play.caller()
    play.serve(1)
    play.caller()
    play.answer(2)
    call = waits_in_menu(play, served_before_by=2)
    play.press(call, "1")
    decision = decision_for(play, call)
    assert (decision.rule, decision.agent) == ("rule.longest_idle_time", 1)
    assert decision.claim is not None
    assert decision.claim.agent == 2
    busy = PassedOver(AgentId(2), "reason.on_call", {"since": play.agent(2).state_since})
    assert decision.passed_over == (busy, PassedOver(AgentId(3), "reason.signed_out"))


def test_Q2_a_group_that_does_not_want_it_asks_its_strategy() -> None:
    play = Play(groups=WITH_MENU)
    play.sign_in(1, 2, 3)
    call = waits_in_menu(play, served_before_by=2)
    play.press(call, "1")
    assert play.rung_for(call) == [1]


def test_Q2_who_is_chosen_by_a_claim_has_not_had_a_turn() -> None:
    play = Play(groups=WITH_MENU, strategy=Strategy.ROUND_ROBIN, returning_customer=True)
    play.sign_in(1, 2, 3)
    serve_callers(play, 1)
    call = waits_in_menu(play, served_before_by=3)
    play.press(call, "1")
    play.serve(3)
    assert play.rung_for(call) == [3]
    assert serve_callers(play, 1) == [2]


# --- the reasons beside their codes ---


def test_a_reason_says_since_when_until_when_or_at_what_moment() -> None:
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(1, 2, 3)
    call = play.caller()
    play.decline(1)
    declined_at = Micros(play.centre.at)
    play.wait(20)
    assert play.rung_for(call) == [1, 2, 3]
    assert decision_for(play, call).passed_over == (
        PassedOver(AgentId(1), "reason.declined_this_caller", {"at": declined_at}),
        PassedOver(AgentId(2), "reason.resting", {"until": Micros(play.centre.at + seconds(10))}),
    )


def test_of_one_who_has_just_declined_this_caller_that_is_said_and_not_that_the_phone_rests() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.decline(1)
    (passed,) = decision_for(play, call).passed_over
    assert (passed.reason, play.agent(1).rests(play.centre.at)) == ("reason.declined_this_caller", True)


# --- what a decision keeps ---


def test_a_decision_keeps_what_was_known_of_every_member_and_can_be_made_again() -> None:
    play = Play(groups=THREE, strategy=Strategy.FEWEST_CALLS)
    play.sign_in(1, 2)
    have_dialled(play, 2, 4)
    call = play.caller()
    play.decline(1)
    decision = decision_for(play, call)
    basis = decision.basis
    assert basis is not None
    assert [(each.agent, each.place, each.calls_today) for each in basis.free] == [(2, 1, 4)]
    assert [(each.agent, each.tried, each.idle_state_since) for each in basis.others] == [
        (1, 1, play.agent(1).state_since),
        (3, 0, 0),
    ]
    assert (basis.strategy, basis.at, basis.last_turn) == (Strategy.FEWEST_CALLS, play.centre.at, -1)
    assert decide_again(decision) == decision
