"""What a flow does when its caller has gone (`on_hangup`): it looks, decides, and tells other people's servers.

It runs in the moment in which the call ends and waits for nobody: what a server answers is not waited for and counts as
well done. Easy to break: the call is over whatever a flow does here, so nothing of it may keep the record open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.cdr import step_taken
from fs_control.centre import asking_outside, telling
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.flow import (
    CheckHours,
    Fetch,
    Fetched,
    Know,
    Known,
    Order,
    Resume,
    Sprint,
    TrailKind,
    hang_up_flow,
    resume_flow,
)
from fs_control.records import FlowStep

_NOT_KNOWN_YET: Final = (TrailKind.FETCHED, TrailKind.EXIT, TrailKind.ENDED)
"""What would be told of answers that nobody waits for."""


def after_hang_up(step: Step, live: LiveCall) -> LiveCall:
    """Run what the flow wants to be done; return the call with what the record says of it."""
    if live.session is None:
        return live
    library = {name: step.centre.flows[key] for name, key in live.flows.items() if key in step.centre.flows}
    sprint = hang_up_flow(library, live.session)
    while sprint is not None:
        live = _noted(step, live, sprint)
        told = _told(step, live, sprint.orders[-1])
        sprint = resume_flow(library, sprint.session, told) if told is not None else None
    return live


def _noted(step: Step, live: LiveCall, sprint: Sprint) -> LiveCall:
    record = live.record
    for item in sprint.trail:
        if item.kind not in _NOT_KNOWN_YET:
            record = step_taken(record, FlowStep(step.moment, item.step, item.kind, item.detail))
    return step.keep(replace(live, record=record))


def _told(step: Step, live: LiveCall, order: Order) -> Resume | None:
    match order:
        case Know():
            return Known(telling.facts_of(step, live))
        case CheckHours(calendar):
            return telling.hours_of(step, calendar)
        case Fetch():
            asking_outside.ask_after_hang_up(step, live.call.id, order)
            return Fetched(ok=True)
        case _:
            return None
