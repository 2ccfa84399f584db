"""What the switch tells about legs, turned into what it means for a call."""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import NORMAL, Call, CallState, ended_by_of
from fs_control.cdr import open_record
from fs_control.centre import (
    consulting,
    dialling,
    early,
    flows,
    joining,
    lookup,
    messages,
    offers,
    offers_over,
    outbound,
    own_wait,
    parting,
    phone_keys,
    supervision,
    talking,
)
from fs_control.centre.admission import Admitted, Refused, admit_call
from fs_control.centre.endings import closing_leg_gone, dismiss, finish, hang_up_again, say_goodbye
from fs_control.centre.hearing import FREE_WITHIN, bring_back, take_back
from fs_control.centre.offers_over import NOT_ORIGINATED
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import HangUp
from fs_control.events import (
    BridgeEnded,
    CallerLinkLost,
    CallOffered,
    CallReturned,
    CommandFailed,
    DigitsCollected,
    LegAnswered,
    LegHungUp,
    MessageRecorded,
    Outcome,
    PromptFinished,
    RingFailed,
)
from fs_control.ids import NEVER, LegId, TimerId, parse_phone_number, seconds
from fs_control.records import EndedBy, OfferResult

HANG_UP_FOLLOWS_WITHIN = seconds(6)
"""A caller's connection ends with the leg; the leg's own end is told on the other wire, up to this much later.

A leg that lives on comes back within it: the dialplan hands it over again after 3 s."""

BORN_WITHIN = seconds(1)
"""A leg that is to end and is not there has ended, which is told by now, or was just being made, and rings by now."""


def call_offered(step: Step, event: CallOffered) -> None:
    """A new caller: take the call, or say why not."""
    known = step.live_on(event.leg)
    if known is not None:
        if known.call.id != event.call:
            _returned(step, known)
        return
    decision = admit_call(step.centre, event.dialled)
    if isinstance(decision, Refused):
        step.because(f"admission.{decision.disposition}")
        turn_away(step, event, decision)
        return
    step.because("admission.admitted")
    live = _open(step, event, decision)
    early.receive(step, live)
    flows.begin_flow(step, lookup.look_up(step, live))


def turn_away(step: Step, event: CallOffered, why: Refused) -> None:
    """Say to a caller why the call is not taken, and hang up; answered, unless the flow leaves that to others."""
    live = _open(step, event, why)
    early.receive(step, live)
    say_goodbye(step, live, why.prompt, why.disposition)


def call_returned(step: Step, event: CallReturned) -> None:
    """The dialplan hands us a caller again; one whose call ended on the way must not be left in silence."""
    live = step.live(event.call)
    if live is not None and live.call.leg == event.leg:
        phone_keys.sent_here(step, early.answer_told(step, live, event.answered_at), event)
        live = step.centre.calls[event.call]
        if event.waited_long and live.outgoing is None:
            _hand_over_anew(step, live)
        else:
            _returned(step, live)
    elif live is None or live.call.offer_on(event.leg) is None:
        step.order(HangUp(event.call, event.leg, NORMAL))
    else:  # a colleague whom a transfer key took out of another call, and who is about to be joined
        step.because("colleague_returned")


def _hand_over_anew(step: Step, live: LiveCall) -> None:
    """The dialplan begins again with all its tries: whoever waits while we come and go must not use them up."""
    step.because("handed_over_anew")
    bring_back(step, live)


def _returned(step: Step, live: LiveCall) -> None:
    step.because("caller_returned")
    if outbound.customer_there(step, live):
        return
    early.receive(step, live)
    if messages.may_be_over(live):
        flows.message_over_untold(step, live)
        live = step.centre.calls[live.call.id]
    take_back(step, live)
    live = step.centre.calls[live.call.id]
    if live.call.state is CallState.TALKING and live.call.is_joined:  # the agent's end is about to be told
        step.start_timer(TimerId(f"free:{live.call.id}"), FREE_WITHIN)


