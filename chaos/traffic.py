"""Callers who come at a steady pace, and agents' desks at which talks are held, handed on and asked about.

Owns who dialled when and what agents were told to do. Easy to break: an agent's order that got no answer may have been
heard, so every try is noted; and it is tried again until somebody answers, as a person would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from time import monotonic
from typing import Final, Protocol

import gevent
from gevent.pool import Group

from chaos.engine import MortalEngine, now
from chaos.evidence import Act, Placed
from chaos.observer import Observer
from chaos.people import Crowd, EndsBy, Line, Story, caller_number
from fs_control.errors import FsControlError, UserMistake
from fs_control.virtual_switch.script import CallerScript, HangUp, Wait, WaitForAnswer, WaitForTalk
from fs_control.virtual_switch.stage import CallJournal

PATIENCE_S: Final = 240.0
"""How long somebody at a desk waits for what must come in the end, on the busiest machine."""
ASK_AGAIN_S: Final = 0.3
DESK_CALL_S: Final = (6.0, 16.0)
"""After how many seconds of talk a customer at a desk hangs up who does so."""

STORIES: Final = (
    ("hold", "resume"),
    ("hold", "resume", "hold", "resume"),
    ("consult", "complete"),
    ("consult", "cancel"),
    ("consult", "swap", "complete"),
    ("consult", "join", "complete"),
    ("transfer",),
)
"""What agents do in one talk, one after the other."""
HANDS_ON: Final = frozenset({"complete", "transfer"})
"""After these the colleague has the customer."""


class Switch(Protocol):
    """What a switch of a run can do."""

    def place_call(self, script: CallerScript) -> str:
        """Let a caller dial; returns the leg. OSError or FsControlError where the switch is not there."""
        ...

    def journal(self, leg: str) -> CallJournal | None:
        """Return what a caller lived through."""
        ...


class Traffic:
    """Everybody who calls."""

    def __init__(
        self, switch: Switch, engine: MortalEngine, observer: Observer, centre: tuple[Line, ...], seed: str
    ) -> None:
        self._switch, self._engine, self._observer = switch, engine, observer
        self._centre = {line.name: line for line in centre}
        self._crowd = Crowd(seed, centre)
        self._seed = seed
        self._places = count()
        self.placed: Final[list[Placed]] = []
        self.acts: Final[list[Act]] = []
        self.not_taken = 0
        """Callers whom the switch did not take, because it was dead at that moment."""
        self._playing: Final = Group()
        self._dead: set[str] = set()
        """Legs of a switch that died: nobody tells their end."""

    def start(self, rate: float) -> None:
        """Let callers come, so many a second, and sit down at all desks."""
        self._playing.spawn(self._come, rate)
        for line in self._centre.values():
            if line.colleague:
                self._playing.spawn(self._desk, line, Random(f"{self._seed}/{line.name}"))

    def stop(self) -> None:
        """Let nobody else come; who is there may stay."""
        self._stopped = True

    def wait(self, seconds: float) -> None:
        """Wait until everybody who comes by a desk has done so."""
        self._playing.join(seconds)
        self._playing.kill()

    def switch_died(self) -> None:
        """Nobody who has come so far is there any more."""
        self._dead = {placed.leg for placed in self.placed}

    def call(self, story: Story, script: Callable[[str], CallerScript]) -> str | None:
        """Let one caller dial; returns the leg, None where the switch is not there."""
        caller = caller_number(next(self._places))
        at = now()
        try:
            leg = self._switch.place_call(script(caller))
        except (OSError, FsControlError, AssertionError):
            self.not_taken += 1
            return None
        self.placed.append(Placed(leg, story, at))
        return leg

    def crowd_call(self, story: Story) -> str | None:
        """Let somebody call who does what the story says."""
        return self.call(story, lambda caller: self._crowd.script(story, caller))

    def unplugged_call(self, line: Line) -> str | None:
        """Let somebody talk with a phone that will be pulled out, and hang up when they hear nothing any more."""
        steps = (WaitForAnswer(), WaitForTalk(), Wait(5.0), HangUp())
        return self.call(Story.UNPLUGGED, lambda caller: CallerScript(line.number, caller, b"", steps))

    # --- the pace --------------------------------------------------------------------------------------------------

    _stopped = False

    def _come(self, rate: float) -> None:
        started = monotonic()
        for n in count():
            gevent.sleep(max(0.0, started + n / rate - monotonic()))
            if self._stopped:
                return
            self._playing.spawn(self.crowd_call, self._crowd.next_story())

    # --- desks -----------------------------------------------------------------------------------------------------

    def _desk(self, line: Line, chance: Random) -> None:
        while not self._stopped:
            self._talk(line, chance)
            gevent.sleep(chance.uniform(0.2, 1.0))

    def _talk(self, line: Line, chance: Random) -> None:
        """One customer at a desk, from the call to its end."""
        story = chance.choice((Story.DESK_LEAVES, Story.DESK_LET_GO))
        steps = (WaitForAnswer(), WaitForTalk(), Wait(chance.uniform(*DESK_CALL_S)), HangUp())
        if story.ends_by is EndsBy.LET_GO:
            steps = steps[:1]  # type: ignore[assignment]  # a shorter tuple
        deeds = chance.choice(STORIES)
        leg = self.call(story, lambda caller: CallerScript(line.number, caller, b"", steps))
        if leg is None:
            gevent.sleep(1.0)
            return
        if not self._until(lambda: self._observer.partner(leg) is not None or self._is_over(leg)):
            return
        who = line.agents[0]
        for deed in deeds:
            gevent.sleep(chance.uniform(0.2, 1.5))
            if not self._act(leg, who, deed, line.colleague):
                break
            if deed in HANDS_ON:
                who = line.colleague
        if story.ends_by is EndsBy.LET_GO:
            self._let_go(leg, line)
        self._until(lambda: self._is_over(leg))

    def _act(self, leg: str, who: str, action: str, colleague: str) -> bool:
        """Have an agent do something; False where the customer is gone, or it is refused again and again."""
        to = {"to": colleague} if action in ("consult", "transfer") else {}
        return self._until(lambda: self._is_over(leg) or self._told(leg, who, action, to), 8.0)

    def _let_go(self, leg: str, line: Line) -> None:
        """Whoever has the customer hangs up."""
        people = self._in_turns(line)
        self._until(lambda: self._is_over(leg) or (self._told(leg, next(people), "hang-up", {}) and False))

    @staticmethod
    def _in_turns(line: Line) -> Iterator[str]:
        while True:
            yield from line.people

    def _told(self, leg: str, who: str, action: str, values: dict[str, str]) -> bool:
        """Tell an agent; True where it was done."""
        self.acts.append(Act(now(), leg, action))
        try:
            self._engine.client.act(who, action, **values)
        except UserMistake:
            return False
        except FsControlError:
            return False  # it may have been heard: what it comes to is seen in the talk
        return True

    def _is_over(self, leg: str) -> bool:
        return leg in self._observer.ended or leg in self._dead

    def _until(self, fact: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
        deadline = monotonic() + seconds
        while not fact():
            if monotonic() > deadline:
                return False
            gevent.sleep(ASK_AGAIN_S)
        return True
