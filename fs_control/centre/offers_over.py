"""What becomes of offers that nobody took: others ring on, or the caller waits on at the same place.

Owns what the caller and the call's record learn of it; whom the caller is offered next is for the match to say. Easy
to break: where several phones ring, the switch tells the end of each leg and then that of the whole attempt, and of a
phone that is not registered only the latter.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.agents import AgentState
from fs_control.calls import NORMAL, Call, CallState, CallTrigger, LiveOffer, advance, offer_result_of
from fs_control.cdr import enter_segment, offer_ended
from fs_control.centre import consulting, counting, dialling, reaching
from fs_control.centre.answering import places_of
from fs_control.centre.endings import ELSEWHERE, free_agent, note_miss, withdraw_offer
from fs_control.centre.hearing import FREE_WITHIN, expect, take_back
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.events import BridgeEnded
from fs_control.ids import NO_GROUP, LegId, Micros, TimerId
from fs_control.queues import ASK_DECLINER_AGAIN_AFTER
from fs_control.records import EndedBy, OfferResult, SegmentKind

NEVER_RANG = "SUBSCRIBER_ABSENT"
"""What the switch says of a phone that is not registered, and does not say where others ring at the same time."""

NOT_ORIGINATED = "ORIGINATE_FAILED"
"""The order to ring was refused."""


def bridge_ended(step: Step, event: BridgeEnded) -> None:
    """The caller's leg is free: what it was ringing or talking for is over, also where no leg of the agent ever was."""
    live = step.live_on(event.leg)
    if live is not None and event.leg != live.call.leg:
        consulting.ringing_over(step, live, event.other, event.cause)
        return
    if live is None or live.call.bridging != event.other:
        return
    offer = live.call.offer
    if offer is not None and offer.attempt == event.other and live.call.state is not CallState.TALKING:
        _all_over(step, live, event.cause)
        live = step.centre.calls[live.call.id]
    elif dialling.is_joined(live, event.other):
        dialling.leg_over(step, live, event.cause)
        live = step.centre.calls[live.call.id]
    if live.call.returns and event.cause == BridgeEnded.SUCCESS:
        live = step.keep_call(live, replace(live.call, away=True))
    if live.call.away:  # the dialplan has the leg next
        _not_in_our_hands(step, live)
    else:
        take_back(step, live)
    if live.call.state is CallState.TALKING and live.call.is_joined:  # the agent's end is about to be told, or never is
        step.start_timer(TimerId(f"free:{live.call.id}"), FREE_WITHIN)


def _not_in_our_hands(step: Step, live: LiveCall) -> None:
    """The caller's leg is free and our connection to it is gone: nothing can be ordered before it is handed over."""
    step.cancel_timer(TimerId(f"free:{live.call.id}"))
    live = step.keep_call(live, replace(live.call, bridging=None))
    if live.call.state is not CallState.TALKING:
        expect(step, live.call)


def _all_over(step: Step, live: LiveCall, cause: str) -> None:
    """The attempt is over, and nobody was joined as far as we know: so is what was not told of each leg.

    Who was silent where several were to ring had no leg: a phone that is not registered. The cause is the first one's.
    """
    for offer in reversed(live.call.offers):
        why = cause
        if cause == BridgeEnded.SUCCESS:
            why = NORMAL if offer == live.call.offer else ELSEWHERE
        elif offer.first and cause != NOT_ORIGINATED and is_silent(step, offer):
            why = NEVER_RANG
        offer_leg_ended(step, step.centre.calls[live.call.id], offer.leg, why)


def is_silent(step: Step, offer: LiveOffer) -> bool:
    """Tell whether nothing was told of the phone of an offer."""
    return step.agent(offer.agent).state is AgentState.RESERVED


def offer_leg_ended(step: Step, live: LiveCall, leg: LegId, cause: str) -> None:
    """An agent's leg is over before caller and agent were joined: the others ring on, or the caller goes on."""
    offer = live.call.offer_on(leg)
    assert offer is not None  # the caller of this function looked
    result = _result(live.call, offer, cause)
    step.cancel_timer(TimerId(f"ring:{leg}"))
    step.change(legs=step.centre.legs.delete(leg))
    live = step.keep_record(live, offer_ended(live.record, leg, step.moment, result, cause))
    free_agent(step, offer.agent, None if _goes_elsewhere(step, live, offer, result) else result)
    _out(step, step.keep_call(live, live.call), offer, result, cause)