def _open(step: Step, event: CallOffered, decision: Admitted | Refused) -> LiveCall:
    centre = step.centre
    caller = parse_phone_number(event.caller, centre.directory.region)
    number = decision.number.number if isinstance(decision, Admitted) else event.dialled
    record = open_record(
        event.call, centre.directory.enterprise, event.leg, number, caller, event.caller_name, step.moment
    )
    is_admitted, is_early = isinstance(decision, Admitted), early.begins_early(centre, event.dialled)
    call = Call(event.call, event.leg, number, step.now, admitted=is_admitted, early=is_early)
    step.change(legs=centre.legs.set(event.leg, event.call))
    if isinstance(decision, Refused):
        return step.keep(LiveCall(call, record))
    step.change(loads=centre.loads.set(number, centre.loads.get(number, 0) + 1), admitted=centre.admitted + 1)
    flow = centre.flows[decision.flow]
    version = centre.flow_versions.get(decision.number.flow or "")
    record = replace(record, flow=flow.name, flow_version=version)
    return step.keep(LiveCall(call, record, decision.flow))


def leg_answered(step: Step, event: LegAnswered) -> None:
    """The caller's leg or an agent's was answered."""
    if hang_up_again(step, event.leg) or supervision.answered(step, event.leg):
        return
    live = step.live_on(event.leg)
    if live is None:
        return
    if live.call.state is CallState.CALLING and event.leg == live.call.leg:
        outbound.customer_answered(step, live)
    elif live.call.state is CallState.CALLING:
        outbound.agent_answered(step, live, event.leg)
    elif event.leg == live.call.leg:
        early.taken_up(step, live)
    elif consulting.is_colleague(live, event.leg):
        consulting.colleague_answered(step, live)
    elif live.call.dialled is not None:
        dialling.answered(step, live)
    else:
        joining.agent_answered(step, live, event.leg)


def leg_hung_up(step: Step, event: LegHungUp) -> None:
    """A leg is over: the caller's ends the call, the agent's ends the offer or the talk."""
    leg_over(step, event.leg, event.cause)


def ring_failed(step: Step, event: RingFailed) -> None:
    """Our originate came to nothing; where the leg had existed, its end is told as well."""
    leg_over(step, event.leg, event.cause)


def leg_over(step: Step, leg: LegId, cause: str, disposition: str = "") -> None:
    """Draw the consequences of a leg's end, however we learned of it; `disposition` tells who ended it on the wire."""
    closing_leg_gone(step, leg)
    live = step.live_on(leg)
    if supervision.leg_over(step, leg) or live is None:
        return
    if leg == live.call.leg and live.outgoing is not None:
        outbound.customer_over(step, live, cause, disposition)
    elif leg == live.call.leg:
        finish(step, live, ended_by_of(cause, disposition), cause)
    elif live.call.state is CallState.CALLING:
        outbound.agent_leg_over(step, live, leg, cause)
    else:
        parting.leg_left(step, live, leg, cause)


def prompt_finished(step: Step, event: PromptFinished) -> None:
    """A prompt is over: the flow goes on, or the last sentence has been said."""
    live = step.live_on(event.leg)
    if live is None:
        return
    if event.op != live.call.op:
        messages.tone_over(step, live, event)
        consulting.tone_over(step, step.centre.calls[live.call.id], event)
        return
    match live.call.state:
        case CallState.IN_FLOW:
            flows.prompt_finished(step, live, event)
        case CallState.LEAVING:
            dismiss(step, live, EndedBy.CENTRE)
        case CallState.WAITING if event.op == live.question and not live.call.hushed:
            own_wait.question_over(step, live, event)
        case _:
            offers.music_ended(step, live)


def digits_collected(step: Step, event: DigitsCollected) -> None:
    """Keys were pressed, or none in time."""
    live = step.live_on(event.leg)
    if live is not None and event.op == live.call.op and live.call.state is CallState.IN_FLOW:
        flows.digits_collected(step, live, event)


def message_recorded(step: Step, event: MessageRecorded) -> None:
    """A message is over, and its caller is still there."""
    live = step.live_on(event.leg)
    if live is not None and live.message is not None and event.op == live.message.op:
        flows.message_recorded(step, live, event)


