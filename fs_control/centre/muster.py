"""Who of some groups may be offered anybody at this moment, and whom the choice falls on.

Taken once for all callers who are matched in one go, because in a group of a thousand agents looking at everybody is
most of the work of a decision. Easy to break: who has just been chosen must be `taken`, or two callers would be given
one agent (Q13).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.calls import Call
from fs_control.centre.own_agent import is_kept_for_own, whose_is
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import AgentId, GroupId, Micros
from fs_control.queues import Candidate, Occasion, choose_agent, may_be_offered
from fs_control.records import FIRST_LEVEL, Claim, Group, PassedOver, RoutingDecision, Strategy

_READY: Final = AgentStatus.READY
_IDLE: Final = AgentState.IDLE
"""Looked up once, because a member of an enum is slow to find."""

REMEMBERED_REASONS: Final = 1 << 14
"""More than one for each agent of the biggest enterprise that one process serves."""


class Muster:
    """The members of some groups: who is free, and the one reason against everybody else."""

    def __init__(self, step: Step, groups: Iterable[Group]) -> None:
        self._step = step
        self._free: dict[GroupId, dict[AgentId, Candidate]] = {}
        self._unavailable: dict[GroupId, list[PassedOver]] = {}
        for group in groups:
            self._look_at(group)

    def _look_at(self, group: Group) -> None:
        agents = self._step.centre.agents
        free = self._free[group.id] = {}
        unavailable = self._unavailable[group.id] = []
        for place, agent_id in enumerate(group.members):
            agent = agents.get(agent_id)
            against = _unavailable_because(self._step, agent_id, agent)
            if against is not None:
                unavailable.append(against)
            elif agent is not None:  # and so it is: whom we know nothing of is signed out
                free[agent_id] = _candidate(group, agent, place)

    def has_free(self, group: Group) -> bool:
        """Tell whether somebody of a group is free."""
        return bool(self._free[group.id])

    @property
    def is_over(self) -> bool:
        """Tell whether nobody is free any more."""
        return not any(self._free.values())

    def take(self, agent: AgentId) -> None:
        """The agent is free no more, because an offer was made."""
        for group, free in self._free.items():
            if free.pop(agent, None) is not None:
                self._unavailable[group].append(_because(agent, "reason.reserved", "since", self._step.now))

    def decide(self, group: Group, live: LiveCall) -> RoutingDecision | None:
        """Choose for a caller among the free members of a group, and the caller's own agent wherever they belong.

        None where none of them may be offered this one, and while it is not known who calls or only the caller's own
        agent, who is busy, is waited for.
        """
        if live.being_looked_up:
            return None
        whose, call = whose_is(live, group, self._step.centre.directory), live.call
        if whose.claim is not None and is_kept_for_own(self._step.centre, live, whose.claim):
            return None
        free, unavailable = self._with_own_agent(group, whose.claim)
        declined = [
            _because(agent, "reason.declined_this_caller", "at", at)
            for agent, at in call.declined.items()
            if agent in free and not self._may_ask_again(group, agent, at)
        ]
        if len(declined) == len(free):
            return None
        candidates = _as_tried(free, call, {each.agent for each in declined})
        against, occasion = [*declined, *unavailable], self._occasion(group, call)
        return choose_agent(group.strategy, candidates, against, occasion, whose.claim, group.colleague, whose.lapsed)

    def _with_own_agent(
        self, group: Group, claim: Claim | None
    ) -> tuple[dict[AgentId, Candidate], Sequence[PassedOver]]:
        """Return who is free and the reasons against the others, with the caller's own agent if they are no member."""
        free, unavailable, centre = self._free[group.id], self._unavailable[group.id], self._step.centre
        if claim is None or not claim.kind.is_own or group.id in centre.groups_of.get(claim.agent, ()):
            return free, unavailable
        agent = centre.agents.get(claim.agent)
        against = _unavailable_because(self._step, claim.agent, agent)
        if against is not None:
            return free, [*unavailable, against]
        assert agent is not None  # nothing is against them
        return {**free, claim.agent: _candidate(group, agent, len(group.members))}, unavailable

    def _may_ask_again(self, group: Group, agent: AgentId, declined_at: Micros) -> bool:
        agents = (self._step.agent(member) for member in group.members if member != agent)
        return may_be_offered(declined_at, any(each.status is _READY for each in agents), self._step.now)

    def _occasion(self, group: Group, call: Call) -> Occasion:
        last = self._step.centre.turns.get(group.id) if group.strategy is Strategy.ROUND_ROBIN else None
        place = group.members.index(last) if last in group.members else -1
        return Occasion(last_turn=place, draw=f"{call.id}/{call.legs_made + 1}")


def _as_tried(free: dict[AgentId, Candidate], call: Call, without: set[AgentId]) -> list[Candidate]:
    """Return the free as candidates for a caller, who may have tried some of them."""
    return [
        replace(each, tried=call.tried[agent]) if agent in call.tried else each
        for agent, each in free.items()
        if agent not in without
    ]


def _candidate(group: Group, agent: Agent, place: int) -> Candidate:
    return Candidate(
        agent=agent.id,
        place=place,
        level=group.levels.get(agent.id, FIRST_LEVEL),
        idle_since=agent.idle_since,
        idle_state_since=agent.idle_state_since,
        calls_today=agent.calls_today,
        inbound_today=agent.inbound_today,
    )


def _unavailable_because(step: Step, agent_id: AgentId, agent: Agent | None) -> PassedOver | None:
    """Return the one reason why an agent cannot be offered anybody now, or None."""
    if agent is None or agent.status is not _READY:
        return _because(agent_id, "reason.signed_out")
    if agent.state is not _IDLE:
        return _because(agent_id, "reason." + agent.state, "since", agent.state_since)
    profile = step.centre.directory.agents.get(agent_id)
    if profile is None or profile.phone is None:
        return _because(agent_id, "reason.no_phone")
    if agent.rest is not None and agent.rests(step.now):
        return _because(agent_id, "reason.resting", "until", agent.rest.until)
    if step.centre.phones.get(profile.phone) is False:
        return _because(agent_id, "reason.phone_unregistered")
    return None


@lru_cache(maxsize=REMEMBERED_REASONS)
def _because(agent: AgentId, reason: str, word: str = "", moment: Micros | None = None) -> PassedOver:
    """Make a reason, once for all decisions in which it is the same: many records hold it, and each is a value."""
    return PassedOver(agent, reason, {word: moment} if moment is not None else {})
