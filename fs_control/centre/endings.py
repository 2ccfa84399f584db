"""How calls end: told off at the door, dismissed by the flow, left by somebody, or broken by us.

One rule: whatever ends a call, `finish` is the only place that closes its record, takes it out of every line and
map, and lets go of the agent.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.agents import AgentState, AgentStatus, AgentTrigger, after_offer, rest_after
from fs_control.calls import NORMAL, Call, CallState, CallTrigger, LiveOffer, TalkState, advance
from fs_control.cdr import close_record, offer_ended, step_taken
from fs_control.centre import counting, early, hanging_up, messages, spending, wrap_up
from fs_control.centre.estimating import talk_ended
from fs_control.centre.hearing import expect_no_more, let_hear
from fs_control.centre.state import ClosingLeg, LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wanted import forget_wanted
from fs_control.commands import HangUp, StoreRecord
from fs_control.events import RecordKept, RecordStored
from fs_control.flow import Say
from fs_control.ids import AgentId, CallId, LegId, Micros, TimerId, seconds
from fs_control.records import CallRecord, Disposition, EndedBy, FlowStep, OfferResult

CANCELLED = "ORIGINATOR_CANCEL"

LOST = "SWITCH_LOST"
"""A leg that the switch no longer has, and of whose end it could not tell us."""

ELSEWHERE = "LOSE_RACE"
"""Tells a phone that somebody else has taken the call up, so that it counts no missed one (RFC 3326)."""

LAST_SENTENCE_AT_MOST = seconds(20)
"""Longer than any shipped prompt: if the switch never says that it ended, we hang up all the same."""

LEG_MUST_END_WITHIN = seconds(30)
"""An ordered hang-up whose end is not told for so long was lost; the agent is freed and the leg forgotten."""


_TIMERS = (
    *("goodbye", "wait", "hush", "connect", "again", "lookup", "dial", "fetch", "message", "join", "keys"),
    "pin",
    "ends",
)
"""Those that are a call's as long as it lasts."""


def say_goodbye(step: Step, live: LiveCall, prompt: str, verdict: Disposition) -> None:
    """Play one last sentence and hang up when it is over; `verdict` goes into the record."""
    call = replace(advance(live.call, CallTrigger.DISMISSED), verdict=verdict)
    told = step_taken(live.record, FlowStep(step.moment, "", "told", prompt))
    let_hear(step, replace(live, call=call, record=told), Say(prompt))
    step.start_timer(TimerId(f"goodbye:{call.id}"), LAST_SENTENCE_AT_MOST)


def dismiss(step: Step, live: LiveCall, ended_by: EndedBy) -> None:
    """Order the end of the caller's leg; the record closes when the switch says that it is over."""
    call = replace(advance(live.call, CallTrigger.DISMISSED), ended_by=live.call.ended_by or ended_by, op=None)
    step.keep(replace(live, call=call, heard=None))
    step.order(HangUp(call.id, call.leg, early.cause_of_end(live)))
    step.start_timer(TimerId(f"goodbye:{call.id}"), LEG_MUST_END_WITHIN)


def finish(step: Step, live: LiveCall, ended_by: EndedBy, cause: str) -> None:
    """The caller's leg is over: close the record, free everybody, forget the call."""
    live = let_go_of_number(step, let_go_of_agent(step, live, OfferResult.CALLER_LEFT, cause))
    let_go_of_own_caller(step, live)
    let_go_of_dialler(step, live)
    live = spending.stop(step, live, live.call.leg)
    call = live.call
    leave_line(step, live)
    expect_no_more(step, call)
    for kind in (*_TIMERS, "calling"):
        step.cancel_timer(TimerId(f"{kind}:{call.id}"))
    live = hanging_up.after_hang_up(step, messages.over_untold(step, live)[0])
    call = live.call
    record = close_record(_prompt_cut_short(step, live), step.moment, call.ended_by or ended_by, cause, call.verdict)
    counting.ended(step, live, record)
    _forget(step, live, record)
    step.order(StoreRecord(record))


def _prompt_cut_short(step: Step, live: LiveCall) -> CallRecord:
    """Note what the caller was hearing when the call ended, where that was a prompt of the flow."""
    session = live.session
    if session is None or session.prompt is None or live.call.state is not CallState.IN_FLOW:
        return live.record
    return step_taken(live.record, FlowStep(step.moment, session.step, "left_during", session.prompt))


