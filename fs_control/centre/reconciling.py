"""One call after a silence of the link: what ended meanwhile is closed, and what was not heard is gone on with.

Owns what is made of the legs that are gone and of how they ended, where the switch has told that (`leg_ends`). Easy to
break: a leg that rang and that the switch broke off by itself was broken off by our own end, so it counts as lost and
not as an answer of the phone's; and of two legs that ended together the one that the phone ended was the first, though
the switch may have noted the other one a moment before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from fs_control.calls import NORMAL, Call, CallState, LiveOffer
from fs_control.centre import consulting, dialling, early, flows, joining, outbound
from fs_control.centre.endings import ELSEWHERE, LOST, closing_leg_gone, finish
from fs_control.centre.hearing import expect
from fs_control.centre.legs import leg_over
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import HangUp
from fs_control.events import LegsBridged
from fs_control.ids import SECOND, CallId, LegId, Micros
from fs_control.records import EndedBy, SwitchLeg

Ends = Mapping[LegId, SwitchLeg]
"""How legs ended, as far as the switch has told."""

_BY_ITSELF: Final = "recv_"
"""How FreeSWITCH's `sip_hangup_disposition` begins where the phone ended the leg: recv_bye, recv_refuse, ..."""


_TALKED: Final = (CallState.TALKING, CallState.OUTSIDE)


def legs_of(call: Call) -> list[LegId]:
    """Return the legs of a call that the switch should have."""
    talk, dialled, leaving = call.talk.consulted, call.dialled, call.leaving
    others = [offer.leg for offer in call.offers if offer.rung]
    others += [dialled.leg] if dialled is not None else []
    others += [talk.leg] if talk is not None and talk.rung else []
    others += [leaving.leg] if leaving is not None else []
    return [call.leg, *others]


def reconcile(step: Step, live: LiveCall, gone: Collection[LegId], answered: Collection[LegId], ends: Ends) -> None:
    """Close what ended while we were deaf, and go on where something was not heard. Later calls are none of this."""
    call = live.call
    if call.leg in gone:
        _caller_gone(step, live, gone, ends)
        return
    if call.away and not call.is_joined:
        expect(step, call)
    if call.early and call.leg in answered:
        live = early.taken_up(step, live)
    _reconcile_leaving(step, live, gone, ends)
    live = step.centre.calls[call.id]
    if call.dialled is not None:
        _reconcile_dialled(step, live, gone, answered, ends)
    elif call.offer is not None:
        outbound.found_again(step, live, answered)
        _reconcile_colleague(step, step.centre.calls[call.id], gone, answered, ends)
        _reconcile_offers(step, step.centre.calls[call.id], gone, answered, ends)
    elif call.state is CallState.LEAVING and live.heard is None:
        step.order(HangUp(call.id, call.leg, NORMAL))  # the first order may have gone nowhere
    elif call.state is CallState.IN_FLOW and call.hears_us:
        flows.go_on_unheard(step, live)


# --- the caller has gone -------------------------------------------------------------------------------------------


def _caller_gone(step: Step, live: LiveCall, gone: Collection[LegId], ends: Ends) -> None:
    """The call is over, at the moment and for the reason that the switch has told; lost, where it has told nothing."""
    call = live.call
    if call.leg not in ends:
        finish(step, live, EndedBy.SWITCH, LOST)
    else:
        early.answer_told(step, live, ends[call.leg].answered_at)
        _live_through(step, call.id, [ends[leg] for leg in legs_of(call) if leg in gone and leg in ends])
    for leg in gone:
        closing_leg_gone(step, leg)


def _live_through(step: Step, call: CallId, ends: Sequence[SwitchLeg]) -> None:
    """Let happen what happened, in its order: who took the call up, and who left it, until the caller did."""
    ended = [(_ended(end), False, end) for end in ends]
    joined = [(end.answered_at, True, end) for end in ends if end.answered_at is not None]
    for _, is_join, end in sorted((*joined, *ended), key=lambda each: each[0]):
        live = step.live(call)
        if live is not None:
            (_taken_up_unheard if is_join else _leave)(step, live, end)


def _taken_up_unheard(step: Step, live: LiveCall, end: SwitchLeg) -> None:
    """A leg was answered, and we did not hear that: a customer's whom an agent calls, or one that joined a caller's."""
    if end.leg != live.call.leg:
        _joined_unheard(step, live, end)
    elif end.answered_at is not None and live.call.state is CallState.CALLING and live.record.answered_at is None:
        step.moment = end.answered_at
        outbound.customer_answered(step, live)


