"""What is asked of an agent's desk: done, or refused with the reason; never ignored.

One table says what is possible at which moment (`agents.actions`); whoever owns an action does the rest, one line of
`HANDLERS` each. Easy to break: a refused action changes nothing, so a handler looks before it does anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fs_control.agents import refusal_of
from fs_control.centre import outbound, talking
from fs_control.centre.consulting import CONSULT_ACTIONS
from fs_control.centre.moments import moment_of
from fs_control.centre.readiness import READINESS_ACTIONS
from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.centre.talking import TALK_ACTIONS
from fs_control.centre.transferring import TRANSFER_ACTIONS
from fs_control.commands import Reply
from fs_control.events import ActionRequested
from fs_control.records import Action


def action_requested(step: Step, event: ActionRequested) -> None:
    """Do what is asked, or say why not."""
    refusal = act(step, event)
    if refusal is not None:
        step.because(f"refused.{refusal.code}")
    if event.request:
        values = dict(refusal.values) if refusal is not None else _told(step, event)
        step.order(Reply(event.request, refusal.code if refusal is not None else None, values))


def _told(step: Step, event: ActionRequested) -> dict[str, str]:
    """Return what there is to tell of something that was done: of a call that is being made, its id."""
    call = step.agent(event.agent).call
    return {"call": call} if event.action is Action.DIAL and call is not None else {}


def act(step: Step, event: ActionRequested) -> Refusal | None:
    """Do what is asked; return why not where it is refused, and then nothing has changed."""
    profile = step.centre.directory.agents.get(event.agent)
    if profile is None:
        return Refusal("agent_unknown", {"agent": str(event.agent)})
    code = refusal_of(event.action, moment_of(step.centre, event.agent))
    if code is not None:
        return Refusal(code, {"agent": profile.number})
    if event.action in _ON_A_TALK and talking.is_changing(step, event.agent):
        return Refusal("call_is_changing", {"agent": profile.number})
    if event.action is Action.HANG_UP and talking.is_joining(step, event.agent):
        return Refusal("call_is_changing", {"agent": profile.number})
    handler = HANDLERS.get(event.action)
    if handler is None:
        return Refusal("action_not_possible_here", {"agent": profile.number})
    return handler(step, event)


_ON_A_TALK: Final = frozenset({*TALK_ACTIONS, *CONSULT_ACTIONS, *TRANSFER_ACTIONS}) - {Action.HANG_UP}
"""What takes legs apart or joins them: one at a time."""

HANDLERS: Final[dict[Action, Callable[[Step, ActionRequested], Refusal | None]]] = {
    **TALK_ACTIONS,
    **CONSULT_ACTIONS,
    **TRANSFER_ACTIONS,
    **READINESS_ACTIONS,
    Action.DIAL: outbound.dial,
    Action.HANG_UP: outbound.hang_up_requested,
}
"""Who does what: one line for each action, or for the actions of one file."""
