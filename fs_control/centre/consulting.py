"""A colleague is asked while the customer hears music, and what can come of that: swap, three-way, hand-over, return.

Owns the colleague's leg from the order to ring it. Whoever leaves, the others have a defined end (C4): the colleague,
and agent and customer are two again; the agent, and the customer is the colleague's; the customer, and both are free.
Easy to break: the agent's own leg rings the colleague (`RingColleague`), so it must hear nothing of ours at that
moment; and the legs of all three are joined by the customer's, which has to be in our hands (`talking.settle`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import AgentTrigger, talked_with_caller
from fs_control.calls import (
    NORMAL,
    CallTrigger,
    Consulted,
    Dialled,
    LiveOffer,
    TalkState,
    TalkTrigger,
    advance,
    offer_result_of,
)
from fs_control.cdr import ASKED, colleague_asked, offer_answered, offer_ended, offer_rang
from fs_control.centre import dial_ledger, spending
from fs_control.centre.answering import endpoint_to_ring
from fs_control.centre.endings import (
    CANCELLED,
    free_agent,
    let_go_of_colleague,
    note_miss,
    talk_over,
)
from fs_control.centre.hearing import expect
from fs_control.centre.may_dial import first_gateway
from fs_control.centre.refusals import Refusal
from fs_control.centre.ring_order import colleague_order
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.talking import (
    agent_leg,
    change_talk,
    join_colleague,
    join_now,
    note_of_agent,
    spend,
    unmuted,
    want_joined,
    with_other_op,
)
from fs_control.centre.targets import AgentTarget, NumberTarget, Target, target_of, why_not_free
from fs_control.centre.wrap_up import last_group
from fs_control.commands import HangUp, LetWait, ParkLeg, StopWaiting, ThreeWay
from fs_control.events import ActionRequested, PromptFinished
from fs_control.ids import AgentId, Extension, LegId, Micros, TimerId, derived_leg_id, seconds
from fs_control.records import Action, EndedBy, Offer, OfferResult, RoutingDecision, SegmentKind

RING: Final = seconds(20)
"""How long a colleague's phone rings."""

RING_GRACE: Final = seconds(10)
"""How much longer the switch may take to tell that nobody answered."""

HUSHED_WITHIN: Final = seconds(0.25)
"""What an agent hears ends within two ticks of the switch, and that is told; unless it had not begun."""

BY_AGENT: Final = ASKED
"""The rule of a decision that the agent made: this colleague and nobody else."""

CONSULTED: Final = "consulted"
JOINED: Final = "three_way"
SWAPPED: Final = "swapped"
CANCELLED_CONSULT: Final = "consult_cancelled"
HANDED_OVER: Final = "handed_over"
COLLEAGUE_LEFT: Final = "colleague_left"
NOT_REACHED: Final = "colleague_not_reached"
"""What the record says of it, and why a segment ended."""

TRANSFERRED: Final = "TRANSFERRED"
"""The cause of the end of an agent's part who handed the customer over."""


# --- what is asked --------------------------------------------------------------------------------------------------


def consult(step: Step, event: ActionRequested) -> Refusal | None:
    """Ring a colleague, or somebody outside, while the customer hears music."""
    live = step.call_of(event.agent)
    if live.call.talk.by_phone:
        return Refusal("held_by_phone", {"agent": step.centre.directory.agents[event.agent].number})
    target = target_of(step, event.agent, event.to)
    if isinstance(target, Refusal):
        return target
    if not isinstance(target, AgentTarget | NumberTarget):
        return Refusal("consult_no_group", {"to": event.to})
    if isinstance(target, AgentTarget):
        refusal = why_not_free(step, target)
        if refusal is not None:
            return refusal
        if endpoint_to_ring(step.centre, target.agent).must_accept:
            return Refusal("colleague_at_ordinary_phone", {"colleague": target.number})
    _ask(step, step.note(live, CONSULTED, target.number), target)
    return None


def complete(step: Step, event: ActionRequested) -> Refusal | None:
    """Leave the customer to the colleague; one whose phone still rings is rung for the customer anew."""
    live = step.call_of(event.agent)
    if live.call.talk.state is TalkState.CONSULT_RINGING:
        step.order(HangUp(live.call.id, agent_leg(live.call), NORMAL))  # its end sends the customer on
    else:
        hand_over(step, live)
    return None


