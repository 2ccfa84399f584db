"""The estimate beside what came of it: watches a season, foretells each caller's wait on joining, and compares.

Does what whoever announces the estimate does: it learns from every talk of the group that ends. Easy to break: it must
know no more than can be known at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Final

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.centre import CallCentre
from fs_control.ids import SECOND, CallId, Micros
from fs_control.queues.estimate import Handling, estimated_wait
from fs_control.records import Group
from fs_control.testing.builders import SALES
from fs_control.testing.happening import Happening, is_ready

UNUSED_TALKS: Final = 20
"""At the beginning of a season, until the mean is one of talks."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A caller who waited and was joined with an agent: how long that was to take, and how long it took (seconds)."""

    position: int
    foretold_s: float
    lasted_s: float

    @property
    def error_s(self) -> float:
        """Return by how much it was wrong, in either direction."""
        return abs(self.foretold_s - self.lasted_s)


class Foretelling:
    """Every wait of a season with what was foretold. Who gives up is left out: how long they would have waited
    nobody knows.
    """

    def __init__(self) -> None:
        self.waits: list[Wait] = []
        self.handling = Handling()
        self._foretold: dict[CallId, tuple[int, Micros]] = {}

    @property
    def median_wait_s(self) -> float:
        """Return what half of those who waited had to wait at most."""
        return median(wait.lasted_s for wait in self.waits)

    @property
    def median_error_s(self) -> float:
        """Return the absolute error of half of the estimates, at most."""
        return median(wait.error_s for wait in self.waits)

    @property
    def median_relative_error(self) -> float:
        """Return the same as a part of the wait that it was."""
        return median(wait.error_s / wait.lasted_s for wait in self.waits)

    def look(self, happening: Happening) -> None:
        """Take note of an event."""
        self._learn(happening)
        after = happening.after
        for call_id in happening.result.calls:
            live = after.calls.get(call_id)
            if live is None:
                self._foretold.pop(call_id, None)
            elif live.call.state is CallState.WAITING and live.call.joined_at == after.at:
                if not live.being_looked_up:  # somebody may be free at once
                    self._foretell(after, call_id)
            elif live.call.state is CallState.TALKING and call_id in self._foretold:
                position, foretold = self._foretold.pop(call_id)
                assert live.call.joined_at is not None  # it was in line
                lasted = (after.at - live.call.joined_at) / SECOND
                self.waits.append(Wait(position, foretold / SECOND, lasted))

    def _learn(self, happening: Happening) -> None:
        for agent in happening.after.agents.values():
            known = happening.before.agents.get(agent.id)
            if known is not None and known.state is AgentState.ON_CALL and agent.state is not AgentState.ON_CALL:
                self.handling = self.handling.with_talk(Micros(happening.after.at - known.state_since))

    def _foretell(self, centre: CallCentre, call: CallId) -> None:
        group = centre.directory.groups[SALES]
        waiting = [each for each in centre.lines[SALES] if centre.calls[each].call.state is CallState.WAITING]
        position = waiting.index(call) + 1
        at_work = [agent for agent in group.members if is_ready(centre, agent)]
        wait = estimated_wait(position, len(at_work), self.handling, _talking_for(centre, group))
        if wait is not None and self.handling.talks >= UNUSED_TALKS:
            self._foretold[call] = (position, wait)


def _talking_for(centre: CallCentre, group: Group) -> list[Micros]:
    agents = [centre.agents[agent] for agent in group.members if is_ready(centre, agent)]
    return [Micros(centre.at - agent.state_since) for agent in agents if agent.state is AgentState.ON_CALL]
