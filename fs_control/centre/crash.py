"""A defect of ours hit a call: the caller hears that we are sorry, everybody else notices nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from immutables import Map

from fs_control.agents import Agent, let_go
from fs_control.calls import Call, CallState, CallTrigger, advance
from fs_control.cdr import enter_segment
from fs_control.centre import counting, dial_ledger
from fs_control.centre.admission import Refused
from fs_control.centre.endings import dismiss, finish, leave_line, let_go_of_agent, let_go_of_number, say_goodbye
from fs_control.centre.hearing import silence
from fs_control.centre.legs import turn_away
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wanted import wanted_anew
from fs_control.events import CallCrashed
from fs_control.ids import AgentId, CallId, Micros, TimerId
from fs_control.records import Disposition, EndedBy, OfferResult, SegmentKind


def call_crashed(step: Step, event: CallCrashed) -> None:
    """First an apology; if that fails too, only the hang-up; then we let go of the call, in the end without a record.

    Both a crash while handling a crash (`attempt`) and another crash of the same call lead one step further.
    """
    live = step.live(event.call)
    step.because(f"crashed.{event.place}")
    if live is None:
        if event.offer is not None:
            turn_away(step, event.offer, Refused(Disposition.FAILED, "apology"))
        return
    if event.attempt == CallCrashed.LAST_ATTEMPT:
        _forget(step, live.call.id)
        return
    severity = max(event.attempt, live.call.crashes + 1)
    call = replace(live.call, crashes=severity, ended_by=EndedBy.CENTRE, verdict=Disposition.FAILED)
    live = step.keep_call(live, call)
    match severity:
        case 1 if call.state is not CallState.LEAVING:
            _silence(step, call)
            say_goodbye(step, _detach(step, live), "apology", Disposition.FAILED)
        case 1 | 2:
            dismiss(step, _detach(step, live), EndedBy.CENTRE)
        case _:
            finish(step, live, EndedBy.CENTRE, "CRASHED")


def _forget(step: Step, gone: CallId) -> None:
    """Take a call out of every map with as little code as can be; its legs are left to the switch's own limits.

    Nothing of the call is read, because it may be what is broken; what others need is made anew from the others.
    """
    centre = step.centre
    calls = centre.calls.delete(gone)
    loads = Counter(live.call.number for live in calls.values() if live.call.admitted)
    lines = {group: tuple(caller for caller in line if caller != gone) for group, line in centre.lines.items()}
    legs = {leg for leg, owner in centre.legs.items() if owner == gone}
    still_busy = {closing.agent for closing in centre.closing.values()}
    counting.forgotten(step, gone)
    step.change(
        calls=calls,
        legs=Map({leg: owner for leg, owner in centre.legs.items() if owner != gone}),
        lines=Map({group: line for group, line in lines.items() if line}),
        loads=Map(loads),
        admitted=loads.total(),
        agents=Map({key: _freed(agent, gone, still_busy, step.now) for key, agent in centre.agents.items()}),
    )
    step.change(wanted=wanted_anew(step.centre))
    if gone in centre.unclear:
        step.change(unclear=centre.unclear.delete(gone))
    for leg in legs:
        step.change(dials=dial_ledger.over(step.centre.dials, leg))
    for timer in list(centre.timers):
        if timer.partition(":")[2] in {gone, *legs}:
            step.cancel_timer(timer)
    step.touched[gone] = None
    step.rematch.update(centre.directory.groups)


def _freed(agent: Agent, gone: CallId, still_busy: Collection[AgentId], at: Micros) -> Agent:
    if agent.call != gone or agent.id in still_busy:
        return agent
    return let_go(agent, at)


def _silence(step: Step, call: Call) -> None:
    """Stop what the caller hears, so that the apology is heard now; a talk ends with the agent's leg."""
    if call.op is not None:
        silence(step, call)


def _detach(step: Step, live: LiveCall) -> LiveCall:
    """Take the call out of line and offer, so that it stands alone."""
    leave_line(step, live)
    for kind in ("wait", "connect", "again", "hush", "dial"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))
    live = let_go_of_number(step, let_go_of_agent(step, live, OfferResult.FAILED, "CRASHED"))
    if live.call.state in (CallState.RINGING_AGENT, CallState.CONNECTING):
        live = step.keep_call(live, advance(live.call, CallTrigger.OFFER_FAILED))
    if live.record.segments[-1].kind is not SegmentKind.IVR:
        record = enter_segment(live.record, SegmentKind.IVR, step.moment, EndedBy.CENTRE, "crashed")
        live = step.keep_record(live, record)
    counting.lost(step, live.call.id, live.record)
    return live
