"""An agent hands a customer on without a word (C3): to a colleague, a group or a number; their own part is over.

Owns how that begins, by request and by the transfer key of a phone; what is tried, and what when nobody takes the
customer, is `detour`. Easy to break: the customer is on the way back into our hands when it begins, and the flow that
they came by still waits: it goes on when the talk is over, whoever that was with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import NORMAL, CallTrigger, Talk, advance
from fs_control.cdr import enter_segment
from fs_control.centre import flows
from fs_control.centre.detour import first_order
from fs_control.centre.endings import close_leg, free_agent, let_go_of_colleague, talk_over
from fs_control.centre.hearing import bring_back, expect
from fs_control.centre.presence import someone_signed_in
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import Detour, LiveCall
from fs_control.centre.step import Step
from fs_control.centre.targets import AgentTarget, GroupTarget, Target, target_of, why_not_free
from fs_control.events import ActionRequested
from fs_control.ids import AgentId
from fs_control.records import Action, EndedBy, SegmentKind

TRANSFERRED: Final = "transferred"
"""What the record says: whom to, in their number or name."""


def transfer(step: Step, event: ActionRequested) -> Refusal | None:
    """Hand the customer on; to a colleague who cannot take them at this moment that is refused at once."""
    target = target_of(step, event.agent, event.to)
    if isinstance(target, Refusal):
        return target
    refusal = _why_not(step, target)
    if refusal is not None:
        return refusal
    hand_on(step, step.call_of(event.agent), target, event.note)
    return None


def _why_not(step: Step, target: Target) -> Refusal | None:
    if isinstance(target, AgentTarget):
        return why_not_free(step, target)
    if isinstance(target, GroupTarget) and not someone_signed_in(step, target.group):
        return Refusal("group_has_nobody", {"group": target.number})
    return None


def sent_by_phone(step: Step, live: LiveCall, to: str, by: AgentId) -> None:
    """The transfer key of the agent's phone (REFER) has sent the customer to a number that was dialled there.

    The phone is told nothing and has left: whoever cannot be reached is tried, and then the agent gets them back.
    """
    target = target_of(step, by, to)
    if isinstance(target, Refusal):
        step.because(f"refused.{target.code}")
        target = AgentTarget(by, step.number_of(by))
    hand_on(step, live, target, "")


def agent_left_ringing(step: Step, live: LiveCall) -> None:
    """The agent has put the phone down while a colleague's rings: the customer is to be rung for there."""
    consulted = live.call.talk.consulted
    assert consulted is not None  # its phone rings
    live = let_go_of_colleague(step, live)
    to = consulted.key or consulted.number
    by = live.call.offer
    assert by is not None  # a talk has one
    target = target_of(step, by.agent, to)
    if isinstance(target, Refusal):  # gone from the directory in these seconds
        target = AgentTarget(by.agent, step.number_of(by.agent))
    hand_on(step, live, target, "", is_there=False)


def hand_on(step: Step, live: LiveCall, target: Target, note: str, *, is_there: bool = True) -> None:
    """End the agent's part, and try the target for the customer."""
    offer = live.call.offer
    assert offer is not None  # a talk has one
    by, line = step.number_of(offer.agent), step.centre.directory.groups.get(offer.group)
    live = step.note(live, TRANSFERRED, target.number)
    live = talk_over(step, live, offer, "TRANSFERRED")
    if is_there:
        close_leg(step, live.call.id, offer.leg, offer.agent, NORMAL)
    else:
        step.change(legs=step.centre.legs.delete(offer.leg))
        free_agent(step, offer.agent)
    record = enter_segment(live.record, SegmentKind.IVR, step.moment, EndedBy.AGENT, TRANSFERRED)
    call = replace(advance(live.call, CallTrigger.TRANSFERRED), talk=Talk(), group=None, joined_at=None, also_in={})
    expect(step, call)
    detour = _detour(target, offer.agent, by, line.name if line is not None else "", note)
    via = f"{by}: {note}" if note else by
    live = step.keep(replace(live, call=call, record=record, talk=None, detour=detour, via=via))
    if call.op is not None:  # the music of a hold, within which a phone must not be rung
        live = bring_back(step, live)
    flows.take_detour(step, live, first_order(detour))


def _detour(target: Target, agent: AgentId, by: str, line: str, note: str) -> Detour:
    match target:
        case AgentTarget():
            return Detour(by, agent=target.number, line=line, note=note)
        case GroupTarget():
            return Detour(by, group=target.number, line=line, note=note)
        case _:
            return Detour(by, number=target.key, line=line, note=note, by=agent)


TRANSFER_ACTIONS: Final = {Action.TRANSFER: transfer}
