"""The rules of decisions can be broken: a wrong choice, a wrong reason and a missing one are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fs_control.centre import CallCentre, transition
from fs_control.ids import AgentId, CallId
from fs_control.records import PassedOver, RoutingDecision, Strategy
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play
from fs_control.testing.rules import broken_rules

LIES: dict[str, tuple[Strategy, Callable[[RoutingDecision], RoutingDecision]]] = {
    "A decision speaks once of every member": (
        Strategy.RANDOM,
        lambda decision: replace(decision, passed_over=decision.passed_over[:1]),
    ),
    "Who was not chosen for a state is in that state": (
        Strategy.RANDOM,
        lambda decision: replace(
            decision, passed_over=(*decision.passed_over[1:], PassedOver(AgentId(2), "reason.on_call", {"since": 0}))
        ),
    ),
    "Among those whom this caller has tried as little": (
        Strategy.LONGEST_IDLE_TIME,
        lambda decision: replace(
            decision, agent=AgentId(2), passed_over=(PassedOver(AgentId(1), "reason.equal"), decision.passed_over[1])
        ),
    ),
    "A decision keeps facts of every member": (
        Strategy.RANDOM,
        lambda decision: replace(decision, basis=None),
    ),
}


def the_ring(play: Play) -> Happening:
    """The event by which a phone was ordered to ring."""
    centre = CallCentre()
    for event in play.events:
        happening = Happening(centre, event, transition(centre, event))
        if happening.new_offers:
            return happening
        centre = happening.after
    raise AssertionError("no phone rang")


def retold(centre: CallCentre, call: CallId, lie: Callable[[RoutingDecision], RoutingDecision]) -> CallCentre:
    live = centre.calls[call]
    offer = live.record.offers[0]
    record = replace(live.record, offers=(replace(offer, decision=lie(offer.decision)),))
    return replace(centre, calls=centre.calls.set(call, replace(live, record=record)))


@pytest.mark.parametrize("rule", LIES)
def test_a_decision_that_is_not_as_it_should_be_is_named(rule: str) -> None:
    strategy, lie = LIES[rule]
    play = Play(groups={"sales": (1, 2, 3)}, strategy=strategy)
    play.sign_in(1, 2)
    call = play.caller()
    honest = the_ring(play)
    assert broken_rules(honest) == []
    result = replace(honest.result, centre=retold(honest.after, call, lie))
    assert any(each.startswith(rule) for each in broken_rules(Happening(honest.before, honest.event, result)))
