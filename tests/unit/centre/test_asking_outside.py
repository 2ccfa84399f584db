"""Customers handed on to somebody outside, and people outside who are asked: right, rules, limits and money (O4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.calls import CallState, TalkState
from fs_control.commands import DialOut, RaiseAlarm, RingColleague
from fs_control.events import CallCrashed
from fs_control.ids import CallId
from fs_control.records import Action, DialLimits, DialRule, Gateway, NumberForm, Right
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.talk_rules import Talks

OUTSIDE = "02112345678"
CUSTOMER = "13912345678"
COSTS = (DialRule("+86", allowed=True, cost=100),)


def a_talk(rights: frozenset[Right] = frozenset(Right), **fields: object) -> tuple[Talks, CallId]:
    """Agent 1 has a customer, and may dial unless `rights` say something else."""
    directory = replace(a_directory(), dial_rules=COSTS)
    directory = replace(directory, **fields)  # type: ignore[arg-type]
    agents = {key: replace(agent, rights=rights) for key, agent in directory.agents.items()}
    talks = Talks()
    talks.tell(loaded(replace(directory, agents=agents)))
    talks.sign_in(1)
    call = talks.customer()
    talks.wait(1)
    talks.picks_up("1001")
    talks.wait(1)
    return talks, call


def spent(talks: Talks) -> tuple[int, int]:
    """What agent 1 and everybody have spent."""
    of = talks.centre.dials.of
    return of("agent:1").spent_today, of("enterprise").spent_today


def is_idle(talks: Talks) -> bool:
    """Nothing is paid any more, and no gateway is taken."""
    return not talks.centre.dials.calls and not talks.timers("charge")


@pytest.mark.parametrize("action", [Action.CONSULT, Action.TRANSFER])
def test_without_the_right_to_dial_nobody_outside_is_asked_or_handed_a_customer(action: Action) -> None:
    talks, call = a_talk(frozenset({Right.CALL}))
    assert talks.asks(1, action, OUTSIDE) == "dial_no_right"
    assert talks.state(call) is CallState.TALKING
    assert not [each for each in talks.commands if isinstance(each, RingColleague | DialOut)]


@pytest.mark.parametrize("action", [Action.CONSULT, Action.TRANSFER])
def test_numbers_that_may_not_be_dialled_raise_the_alarm_of_dialling(action: Action) -> None:
    talks, _ = a_talk()
    assert [talks.asks(1, action, "+442079460000") for _ in range(5)] == ["dial_abroad"] * 5
    assert [each.code for each in talks.commands if isinstance(each, RaiseAlarm)] == ["alarm.dial_barred"]


@pytest.mark.parametrize("action", [Action.CONSULT, Action.TRANSFER])
def test_who_is_rung_outside_counts_among_what_the_agent_dials(action: Action) -> None:
    talks, _ = a_talk(agent_limits=DialLimits(per_hour=1))
    assert talks.asks(1, action, OUTSIDE) is None
    talks.wait(1)
    assert talks.centre.dials.of("agent:1").today == 1
    talks.puts_down(OUTSIDE)
    talks.wait(1)
    if action is Action.TRANSFER:  # the customer comes back
        talks.picks_up("1001")
    talks.wait(1)
    assert talks.asks(1, action, OUTSIDE) == "dial_limit_per_hour_agent"
    assert is_idle(talks)


def test_who_is_asked_outside_costs_from_the_answer_until_they_leave() -> None:
    talks, call = a_talk()
    assert talks.asks(1, Action.CONSULT, OUTSIDE) is None
    talks.wait(5)
    assert spent(talks) == (0, 0)
    talks.picks_up(OUTSIDE)
    talks.wait(130)
    assert spent(talks) == (300, 300)
    talks.puts_down(OUTSIDE)
    talks.wait(300)
    assert (talks.live(call).call.talk.state, spent(talks)) == (TalkState.TALKING, (300, 300))
    assert is_idle(talks)


def test_who_is_asked_outside_and_let_go_of_costs_no_more() -> None:
    talks, _ = a_talk()
    talks.asks(1, Action.CONSULT, OUTSIDE)
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.wait(1)
    assert talks.asks(1, Action.CANCEL) is None
    talks.wait(300)
    assert spent(talks) == (100, 100)
    assert is_idle(talks)


def test_a_customer_who_was_handed_over_outside_costs_on_on_the_agents_account() -> None:
    talks, call = a_talk()
    talks.asks(1, Action.CONSULT, OUTSIDE)
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.wait(30)
    assert talks.asks(1, Action.COMPLETE) is None
    talks.wait(100)
    assert (talks.state(call), spent(talks)) == (CallState.OUTSIDE, (300, 300))
    talks.puts_down(OUTSIDE)
    talks.wait(300)
    assert spent(talks) == (300, 300)
    assert is_idle(talks)


def test_a_customer_who_is_sent_outside_costs_on_the_agents_account() -> None:
    talks, call = a_talk()
    assert talks.asks(1, Action.TRANSFER, OUTSIDE) is None
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.wait(70)
    assert (talks.state(call), spent(talks)) == (CallState.OUTSIDE, (200, 200))
    talks.customers_leave()
    talks.wait(300)
    assert spent(talks) == (200, 200)
    assert is_idle(talks)


def test_a_customer_whom_an_agent_has_called_and_who_is_asked_outside_cost_each() -> None:
    talks, _ = a_talk(caller_id="02161234567")
    talks.customers_leave()
    talks.wait(200)
    assert talks.asks(1, Action.DIAL, CUSTOMER) is None
    talks.picks_up(CUSTOMER)
    talks.wait(1)
    talks.picks_up("1001")
    talks.wait(1)
    assert talks.asks(1, Action.CONSULT, OUTSIDE) is None
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.wait(1)
    assert (spent(talks), len(talks.centre.dials.calls)) == ((200, 200), 2)
    assert talks.asks(1, Action.CANCEL) is None
    talks.wait(70)
    assert (spent(talks), len(talks.centre.dials.calls)) == ((300, 300), 1)


def test_a_call_that_is_forgotten_after_crashes_costs_no_more() -> None:
    talks, call = a_talk()
    talks.asks(1, Action.CONSULT, OUTSIDE)
    talks.wait(1)
    talks.picks_up(OUTSIDE)
    talks.crash(call, attempt=CallCrashed.LAST_ATTEMPT)
    talks.wait(130)
    assert spent(talks) == (100, 100)
    assert is_idle(talks)


def test_a_number_is_the_same_one_when_it_is_judged_again_in_whatever_form_its_gateway_wants_it() -> None:
    """As digits alone, 13525550123 would be a mobile number at home."""
    ways = (Gateway("local"), Gateway("intl", form=NumberForm.DIGITS))
    rules = (DialRule("US", allowed=True, gateway="intl"),)
    talks, _ = a_talk(gateways=ways, dial_rules=rules)
    assert talks.asks(1, Action.TRANSFER, "+13525550123") is None
    talks.wait(1)
    (order,) = [each for each in talks.commands if isinstance(each, DialOut)]
    assert (order.number, order.gateway) == ("13525550123", "intl")


def test_who_is_asked_outside_and_still_rings_is_the_same_one_for_the_customer() -> None:
    ways = (Gateway("local"), Gateway("intl", form=NumberForm.DIGITS))
    rules = (DialRule("US", allowed=True, gateway="intl"),)
    talks, _ = a_talk(gateways=ways, dial_rules=rules)
    assert talks.asks(1, Action.CONSULT, "+13525550123") is None
    talks.wait(1)
    assert talks.asks(1, Action.COMPLETE) is None
    talks.wait(1)
    (order,) = [each for each in talks.commands if isinstance(each, DialOut)]
    assert (order.number, order.gateway) == ("13525550123", "intl")
