"""Who is offered which caller: longest idle time, several groups, and why not the others."""

from __future__ import annotations

from fs_control.calls import CallState
from fs_control.ids import CallId
from fs_control.records import PassedOver
from fs_control.testing.play import Play

BOTH = {"sales": (1, 2), "service": (2, 3)}
SALES_NUMBER, MENU_NUMBER = "4001", "4002"


def waits_in_service(play: Play) -> CallId:
    """A caller who heard the greeting and chose 2."""
    call = play.caller(MENU_NUMBER)
    play.wait(3)
    play.press(call, "2")
    return call


def test_Q6_longest_idle_time_is_since_the_last_call_and_not_since_becoming_idle() -> None:
    """Agent whose last call ended earliest is offered, even if they went busy→idle a moment ago."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    play.caller()
    play.caller()
    play.serve(1, talk_s=5)
    play.serve(2, talk_s=5)
    play.wait(1)
    leaves_again = play.caller()
    assert play.rung_for(leaves_again) == [1]
    play.wait(1)
    play.hang_up(leaves_again)
    assert play.agent(1).state_since > play.agent(2).state_since  # idle only now
    assert play.rung_for(play.caller()) == [1]


def test_Q6_longest_idle_time_of_one_without_a_call_counts_from_the_sign_in() -> None:
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(3, 1, 2)
    assert [play.rung_for(play.caller()) for _ in range(3)] == [[3], [1], [2]]


def test_Q6_longest_idle_time_is_taken_by_our_clock_however_wrong_the_switchs_is() -> None:
    play = Play(groups={"sales": (1, 2)}, switch_ahead_s=3600)
    play.sign_in(1)
    play.caller()
    play.serve(1)
    play.sign_in(2)
    assert play.rung_for(play.caller()) == [1]


def test_Q6_longest_idle_time_prefers_one_whom_this_caller_has_not_tried() -> None:
    """No answer goes on to the next, also when the phone that nobody answers is idle for longest."""
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(1, 2, 3)
    call = play.caller()
    play.wait(60)
    assert play.rung_for(call) == [1, 2, 3, 1]


def test_Q1_an_agent_in_two_groups_is_offered_calls_from_both() -> None:
    """An agent in two queues is offered calls from both."""
    play = Play(groups=BOTH)
    play.sign_in(2)
    from_sales = play.caller(SALES_NUMBER)
    play.serve(2)
    from_service = waits_in_service(play)
    assert play.rung == [(2, from_sales), (2, from_service)]


def test_Q1_the_caller_who_waited_longest_across_the_groups_comes_first() -> None:
    play = Play(groups=BOTH)
    play.sign_in(2)
    busy = play.caller(SALES_NUMBER)
    play.answer(2)
    first = waits_in_service(play)
    play.wait(1)
    second = play.caller(SALES_NUMBER)
    play.wait(1)
    third = waits_in_service(play)
    for _ in range(3):
        play.agent_hangs_up(2)
        play.answer(2)
    assert play.rung == [(2, busy), (2, first), (2, second), (2, third)]


def test_Q1_a_group_whose_agents_are_busy_does_not_hold_up_another_group() -> None:
    play = Play(groups=BOTH)
    play.sign_in(1)
    play.caller(SALES_NUMBER)
    play.answer(1)
    waiting = play.caller(SALES_NUMBER)
    play.sign_in(3)
    served = waits_in_service(play)
    assert play.state(waiting) is CallState.WAITING
    assert play.rung_for(served) == [3]


def test_Q13_two_callers_at_once_never_get_one_agent() -> None:
    """A call is never given to a busy agent."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    first, second = play.caller(), play.caller()
    assert play.rung == [(1, first)]
    assert play.state(second) is CallState.WAITING
    play.serve(1)
    assert play.rung == [(1, first), (1, second)]


def test_Q13_a_busy_agent_is_skipped_for_an_idle_one() -> None:
    """It is given to another idle one."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    first, second = play.caller(), play.caller()
    assert play.rung == [(1, first), (2, second)]


def test_a_decision_names_the_rule_and_for_every_other_member_the_one_reason_against() -> None:
    play = Play(groups={"sales": (1, 2, 3, 4)})
    play.sign_in(1, 2, 3)
    play.caller()
    play.answer(1)
    play.unregister(3)
    call = play.caller()
    decision = play.live(call).record.offers[0].decision
    assert (decision.rule, decision.agent) == ("rule.longest_idle_time", 2)
    assert decision.passed_over == (
        PassedOver(1, "reason.on_call", {"since": play.agent(1).state_since}),  # type: ignore[arg-type]  # ids are numbers
        PassedOver(3, "reason.phone_unregistered"),  # type: ignore[arg-type]
        PassedOver(4, "reason.signed_out"),  # type: ignore[arg-type]
    )


def test_an_agent_who_signs_in_takes_the_first_of_the_line() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller()
    play.answer(1)
    first, _ = play.caller(), play.caller()
    play.sign_in(2)
    assert play.rung[-1] == (2, first)
