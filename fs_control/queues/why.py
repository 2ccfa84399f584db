"""What would have changed a decision: it is made again with one fact changed, and the answer is what comes out.

Works on the `Basis` that a decision keeps, and on nothing else: neither on agents as they are now nor on today's
directory. Easy to break: one thing is changed at a time. Somebody who would still not be chosen then (signed in, but
idle for a shorter time) is told so, with the reason that would have been against them instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from fs_control.ids import AgentId, Micros
from fs_control.queues.choice import choose_agent
from fs_control.queues.ring_all import all_who_ring
from fs_control.queues.strategies import RINGS_AS_WELL, Candidate, Occasion
from fs_control.records import FIRST_LEVEL, NO_PLACE, Basis, Claim, ClaimKind, PassedOver, RoutingDecision

NO_MEMBER: Final = "reason.not_in_group"
"""Said of one with a claim by the choice itself, which says it again."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one changed fact would have done for an agent who was not chosen.

    `change` is the code of the fact, `values` what it would have been. `against` is the reason that would have been
    against the agent all the same; it is None for one who would have been chosen.
    """

    agent: AgentId
    change: str
    values: Mapping[str, int] = field(default_factory=dict)
    against: PassedOver | None = None

    @property
    def is_chosen(self) -> bool:
        """Tell whether the agent would have been chosen."""
        return self.against is None


def decide_again(decision: RoutingDecision) -> RoutingDecision | None:
    """Make a decision again from what it keeps; None where it keeps nothing. Unchanged facts give the same decision."""
    case = _case_of(decision)
    again = case.decide() if case is not None else None
    if again is None:
        return None
    its_own = next((each for each in all_who_ring(again) if each.agent == decision.agent), again)
    return replace(its_own, lapsed=decision.lapsed, basis=decision.basis)


def without_claim(decision: RoutingDecision) -> RoutingDecision | None:
    """Return what the strategy alone would have decided; None where the decision keeps nothing."""
    case = _case_of(decision)
    return case.claimed(None).decide() if case is not None else None


def what_would_change(decision: RoutingDecision) -> tuple[WhatIf, ...]:
    """Return for each agent who was not chosen what would have changed that, and whether it would.

    Nothing for a decision that keeps nothing, for one that comes out differently when it is made again (a later program
    may judge otherwise), and for those who lost by chance: no fact of theirs would have changed it.
    """
    case = _case_of(decision)
    if case is None or decide_again(decision) != decision:
        return ()
    chosen = next(each for each in case.free if each.agent == decision.agent)
    answers = [_answer(case, passed, chosen) for passed in decision.passed_over]
    return tuple(answer for answer in answers if answer is not None)


def if_claim_counted(decision: RoutingDecision) -> WhatIf | None:
    """Return what the claim that counts no more would have done; None where that cannot be told, or is no change.

    Of an agent who is no member of the group it is not kept whether they were free.
    """
    case, lapsed = _case_of(decision), decision.lapsed
    if case is None or lapsed is None or lapsed.agent == decision.agent or not case.has(lapsed.agent):
        return None
    return _tried(lapsed, _Change("change.claim_counts", _claimed(case, lapsed.agent)))


# --- making it again ---


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that the choice is made from."""

    basis: Basis
    unavailable: tuple[PassedOver, ...]
    claim: Claim | None

    @property
    def free(self) -> tuple[Candidate, ...]:
        """Return who could be offered this caller."""
        return self.basis.free

    def decide(self) -> RoutingDecision | None:
        """Make the decision."""
        basis = self.basis
        occasion = Occasion(basis.last_turn, basis.draw)
        return choose_agent(basis.strategy, basis.free, self.unavailable, occasion, self.claim, basis.colleague)

    def with_free(self, member: Candidate) -> _Case:
        """Return the case in which a member is as given, and free."""
        free = (*(each for each in self.basis.free if each.agent != member.agent), member)
        others = tuple(each for each in self.basis.others if each.agent != member.agent)
        unavailable = tuple(each for each in self.unavailable if each.agent != member.agent)
        return replace(self, basis=replace(self.basis, free=free, others=others), unavailable=unavailable)

    def claimed(self, claim: Claim | None) -> _Case:
        """Return the case with another claim, or none; who was there for the old one alone is not there then."""
        kept = claim.agent if claim is not None else None
        free = tuple(each for each in self.basis.free if each.place != NO_PLACE or each.agent == kept)
        return replace(self, basis=replace(self.basis, free=free), claim=claim)

    def has(self, agent: AgentId) -> bool:
        """Tell whether the facts of an agent are there."""
        return any(each.agent == agent for each in (*self.basis.free, *self.basis.others))

    def facts_of(self, agent: AgentId) -> Candidate:
        """Return a member; of one who is no member nothing is known but the name."""
        members = (*self.basis.free, *self.basis.others)
        return next((each for each in members if each.agent == agent), Candidate(agent))


def _case_of(decision: RoutingDecision) -> _Case | None:
    if decision.basis is None:
        return None
    free = {each.agent for each in decision.basis.free}
    unavailable = (each for each in decision.passed_over if each.agent not in free and each.reason != NO_MEMBER)
    return _Case(decision.basis, tuple(unavailable), decision.claim)


def _answer(case: _Case, passed: PassedOver, chosen: Candidate) -> WhatIf | None:
    """Try what may help an agent, the smallest change first; of several in vain the last one is told."""
    answer = None
    for change in _changes(case, passed, chosen):
        answer = _tried(passed, change)
        if answer.is_chosen:
            break
    return answer