def _forget(step: Step, live: LiveCall, record: CallRecord) -> None:
    call, centre = live.call, step.centre
    step.touched[call.id] = None
    step.change(
        calls=centre.calls.delete(call.id),
        legs=centre.legs.delete(call.leg),
        unstored=centre.unstored.set(call.id, record),
        unclear=centre.unclear.delete(call.id) if call.id in centre.unclear else centre.unclear,
    )
    if call.admitted:
        load = centre.loads.get(call.number, 1) - 1
        loads = centre.loads.set(call.number, load) if load else centre.loads.delete(call.number)
        step.change(loads=loads, admitted=centre.admitted - 1)


def leave_line(step: Step, live: LiveCall) -> None:
    """Take a caller out of every line they may be in."""
    for group in live.call.lines:
        step.keep_line(group, (caller for caller in step.line(group) if caller != live.call.id))
    forget_wanted(step, live)
    for kind in ("announce", "overflow", "own", "ask"):
        step.cancel_timer(TimerId(f"{kind}:{live.call.id}"))


def let_go_of_agent(step: Step, live: LiveCall, result: OfferResult, cause: str) -> LiveCall:
    """End whatever is going on with agents; `result` is written where none of them has been joined yet."""
    live = let_go_of_colleague(step, live)
    offer = live.call.offer
    if offer is None:
        return live
    if live.call.state is not CallState.TALKING:
        for ringing in live.call.offers:
            live = withdraw_offer(step, live, ringing, result, cause)
        return live
    live = talk_over(step, live, offer, cause)
    end_leg(step, live, offer, NORMAL)
    return live


def let_go_of_number(step: Step, live: LiveCall) -> LiveCall:
    """End a call to an outside number, wherever it has got to: it costs money as long as it lasts."""
    dialled = live.call.dialled
    if dialled is None:
        return live
    step.cancel_timer(TimerId(f"dial:{live.call.id}"))
    step.change(legs=step.centre.legs.delete(dialled.leg))
    step.order(HangUp(live.call.id, dialled.leg, NORMAL))
    live = spending.stop(step, live, dialled.leg)
    return step.keep_call(live, replace(live.call, dialled=None))


def let_go_of_dialler(step: Step, live: LiveCall) -> None:
    """Let an agent go for whom a customer is called, and whose own phone has nothing to do with it yet."""
    if live.outgoing is None or live.call.offer is not None:
        return
    agent = step.agent(live.outgoing.agent)
    still_busy = any(closing.agent == agent.id for closing in step.centre.closing.values())
    if agent.call == live.call.id and not still_busy:
        free_agent(step, agent.id)


def let_go_of_own_caller(step: Step, live: LiveCall) -> None:
    """Let an agent go who has called from one of our phones, and was busy by that."""
    caller = live.own.agent if live.own is not None else None
    if caller is not None and step.agent(caller).call == live.call.id:
        free_agent(step, caller)


def talk_over(step: Step, live: LiveCall, offer: LiveOffer, cause: str) -> LiveCall:
    """Caller and agent talk no more; the agent has still to be let go of, which has to come after this."""
    talk_ended(step, offer)
    record = offer_ended(live.record, offer.leg, step.moment, OfferResult.ACCEPTED, cause)
    return step.keep(replace(live, call=replace(live.call, offer=None), record=record))


def withdraw_offer(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult, cause: str) -> LiveCall:
    """Stop ringing an agent; the agent is free when the switch says that the leg is over."""
    end_leg(step, live, offer, ELSEWHERE if result is OfferResult.ANSWERED_ELSEWHERE else CANCELLED)
    record = offer_ended(live.record, offer.leg, step.moment, result, cause)
    return step.keep(replace(live, call=live.call.without_offer(offer.leg), record=record))


def end_leg(step: Step, live: LiveCall, offer: LiveOffer, cause: str) -> None:
    """Order the end of an agent's leg, and remember whom it keeps busy until it is over.

    A phone that was not rung yet has no leg: its agent is free at once.
    """
    leg = offer.leg
    step.cancel_timer(TimerId(f"ring:{leg}"))
    if not offer.rung:
        step.change(legs=step.centre.legs.delete(leg))
        free_agent(step, offer.agent)
        return
    close_leg(step, live.call.id, leg, offer.agent, cause)


