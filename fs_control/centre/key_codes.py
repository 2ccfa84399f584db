"""What an agent wants who presses keys during a talk, for phones without keys of their own for it.

Owns the codes and the gathering of one. Easy to break: keys that are no code may be a part of a card number that the
agent types into somebody else's menu, so nothing is kept that did not begin with a star (`is_awaited`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fs_control.agents import Moment
from fs_control.calls import CallState
from fs_control.centre import acting
from fs_control.centre.moments import moment_of
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.events import ActionRequested, KeyPressed
from fs_control.ids import RequestId, TimerId, seconds
from fs_control.records import Action

NEXT_KEY_WITHIN: Final = seconds(5)
"""Who begins a code and does not go on has changed their mind."""

CODES: Final[Mapping[str, tuple[Action, ...]]] = {
    "1": (Action.HOLD, Action.RESUME),
    "2": (Action.TRANSFER,),
    "3": (Action.CONSULT,),
    "4": (Action.COMPLETE,),
    "5": (Action.CANCEL,),
    "6": (Action.SWAP,),
    "7": (Action.JOIN,),
    "8": (Action.MUTE, Action.UNMUTE),
}
"""Behind a star: what a key wants; of two, the one that is possible and not so already."""

WITH_NUMBER: Final = frozenset({Action.TRANSFER, Action.CONSULT})
"""These need a number behind them, and the end key."""

BY_PHONE: Final = "phone"
"""Who asked, where it was the agent's own phone."""

MOST_KEYS: Final = 24


def is_awaited(centre: CallCentre, event: KeyPressed) -> bool:
    """Tell whether a key is one of a code."""
    live = _talk_of(centre, event)
    return live is not None and (event.key == "*" or bool(live.call.talk.keys))


def key_pressed(step: Step, event: KeyPressed) -> bool:
    """Take a key of the agent's; return whether it was one of a code."""
    live = _talk_of(step.centre, event)
    if live is None or not is_awaited(step.centre, event):
        return False
    keys = live.call.talk.keys + event.key if event.key != "*" else "*"
    actions = CODES.get(keys[1:2], ()) if len(keys) > 1 else ()
    if len(keys) > MOST_KEYS or (len(keys) > 1 and not actions):
        _keep(step, live, "")
    elif not actions or (actions[0] in WITH_NUMBER and not keys.endswith("#")):
        _keep(step, live, keys)
        step.start_timer(TimerId(f"keys:{live.call.id}"), NEXT_KEY_WITHIN)
    else:
        _do(step, _keep(step, live, ""), actions, keys[2:].removesuffix("#"))
    return True


def too_slow(step: Step, live: LiveCall) -> None:
    """The rest of a code did not come."""
    _keep(step, live, "")


def _keep(step: Step, live: LiveCall, keys: str) -> LiveCall:
    if not keys:
        step.cancel_timer(TimerId(f"keys:{live.call.id}"))
    return step.keep_call(live, replace(live.call, talk=replace(live.call.talk, keys=keys)))


def _do(step: Step, live: LiveCall, actions: tuple[Action, ...], to: str) -> None:
    offer = live.call.offer
    assert offer is not None  # a talk has one
    action = actions[0]
    if action is Action.HOLD and moment_of(step.centre, offer.agent) is Moment.HELD:
        action = Action.RESUME
    elif action is Action.MUTE and live.call.talk.muted:
        action = Action.UNMUTE
    request = RequestId("")  # nobody waits for an answer but the one who hears what happens
    wanted = ActionRequested(at=step.now, request=request, agent=offer.agent, by=BY_PHONE, action=action, to=to)
    acting.action_requested(step, wanted)


def _talk_of(centre: CallCentre, event: KeyPressed) -> LiveCall | None:
    """Return the talk whose agent pressed the key, or None."""
    call = centre.legs.get(event.leg)
    live = centre.calls.get(call) if call is not None else None
    if live is None or live.call.state is not CallState.TALKING or live.call.offer is None:
        return None
    return live if live.call.offer.leg == event.leg else None
