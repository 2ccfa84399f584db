"""Calls that our own phones make: 0000, codes, colleagues, and numbers outside (A15, A17).

Owns what was dialled for, in which order it is looked for, and who is at the phone. A service number gets the flow that
every caller gets. Easy to break: only `CallOffered.phone` says that a phone is ours, never what it says of itself; and
one at which no agent is may do nothing but 0000.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import Call, CallState
from fs_control.cdr import open_record
from fs_control.centre import binding, early, hearing, legs, outbound, phone_codes
from fs_control.centre.admission import find_number
from fs_control.centre.answering import owner_of
from fs_control.centre.dialling import NOT_DIALLED
from fs_control.centre.internal_calls import last_words, occupy
from fs_control.centre.state import LiveCall, OwnCall
from fs_control.centre.step import Step
from fs_control.events import CallOffered, DigitsCollected
from fs_control.flow import Reach
from fs_control.ids import AgentId, Extension, parse_phone_number
from fs_control.records import AgentProfile, Direction, Directory, Disposition, OutboxLevel, Right

COLLEAGUE_RINGS_S: Final = 30.0
"""How long a colleague's phone rings (seconds)."""

_SAID: Final = {
    "dial_no_right": "no-right-to-dial",
    "agent_not_signed_in": "code-refused",
    "dial_in_call": "code-refused",
    "dial_records_full": "centre-full",
}
"""What an agent hears whose number is not dialled; all else is no number that may be."""


def call_offered(step: Step, event: CallOffered) -> None:
    """A new caller, or one of our phones."""
    known = step.live_on(event.leg)
    if known is not None or not event.phone or _is_for_a_flow(step.centre.directory, event.dialled):
        legs.call_offered(step, event)
        return
    phone = Extension(event.phone)
    step.because("own_phone")
    live = _open(step, event, phone, owner_of(step.centre, phone))
    if step.centre.draining:
        last_words(step, live, Disposition.DRAINING, "draining")
    elif event.dialled == phone_codes.BIND:
        binding.begin(step, live)
    else:
        _for_agent(step, live, event.dialled)


def _is_for_a_flow(directory: Directory, dialled: str) -> bool:
    return find_number(directory, dialled) is not None and colleague_called(directory, dialled) is None


def _open(step: Step, event: CallOffered, phone: Extension, agent: AgentId | None) -> LiveCall:
    """Begin the call and its record, and answer: who calls is who sits there, not what the phone says."""
    directory = step.centre.directory
    profile = directory.agents.get(agent) if agent is not None else None
    caller = parse_phone_number(_shown(profile, phone), directory.region)
    name = profile.name if profile is not None else ""
    record = open_record(event.call, directory.enterprise, event.leg, event.dialled, caller, name, step.moment)
    call = Call(event.call, event.leg, event.dialled, step.now, admitted=False, direction=Direction.INTERNAL)
    step.change(legs=step.centre.legs.set(event.leg, event.call))
    known = agent if profile is not None else None
    live = LiveCall(call, replace(record, direction=Direction.INTERNAL), own=OwnCall(phone, known))
    live = step.keep(live)
    early.receive(step, live)
    return live


def _shown(profile: AgentProfile | None, phone: Extension) -> str:
    return phone if profile is None else profile.extension or profile.number


def _for_agent(step: Step, live: LiveCall, dialled: str) -> None:
    """Do what an agent wants who dials something else than 0000."""
    own = live.own
    assert own is not None  # one of our phones has made it
    profile = step.centre.directory.agents.get(own.agent) if own.agent is not None else None
    if profile is None:
        last_words(step, live, Disposition.PHONE_CODE, "phone-of-nobody")
    elif Right.CALL not in profile.rights:
        last_words(step, live, Disposition.PHONE_CODE, "no-right-to-call")
    elif (code := phone_codes.code_dialled(dialled)) is not None:
        said = phone_codes.carry_out(step, profile.id, own.phone, code)
        last_words(step, step.centre.calls[live.call.id], Disposition.PHONE_CODE, *said)
    elif (colleague := colleague_called(step.centre.directory, dialled)) is not None:
        _call_colleague(step, live, profile.id, colleague)
    else:
        _call_outside(step, live, profile.id, dialled)


def colleague_called(directory: Directory, dialled: str) -> AgentProfile | None:
    """Return the agent whose extension or number was dialled, or None; an extension goes before a number."""
    agents = directory.agents.values()
    by_extension = next((each for each in agents if each.extension == dialled), None)
    return by_extension or next((each for each in agents if each.number == dialled), None)


def _call_colleague(step: Step, live: LiveCall, agent: AgentId, colleague: AgentProfile) -> None:
    """Ring a colleague, as soon as the caller's leg is in our hands (A15)."""
    if step.centre.outbox is OutboxLevel.FULL:
        last_words(step, live, Disposition.RECORDS_FULL, "centre-full")
    elif colleague.extension is None:
        last_words(step, live, Disposition.COLLEAGUE_NOT_REACHED, "colleague-without-extension")
    elif colleague.id == agent:
        last_words(step, live, Disposition.COLLEAGUE_NOT_REACHED, "colleague-busy")
    else:
        live = occupy(step, live, agent)
        hearing.await_talk(step, live, Reach(colleague.number, COLLEAGUE_RINGS_S))


def _call_outside(step: Step, live: LiveCall, agent: AgentId, dialled: str) -> None:
    """Call a customer for the agent, by the same rules as everywhere; or say that this may not be."""
    refusal = outbound.dialled_by_phone(step, live, agent, dialled)
    if refusal is not None:
        step.because(f"refused.{refusal.code}")
        live = step.note(live, NOT_DIALLED, f"{dialled[:40]}/{refusal.code}")
        last_words(step, live, Disposition.PHONE_CODE, _SAID.get(refusal.code, "no-number"))


def digits_collected(step: Step, event: DigitsCollected) -> None:
    """Keys were pressed, or none in time: on one of our phones, or by a caller in a flow."""
    live = step.live_on(event.leg)
    if live is None or live.own is None:
        legs.digits_collected(step, event)
    elif event.op == live.call.op and live.call.state is CallState.IN_FLOW:
        binding.typed(step, live, event)