def command_failed(step: Step, event: CommandFailed) -> None:
    """The switch did not do what we ordered."""
    step.because(f"command_failed.{event.command}.{event.outcome}")
    if event.command in ("CallOut", "CallPhone"):
        if event.outcome is not Outcome.NO_REPLY:
            leg_over(step, event.leg, NOT_ORIGINATED)
        return
    if event.command in ("RingAgent", "DialOut"):
        _ring_not_ordered(step, event)
        return
    if event.command == "Supervise" and event.outcome is not Outcome.NO_REPLY:
        supervision.leg_over(step, event.leg)
        return
    live = step.live_on(event.leg)
    if live is None:
        _closing_failed(step, event)
        return
    if event.leg != live.call.leg and event.command != "BridgeLegs":
        if event.command == "RingColleague" and event.outcome is Outcome.NO_REPLY:
            consulting.give_up(step, live, event.leg)
        elif event.command == "RingColleague":
            consulting.ringing_over(step, live, event.leg, NOT_ORIGINATED)
        return  # of a leg that is gone the end is told
    if event.command == "BridgeLegs":
        # Without a reply they may well be joined: LegsBridged, the timer, or the switch's next list of legs will tell.
        if event.outcome is Outcome.REFUSED:
            _join_refused(step, live)
    elif event.outcome is Outcome.GONE:
        _await_hang_up(step, live)
    elif event.op is not None and event.op == live.call.op:
        _application_failed(step, live, event)


def _closing_failed(step: Step, event: CommandFailed) -> None:
    """A leg that is to end was not there, or was never made: nobody waits for its end as for that of one that is."""
    if event.leg not in step.centre.closing or event.outcome is Outcome.NO_REPLY:
        return
    if event.command == "RingColleague":
        closing_leg_gone(step, event.leg)
    elif event.command == "HangUp":
        step.start_timer(TimerId(f"closing:{event.leg}"), BORN_WITHIN)


def _join_refused(step: Step, live: LiveCall) -> None:
    if live.call.state is CallState.CONNECTING:
        offers_over.give_up_offer(step, live, OfferResult.FAILED, "BRIDGE_FAILED")
    else:
        talking.join_refused(step, live)


def _ring_not_ordered(step: Step, event: CommandFailed) -> None:
    """The order was refused, so that there is no leg; without a reply the phone may well ring, and has to stop."""
    closing = step.centre.closing.get(event.leg)
    live = step.live_on(event.leg) or (step.live(closing.call) if closing is not None else None)
    if event.outcome is not Outcome.NO_REPLY:
        if live is not None:
            told = BridgeEnded(at=event.at, leg=live.call.leg, other=event.leg, cause=NOT_ORIGINATED)
            offers_over.bridge_ended(step, told)
        leg_over(step, event.leg, NOT_ORIGINATED)
    elif live is not None and live.call.dialled is not None:
        dialling.give_up(step, live)
    elif live is not None and live.call.state is CallState.RINGING_AGENT:
        offers_over.give_up_offer(step, live, OfferResult.FAILED, NOT_ORIGINATED)


def _application_failed(step: Step, live: LiveCall, event: CommandFailed) -> None:
    """An application on the caller's leg never started: treat it as over, so that the flow goes on."""
    assert event.op is not None  # the caller of this function looked
    if event.command == "CollectDigits":
        digits_collected(step, DigitsCollected(at=event.at, leg=event.leg, op=event.op, digits=""))
    elif event.command in ("PlayPrompt", "PlaySentence"):
        prompt_finished(step, PromptFinished(at=event.at, leg=event.leg, op=event.op, completed=False))
    elif event.command == "RecordMessage":
        message_recorded(step, MessageRecorded(at=event.at, leg=event.leg, op=event.op, length=NEVER))


def caller_link_lost(step: Step, event: CallerLinkLost) -> None:
    """The caller's connection has ended: the hang-up is told soon, or the dialplan hands us the leg again."""
    live = step.live_on(event.leg)
    if live is None or live.call.away or live.call.leg != event.leg:
        return
    live = step.keep_call(live, replace(live.call, away=True, op=None))
    if not live.call.is_joined:  # a pair that talks needs no connection
        _await_hang_up(step, live)


def _await_hang_up(step: Step, live: LiveCall) -> None:
    """The caller's leg seems to be gone: give the switch a moment to tell how it ended."""
    timer = TimerId(f"lost:{live.call.id}")
    if timer not in step.centre.timers:
        step.start_timer(timer, HANG_UP_FOLLOWS_WITHIN)