def cancel(step: Step, event: ActionRequested) -> Refusal | None:
    """Let the colleague go, and be two again."""
    live = note_of_agent(step, step.call_of(event.agent), CANCELLED_CONSULT)
    rings = live.call.talk.state is TalkState.CONSULT_RINGING
    live = let_go_of_colleague(step, live, CANCELLED if rings else NORMAL)
    _back_to_two(step, live, CANCELLED_CONSULT)
    return None


def swap(step: Step, event: ActionRequested) -> Refusal | None:
    """Speak with the other of the two; who is left hears music."""
    live = note_of_agent(step, step.call_of(event.agent), SWAPPED)
    consulted = _consulted(live)
    live = change_talk(step, live, TalkTrigger.SWAPPED)
    if live.call.talk.state is TalkState.SWAPPED:
        live = _let_colleague_wait(step, live, consulted)
        want_joined(step, spend(step, live, SegmentKind.TALK, SWAPPED))
    else:
        live = spend(step, join_colleague(step, live), SegmentKind.CONSULT, SWAPPED)
        expect(step, live.call)
    return None


def join(step: Step, event: ActionRequested) -> Refusal | None:
    """Let all three hear one another: the colleague speaks into the talk of the two."""
    live = note_of_agent(step, step.call_of(event.agent), JOINED)
    consulted, before = _consulted(live), live.call.talk.state
    live = change_talk(step, live, TalkTrigger.JOINED)
    step.order(ThreeWay(live.call.id, consulted.leg, live.call.leg))
    if before is TalkState.CONSULTING:
        want_joined(step, spend(step, live, SegmentKind.TALK, JOINED))
    return None


# --- the colleague is rung ------------------------------------------------------------------------------------------


def _ask(step: Step, live: LiveCall, target: Target) -> None:
    """Take the customer's leg off, and ring the colleague as soon as the agent's leg is free."""
    assert isinstance(target, AgentTarget | NumberTarget)  # a group is nobody whom one could ask
    leg = derived_leg_id(live.call.id, live.call.legs_made + 1)
    agent = target.agent if isinstance(target, AgentTarget) else None
    hears_tone = live.call.talk.tone is not None  # on hold, or just resumed and not joined yet
    live = change_talk(step, unmuted(step, live), TalkTrigger.COLLEAGUE_RUNG)
    consulted = Consulted(leg, agent, target.number, RING)
    if isinstance(target, NumberTarget):
        consulted = replace(consulted, gateway=target.gateway, key=target.key, cost=target.cost)
    if agent is not None:
        endpoint = endpoint_to_ring(step.centre, agent)
        gateway = first_gateway(step.centre.directory) if endpoint.must_accept else ""
        consulted = replace(consulted, phone=endpoint.code, is_ours=not endpoint.must_accept, gateway=gateway)
    talk = replace(live.call.talk, consulted=consulted, apart=False, joining=0)
    live = step.keep_call(live, replace(live.call, legs_made=live.call.legs_made + 1, talk=talk))
    live = spend(step, live, SegmentKind.CONSULT, CONSULTED)
    step.change(legs=step.centre.legs.set(leg, live.call.id))
    if agent is not None:
        live = _reserve(step, live, agent, consulted)
    if not hears_tone:
        step.order(ParkLeg(live.call.id, agent_leg(live.call)))
        expect(step, live.call)
        _ring(step, live)
    else:  # a phone that rings for a leg that plays something would ring inside that
        step.order(StopWaiting(live.call.id, agent_leg(live.call)))
        step.start_timer(TimerId(f"consult:{live.call.id}"), HUSHED_WITHIN)


def _reserve(step: Step, live: LiveCall, agent: AgentId, consulted: Consulted) -> LiveCall:
    offer, phone = live.call.offer, Extension(consulted.phone)
    assert offer is not None  # the one who asks has the customer
    step.reserve((agent,), live.call.id)
    noted = Offer(consulted.leg, agent, offer.group, phone, RoutingDecision(BY_AGENT, agent), step.moment)
    return step.keep_record(live, colleague_asked(live.record, noted))


