"""Somebody leaves, or changes their mind, in the very moment in which the switch does what was wanted (C2, C3, C4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState, TalkState
from fs_control.ids import AgentId, CallId
from fs_control.records import Action, AgentDefaults
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.talk_rules import Talks

OUTSIDE = "13900139000"
TICKS = 0.06
"""How long the switch takes for what it is told."""


def consulting(slowness_s: float = 0.0) -> tuple[Talks, CallId]:
    """Agent 1 has a customer, who hears music, and speaks with agent 2."""
    talks = Talks(slowness_s)
    talks.sign_in(1, 2)
    call = talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    assert talks.asks(1, Action.CONSULT, "802") is None
    talks.wait(1)
    talks.picks_up("1002")
    talks.wait(1)
    return talks, call


def partner_of(talks: Talks, call: CallId) -> str | None:
    """The phone that the customer hears."""
    (join,) = [join for join in talks.switch.joins if talks.live(call).call.leg in (join.one, join.other)]
    return talks.switch.legs[join.partner_of(talks.live(call).call.leg)].phone


def test_C4_who_asked_leaves_in_the_moment_of_the_join_and_the_colleague_has_the_customer() -> None:
    talks, call = consulting(TICKS)
    assert talks.asks(1, Action.JOIN) is None
    talks.puts_down("1001")
    talks.wait(0.5)
    assert partner_of(talks, call) == "1002"
    assert (talks.state(call), talks.live(call).call.talk.state) == (CallState.TALKING, TalkState.TALKING)
    talks.check_the_end()


def test_C4_who_resumes_and_asks_a_colleague_at_once_has_to_wait_until_the_two_are_joined() -> None:
    talks = Talks(TICKS)
    talks.sign_in(1, 2)
    call = talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    for action in (Action.HOLD, Action.RESUME):
        assert talks.asks(1, action) is None
    assert talks.asks(1, Action.CONSULT, "802") == "call_is_changing"
    talks.wait(1)
    assert talks.asks(1, Action.CONSULT, "802") is None
    talks.wait(1)
    talks.picks_up("1002")
    talks.wait(1)
    assert talks.live(call).call.talk.state is TalkState.CONSULTING
    talks.check_the_end()


def test_C2_who_resumes_and_hangs_up_at_once_has_to_wait_for_the_join_or_it_would_cost_the_customer_the_call() -> None:
    talks = Talks(TICKS)
    talks.sign_in(1)
    call = talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    for action in (Action.HOLD, Action.RESUME):
        assert talks.asks(1, action) is None
    talks.wait(TICKS * 1.5)
    assert talks.live(call).call.talk.joining
    assert talks.asks(1, Action.HANG_UP) == "call_is_changing"
    talks.wait(1)
    assert talks.asks(1, Action.HANG_UP) is None
    talks.check_the_end()


@pytest.mark.parametrize("wrap_up_s", [0.0, 30.0])
def test_C3_a_customer_whom_nobody_takes_comes_back_to_the_agent_who_is_still_at_the_work_after_it(
    wrap_up_s: float,
) -> None:
    talks = Talks()
    directory = a_directory({"sales": (1,), "service": (2,)})
    talks.tell(loaded(replace(directory, defaults=AgentDefaults(wrap_up_s=wrap_up_s))))
    talks.sign_in(1, 2)
    call = talks.customer()
    talks.picks_up("1001")
    assert talks.asks(1, Action.TRANSFER, "802") is None
    talks.puts_down("1002")
    assert talks.rung_for(call) == [1, 2, 1]
    talks.picks_up("1001")
    assert partner_of(talks, call) == "1001"
    talks.check_the_end()


def test_C3_a_customer_does_not_come_back_to_a_phone_that_is_gone() -> None:
    talks = Talks()
    talks.sign_in(1, 2)
    call = talks.customer()
    talks.picks_up("1001")
    assert talks.asks(1, Action.TRANSFER, "802") is None
    talks.unregister(1)
    talks.puts_down("1002")
    assert talks.rung_for(call) == [1, 2]
    assert talks.state(call) is CallState.WAITING
    assert talks.centre.agents[AgentId(1)].state is AgentState.IDLE
    talks.check_the_end()


def test_C4_who_asks_a_colleague_and_leaves_before_the_phone_rings_lets_nobody_wait() -> None:
    """No leg of the colleague ever is, so that its end is never told."""
    talks = Talks(TICKS)
    talks.sign_in(1, 2)
    call = talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    talks.wait(1)
    assert talks.asks(1, Action.CONSULT, "802") is None
    talks.puts_down("1001")
    talks.wait(2)
    assert talks.rung_for(call) == [1, 2]
    talks.picks_up("1002")
    assert partner_of(talks, call) == "1002"
    talks.check_the_end()


def test_C4_a_customer_who_leaves_while_we_are_deaf_frees_the_agent_who_had_handed_over_to_somebody_outside() -> None:
    talks = Talks(TICKS)
    talks.sign_in(1)
    talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    talks.wait(1)
    assert talks.asks(1, Action.CONSULT, OUTSIDE) is None
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.wait(1)
    talks.lose_link()
    assert talks.asks(1, Action.COMPLETE) is None
    talks.customers_leave()
    talks.find_link()
    talks.wait(60)
    assert talks.centre.agents[AgentId(1)].state is AgentState.IDLE
    talks.check_the_end()
