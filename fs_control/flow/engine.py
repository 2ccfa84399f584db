"""Runs a session to its next wait and says what should happen: one sprint.

Pure: the same flows, session and answer give the same sprint, in a live call as in a dry run. Nothing that a caller
does raises here, and no step that is broken either: the caller hears that we are sorry and the trail says why. Only an
answer that nobody waits for is refused (`ResumeRefused`). Every loop of a flow is bounded by the limits below, and a
session that meets one ends in words, never in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from fs_control.errors import BrokenInvariant, FsControlError, UserMistake
from fs_control.flow.answers import SECRET_LOST, Fetched, PromptDone, Resume, Wait
from fs_control.flow.definition import Flow
from fs_control.flow.nodes.base import Finish, GoBack, GoTo, Node, RunFlow, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.orders import (
    Ask,
    Awaited,
    CheckHours,
    Dial,
    End,
    Enqueue,
    Fetch,
    Know,
    Order,
    Reach,
    Say,
    TakeMessage,
)
from fs_control.flow.session import FlowSession, Frame

MAX_STEPS_PER_SPRINT: Final = 100
"""One event of one call must not hold up the others; and circles without a wait are refused when a flow is read."""
MAX_STEPS_PER_SESSION: Final = 1000
"""A caller sent back into line every half minute gets here after four hours and more; nobody real does."""
MAX_NESTING: Final = 10
"""Flows that wait for one another to come back; more is a circle."""

MAX_FAULT: Final = 200
"""Characters of what is told of a fault."""

WAIT_FOR: Final[Mapping[type[Awaited], Wait]] = {
    Say: Wait.PROMPT,
    Ask: Wait.DIGITS,
    Enqueue: Wait.LINE,
    Reach: Wait.TALK,
    Dial: Wait.TALK,
    TakeMessage: Wait.MESSAGE,
    Fetch: Wait.FETCH,
    Know: Wait.FACTS,
    CheckHours: Wait.HOURS,
}
"""What a session waits for after an order."""

KEEPS_TYPED: Final = (Say, Ask, Fetch, Know, CheckHours)
"""Orders after which keys that were pressed ahead still mean something."""

TOO_MANY_STEPS_AT_ONCE: Final = "flow_too_many_steps_at_once"
TOO_MANY_STEPS: Final = "flow_too_many_steps"
TOO_DEEP: Final = "flow_nested_too_deep"
STEP_BROKEN: Final = "flow_step_broken"
FAULTS: Final = frozenset({TOO_MANY_STEPS_AT_ONCE, TOO_MANY_STEPS, TOO_DEEP, STEP_BROKEN})
"""The reasons of `End` that say that a flow is broken."""

FINISHED: Final = "finished"

Library: TypeAlias = Mapping[str, Flow]
"""The flows that a call may meet, each in the version that it keeps, by name."""


@dataclass(frozen=True, slots=True)
class Sprint:
    """What came of one start or resume.

    `orders` end with the one thing that `session` waits for, or with `End` where it is finished. `trail` tells what
    happened up to here.
    """

    session: FlowSession
    orders: tuple[Order, ...]
    trail: tuple[TrailItem, ...]


def start_flow(library: Library, name: str) -> Sprint:
    """Begin the flow of this name: run from its start step to the first wait or the end."""
    flow = library[name]
    session = FlowSession(flow=name, step=flow.start, language=flow.language)
    return Run(library, session).take(Turn(GoTo(flow.start)))


def resume_flow(library: Library, session: FlowSession, resume: Resume) -> Sprint:
    """Go on with what the session waited for, to the next wait or the end.

    Raises ResumeRefused, with nothing changed, where the session waits for something else or has ended;
    BrokenInvariant where the session is not one of these flows.
    """
    return Run(library, session).go_on(resume)


def hang_up_flow(library: Library, session: FlowSession) -> Sprint | None:
    """Begin what is to be done when the caller has gone; None where no flow that they were in wants anything.

    A flow that came to its end by itself has had the time to do what it wanted.

    The sprint waits at most for `Know`, `CheckHours` or `Fetch`; whatever a caller would have to hear ends it.
    """
    if session.finished:
        return None
    for name in (session.flow, *(frame.flow for frame in reversed(session.stack))):
        flow = library.get(name)
        if flow is not None and flow.on_hangup is not None:
            gone = replace(session, flow=name, language=flow.language, stack=(), typed="", failed=True, hung_up=True)
            return Run(library, gone).take(Turn(GoTo(flow.on_hangup)))
    return None


def _told(session: FlowSession, resume: Resume) -> tuple[TrailItem, ...]:
    """Tell of the prompt that the wait began with. Who pressed a key during it has heard it, as far as it mattered."""
    if not session.prompt:
        return ()
    cut_short = isinstance(resume, PromptDone) and not resume.completed and not resume.key
    kind = TrailKind.NOT_HEARD if cut_short else TrailKind.HEARD
    return (TrailItem(session.step, kind, session.prompt),)


class Run:
    """One sprint in the making; lives no longer than that. The proof walks with one of its own (`proof.walk`)."""

    __slots__ = ("library", "orders", "session", "trail")

    def __init__(self, library: Library, session: FlowSession) -> None:
        self.library = library
        self.session = session
        self.orders: tuple[Order, ...] = ()
        self.trail: tuple[TrailItem, ...] = ()

    @property
    def _flow(self) -> Flow:
        return self.library[self.session.flow]

    def go_on(self, resume: Resume) -> Sprint:
        """Take the answer, and run to the next wait or the end; raises as `resume_flow` does."""
        session = self.session
        session.refuse_unless_awaited(resume)
        flow = self.library.get(session.flow)
        if flow is None or session.step not in flow.steps:
            raise BrokenInvariant(
                "flow_session_of_another_flow", flow=", ".join(self.library), session=session.flow, step=session.step
            )
        self.trail += _told(session, resume)
        if session.ending:
            return self.end(session.ending)
        if isinstance(resume, PromptDone) and resume.key:
            self.session = replace(session, typed=session.typed + resume.key)
        return self.take(self.resumed(resume))

    def take(self, turn: Turn) -> Sprint:
        """Take turns until one waits or finishes."""
        for _ in range(MAX_STEPS_PER_SPRINT + 1):
            self._remember(turn)
            match turn.then:
                case WaitFor(order, attempts):
                    return self._wait(order, attempts)
                case Finish(reason):
                    return self.end(reason)
                case GoTo(step):
                    pass
                case GoBack():
                    if not self.session.stack:
                        return self.end(FINISHED)
                    step = self._back()
                case RunFlow(flow, back_to):
                    if len(self.session.stack) >= MAX_NESTING:
                        return self._apologise(TOO_DEEP)
                    if flow not in self.library:
                        turn = self._broken(str(UserMistake("flow_unknown_flow", name=flow)))
                        continue
                    step = self._into(flow, back_to)
            if self.session.steps_taken >= MAX_STEPS_PER_SESSION:
                return self._apologise(TOO_MANY_STEPS)
            turn = self._entered(step)
        return self._apologise(TOO_MANY_STEPS_AT_ONCE)

    def resumed(self, resume: Resume) -> Turn:
        """Let the step go on; one that is broken leads to the apology."""
        session = self.session
        if isinstance(resume, Fetched) and resume.reason == SECRET_LOST:
            again = self._step_of_lost_secret()
            if again is not None:
                return Turn(GoTo(again), trail=(TrailItem(session.step, TrailKind.ASKED_AGAIN, again),))
        node = self._flow.steps[session.step]
        if session.wait is Wait.FACTS:
            self.session = replace(session, facts=getattr(resume, "facts", {}))
            return self._guarded(node)
        return self._guarded(node, resume)

    def end(self, reason: str) -> Sprint:
        """Finish."""
        last = TrailItem(self.session.step, TrailKind.ENDED, reason)
        over = replace(self.session, wait=None, prompt=None, attempts=0, typed="", finished=True)
        return Sprint(over, (*self.orders, End(reason)), (*self.trail, last))

    def _remember(self, turn: Turn) -> None:
        self.orders += turn.orders
        self.trail += turn.trail
        session = self.session
        if turn.variables:
            kept = tuple(name for name in session.secrets if name not in turn.variables)
            variables = {**session.variables, **turn.variables}
            session = replace(session, variables=variables, secrets=kept + turn.secrets)
        if turn.typed is not None:
            session = replace(session, typed=turn.typed)
        self.session = session

    def _entered(self, step: str) -> Turn:
        session = self.session
        self.session = replace(
            session, step=step, wait=None, prompt=None, attempts=0, steps_taken=session.steps_taken + 1
        )
        node = self._flow.steps[step]
        if session.hung_up and not node.after_hang_up:
            return Turn(Finish(FINISHED))
        return Turn(WaitFor(Know())) if node.wants_facts() else self._guarded(node)

    def _guarded(self, node: Node, resume: Resume | None = None) -> Turn:
        """Let a step decide. Whatever it raises is a fault of the flow or of ours, and not the caller's loss."""
        try:
            return node.enter(self.session) if resume is None else node.resume(self.session, resume)
        except FsControlError as error:
            return self._broken(str(error))
        except Exception as error:  # noqa: BLE001 - it is told in the trail, and the caller hears that we are sorry
            return self._broken(f"{type(error).__name__}: {error}")

    def _broken(self, why: str) -> Turn:
        """Go where the flow wants faults to go, once; after that, or where it says nothing, apologise."""
        fault = (TrailItem(self.session.step, TrailKind.FAULT, why[:MAX_FAULT]),)
        on_error = self._flow.on_error
        if on_error is not None and not self.session.failed:
            self.session = replace(self.session, failed=True)
            return Turn(GoTo(on_error), trail=fault, typed="")
        if self.session.hung_up:
            return Turn(Finish(STEP_BROKEN), trail=fault)
        self.session = replace(self.session, ending=STEP_BROKEN)
        return Turn(WaitFor(Say(self._flow.prompts.apology)), trail=fault, typed="")

    def _apologise(self, reason: str) -> Sprint:
        if self.session.hung_up:
            return self.end(reason)
        self.session = replace(self.session, ending=reason, typed="")
        return self._wait(Say(self._flow.prompts.apology), 0)

    def _wait(self, order: Awaited, attempts: int) -> Sprint:
        prompt = order.prompt if isinstance(order, Say | Ask) else None
        typed = self.session.typed if isinstance(order, KEEPS_TYPED) else ""
        waiting = replace(
            self.session, wait=WAIT_FOR[type(order)], prompt=prompt or None, attempts=attempts, typed=typed
        )
        return Sprint(waiting, (*self.orders, order), self.trail)

    def _into(self, flow: str, back_to: str | None) -> str:
        session = self.session
        stack = session.stack if back_to is None else (*session.stack, Frame(session.flow, back_to))
        self.session = replace(session, flow=flow, language=self.library[flow].language, stack=stack)
        return self.library[flow].start

    def _back(self) -> str:
        frame = self.session.stack[-1]
        language = self.library[frame.flow].language
        self.session = replace(self.session, flow=frame.flow, language=language, stack=self.session.stack[:-1])
        return frame.step

    def _step_of_lost_secret(self) -> str | None:
        """Return the step that asked for what is lost, where it is one of this flow."""
        words = (str(self.session.variables.get(name, "")) for name in self.session.secrets)
        steps = (word.partition(":")[2] for word in words)
        return next((step for step in steps if step in self._flow.steps), None)