def _ring(step: Step, live: LiveCall) -> None:
    consulted = _consulted(live)
    talk = replace(live.call.talk, consulted=replace(consulted, rung=True), tone=None)
    live = step.keep_call(live, replace(live.call, talk=talk))
    if consulted.agent is None:
        by, gateway = _asks(live), consulted.gateway
        step.change(dials=dial_ledger.dialled(step.centre.dials, by, consulted.leg, gateway, step.now))
    step.order(colleague_order(step.centre.directory, live))
    step.start_timer(TimerId(f"consult:{live.call.id}"), Micros(consulted.ring + RING_GRACE))


def tone_over(step: Step, live: LiveCall, event: PromptFinished) -> None:
    """What an agent heard is over: the leg is free to ring somebody."""
    talk = live.call.talk
    if event.op == talk.tone and talk.consulted is not None and not talk.consulted.rung:
        _ring(step, live)


def too_long(step: Step, live: LiveCall) -> None:
    """The switch never told: that the tone ended, then the phone can be rung; or what came of that, then it is over."""
    consulted = live.call.talk.consulted
    if live.call.talk.state is not TalkState.CONSULT_RINGING or consulted is None:
        return
    if not consulted.rung:
        _ring(step, live)
    else:
        give_up(step, live, consulted.leg)


def give_up(step: Step, live: LiveCall, leg: LegId) -> None:
    """Nothing was told of the colleague's phone, which may well ring: it has to stop, and keeps its agent till then."""
    if not is_colleague(live, leg) or live.call.talk.state is not TalkState.CONSULT_RINGING:
        return
    live = step.note(live, NOT_REACHED, f"{_consulted(live).number}/NO_ANSWER")
    _back_to_two(step, let_go_of_colleague(step, live, CANCELLED), NOT_REACHED)


def is_colleague(live: LiveCall, leg: LegId) -> bool:
    """Tell whether a leg is that of the colleague who is asked."""
    consulted = live.call.talk.consulted
    return consulted is not None and consulted.leg == leg


def colleague_rings(step: Step, live: LiveCall) -> None:
    """The colleague's phone rings."""
    consulted = _consulted(live)
    if live.call.talk.state is TalkState.CONSULT_RINGING and consulted.agent is not None:
        step.move_agent(consulted.agent, AgentTrigger.PHONE_RANG)
        step.keep_record(live, offer_rang(live.record, consulted.leg, step.moment))


def colleague_answered(step: Step, live: LiveCall) -> None:
    """The colleague has taken it up, and the two speak."""
    consulted = _consulted(live)
    if live.call.talk.state is not TalkState.CONSULT_RINGING:
        return
    step.cancel_timer(TimerId(f"consult:{live.call.id}"))
    live = change_talk(step, live, TalkTrigger.COLLEAGUE_ANSWERED)
    if consulted.agent is not None:
        step.move_agent(consulted.agent, AgentTrigger.ANSWERED)
        step.keep_record(live, offer_answered(live.record, consulted.leg, step.moment))
    else:
        spending.begin(step, live, consulted.leg, _asks(live), consulted.cost)


# --- somebody leaves ------------------------------------------------------------------------------------------------


def colleague_gone(step: Step, live: LiveCall, cause: str) -> None:
    """The colleague has left, or could not be reached: agent and customer are two again."""
    consulted, rang = _consulted(live), live.call.talk.state is TalkState.CONSULT_RINGING
    result = offer_result_of(cause) if rang else OfferResult.ACCEPTED
    step.cancel_timer(TimerId(f"consult:{live.call.id}"))
    step.change(legs=step.centre.legs.delete(consulted.leg))
    live = spending.stop(step, live, consulted.leg)
    live = step.keep_record(live, offer_ended(live.record, consulted.leg, step.moment, result, cause))
    if consulted.agent is not None:
        free_agent(step, consulted.agent, result if rang else None)
        note_miss(step, consulted.agent, result)
    live = step.note(live, NOT_REACHED if rang else COLLEAGUE_LEFT, f"{consulted.number}/{cause}")
    _back_to_two(step, live, NOT_REACHED if rang else COLLEAGUE_LEFT)


