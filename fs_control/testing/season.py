"""A season: one group of agents and thousands of callers, who come, wait, talk and give up as people do.

Drives the real centre over the ideal switch of a play. Chance is handed in, so the same dice give the same season. Easy
to break: a season takes part in no decision, it only does what callers and agents do, and shows every event to whoever
watches.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from math import log
from random import Random
from typing import Final

from fs_control.calls import CallState
from fs_control.centre import Transition
from fs_control.commands import RingAgent, StoreRecord
from fs_control.events import (
    ActionRequested,
    RecordStored,
)
from fs_control.ids import SECOND, AgentId, CallId, LegId, Micros, RequestId, seconds
from fs_control.records import Action, FlowText, Strategy
from fs_control.testing.builders import LINE
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play

PATIENT_LINE: Final = FlowText("line", LINE.text.replace("wait_at_most: 600", "wait_at_most: 36000"))
"""Who leaves this line does so because they want to."""

RULES_CHECKED_EVERY: Final = 20
"""Events; to look at every rule takes longer than the event."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the people of a season behave; lengths in seconds."""

    agents: int = 10
    between_calls: float = 23.0
    talk: float = 180.0
    talk_spread: float = 0.7
    """Of the logarithm; 0.7 is a standard deviation of 80 % of the mean."""
    patience: float = 900.0
    pick_up: tuple[float, float] = (2.0, 8.0)
    declines: float = 0.04
    does_not_answer: float = 0.01
    at_work: float = 7200.0
    on_break: float = 900.0
    dials_every: float = 1800.0
    """An agent reaches somebody by dialling; of that only the count matters here (Q4)."""


class Season(Play):
    """A centre of one group, and the people around it."""

    def __init__(
        self,
        strategy: Strategy,
        chance: Random,
        habits: Habits | None = None,
        watchers: Sequence[Callable[[Happening], None]] = (),
    ) -> None:
        self.habits = habits or Habits()
        self._chance = chance
        self._watchers = watchers
        self._diary: list[tuple[Micros, int, Callable[[], None]]] = []
        self._numbers = count()
        self._to_come = 0
        self._stored: list[CallId] = []
        self._looked_at = 0
        members = range(1, self.habits.agents + 1)
        super().__init__(
            groups={"sales": members},
            flows=(PATIENT_LINE,),
            max_calls=10_000,
            strategy=strategy,
            levels={agent: 1 + agent % 3 for agent in members},
        )
        for agent in members:
            self._comes(agent)
            self._later(self._exponential(self.habits.dials_every), partial(self._dials, agent))

    def play(self, calls: int) -> None:
        """Let so many callers come, and wait until the last one is gone."""
        self._to_come = calls
        self._later(self._exponential(self.habits.between_calls), self._somebody_calls)
        while self._to_come or self.centre.calls:
            moment = min(self._diary[0][0], self._next_due())
            self.wait(max(0, moment - self._now) / SECOND)
            while self._diary[0][0] <= self._now:
                heapq.heappop(self._diary)[2]()
            self._store()

    # --- time and chance ---

    def _later(self, after_s: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._diary, (Micros(self._now + seconds(after_s)), next(self._numbers), act))

    def _exponential(self, mean_s: float) -> float:
        return self._chance.expovariate(1 / mean_s)

    def _talk_length(self) -> float:
        spread = self.habits.talk_spread
        return self._chance.lognormvariate(log(self.habits.talk) - spread**2 / 2, spread)

    # --- callers ---

    def _somebody_calls(self) -> None:
        self._to_come -= 1
        call = self.caller()
        self._later(self._exponential(self.habits.patience), lambda: self._gives_up(call))
        if self._to_come:
            self._later(self._exponential(self.habits.between_calls), self._somebody_calls)

    def _gives_up(self, call: CallId) -> None:
        live = self.centre.calls.get(call)
        if live is not None and live.call.state is CallState.WAITING:
            self.hang_up(call)

    # --- agents ---

    def _comes(self, agent: int) -> None:
        self.tell(
            ActionRequested(request=RequestId(f"in-{agent}"), agent=AgentId(agent), by="test", action=Action.SIGN_IN)
        )
        self._later(self._exponential(self.habits.at_work), lambda: self._goes(agent))

    def _goes(self, agent: int) -> None:
        self.tell(
            ActionRequested(request=RequestId(f"out-{agent}"), agent=AgentId(agent), by="test", action=Action.SIGN_OUT)
        )
        self._later(self._exponential(self.habits.on_break), lambda: self._comes(agent))

    def _dials(self, agent: int) -> None:
        """No event says so yet: the count is put in by hand."""
        agents, known = self.centre.agents, self.agent(agent)
        dialled = replace(known, outbound_today=known.outbound_today + 1)
        self.centre = replace(self.centre, agents=agents.set(known.id, dialled))
        self._later(self._exponential(self.habits.dials_every), partial(self._dials, agent))

    def _hears_the_phone(self, leg: LegId) -> None:
        """Answer after a while, decline, or do not hear it."""
        dice = self._chance.random()
        if dice < self.habits.does_not_answer:
            return
        refuses = dice < self.habits.does_not_answer + self.habits.declines
        self._later(self._chance.uniform(*self.habits.pick_up), lambda: self._acts_on(leg, refuses))

    def _acts_on(self, leg: LegId, refuses: bool) -> None:
        ringing = self.switch.legs.get(leg)
        if ringing is None or ringing.over or ringing.answered:
            return
        agent = self._agent_of(leg)
        if refuses:
            self.decline(agent)
        else:
            self.answer(agent)
            self._later(self._talk_length(), lambda: self._ends_the_talk(leg))

    def _agent_of(self, leg: LegId) -> int:
        offer = self.centre.calls[self.centre.legs[leg]].call.offer
        assert offer is not None  # it rings
        return offer.agent

    def _ends_the_talk(self, leg: LegId) -> None:
        self.switch.hang_up(leg)
        self.wait(0)

    # --- what there is to see ---

    def check(self, happening: Happening) -> None:
        """Show the event to those who watch, and look at all rules now and then."""
        self._looked_at += 1
        if self._looked_at % RULES_CHECKED_EVERY == 0:
            super().check(happening)
        for look in self._watchers:
            look(happening)

    def _remember(self, result: Transition) -> None:
        super()._remember(result)
        for command in result.commands:
            if isinstance(command, RingAgent):
                self._hears_the_phone(command.leg)
            elif isinstance(command, StoreRecord):
                self._stored.append(command.record.call_id)

    def _store(self) -> None:
        stored, self._stored = self._stored, []
        for call in stored:
            self.tell(RecordStored(call=call))