def _goes_elsewhere(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult) -> bool:
    """Tell whether a phone is not there and its agent's calls are diverted: the next one goes there at once (A19)."""
    profile = step.centre.directory.agents.get(offer.agent)
    if result is not OfferResult.UNREGISTERED or offer.must_accept or profile is None:
        return False
    places = places_of(step.centre.directory, profile, step.agent(offer.agent))
    phone = next(noted.phone for noted in live.record.offers if noted.leg == offer.leg)
    if places.usual is None or places.diverted is None or places.usual.code != phone:
        return False
    step.change(phones=step.centre.phones.set(phone, False))
    return True


def _result(call: Call, offer: LiveOffer, cause: str) -> OfferResult:
    """Return what an offer came to; who hangs up on what is whispered to them does not want the call.

    Who took the call up has not missed it, whatever ended it then; but an ordinary telephone that was taken up and put
    down again without the key was a voicemail, or nobody who wanted the call.
    """
    result = offer_result_of(cause)
    if offer.must_accept and call.state is CallState.RINGING_AGENT and cause == NORMAL:
        return OfferResult.NO_ANSWER
    if call.state is not CallState.CONNECTING or offer != call.offer:
        return result
    if offer.whisper is not None and cause == NORMAL:
        return OfferResult.DECLINED
    return OfferResult.FAILED if result is OfferResult.NO_ANSWER else result


def give_up_offer(step: Step, live: LiveCall, result: OfferResult, cause: str) -> None:
    """We end all that rings for a caller ourselves (no reply of the switch): the caller goes on to the next agent."""
    if live.call.state is CallState.CONNECTING:
        live = stop_others(step, live)
    for offer in live.call.offers:
        give_up_one(step, step.centre.calls[live.call.id], offer, result, cause)


def give_up_one(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult, cause: str) -> None:
    """We end one offer ourselves (agent signed out): the others ring on, or the caller goes on to the next agent."""
    _out(step, withdraw_offer(step, live, offer, result, cause), offer, result, cause)


def stop_others(step: Step, live: LiveCall) -> LiveCall:
    """Somebody has the caller: whose phones ring as well, and have not stopped by themselves, are not rung any more."""
    for offer in live.call.others:
        live = withdraw_offer(step, live, offer, OfferResult.ANSWERED_ELSEWHERE, ELSEWHERE)
    return live


def _out(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult, cause: str) -> None:
    """An offer is over: the others ring on, also where it was that of one who had answered, or the caller waits on."""
    live = step.keep_call(live, _remembering(live.call.without_offer(offer.leg), offer, result, step.now))
    note_miss(step, offer.agent, result)
    counting.offer_not_taken(step, offer.group, result)
    step.because(f"offer_result.{result}")
    call = live.call
    if call.offer is None and offer.group == NO_GROUP:
        remind_of_decliners(step, live)
        reaching.unreached(step, live, offer, result, cause)
    elif call.offer is None:
        back_in_line(step, live, offer, result)
    elif call.state is CallState.CONNECTING and step.agent(call.offer.agent).state is not AgentState.ON_CALL:
        step.cancel_timer(TimerId(f"connect:{call.id}"))
        step.keep_call(live, advance(advance(call, CallTrigger.OFFER_FAILED), CallTrigger.OFFERED))


def _remembering(call: Call, offer: LiveOffer, result: OfferResult, now: Micros) -> Call:
    """Return the call with what it learned of an agent; who was not quick enough was not tried in vain."""
    if result is OfferResult.ANSWERED_ELSEWHERE:
        return call
    tried = {**call.tried, offer.agent: call.tried.get(offer.agent, 0) + 1}
    declined = {**call.declined, offer.agent: now} if result is OfferResult.DECLINED else call.declined
    return replace(call, tried=tried, declined=declined)


def back_in_line(step: Step, live: LiveCall, offer: LiveOffer, result: OfferResult) -> None:
    """Nothing rings for the caller any more, this offer being the last: they wait on, at the same place."""
    step.cancel_timer(TimerId(f"connect:{live.call.id}"))
    call = advance(live.call, CallTrigger.OFFER_FAILED)
    record = enter_segment(
        live.record, SegmentKind.LINE, step.moment, _ended_by(result), f"offer_{result}", group=call.group
    )
    expect(step, call)
    remind_of_decliners(step, step.keep(replace(live, call=call, record=record)))
    step.rematch.update(call.lines)


def remind_of_decliners(step: Step, live: LiveCall) -> None:
    """See to it that the caller is matched again when the first of those who declined may be asked again."""
    due = [Micros(declined_at + ASK_DECLINER_AGAIN_AFTER) for declined_at in live.call.declined.values()]
    to_come = [moment for moment in due if moment > step.now]
    if to_come:
        step.start_timer(TimerId(f"again:{live.call.id}"), Micros(min(to_come) - step.now))


def _ended_by(result: OfferResult) -> EndedBy:
    return EndedBy.AGENT if result in (OfferResult.DECLINED, OfferResult.BUSY) else EndedBy.CENTRE
