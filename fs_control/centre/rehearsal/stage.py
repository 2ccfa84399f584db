"""Where a dry run happens: the caller's leg, the phones that ring for it, and what is going to happen to them.

Knows no order and no wire; `answers` says what each order does here. Easy to break: what is to happen lies in the
future, so whoever tells it says under which condition it is still true by then (`if_still`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final, TypeAlias

from fs_control.calls import NORMAL
from fs_control.centre.rehearsal.people import Caller
from fs_control.centre.rehearsal.scene import AgentIs, Scene
from fs_control.commands import Prompt
from fs_control.events import BridgeEnded, Event, LegAnswered, LegHungUp, LegsBridged, PromptFinished, SwitchEvent
from fs_control.ids import NEVER, LegId, Micros, OpId, seconds

USUAL_LENGTH: Final = seconds(2)
"""How long a prompt takes whose length nobody knows."""

_Happening: TypeAlias = Callable[[], Event | None]


@dataclass(slots=True)
class AgentLeg:
    """A phone that rings for the caller, or talks with them; `attempt` is the name of the whole order to ring."""

    leg: LegId
    attempt: LegId
    over: bool = False
    joined: bool = False


@dataclass(slots=True)
class Stage:
    """The caller's leg, the legs rung for it, and what is going to happen."""

    scene: Scene
    leg: LegId
    now: Micros
    caller: Caller
    op: OpId | None = None
    """What plays on the caller's leg, or takes keys."""
    line: Micros | None = None
    """When the caller came into a line that may be left by a key; None in no such line."""
    asked_in: Micros | None = None
    """The line in which the caller was last asked whether to leave it."""
    question: OpId | None = None
    """The sentence in which a caller in line is asked something."""
    phones: dict[LegId, AgentLeg] = field(default_factory=dict)
    is_answered: bool = False
    """The call is taken up: by us, or with whom the caller was joined."""
    is_over: bool = False
    """The caller is gone."""
    _due: list[tuple[Micros, int, _Happening]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    # --- time ---

    @property
    def next_due(self) -> Micros | None:
        """Return when something happens next."""
        return self._due[0][0] if self._due else None

    def take(self) -> Event | None:
        """Let happen what is due by now, the oldest first; return the first of it that is to be told, or None."""
        while self._due and self._due[0][0] <= self.now:
            due, _, happen = heapq.heappop(self._due)
            event = happen()
            if event is not None:
                return replace(event, switch_at=due) if isinstance(event, SwitchEvent) else event
        return None

    def tell(self, event: Event, after: Micros = NEVER, if_still: Callable[[], bool] = lambda: True) -> None:
        """Tell something after a while, if it is still so."""
        self._expect(after, lambda: event if if_still() else None)

    def later(self, after: Micros, do: Callable[[], None]) -> None:
        """Let somebody do something after a while."""
        self._expect(after, do)

    def _expect(self, after: Micros, happen: _Happening) -> None:
        heapq.heappush(self._due, (Micros(self.now + after), next(self._numbers), happen))

    # --- the caller ---

    def length_of(self, prompts: Iterable[Prompt]) -> Micros:
        """Return how long prompts take, one behind the other."""
        known = (self.scene.length_of(prompt.name, prompt.language) for prompt in prompts)
        return Micros(sum(USUAL_LENGTH if length is None else length for length in known))

    def play(self, op: OpId, length: Micros) -> None:
        """Let something sound to its end."""
        self.op = op
        self.tell(PromptFinished(leg=self.leg, op=op, completed=True), length, lambda: self.is_heard(op))

    def is_heard(self, op: OpId) -> bool:
        """Tell whether something still goes on on the caller's leg."""
        return self.op == op and not self.is_over

    def stop_playing(self) -> None:
        """Cut short what sounds on the caller's leg."""
        if self.op is not None:
            self.tell(PromptFinished(leg=self.leg, op=self.op, completed=False), if_still=lambda: not self.is_over)
            self.op = None

    def caller_is_answered(self) -> None:
        """Tell that the call is taken up, the first time."""
        if not self.is_answered:
            self.is_answered = True
            self.tell(LegAnswered(leg=self.leg))

    def caller_hangs_up(self, cause: str = NORMAL) -> None:
        """End the caller's leg."""
        if not self.is_over:
            self.is_over, self.op = True, None
            self.tell(LegHungUp(leg=self.leg, cause=cause))

    def asks_in_line(self) -> bool:
        """Tell whether the music that begins is a question: the first in a line that may be left by a key."""
        is_new = self.line is not None and self.line != self.asked_in
        self.asked_in = self.line
        return is_new

    # --- agents ---

    def join(self, leg: LegId) -> None:
        """Join a phone that was taken up with the caller, if both are still there."""
        phone = self.phones[leg]
        if not phone.over and not self.is_over:
            phone.joined = True
            self.caller_is_answered()
            self.tell(LegsBridged(leg=self.leg, other=leg))

    def end_phone(self, leg: LegId, cause: str, *, was_there: bool = True) -> None:
        """End the leg of a phone, if there ever was one; the last one of an order to ring frees the caller's."""
        phone = self.phones.get(leg)
        if phone is None or phone.over:
            return
        phone.over = True
        if was_there:
            self.tell(LegHungUp(leg=leg, cause=cause))
        if all(each.over for each in self.phones.values() if each.attempt == phone.attempt):
            told = BridgeEnded(leg=self.leg, other=phone.attempt, cause=BridgeEnded.SUCCESS if phone.joined else cause)
            self.tell(told, if_still=lambda: not self.is_over)

    def how_is_phone(self, extension: str) -> AgentIs:
        """Return how the agent is to whom a phone belongs."""
        agents = self.scene.directory.agents.values()
        owner = next((agent.id for agent in agents if extension in agent.codes.values()), None)
        return self.scene.how_is(owner) if owner is not None else AgentIs.FREE
