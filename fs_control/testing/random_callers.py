"""Callers who do anything, in a world that does anything: one call through a flow, saved and loaded at every wait.

The world keeps to what it is given: calendars say one thing throughout a call. Knows nothing of the proof, whose
verdict it is there to test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from fs_control.flow import (
    Ask,
    CheckHours,
    Dial,
    DigitsGot,
    End,
    Enqueue,
    Fetch,
    Fetched,
    HoursTold,
    Know,
    Known,
    LineExit,
    LineLeft,
    MessageTaken,
    Order,
    PromptDone,
    Reach,
    Resume,
    Say,
    TakeMessage,
    TalkExit,
    TalkOver,
    Value,
    resume_flow,
    session_from_json,
    session_to_json,
    start_flow,
)
from fs_control.flow.engine import Library

KEYS: Final = "0123456789*#"
MOST_ANSWERS: Final = 20_000
"""Far more than the engine's own limit of steps can need."""
PATIENCE: Final = 150
"""After so many answers a caller presses nothing any more."""


@dataclass(frozen=True, slots=True)
class Call:
    """What became of a caller: why the flow ended, and whether the last thing that befell them was heard."""

    reason: str
    told: bool
    answers: int


@dataclass(slots=True)
class Caller:
    """One caller and their world. `presses` is how likely a key is, `luck` how likely somebody is there for them.

    Keys at random may miss the way out for long: like anybody's, this caller's patience comes to an end.
    """

    chance: Random
    hours: Mapping[str, HoursTold]
    presses: float
    luck: float

    def call(self, library: Library, name: str) -> Call:
        """Go through a flow to its end."""
        facts = self._facts()
        sprint = start_flow(library, name)
        told = False
        for answers in range(MOST_ANSWERS):
            order = sprint.orders[-1]
            if answers == PATIENCE:
                self.presses = 0.0
            if isinstance(order, End):
                return Call(order.reason, told, answers)
            answer = Known(facts) if isinstance(order, Know) else self._answer(order)
            told = _told(told, order, answer)
            session = session_from_json(session_to_json(sprint.session))
            assert session == sprint.session
            sprint = resume_flow(library, session, answer)
        raise AssertionError("no end after so many answers")

    def _answer(self, order: Order) -> Resume:
        match order:
            case Say(skip=skip):
                key = self.chance.choice(KEYS) if skip and self.chance.random() < self.presses / 4 else ""
                return PromptDone(not key, key)
            case Ask():
                return DigitsGot(self._digits(order))
            case Enqueue():
                return self._line_left(order)
            case Reach() | Dial():
                return TalkOver(self._talk(order))
            case TakeMessage():
                return MessageTaken(float(self.chance.choice((0, 7))))
            case Fetch(want=want):
                return self._fetched(want)
            case CheckHours(calendar):
                return self.hours.get(calendar, HoursTold(False, "missing"))
            case _:
                raise AssertionError(f"nothing comes back from {order}")

    def _digits(self, order: Ask) -> str:
        if self.chance.random() >= self.presses:
            return ""
        if order.secret:
            return order.secret
        return "".join(self.chance.choices(KEYS, k=self.chance.randint(1, order.max_digits)))

    def _line_left(self, order: Enqueue) -> LineLeft:
        if self.chance.random() < self.luck:
            return LineLeft(LineExit.SERVED)
        if order.keys and self.chance.random() < self.presses:
            return LineLeft(LineExit.KEY, self.chance.choice(order.keys))
        exits = [LineExit.NOBODY, LineExit.FULL]
        exits += [LineExit.TIMED_OUT] if order.wait_at_most_s is not None else []
        exits += [LineExit.NONE_FREE] if order.stop_if_none_free else []
        return LineLeft(self.chance.choice(exits))

    def _talk(self, order: Reach | Dial) -> TalkExit:
        if self.chance.random() < self.luck:
            return TalkExit.SERVED
        never = TalkExit.FAILED if isinstance(order, Reach) else TalkExit.NOT_SIGNED_IN
        return self.chance.choice([how for how in TalkExit if how not in (never, TalkExit.SERVED)])

    def _fetched(self, want: Mapping[str, str]) -> Fetched:
        if self.chance.random() >= self.luck:
            return Fetched(False, reason="timeout")
        return Fetched(True, {name: self.chance.choice((0, 12, -3.5)) for name in want})

    def _facts(self) -> dict[str, Value]:
        hour, minute = self.chance.randint(0, 23), self.chance.randint(0, 59)
        return {
            "caller.number": self.chance.choice(("13800138000", "02112345678", "")),
            "caller.name": "",
            "caller.anonymous": self.chance.random() < 0.3,
            "call.number": "4008001234",
            "call.hour": hour,
            "call.minute": minute,
            "call.weekday": self.chance.randint(1, 7),
            "call.date": "2026-05-01",
            "call.time": f"{hour:02}:{minute:02}",
            "customer.known": self.chance.random() < 0.5,
            "customer.name": "",
            "customer.vip": self.chance.randint(0, 9),
            "customer.owner": self.chance.choice(("", "8001")),
            "customer.last_agent": "",
        }


def _told(before: bool, order: Order, answer: Resume) -> bool:
    """Tell whether the last thing that befell the caller was heard, or was their own doing, or a talk."""
    match answer:
        case LineLeft(how):
            return how in (LineExit.SERVED, LineExit.KEY)
        case TalkOver(how):
            return how is TalkExit.SERVED
        case MessageTaken() | PromptDone():
            return True
        case DigitsGot():
            return before or (isinstance(order, Ask) and order.prompts != ())
        case _:
            return before
