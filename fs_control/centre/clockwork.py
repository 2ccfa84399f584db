"""What happens when a timer is due. A timer's name says what it is for and whom it concerns: `kind:id`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from fs_control.calls import NORMAL, CallState
from fs_control.centre import (
    announcing,
    binding,
    consulting,
    dialling,
    flows,
    joining,
    key_codes,
    leg_ends,
    lookup,
    offers,
    offers_over,
    outbound,
    overflow,
    own_wait,
    schedules,
    spending,
    supervision,
    talking,
    today,
    wrap_up,
)
from fs_control.centre.endings import LEG_MUST_END_WITHIN, closing_leg_gone, dismiss, finish
from fs_control.centre.hearing import BACK_WITHIN, FREE_WITHIN, bring_back, take_back
from fs_control.centre.legs import HANG_UP_FOLLOWS_WITHIN, leg_over
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import HangUp
from fs_control.errors import BrokenInvariant
from fs_control.events import TimerFired
from fs_control.flow import LineExit
from fs_control.ids import AgentId, CallId, LegId, Micros, TimerId, seconds
from fs_control.records import EndedBy, OfferResult

OUT_OF_SIGHT: Final = seconds(5)
"""What is due for a caller of whom nobody knows whether they are there waits for so long, and again."""


def timer_fired(step: Step, event: TimerFired) -> None:
    """Do what the timer was started for; one that was cancelled a moment ago is no news."""
    if event.timer not in step.centre.timers:
        return
    step.change(timers=step.centre.timers.delete(event.timer))
    kind, _, subject = event.timer.partition(":")
    handler = _HANDLERS.get(kind)
    if handler is None:
        raise BrokenInvariant("timer_unknown", timer=event.timer)
    step.because(f"timer.{kind}")
    more = _TOLD_BY_THE_SWITCH.get(kind)
    if more is not None and step.centre.link_lost_at is not None:
        step.start_timer(event.timer, more)  # what it waits for may have happened unheard
    elif kind != "ends" and leg_ends.is_unclear(step, subject):
        step.start_timer(event.timer, leg_ends.LOOK_AGAIN)
    elif kind in _MOVES_THE_CALLER and _is_out_of_sight(step, subject):
        step.start_timer(event.timer, OUT_OF_SIGHT)
    else:
        handler(step, subject)


def _is_out_of_sight(step: Step, subject: str) -> bool:
    """Tell whether a timer is of a caller who is not in our hands while the switch can tell us nothing.

    They may have left long ago; a limit that has passed since is no news before that is known.
    """
    live = step.live(CallId(subject)) or step.live_on(LegId(subject))
    is_away = live is not None and live.call.away and not live.call.is_joined
    return is_away and step.centre.link_lost_at is not None


def _waited_long_enough(step: Step, live: LiveCall) -> None:
    """The limit of the queue step: a phone that is ringing for the caller is not taken away any more."""
    if live.call.state is CallState.WAITING:
        flows.leave_waiting(step, live, LineExit.TIMED_OUT)
    elif live.call.state in (CallState.RINGING_AGENT, CallState.CONNECTING):
        step.start_timer(TimerId(f"wait:{live.call.id}"), offers.RING_GRACE)


def _last_sentence_too_long(step: Step, live: LiveCall) -> None:
    if live.heard is not None:
        dismiss(step, live, EndedBy.CENTRE)
    else:
        finish(step, live, EndedBy.CENTRE, "HANGUP_UNCONFIRMED")


def _leg_lost(step: Step, live: LiveCall) -> None:
    """The call ended when its connection did. A pair that talks needs none: its end is told on the other wire."""
    if live.call.state not in (CallState.TALKING, CallState.OUTSIDE) or not live.call.is_joined:
        step.moment = Micros(step.moment - HANG_UP_FOLLOWS_WITHIN)
        step.order(HangUp(live.call.id, live.call.leg, NORMAL))  # a leg that is there after all must not be left parked
        finish(step, live, EndedBy.SWITCH, "CALLER_LINK_LOST")


def _did_not_return(step: Step, live: LiveCall) -> None:
    """The dialplan did not hand us the caller again, and may have given them to another controller: leave the leg."""
    if live.call.away and not live.call.is_joined:
        finish(step, live, EndedBy.SWITCH, "CALLER_LINK_LOST")


def _freed_untold(step: Step, live: LiveCall) -> None:
    """Ringing or talk is over by one leg, and the other one has not been heard of."""
    if live.call.returns and not live.call.is_joined:
        bring_back(step, live)
    elif live.call.talk.apart:
        talking.join_now(step, live)
    elif live.call.state is CallState.TALKING and live.call.is_joined and live.call.offer is not None:
        leg = live.call.offer.leg
        step.order(HangUp(live.call.id, leg, NORMAL))
        leg_over(step, leg, NORMAL)
    elif live.call.bridging is not None:
        take_back(step, live)


def _not_connected(step: Step, live: LiveCall) -> None:
    if live.call.state is CallState.CONNECTING:
        offers_over.give_up_offer(step, live, OfferResult.FAILED, "BRIDGE_TIMEOUT")


def _ask_again(step: Step, live: LiveCall) -> None:
    """One who declined may be asked again, if nobody else is signed in; the next one may be so later."""
    offers_over.remind_of_decliners(step, live)
    step.rematch.update(live.call.lines)


def _of_call(handle: Callable[[Step, LiveCall], None]) -> Callable[[Step, str], None]:
    def handler(step: Step, subject: str) -> None:
        live = step.live(CallId(subject))
        if live is not None:
            handle(step, live)

    return handler


def _ring_unanswered(step: Step, subject: str) -> None:
    """The switch never told how the ringing ended: end it ourselves."""
    live = step.live_on(LegId(subject))
    offer = live.call.offer_on(LegId(subject)) if live is not None else None
    if live is None or offer is None:
        return
    if live.call.state is CallState.RINGING_AGENT:
        offers_over.give_up_one(step, live, offer, OfferResult.NO_ANSWER, "RING_TIMEOUT")
    elif live.call.state is CallState.CALLING:
        outbound.agent_rang_too_long(step, live)
    elif offer in live.call.others:  # somebody else is being joined
        offers_over.give_up_one(step, live, offer, OfferResult.ANSWERED_ELSEWHERE, "RING_TIMEOUT")


def _rest_over(step: Step, subject: str) -> None:
    step.keep_agent(replace(step.agent(AgentId(int(subject))), rest=None))


def _closing_unconfirmed(step: Step, subject: str) -> None:
    step.because("closing_unconfirmed")
    closing_leg_gone(step, LegId(subject))


def _day_over(step: Step, _subject: str) -> None:
    today.ask_day(step)


_HANDLERS: Final[dict[str, Callable[[Step, str], None]]] = {
    "wait": _of_call(_waited_long_enough),
    "goodbye": _of_call(_last_sentence_too_long),
    "lost": _of_call(_leg_lost),
    "back": _of_call(_did_not_return),
    "free": _of_call(_freed_untold),
    "hush": _of_call(offers.hushed_unheard),
    "connect": _of_call(_not_connected),
    "again": _of_call(_ask_again),
    "overflow": _of_call(overflow.overflow_due),
    "announce": _of_call(announcing.interval_over),
    "ring": _ring_unanswered,
    "rest": _rest_over,
    "closing": _closing_unconfirmed,
    "midnight": _day_over,
    "lookup": _of_call(lookup.too_slow),
    "own": _of_call(own_wait.waited_long_enough),
    "ask": _of_call(own_wait.no_answer),
    "dial": _of_call(dialling.give_up),
    "fetch": _of_call(flows.fetch_too_late),
    "message": _of_call(flows.message_over_untold),
    "calling": _of_call(outbound.too_long),
    "charge": lambda step, subject: spending.another_minute(step, LegId(subject)),
    "join": _of_call(talking.not_joined),
    "consult": _of_call(consulting.too_long),
    "keys": _of_call(key_codes.too_slow),
    "wrapup": wrap_up.time_over,
    "schedule": schedules.schedule_due,
    "pin": _of_call(binding.too_slow),
    "supervise": lambda step, subject: supervision.not_answered(step, LegId(subject)),
    "ends": lambda step, subject: leg_ends.not_told(step, CallId(subject)),
}

_MOVES_THE_CALLER: Final = frozenset({"wait", "own", "goodbye", "message", "fetch"})
"""Timers by which a caller leaves where they are, which is written down as if they were there."""

_TOLD_BY_THE_SWITCH: Final = {
    "lost": HANG_UP_FOLLOWS_WITHIN,
    "back": BACK_WITHIN,
    "free": FREE_WITHIN,
    "connect": joining.BRIDGE_WITHIN,
    "ring": offers.RING_GRACE,
    "closing": LEG_MUST_END_WITHIN,
    "dial": dialling.RING_GRACE,
    "calling": outbound.RING_GRACE,
    "join": talking.JOIN_WITHIN,
    "consult": consulting.RING_GRACE,
    "supervise": supervision.RING_GRACE,
    "ends": leg_ends.TOLD_WITHIN,
}
"""Timers for what the switch should have told by now, and how much longer they run while it can tell us nothing."""
