"""Choosing an agent: candidates in, a decision with reasons out.

A candidate who is not available brings the one reason along. Among the available ones those go first whom this
caller has tried least, so that a phone nobody answers does not keep a caller from the next agent; then the group's
strategy ranks; ties go to the lower agent id, so that the same state always gives the same choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fs_control.ids import AgentId, Micros
from fs_control.records import PassedOver, RoutingDecision, Strategy


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member of a group as the choice sees them.

    `tried` counts the offers of this caller to this agent that came to nothing; `barred` is the reason why the
    agent cannot be offered anybody or this caller, a code of `texts`.
    """

    agent: AgentId
    idle_since: Micros
    tried: int = 0
    barred: str | None = None


def choose_agent(strategy: Strategy, candidates: Sequence[Candidate]) -> RoutingDecision | None:
    """Choose one of the candidates, or None where all are barred.

    The decision names the rule, and for each other candidate the one reason why it was not chosen.
    """
    free = [candidate for candidate in candidates if candidate.barred is None]
    if not free:
        return None
    rank, lost = _STRATEGIES[strategy]
    chosen = min(free, key=lambda candidate: (candidate.tried, rank(candidate), candidate.agent))
    passed_over = tuple(
        PassedOver(candidate.agent, _reason_against(candidate, chosen, lost))
        for candidate in candidates
        if candidate is not chosen
    )
    return RoutingDecision(f"rule.{strategy}", chosen.agent, passed_over)


def _reason_against(candidate: Candidate, chosen: Candidate, lost: str) -> str:
    if candidate.barred is not None:
        return candidate.barred
    return "reason.tried_before" if candidate.tried > chosen.tried else lost


def _longest_idle_time(candidate: Candidate) -> int:
    return candidate.idle_since


_STRATEGIES: Final[dict[Strategy, tuple[Callable[[Candidate], int], str]]] = {
    Strategy.LONGEST_IDLE_TIME: (_longest_idle_time, "reason.idle_since_later"),
}
"""Each strategy: how it ranks (lowest first), and what is said of an available candidate who lost."""