def _ended(end: SwitchLeg) -> Micros:
    """Return what legs that ended together are put in order by."""
    return end.ended_at if end.disposition.startswith(_BY_ITSELF) else Micros(end.ended_at + SECOND)


def _leave(step: Step, live: LiveCall, end: SwitchLeg, unknown: str = LOST) -> None:
    """A leg leaves the call; the caller whom it left in a talk has been with nobody since."""
    step.moment = end.ended_at
    leg_over(step, end.leg, _cause(live, end, unknown), end.disposition)
    now = step.live(live.call.id)
    if now is not None and now.call.state is CallState.LEAVING and live.call.state in _TALKED:
        flows.back_in_flow(step, now)


# --- others have gone ----------------------------------------------------------------------------------------------


def _over(step: Step, leg: LegId, ends: Ends, unknown: str) -> None:
    """Draw the consequences of a leg's end at the moment at which it ended; `unknown` is its cause if none was told."""
    end, found_at = ends.get(leg), step.moment
    if end is None:
        leg_over(step, leg, unknown)
        return
    live = step.live_on(leg)
    if live is not None:
        _joined_unheard(step, live, end)
        _leave(step, step.centre.calls[live.call.id], end, unknown)
    step.moment = found_at


def _cause(live: LiveCall, end: SwitchLeg, unknown: str) -> str:
    """Return why a leg ended; of one that only rang, and did not end by itself, nobody knows."""
    is_own = end.leg == live.call.leg or end.talked_to is not None
    return end.cause if is_own or end.disposition.startswith(_BY_ITSELF) else unknown


def _joined_unheard(step: Step, live: LiveCall, end: SwitchLeg) -> None:
    """The agent had taken the call up and talked with the caller, and we heard of neither."""
    if end.talked_to != live.call.leg or end.answered_at is None or live.call.offer_on(end.leg) is None:
        return
    if live.call.state in (CallState.RINGING_AGENT, CallState.CONNECTING):
        step.moment = end.answered_at
        joining.legs_bridged(step, LegsBridged(at=step.now, leg=live.call.leg, other=end.leg))


def _reconcile_dialled(
    step: Step, live: LiveCall, gone: Collection[LegId], answered: Collection[LegId], ends: Ends
) -> None:
    """Somebody outside may have taken the call up, or be gone."""
    assert live.call.dialled is not None  # the caller of this function looked
    leg = live.call.dialled.leg
    if leg in gone:
        end = ends.get(leg)
        if end is not None and end.talked_to == live.call.leg and end.answered_at is not None:
            step.moment = end.answered_at
            dialling.joined(step, live)
        _over(step, leg, ends, LOST)
    else:
        dialling.found_again(step, live, is_alive=True, was_answered=leg in answered)


def _reconcile_leaving(step: Step, live: LiveCall, gone: Collection[LegId], ends: Ends) -> None:
    """An agent who has handed the customer over may have left meanwhile."""
    leaving = live.call.leaving
    if leaving is not None and leaving.leg in gone:
        _over(step, leaving.leg, ends, LOST)


def _reconcile_colleague(
    step: Step, live: LiveCall, gone: Collection[LegId], answered: Collection[LegId], ends: Ends
) -> None:
    """A colleague who was asked may have answered or left meanwhile."""
    consulted = live.call.talk.consulted
    if consulted is None or not consulted.rung:
        return
    if consulted.leg in gone:
        _over(step, consulted.leg, ends, LOST)
    elif consulted.leg in answered:
        consulting.colleague_answered(step, live)


def _reconcile_offers(
    step: Step, live: LiveCall, gone: Collection[LegId], answered: Collection[LegId], ends: Ends
) -> None:
    """Close the offers whose legs are gone; where somebody answered meanwhile, that is why the others are."""
    call = live.call
    taken = next((each for each in call.offers if each.leg in answered and not _is_gone(each, call, gone)), None)
    was_ringing = call.state is CallState.RINGING_AGENT
    if was_ringing and taken is not None:
        joining.answered_unheard(step, live, taken.leg)
    for offer in reversed(call.offers):
        if _is_gone(offer, call, gone):
            _over(step, offer.leg, ends, LOST if taken is None else ELSEWHERE)
    now = step.live(call.id)
    if now is not None and now.call.state is CallState.CONNECTING and not was_ringing:
        joining.join_again(step, now)


def _is_gone(offer: LiveOffer, call: Call, gone: Collection[LegId]) -> bool:
    """Tell whether nothing can come of an offer; a phone not rung yet was to be by a process that may be no more.

    It is rung when the music has stopped, and nobody waits for that any more where the caller has come back since.
    """
    return offer.leg in gone if offer.rung else call.away or not call.hushed
