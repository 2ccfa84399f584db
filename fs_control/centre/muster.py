"""Who of some groups may be offered anybody at this moment, and whom the choice falls on.

Taken once for all callers who are matched in one go, because in a group of a thousand agents looking at everybody is
most of the work of a decision. Easy to break: who has just been chosen must be `taken`, or two callers would be given
one agent (Q13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.calls import Call
from fs_control.centre import answering
from fs_control.centre.answering import NO_PHONE, NOWHERE, Places, places_of
from fs_control.centre.own_agent import is_kept_for_own, whose_is
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import NEVER, AgentId, GroupId, Micros
from fs_control.queues import Candidate, Occasion, because, choose_agent, may_be_offered
from fs_control.records import (
    FIRST_LEVEL,
    NO_PLACE,
    Basis,
    Claim,
    Directory,
    Group,
    PassedOver,
    RoutingDecision,
    Strategy,
)

_READY: Final = AgentStatus.READY
_IDLE: Final = AgentState.IDLE
"""Looked up once, because a member of an enum is slow to find."""

REMEMBERED_GROUPS: Final = 1 << 10
"""More than the biggest enterprise has."""


class Muster:
    """The members of some groups: who is free, and the one reason against everybody else."""

    def __init__(self, step: Step, groups: Iterable[Group]) -> None:
        self._step = step
        self._free: dict[GroupId, dict[AgentId, Candidate]] = {}
        self._unavailable: dict[GroupId, list[PassedOver]] = {}
        self._others: dict[GroupId, list[Candidate]] = {}
        for group in groups:
            self._look_at(group)

    def _look_at(self, group: Group) -> None:
        directory, agents = self._step.centre.directory, self._step.centre.agents
        seen = _seen_in(directory, group)
        free = self._free[group.id] = {}
        unavailable = self._unavailable[group.id] = []
        others = self._others[group.id] = []
        for place, agent_id in enumerate(group.members):
            agent = agents.get(agent_id)
            known = seen.get(agent_id)
            if known is None or known.agent is not agent:
                known = seen[agent_id] = _look(directory, group, place, agent_id, agent)
            against = known.against or _against_now(self._step, known)
            if against is not None:
                unavailable.append(against)
                others.append(known.facts)
            else:
                free[agent_id] = known.facts

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
            facts = free.pop(agent, None)
            if facts is not None:
                self._unavailable[group].append(because(agent, "reason.reserved", "since", self._step.now))
                self._others[group].append(facts)

    def decide(self, group: Group, live: LiveCall) -> RoutingDecision | None:
        """Choose for a caller among the free members of a group, and the caller's own agent wherever they belong.

        None where none of them may be offered this one, and while it is not known who calls or only the caller's own
        agent, who is busy, is waited for.
        """
        if live.being_looked_up or is_kept_for_own(self._step.centre, live):
            return None
        whose, call = whose_is(live, group, self._step.centre.directory), live.call
        free, against, others = self._with_own_agent(group, whose.claim)
        declined = [
            because(agent, "reason.declined_this_caller", "at", at)
            for agent, at in call.declined.items()
            if agent in free and not self._may_ask_again(group, agent, at)
        ]
        if len(declined) == len(free):
            return None
        unavailable = [*declined, *self._said_to(call, group, against)]
        decliners = {each.agent for each in declined}
        willing = [each for each in free.values() if each.agent not in decliners] if decliners else free.values()
        candidates = _as_tried(willing, call)
        others = _as_tried([*(free[each.agent] for each in declined), *others], call)
        occasion = self._occasion(group, call)
        decision = choose_agent(
            group.strategy, candidates, unavailable, occasion, whose.claim, group.colleague, whose.lapsed
        )
        assert decision is not None  # somebody is free who did not decline
        return replace(decision, basis=self._basis(group, candidates, others, occasion))

    def _basis(self, group: Group, free: Iterable[Candidate], others: Iterable[Candidate], occasion: Occasion) -> Basis:
        turn, draw = occasion.last_turn, occasion.draw
        return Basis(group.strategy, tuple(free), tuple(others), group.colleague, self._step.now, turn, draw)

    def _with_own_agent(
        self, group: Group, claim: Claim | None
    ) -> tuple[Mapping[AgentId, Candidate], Sequence[PassedOver], Sequence[Candidate]]:
        """Return the free, what is against the others, and those; the caller's own agent included who is no member."""
        free, unavailable, others = self._free[group.id], self._unavailable[group.id], self._others[group.id]
        centre = self._step.centre
        if claim is None or not claim.kind.is_own or group.id in centre.groups_of.get(claim.agent, ()):
            return free, unavailable, others
        own = _look(centre.directory, group, NO_PLACE, claim.agent, centre.agents.get(claim.agent))
        against = _against_now(self._step, own)
        if against is not None:
            return free, [*unavailable, against], [*others, own.facts]
        return {**free, claim.agent: own.facts}, unavailable, others

    def _said_to(self, call: Call, group: Group, against: Sequence[PassedOver]) -> Sequence[PassedOver]:
        """Return the reasons against the others; one whose phone rests and who declined this very caller did that."""
        if not call.declined:
            return against
        return [
            because(each.agent, "reason.declined_this_caller", "at", at)
            if each.reason == "reason.resting"
            and (at := call.declined.get(each.agent)) is not None
            and not self._may_ask_again(group, each.agent, at)
            else each
            for each in against
        ]

    def _may_ask_again(self, group: Group, agent: AgentId, declined_at: Micros) -> bool:
        agents = (self._step.agent(member) for member in group.members if member != agent)
        return may_be_offered(declined_at, any(each.is_ready for each in agents), self._step.now)

    def _occasion(self, group: Group, call: Call) -> Occasion:
        last = self._step.centre.turns.get(group.id) if group.strategy is Strategy.ROUND_ROBIN else None
        place = group.members.index(last) if last in group.members else -1
        return Occasion(last_turn=place, draw=f"{call.id}/{call.legs_made + 1}")


