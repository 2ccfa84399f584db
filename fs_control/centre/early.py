"""Callers who are not answered yet: when a call is taken up, and with which cause one that never was is ended.

A flow may leave the answer to whoever takes the caller up (`answer: on_agent`): until then the caller hears us in early
media and pays nothing. The switch answers with the join (trace early-media-menu). Easy to break: while we were deaf the
answer may have been given untold, so a pair that talks is answered whatever we heard.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import NORMAL, refusal_of
from fs_control.cdr import call_answered
from fs_control.centre.admission import find_number
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.commands import AnswerCall, TakeCallEarly
from fs_control.ids import Micros

ON_AGENT: Final = "on_agent"


def begins_early(centre: CallCentre, dialled: str) -> bool:
    """Tell whether the flow of a number leaves the answer to whoever takes the caller up; also for who is refused."""
    number = find_number(centre.directory, dialled)
    key = centre.active_flows.get(number.flow) if number is not None and number.flow is not None else None
    return key is not None and centre.flows[key].answer == ON_AGENT


def receive(step: Step, live: LiveCall) -> None:
    """Let the caller hear us: answered, or not yet; also one who is handed over again."""
    call = live.call
    order = TakeCallEarly if call.early else AnswerCall
    step.order(order(call.id, call.leg, call.number))


def take_up(step: Step, live: LiveCall) -> LiveCall:
    """Answer a caller who was not yet."""
    if live.call.early:
        live = step.keep_call(live, replace(live.call, early=False))
        receive(step, live)
    return live


def taken_up(step: Step, live: LiveCall) -> LiveCall:
    """The caller is answered, by us or with the join; the first time counts."""
    record = call_answered(live.record, step.moment)
    if record is live.record and not live.call.early:
        return live
    return step.keep(replace(live, call=replace(live.call, early=False), record=record))


def answer_told(step: Step, live: LiveCall, at: Micros | None) -> LiveCall:
    """The switch says of a caller's leg when it was answered: whoever controlled it then may have died over that."""
    if at is None or live.outgoing is not None:
        return live
    record = call_answered(live.record, at)
    if record is live.record and not live.call.early:
        return live
    return step.keep(replace(live, call=replace(live.call, early=False), record=record))


def cause_of_end(live: LiveCall) -> str:
    """Return the cause with which we end a caller's leg."""
    return refusal_of(live.call.verdict) if live.call.early else NORMAL
