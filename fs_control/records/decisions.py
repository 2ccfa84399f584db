"""Vocabulary: why this agent and none of the others, with all that it takes to make the decision again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fs_control.ids import NEVER, AgentId, Micros
from fs_control.records.directory import FIRST_LEVEL, Colleague, Strategy


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What a strategy looks at in one member of a group.

    `place` is their position among the members, `idle_since` the clock of Q6 and `idle_state_since` that of Q7, and
    `tried` counts the offers of this caller to this agent that came to nothing.
    """

    agent: AgentId
    place: int = 0
    level: int = FIRST_LEVEL
    idle_since: Micros = NEVER
    idle_state_since: Micros = NEVER
    calls_today: int = 0
    inbound_today: int = 0
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision was made from, so that it can be made again, with one fact changed (`queues.why`).

    `free` are the members who could be offered this caller, `others` those who could not; `passed_over` says why not.
    """

    strategy: Strategy
    free: tuple[MemberFacts, ...]
    others: tuple[MemberFacts, ...] = ()
    colleague: Colleague = Colleague.STRATEGY
    """Who stands in for the caller's own agent (M7)."""
    at: Micros = NEVER
    """When, by our clock, like every moment in the facts and in the values of the reasons."""
    last_turn: int = -1
    """The place of the member who had the last turn (Q3); -1 where nobody had one."""
    draw: str = ""
    """The name of this offer and of no other: what chance is made of (Q8)."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member of the group who was not chosen, and the one reason why (a code of `texts`).

    `values` are what the reason is made of, where that is more than the code: moments of our clock as `since`, `until`
    or `at`, or what the strategy compared as `own` and `chosen`.
    """

    agent: AgentId
    reason: str
    values: Mapping[str, int] = field(default_factory=dict)


class ClaimKind(StrEnum):
    """Why a caller is an agent's own, before any strategy is asked."""

    RETURNING_CUSTOMER = "returning_customer"
    """The agent served this caller before (Q2)."""
    OWNER = "owner"
    """The caller is a saved customer of the agent (M6)."""
    MEMORY = "memory"
    """The agent dialled this caller last, and that still counts (M1)."""

    @property
    def is_own(self) -> bool:
        """Whether the agent is rung without being a member of the group, and others only stand in for them (M7)."""
        return self is not ClaimKind.RETURNING_CUSTOMER


@dataclass(frozen=True, slots=True)
class Claim:
    """An agent whose own this caller is; in whose favour the strategy is not asked, if they can be had."""

    agent: AgentId
    kind: ClaimKind


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Why this agent: the rule that fired, and for every other member the one reason against.

    The rule is that of the `claim` (`claim.returning_customer`) where the agent who had one was to be had; otherwise it
    is the group's strategy (`rule.round_robin`), and `passed_over` says why it was not the one with the claim. Who
    stands in for a caller's own agent was chosen by the rule for colleagues (`colleague.random`, M7). `lapsed` is an
    agent who would have had a claim, and why it counts no more, or not here.
    """

    rule: str
    agent: AgentId
    passed_over: tuple[PassedOver, ...] = ()
    claim: Claim | None = None
    lapsed: PassedOver | None = None
    basis: Basis | None = None
    """What the decision was made from; None where nobody kept it."""

    @property
    def is_substitute(self) -> bool:
        """Whether the agent stands in for the one whose own the caller is (M7)."""
        return self.claim is not None and self.claim.kind.is_own and self.claim.agent != self.agent