def _as_tried(members: Iterable[Candidate], call: Call) -> list[Candidate]:
    """Return members as they are to a caller, who may have tried some of them."""
    if not call.tried:
        return list(members)
    return [replace(each, tried=call.tried[each.agent]) if each.agent in call.tried else each for each in members]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found of an agent at the last look, which holds as long as the agent is this very value."""

    agent: Agent | None
    facts: Candidate
    places: Places
    against: PassedOver | None
    """The reason why nobody can be offered to them, where that lies in agent and directory alone."""


_seen: Final[dict[GroupId, tuple[Directory, dict[AgentId, _Seen]]]] = {}
"""By group, and for as long as the directory is this very value: nothing here is ever believed, only found again."""


def _seen_in(directory: Directory, group: Group) -> dict[AgentId, _Seen]:
    """Return what was found in a group before: most of a big group is as it was, and looking anew is the work."""
    kept = _seen.get(group.id)
    if kept is None or kept[0] is not directory:
        if len(_seen) >= REMEMBERED_GROUPS:
            _seen.clear()
        kept = _seen[group.id] = (directory, {})
    return kept[1]


def _look(directory: Directory, group: Group, place: int, agent_id: AgentId, agent: Agent | None) -> _Seen:
    places = _places(directory, agent_id, agent)
    facts = _candidate(group, agent or Agent(agent_id), place)
    return _Seen(agent, facts, places, _lasting_reason(agent_id, agent, places))


def _places(directory: Directory, agent_id: AgentId, agent: Agent | None) -> Places:
    profile = directory.agents.get(agent_id)
    return places_of(directory, profile, agent or Agent(agent_id)) if profile is not None else NOWHERE


def _candidate(group: Group, agent: Agent, place: int) -> Candidate:
    """Return what the strategies look at; one who is signed out has no sign-in that a clock could run from."""
    is_out = agent.status is AgentStatus.SIGNED_OUT
    return Candidate(
        agent=agent.id,
        place=place,
        level=group.levels.get(agent.id, FIRST_LEVEL),
        idle_since=agent.last_call_ended_at or NEVER if is_out else agent.idle_since,
        idle_state_since=NEVER if is_out else agent.idle_state_since,
        calls_today=agent.calls_today,
        inbound_today=agent.inbound_today,
    )


def _lasting_reason(agent_id: AgentId, agent: Agent | None, places: Places) -> PassedOver | None:
    """Return the one reason why nobody can be offered to an agent as long as they are what they are, or None."""
    if agent is None or agent.status is not _READY:
        if agent is not None and agent.on_break is not None:
            reason = "reason.on_break" if agent.is_gone else "reason.own_break"
            return because(agent_id, reason, "since", agent.on_break.since)
        return because(agent_id, "reason.signed_out")
    if agent.state is not _IDLE:
        return because(agent_id, "reason." + agent.state, "since", agent.state_since)
    return because(agent_id, NO_PHONE) if places.usual is None else None


def reason_against(step: Step, agent_id: AgentId) -> PassedOver | None:
    """Return the one reason why an agent cannot be offered anybody at this moment, whatever for; or None."""
    agent = step.centre.agents.get(agent_id)
    places = _places(step.centre.directory, agent_id, agent)
    lasting = _lasting_reason(agent_id, agent, places)
    return lasting if lasting is not None or agent is None else _passing_reason(step, agent, places)


def _against_now(step: Step, seen: _Seen) -> PassedOver | None:
    """Return the one reason why an agent cannot be offered anybody at this moment, or None."""
    if seen.against is not None or seen.agent is None:
        return seen.against
    return _passing_reason(step, seen.agent, seen.places)


def _passing_reason(step: Step, agent: Agent, places: Places) -> PassedOver | None:
    if agent.rest is not None and agent.rests(step.now):
        return because(agent.id, "reason.resting", "until", agent.rest.until)
    against = answering.reason_against(step.centre, agent.id, places)
    return because(agent.id, against) if against is not None else None