def _tried(passed: PassedOver, change: _Change) -> WhatIf:
    """Make the decision with a change, and look what it says of an agent; of nobody where nobody would be free."""
    again = change.case.decide()
    others = again.passed_over if again is not None else (passed,)
    against = next((each for each in others if each.agent == passed.agent and each.reason != RINGS_AS_WELL), None)
    return WhatIf(passed.agent, change.code, change.values, against)


# --- what may be changed ---


@dataclass(frozen=True, slots=True)
class _Change:
    code: str
    case: _Case
    values: Mapping[str, int] = field(default_factory=dict)


_Changes = Callable[[_Case, Candidate, Candidate], Iterator[_Change]]
"""The case, the agent who was not chosen, and the one who was: what may be changed in favour of the first."""


def _changes(case: _Case, passed: PassedOver, chosen: Candidate) -> Iterable[_Change]:
    own = case.facts_of(passed.agent)
    known = _CHANGES.get(passed.reason)
    if known is not None:
        return known(case, own, chosen)
    return _made_free(_TO_BE_FREE.get(passed.reason, "change.available"))(case, own, chosen)


def _made_free(code: str) -> _Changes:
    """One who could be offered nobody is free, and otherwise as they were."""

    def free(case: _Case, own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
        yield _Change(code, case.with_free(own))

    return free


def _signed_in(case: _Case, own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
    """Who signs in at that moment is in the idle state from then on, and idle since then or since their last call."""
    at = case.basis.at
    yield _Change(
        "change.signed_in", case.with_free(replace(own, idle_since=own.idle_since or at, idle_state_since=at))
    )


def _not_declined(case: _Case, own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
    """The offer that was declined was never made, so it is no attempt either."""
    yield _Change("change.not_declined", case.with_free(replace(own, tried=max(0, own.tried - 1))))


def _not_tried(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    yield _Change("change.not_tried", case.with_free(replace(own, tried=chosen.tried)))


def _idle_before(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    before = Micros(chosen.idle_since - 1)
    yield _Change("change.idle_since", case.with_free(replace(own, idle_since=before)), {"at": chosen.idle_since})


def _in_idle_state_before(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    before = Micros(chosen.idle_state_since - 1)
    changed = replace(own, idle_state_since=before)
    yield _Change("change.idle_state_since", case.with_free(changed), {"at": chosen.idle_state_since})


def _fewer_calls(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    """As many as the one who was chosen may do; else one fewer, where that can be."""
    for count in range(chosen.calls_today, max(-1, chosen.calls_today - 2), -1):
        yield _Change("change.calls_today", case.with_free(replace(own, calls_today=count)), {"count": count})


def _fewer_inbound(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    for count in range(chosen.inbound_today, max(-1, chosen.inbound_today - 2), -1):
        yield _Change("change.inbound_today", case.with_free(replace(own, inbound_today=count)), {"count": count})


def _in_turn(case: _Case, own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
    yield _Change("change.turn", replace(case, basis=replace(case.basis, last_turn=own.place - 1)))


def _on_level(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    """The level of the one who was chosen may do; else one below, where there is one."""
    for level in range(chosen.level, max(FIRST_LEVEL - 1, chosen.level - 2), -1):
        yield _Change("change.level", case.with_free(replace(own, level=level)), {"level": level})


def _further_up(case: _Case, own: Candidate, chosen: Candidate) -> Iterator[_Change]:
    yield _Change("change.place", case.with_free(replace(own, place=chosen.place - 1)))


def _own_customer(case: _Case, own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
    """The claim is theirs; whatever kind it is of, the choice does the same."""
    yield _Change("change.claim", _claimed(case, own.agent))


def _claimed(case: _Case, agent: AgentId) -> _Case:
    kind = case.claim.kind if case.claim is not None else ClaimKind.RETURNING_CUSTOMER
    return case.claimed(Claim(agent, kind))


def _nothing(_case: _Case, _own: Candidate, _chosen: Candidate) -> Iterator[_Change]:
    yield from ()


_TO_BE_FREE: Final[Mapping[str, str]] = {
    "reason.on_call": "change.free",
    "reason.ringing": "change.free",
    "reason.reserved": "change.free",
    "reason.wrap_up": "change.free",
    "reason.resting": "change.rested",
    "reason.no_phone": "change.phone",
    "reason.phone_unregistered": "change.registered",
    "reason.phone_taken_over": "change.phone_back",
    NO_MEMBER: "change.member",
}
"""What is changed of one who could be offered nobody; any other reason is changed to its opposite as a whole."""

_CHANGES: Final[Mapping[str, _Changes]] = {
    "reason.signed_out": _signed_in,
    "reason.declined_this_caller": _not_declined,
    "reason.tried_before": _not_tried,
    "reason.claimed_by_another": _own_customer,
    "reason.idle_since_later": _idle_before,
    "reason.equal": _idle_before,
    "reason.idle_state_since_later": _in_idle_state_before,
    "reason.more_calls_today": _fewer_calls,
    "reason.more_inbound_calls_today": _fewer_inbound,
    "reason.later_in_turn": _in_turn,
    "reason.lower_level_available": _on_level,
    "reason.later_in_list": _further_up,
    "reason.not_drawn": _nothing,
    RINGS_AS_WELL: _nothing,
}
"""What is changed of one who lost to another, or of whom more than being free is to be changed."""
