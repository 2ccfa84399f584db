"""Keys that a caller presses before they are asked for, and what becomes of them: none is lost, none counts twice.

While a flow has the caller every key is told once, by an event of its own, in the order in which they were pressed;
so a key that falls between two orders is known as well, though no application has taken it. What has come since the
last answer is in `LiveCall.typed`. Easy to break: keys of an input are told twice, one by one and at its end; and of a
secret one, or of what may be one typed ahead, not a single key may come as far as here (`takes_keys`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import CallState
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.flow import Answer, Ask, CheckHours, DigitsGot, Fetch, Know, Order, Prioritise, Say, TakeMessage
from fs_control.flow.nodes.collect import Collect

MOST_TYPED: Final = 64
"""More than two of the longest numbers; who leans on a key does not fill our memory."""

_PASSES: Final = (Say, Ask, Fetch, Know, CheckHours, Prioritise, Answer)
"""Orders on whose way to a menu or an input keys stay known; any other is something else altogether."""


def takes_keys(centre: CallCentre, live: LiveCall) -> bool:
    """Tell whether a key may be known at this moment: not in what cannot be skipped, nor where it may be a secret."""
    if live.call.state is not CallState.IN_FLOW or not live.call.hears_us:
        return False  # in a talk keys are nobody's business
    if live.own is not None:
        return False  # a PIN may be typed ahead
    match live.heard:
        case Say(skip=False):
            return live.call.op is None and not _may_be_secret(centre, live)
        case Ask(secret=secret) if secret:
            return False
        case TakeMessage():
            return False
        case _:
            return not _may_be_secret(centre, live)


def _may_be_secret(centre: CallCentre, live: LiveCall) -> bool:
    """Tell whether a secret input is the next step, so that keys pressed now are the beginning of it."""
    key = live.flows.get(live.session.flow) if live.session is not None else None
    flow = centre.flows.get(key) if key is not None else None
    here = flow.steps.get(live.session.step) if flow is not None and live.session is not None else None
    if flow is None or here is None or isinstance(live.heard, Ask):
        return False
    after = (flow.steps.get(name) for name in here.exits().values())
    return any(isinstance(node, Collect) and node.sensitive for node in (here, *after))


def note_key(step: Step, live: LiveCall, key: str) -> None:
    """Remember a key; what it is good for is seen when the flow goes on."""
    step.keep(replace(live, typed=(live.typed + key)[:MOST_TYPED]))


def forget_unless_kept(step: Step, live: LiveCall, order: Order) -> LiveCall:
    """Forget keys that were pressed before something that no key was meant for."""
    if not live.typed or isinstance(order, _PASSES):
        return live
    return step.keep(replace(live, typed=""))


def take_all(step: Step, live: LiveCall) -> tuple[LiveCall, str]:
    """Return all keys that were pressed, and the call without them."""
    return (step.keep(replace(live, typed="")), live.typed) if live.typed else (live, "")


def answer_at_once(step: Step, live: LiveCall, ask: Ask) -> tuple[LiveCall, DigitsGot | None]:
    """Return what keys pressed ahead answer, if they are a whole answer; what is too many stays."""
    if ask.secret or not live.typed:
        return live, None
    digits, rest, is_whole = _read(live.typed, ask)
    if not is_whole:
        return live, None
    return step.keep(replace(live, typed=rest)), _got(digits, ask)


def still_wanted(live: LiveCall, ask: Ask) -> Ask:
    """Return the question for what is missing; who has begun to type need not hear it."""
    if ask.secret or not live.typed:
        return ask
    between = ask.timeout_s if ask.between_s is None else ask.between_s
    return replace(ask, prompt="", parts=(), max_digits=ask.max_digits - len(live.typed), timeout_s=between)


def collected(step: Step, live: LiveCall, digits: str) -> tuple[LiveCall, DigitsGot]:
    """Return the answer to the question that was heard: of keys pressed ahead and those that the switch collected."""
    ask = live.heard
    if not isinstance(ask, Ask):  # a snapshot of an older program may know no question
        return live, DigitsGot(digits)
    if ask.secret:
        return live, DigitsGot(ask.secret if digits else "")
    typed, rest, _ = _read(_all_keys(live.typed, digits, ask.end_key), ask)
    return step.keep(replace(live, typed=rest)), _got(typed, ask)


def _all_keys(told: str, collected: str, end_key: str) -> str:
    """Join the keys that were told one by one with those that were collected, of which each was told as well."""
    if told.endswith(collected) or (end_key and told.removesuffix(end_key).endswith(collected)):
        return told
    return collected if collected.endswith(told) else told + collected


def _read(keys: str, ask: Ask) -> tuple[str, str, bool]:
    """Return the digits that a question takes of some keys, the keys that are left, and whether that is all it wants.

    Keys behind the last one that is wanted are for the next question, an end key pressed out of habit is not.
    """
    digits = keys.partition(ask.end_key)[0] if ask.end_key else keys
    if len(digits) >= ask.max_digits:
        rest = keys[ask.max_digits :]
        return digits[: ask.max_digits], rest.removeprefix(ask.end_key) if ask.end_key else rest, True
    return digits, keys[len(digits) + 1 :], bool(ask.end_key) and ask.end_key in keys


def _got(digits: str, ask: Ask) -> DigitsGot:
    return DigitsGot(digits if len(digits) >= ask.min_digits else "")
