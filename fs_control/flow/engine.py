"""Runs a session to its next wait and says what should happen: one sprint.

Pure: the same flow, session and answer give the same sprint, in a live call as in a dry run. Nothing that a caller
does raises here; only an answer that nobody waits for is refused (`ResumeRefused`). Every loop of a flow is bounded
by the two limits below, and a session that meets one ends in words, never in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from fs_control.errors import BrokenInvariant
from fs_control.flow.definition import Flow
from fs_control.flow.nodes.base import Finish, GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.orders import Ask, Awaited, End, Enqueue, Order, Say
from fs_control.flow.session import FlowSession, PromptDone, Resume, Wait

MAX_STEPS_PER_SPRINT: Final = 100
"""One event of one call must not hold up the others; and circles without a wait are refused when a flow is read."""
MAX_STEPS_PER_SESSION: Final = 1000
"""A caller sent back into line every half minute gets here after four hours and more; nobody real does."""

WAIT_FOR: Final[Mapping[type[Awaited], Wait]] = {Say: Wait.PROMPT, Ask: Wait.DIGITS, Enqueue: Wait.LINE}
"""What a session waits for after an order."""

TOO_MANY_STEPS_AT_ONCE: Final = "flow_too_many_steps_at_once"
TOO_MANY_STEPS: Final = "flow_too_many_steps"


@dataclass(frozen=True, slots=True)
class Sprint:
    """What came of one start or resume.

    `orders` end with the one thing that `session` waits for, or with `End` where it is finished. `trail` tells what
    happened up to here.
    """

    session: FlowSession
    orders: tuple[Order, ...]
    trail: tuple[TrailItem, ...]


def start_flow(flow: Flow) -> Sprint:
    """Begin a flow: run from its start step to the first wait or the end."""
    session = FlowSession(flow=flow.name, step=flow.start)
    return _run(flow.steps, session, Turn(GoTo(flow.start)))


def resume_flow(flow: Flow, session: FlowSession, resume: Resume) -> Sprint:
    """Go on with what the session waited for, to the next wait or the end.

    Raises ResumeRefused, with nothing changed, where the session waits for something else or has ended;
    BrokenInvariant where the session is not one of this flow.
    """
    session.refuse_unless_awaited(resume)
    if session.flow != flow.name or session.step not in flow.steps:
        raise BrokenInvariant("flow_session_of_another_flow", flow=flow.name, session=session.flow, step=session.step)
    turn = flow.steps[session.step].resume(session, resume)
    return _run(flow.steps, session, replace(turn, trail=_told(session, resume) + turn.trail))


def _told(session: FlowSession, resume: Resume) -> tuple[TrailItem, ...]:
    """Tell of the prompt that the wait began with. Who pressed a key during it has heard it, as far as it mattered."""
    if session.prompt is None:
        return ()
    cut_short = isinstance(resume, PromptDone) and not resume.completed
    kind = TrailKind.NOT_HEARD if cut_short else TrailKind.HEARD
    return (TrailItem(session.step, kind, session.prompt),)


def _run(steps: Mapping[str, Node], session: FlowSession, turn: Turn) -> Sprint:
    """Take turns until one waits or finishes."""
    orders: tuple[Order, ...] = ()
    trail: tuple[TrailItem, ...] = ()
    for _ in range(MAX_STEPS_PER_SPRINT + 1):
        orders += turn.orders
        trail += turn.trail
        session = replace(session, variables={**session.variables, **turn.variables})
        match turn.then:
            case WaitFor(order, attempts):
                return Sprint(_waiting(session, order, attempts), (*orders, order), trail)
            case Finish(reason):
                return _ended(session, orders, trail, reason)
            case GoTo(step):
                if session.steps_taken >= MAX_STEPS_PER_SESSION:
                    return _ended(session, orders, trail, TOO_MANY_STEPS)
                session = _entering(session, step)
                turn = steps[step].enter(session)
    return _ended(session, orders, trail, TOO_MANY_STEPS_AT_ONCE)


def _entering(session: FlowSession, step: str) -> FlowSession:
    return replace(session, step=step, wait=None, prompt=None, attempts=0, steps_taken=session.steps_taken + 1)


def _waiting(session: FlowSession, order: Awaited, attempts: int) -> FlowSession:
    prompt = None if isinstance(order, Enqueue) else order.prompt
    return replace(session, wait=WAIT_FOR[type(order)], prompt=prompt, attempts=attempts)


def _ended(session: FlowSession, orders: tuple[Order, ...], trail: tuple[TrailItem, ...], reason: str) -> Sprint:
    last = TrailItem(session.step, TrailKind.ENDED, reason)
    over = replace(session, wait=None, prompt=None, attempts=0, finished=True)
    return Sprint(over, (*orders, End(reason)), (*trail, last))