def ringing_over(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """The agent's leg is free again; where no leg of the colleague ever was, that is all that is told."""
    if is_colleague(live, leg) and live.call.talk.state is TalkState.CONSULT_RINGING:
        colleague_gone(step, live, cause)


def _back_to_two(step: Step, live: LiveCall, cause: str) -> None:
    was = live.call.talk.state
    live = change_talk(step, live, TalkTrigger.COLLEAGUE_GONE)
    if was in (TalkState.CONSULT_RINGING, TalkState.CONSULTING):
        want_joined(step, spend(step, live, SegmentKind.TALK, cause, EndedBy.AGENT))


def agent_gone(step: Step, live: LiveCall) -> None:
    """The agent has left while a colleague was there: the customer is the colleague's."""
    hand_over(step, live, is_there=False)


def hand_over(step: Step, live: LiveCall, *, is_there: bool = True) -> None:
    """The colleague has the customer from now on; the agent's own part ends when the two are joined, or has ended."""
    consulted, offer, was = _consulted(live), live.call.offer, live.call.talk.state
    assert offer is not None  # the one who asked
    live = step.note(live, HANDED_OVER, consulted.number)
    live = _to_colleague(step, talk_over(step, live, offer, TRANSFERRED), consulted, offer.agent)
    live = spend(step, live, SegmentKind.TALK, HANDED_OVER)
    if not is_there:
        step.change(legs=step.centre.legs.delete(offer.leg))
        free_agent(step, offer.agent)
    else:
        live = step.keep_call(live, replace(live.call, leaving=offer))
        if was is not TalkState.CONSULTING:  # the customer is joined with the agent, and goes straight on
            join_now(step, live)
            return
    want_joined(step, live)


def _to_colleague(step: Step, live: LiveCall, consulted: Consulted, by: AgentId) -> LiveCall:
    """Put the colleague in the agent's place: an agent, or somebody outside, who costs the agent's money on."""
    last = live.record.segments[-1]
    live = change_talk(step, live, TalkTrigger.HANDED_OVER)
    call = replace(live.call, talk=replace(live.call.talk, muted=False))
    if consulted.agent is None:
        dialled = Dialled(consulted.leg, consulted.number, consulted.cost, by)
        return step.keep_call(live, replace(advance(call, CallTrigger.HANDED_OUTSIDE), dialled=dialled))
    step.keep_agent(talked_with_caller(step.agent(consulted.agent), last_group(live.record)))
    group = next((each.group for each in live.record.offers if each.leg == consulted.leg), last.group)
    assert group is not None  # the offer of every colleague is noted
    return step.keep_call(live, replace(call, offer=LiveOffer(consulted.leg, consulted.agent, group)))


def colleague_left_before_join(step: Step, live: LiveCall, cause: str) -> bool:
    """Tell whether the colleague has left before being joined with the customer, and the agent is still there.

    Then nothing was handed over: the agent has the customer as before.
    """
    leaving, offer = live.call.leaving, live.call.offer
    if leaving is None or offer is None:
        return False
    step.change(legs=step.centre.legs.delete(offer.leg))
    live = talk_over(step, live, offer, cause)
    free_agent(step, offer.agent)
    live = step.keep_call(live, replace(live.call, offer=leaving, leaving=None))
    live = step.note(live, COLLEAGUE_LEFT, cause)
    want_joined(step, spend(step, live, SegmentKind.TALK, COLLEAGUE_LEFT, EndedBy.AGENT))
    return True


def _let_colleague_wait(step: Step, live: LiveCall, consulted: Consulted) -> LiveCall:
    call, op = with_other_op(live.call)
    step.order(ParkLeg(call.id, consulted.leg), LetWait(call.id, consulted.leg, op, music=True))
    return step.keep_call(live, call)


def _consulted(live: LiveCall) -> Consulted:
    assert live.call.talk.consulted is not None  # callers look
    return live.call.talk.consulted


def _asks(live: LiveCall) -> AgentId:
    assert live.call.offer is not None  # by the agent who has the customer
    return live.call.offer.agent


CONSULT_ACTIONS: Final = {
    Action.CONSULT: consult,
    Action.COMPLETE: complete,
    Action.CANCEL: cancel,
    Action.SWAP: swap,
    Action.JOIN: join,
}
