"""One step of the real engine with values that are not known: what a proof walks on.

A `Run` of the engine in which conditions on unknown values wait for the walker to choose, and in which what comes from
callers and servers stays unknown. Everything else is the engine's: what is proved is what will run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.errors import FsControlError
from fs_control.flow.answers import (
    DigitsGot,
    Fetched,
    Known,
    LineExit,
    LineLeft,
    MessageTaken,
    PromptDone,
    Resume,
    TalkExit,
    TalkOver,
)
from fs_control.flow.engine import MAX_FAULT, Library, Run
from fs_control.flow.facts import nothing_known
from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.branch import Branch
from fs_control.flow.nodes.set import Set
from fs_control.flow.orders import (
    Ask,
    Awaited,
    CheckHours,
    Dial,
    Enqueue,
    Fetch,
    Know,
    Reach,
    Say,
    TakeMessage,
)
from fs_control.flow.proof.surroundings import EVERYTHING, MISSING
from fs_control.flow.proof.unknowns import BROKEN, UNKNOWN, Unknown, sayable, values_set, ways_out
from fs_control.flow.session import FlowSession

SPOKEN: Final = MessageTaken(5.0)


class Walk(Run):
    """One sprint of the proof. `choice` is the exit to take from the branch at which the session waits."""

    __slots__ = ("choice", "entered", "faults")

    def __init__(self, library: Library, session: FlowSession, choice: str | None = None) -> None:
        super().__init__(library, session)
        self.choice = choice
        self.entered: list[tuple[str, str]] = []
        """The steps (flow, step) that the sprint came through."""
        self.faults: list[tuple[str, str, str]] = []
        """The steps (flow, step) that cannot be carried out, and why."""

    def _entered(self, step: str) -> Turn:
        self.entered.append((self.session.flow, step))
        return super()._entered(step)

    def _broken(self, why: str) -> Turn:
        self.faults.append((self.session.flow, self.session.step, why[:MAX_FAULT]))
        return super()._broken(why)

    def _guarded(self, node: Node, resume: Resume | None = None) -> Turn:
        if isinstance(node, Branch):
            return self._branched(node)
        if isinstance(node, Set):
            return self._set(node)
        before = self.session
        self.session = sayable(node, before)
        turn = super()._guarded(node, resume)
        self.session = replace(self.session, variables=before.variables, facts=before.facts)
        if not turn.variables:
            return turn
        return replace(turn, variables={name: Unknown(value) for name, value in turn.variables.items()})

    def _branched(self, node: Branch) -> Turn:
        """Take the exit that was chosen, the only one that there is, or wait for a choice."""
        ways, why = ways_out(node, self.session.variables)
        way, self.choice = self.choice or ways[0], None
        if len(ways) > 1 and self.session.wait is None:
            return Turn(WaitFor(Know()))
        if way == BROKEN:
            return self._broken(why)
        return Turn(GoTo(node.exits()[way]), trail=(TrailItem(self.session.step, TrailKind.EXIT, way),))

    def _set(self, node: Set) -> Turn:
        try:
            return Turn(GoTo(node.next), variables=values_set(node, self.session))
        except FsControlError as error:
            return self._broken(str(error))


def answers(library: Library, session: FlowSession, order: Awaited, keys: str) -> list[tuple[Resume, str | None]]:
    """Return what may come back from an order, one of each kind that the flow can tell apart.

    With each comes the exit to choose, where the session waits at a branch. `keys` are those that a caller may press.
    The first answers are those that come where the caller does nothing.
    """
    match order:
        case Say(skip=skip):
            return [(PromptDone(True), None), *((PromptDone(False, key), None) for key in keys if skip)]
        case Ask():
            return [(DigitsGot(digits), None) for digits in ("", *_digits(order, keys))]
        case Know():
            return _facts(library, session)
        case _:
            return [(resume, None) for resume in _world(order)]


def _digits(order: Ask, keys: str) -> tuple[str, ...]:
    if order.secret:
        return (order.secret,)
    if order.max_digits == 1:
        return tuple(keys)
    lengths = {1, order.min_digits, order.max_digits}
    return (*("1" * length for length in sorted(lengths)), "*" * order.max_digits)


def _facts(library: Library, session: FlowSession) -> list[tuple[Resume, str | None]]:
    node = library[session.flow].steps[session.step]
    ways: list[str | None] = [*ways_out(node, session.variables)[0]] if isinstance(node, Branch) else [None]
    return [(Known(nothing_known()), way) for way in ways]


def _world(order: Awaited) -> list[Resume]:
    """Return what the surroundings may answer, and what a caller may do who waits in line."""
    match order:
        case Enqueue(wait_at_most_s=limit, keys=ways, stop_if_none_free=stops):
            exits = [LineExit.SERVED, LineExit.NOBODY, LineExit.FULL]
            exits += [LineExit.TIMED_OUT] if limit is not None else []
            exits += [LineExit.NONE_FREE] if stops else []
            return [*map(LineLeft, exits), *(LineLeft(LineExit.KEY, key) for key in ways)]
        case Reach():
            return [TalkOver(how) for how in TalkExit if how is not TalkExit.FAILED]
        case Dial():
            return [TalkOver(how) for how in TalkExit if how is not TalkExit.NOT_SIGNED_IN]
        case TakeMessage():
            return [SPOKEN, MessageTaken(0.0)]
        case Fetch(want=want):
            return [Fetched(True, dict.fromkeys(want, UNKNOWN)), Fetched(False, reason="timeout")]
        case CheckHours():
            return [*EVERYTHING, MISSING]
        case _:
            return []


def is_silent(resume: Resume) -> bool:
    """Tell whether an answer comes without the caller's pressing anything."""
    match resume:
        case PromptDone(key=key) | LineLeft(key=key):
            return key == ""
        case DigitsGot(digits):
            return digits == ""
        case _:
            return True


def has_arrived(resume: Resume) -> bool:
    """Tell whether a caller got what they called for: a talk, or a message that somebody will hear."""
    match resume:
        case LineLeft(how) | TalkOver(how):
            return how in (LineExit.SERVED, TalkExit.SERVED)
        case MessageTaken(seconds):
            return seconds > 0
        case _:
            return False


def has_heard(before: bool, order: Awaited | None, resume: Resume) -> bool:
    """Tell whether the caller has heard something since they were last left alone: by a line, or by a telephone."""
    match resume:
        case LineLeft(how):
            return how in (LineExit.SERVED, LineExit.KEY)
        case TalkOver(how):
            return how is TalkExit.SERVED
        case MessageTaken():
            return True
        case PromptDone() | DigitsGot():
            return before or (isinstance(order, Say | Ask) and bool(order.prompts))
        case _:
            return before