def close_leg(step: Step, call: CallId, leg: LegId, agent: AgentId, cause: str) -> None:
    """Order the end of a leg that is there; its agent is busy until the switch says that it is over."""
    legs = step.centre.legs
    if leg in legs:  # a leader's belongs to no call
        step.change(legs=legs.delete(leg))
    step.change(closing=step.centre.closing.set(leg, ClosingLeg(agent, call)))
    step.order(HangUp(call, leg, cause))
    step.start_timer(TimerId(f"closing:{leg}"), LEG_MUST_END_WITHIN)


def let_go_of_colleague(step: Step, live: LiveCall, cause: str = NORMAL) -> LiveCall:
    """End the leg of the colleague who was asked, if there is one, and that of an agent who is handing over."""
    call = live.call
    consulted, leaving = call.talk.consulted, call.leaving
    if leaving is not None:
        close_leg(step, call.id, leaving.leg, leaving.agent, NORMAL)
    if consulted is None:
        return step.keep_call(live, replace(call, leaving=None)) if leaving is not None else live
    step.cancel_timer(TimerId(f"consult:{call.id}"))
    record = offer_ended(live.record, consulted.leg, step.moment, _consult_result(call), cause)
    if consulted.agent is None:
        live = spending.stop(step, live, consulted.leg)
        step.change(legs=step.centre.legs.delete(consulted.leg))
        step.order(HangUp(call.id, consulted.leg, cause))
    elif consulted.rung:
        close_leg(step, call.id, consulted.leg, consulted.agent, cause)
    else:
        step.change(legs=step.centre.legs.delete(consulted.leg))
        free_agent(step, consulted.agent)
    talk = replace(call.talk, consulted=None)
    return step.keep(replace(live, call=replace(call, leaving=None, talk=talk), record=record))


def _consult_result(call: Call) -> OfferResult:
    """Return what becomes of asking a colleague that somebody ends: they spoke, or it only rang."""
    rings = call.talk.state is TalkState.CONSULT_RINGING
    return OfferResult.CALLER_LEFT if rings else OfferResult.ACCEPTED


def hang_up_again(step: Step, leg: LegId) -> bool:
    """Order once more the end of a leg that we want gone and that came to life only now (complaint 2)."""
    closing = step.centre.closing.get(leg)
    if closing is None:
        return False
    step.touched[closing.call] = None
    step.order(HangUp(closing.call, leg, CANCELLED))
    return True


def closing_leg_gone(step: Step, leg: LegId) -> None:
    """A leg that we ordered to end is over: its agent is free."""
    closing = step.centre.closing.get(leg)
    if closing is None:
        return
    step.touched[closing.call] = None
    step.change(closing=step.centre.closing.delete(leg))
    step.cancel_timer(TimerId(f"closing:{leg}"))
    free_agent(step, closing.agent)


def free_agent(step: Step, agent: AgentId, result: OfferResult | None = None) -> None:
    """The agent has no call any more: notes, or idle; after a failed offer the phone is left alone for a while."""
    before = step.agent(agent)
    if before.state in (AgentState.IDLE, AgentState.WRAP_UP):
        return
    if before.state is AgentState.ON_CALL:
        freed = wrap_up.call_over(step, before)
    else:
        freed = step.move_agent(agent, AgentTrigger.RELEASED)
    rest = rest_after(result, step.now) if result is not None else None
    if rest is not None and freed.status is not AgentStatus.BREAK:
        step.keep_agent(replace(freed, rest=rest))
        step.start_timer(TimerId(f"rest:{agent}"), Micros(rest.until - step.now))


def note_miss(step: Step, agent: AgentId, result: OfferResult) -> None:
    """Remember of an agent that an offer came to nothing; too many misses are a break, and then nothing rests."""
    before = step.agent(agent)
    after = after_offer(before, result, step.now)
    if after is before:
        return
    step.keep_agent(after)
    if after.on_break is not None:
        step.because(f"break_cause.{after.on_break.cause}")
        step.cancel_timer(TimerId(f"rest:{agent}"))


def record_stored(step: Step, event: RecordStored | RecordKept) -> None:
    """The database has the record, or our own disk has it for the database; we need not keep it."""
    unstored = step.centre.unstored
    if event.call in unstored:
        step.change(unstored=unstored.delete(event.call))
