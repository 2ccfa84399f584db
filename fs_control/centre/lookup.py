"""Finding out who calls, while the flow plays its welcome.

The database is asked as soon as a caller is admitted and has `look_up_within` (300 ms); after that the caller is a
stranger, and the record says why. Who is in line by then keeps the place and waits for the answer, because nobody may
be rung for them before it is known whose they are. Easy to break: an answer that comes too late must change nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import CallState
from fs_control.cdr import step_taken
from fs_control.centre import flows
from fs_control.centre.own_agent import flow_for_absent
from fs_control.centre.place import BY_CUSTOMER, raise_priority
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import LookUpCaller
from fs_control.events import CallerLookedUp
from fs_control.ids import Micros, TimerId
from fs_control.records import CallerFacts, FlowStep

TOO_SLOW: Final = "too_slow"


def look_up(step: Step, live: LiveCall) -> LiveCall:
    """Ask who calls; of one without a number nothing can be known."""
    caller = live.record.caller
    if not step.centre.look_up_within or caller.key is None:
        return live
    step.order(LookUpCaller(live.call.id, caller, live.call.number, step.now))
    step.start_timer(TimerId(f"lookup:{live.call.id}"), step.centre.look_up_within)
    return step.keep(replace(live, being_looked_up=True))


def caller_looked_up(step: Step, event: CallerLookedUp) -> None:
    """The database has answered, or could not."""
    live = step.live(event.call)
    if live is None or not live.being_looked_up:
        return
    step.cancel_timer(TimerId(f"lookup:{live.call.id}"))
    if not step.centre.switch_ahead:  # the switch has told us nothing yet but of this caller
        step.moment = Micros(live.record.started_at + step.now - live.call.arrived_at)
    _known(step, live, event.facts, event.fault)


def too_slow(step: Step, live: LiveCall) -> None:
    """It did not answer in time."""
    _known(step, live, CallerFacts(), TOO_SLOW)


def _known(step: Step, live: LiveCall, facts: CallerFacts, fault: str) -> None:
    """Go on with what is known; in line, only now is there somebody to be rung."""
    record = live.record
    if fault:
        step.because(f"lookup.{fault}")
        record = step_taken(record, FlowStep(step.moment, "", "not_looked_up", fault))
    served_before_by = facts.last_talk.agent if facts.last_talk is not None else None
    live = replace(live, being_looked_up=False, facts=facts, served_before_by=served_before_by, record=record)
    live = step.keep(live)
    if facts.customer is not None:
        live = raise_priority(step, live, facts.customer.priority, BY_CUSTOMER)
    flows.caller_known(step, live)
    if live.call.state is not CallState.WAITING:
        return
    elsewhere = flow_for_absent(step.centre, live)
    if elsewhere is not None:
        flows.leave_for(step, live, elsewhere)
    else:
        flows.in_line_known(step, live)
