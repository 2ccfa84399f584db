"""What is rung for an agent at a moment: a phone bound by 0000, the terminal of the sign-in, or a diversion (A3, A19).

Owns the one answer to "where is this agent reached"; who is rung, and when, is decided elsewhere. Where they sit is
found from directory and agent alone (`places_of`), and may be remembered as long as both are the same; what is
registered, and who has taken which phone over, is of the moment (`endpoint_at`). Easy to break: an ordinary telephone
never registers, so what the switch says of registrations is nothing to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.agents import Agent, default_terminal, diverts
from fs_control.centre.state import CallCentre
from fs_control.ids import AgentId, Extension, dialled_form, parse_phone_number
from fs_control.records import AgentProfile, Directory, TerminalKind

NO_PHONE: Final = "reason.no_phone"
UNREGISTERED: Final = "reason.phone_unregistered"
TAKEN_OVER: Final = "reason.phone_taken_over"

REGISTERING: Final = (TerminalKind.SIP, TerminalKind.SOFTPHONE, TerminalKind.APP)
"""The kinds that are SIP numbers of ours."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One phone: a SIP number of ours, or an outside number as it is dialled, where a key has to accept the call."""

    kind: TerminalKind
    code: str
    must_accept: bool = False
    diverted_from: str = ""
    """The terminal in whose place it is rung."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where an agent sits, and where a call goes if nothing is registered there; None where there is nothing."""

    usual: Endpoint | None = None
    diverted: Endpoint | None = None


NOWHERE: Final = Places()


def endpoint_of(centre: CallCentre, agent: AgentId) -> Endpoint | None:
    """Return what is rung for an agent at this moment, or None where nothing can be."""
    profile = centre.directory.agents.get(agent)
    if profile is None:
        return None
    places = places_of(centre.directory, profile, centre.agents.get(agent) or Agent(agent))
    return endpoint_at(centre, agent, places)


def endpoint_to_ring(centre: CallCentre, agent: AgentId) -> Endpoint:
    """Return what is rung for an agent who is free."""
    endpoint = endpoint_of(centre, agent)
    assert endpoint is not None  # nobody is free without one
    return endpoint


def places_of(directory: Directory, profile: AgentProfile, agent: Agent) -> Places:
    """Return where an agent sits, as directory and agent have it."""
    kind = terminal_of(directory, profile, agent)
    if agent.bound_phone is not None:
        usual = Endpoint(TerminalKind.SIP, agent.bound_phone)
    elif kind is None:
        return NOWHERE
    else:
        usual = _endpoint(directory, kind, profile.codes[kind])
    if usual.must_accept or profile.divert_to is None or not diverts(profile, directory.defaults).value:
        return Places(usual)
    return Places(usual, _endpoint(directory, TerminalKind.PHONE, profile.divert_to, diverted_from=usual.code))


def endpoint_at(centre: CallCentre, agent: AgentId, places: Places) -> Endpoint | None:
    """Return which of an agent's places is rung at this moment; None where neither can be."""
    usual = places.usual
    if usual is None or usual.must_accept:
        return usual
    if centre.bound.get(Extension(usual.code), agent) != agent:
        return None
    return places.diverted if centre.phones.get(usual.code) is False else usual


def reason_against(centre: CallCentre, agent: AgentId, places: Places) -> str | None:
    """Return why nothing can be rung for an agent, or None where something can be."""
    if places.usual is None:
        return NO_PHONE
    if endpoint_at(centre, agent, places) is not None:
        return None
    taken = centre.bound.get(Extension(places.usual.code), agent) != agent
    return TAKEN_OVER if taken else UNREGISTERED


def terminal_of(directory: Directory, profile: AgentProfile, agent: Agent) -> TerminalKind | None:
    """Return the kind at which an agent is signed in, as far as they may use it still; else their usual one."""
    if agent.terminal in profile.codes:
        return agent.terminal
    return default_terminal(profile, directory.defaults).value


def sits_at(centre: CallCentre, profile: AgentProfile, phone: Extension) -> bool:
    """Tell whether one of our phones is that at which an agent is to be rung, registered or not."""
    is_theirs = phone == profile.phone or phone in profile.terminals.values() or centre.bound.get(phone) == profile.id
    if not is_theirs:  # most are not: a thousand agents are looked at for each phone that registers
        return False
    usual = places_of(centre.directory, profile, centre.agents.get(profile.id) or Agent(profile.id)).usual
    return usual is not None and usual.code == phone


def owner_of(centre: CallCentre, phone: Extension) -> AgentId | None:
    """Return the agent who is at one of our phones: who bound it, else whose terminal it is; None for nobody's."""
    bound = centre.bound.get(phone)
    if bound is not None:
        return bound
    profiles = centre.directory.agents.values()
    return next((profile.id for profile in profiles if phone in registered_codes(profile)), None)


def registered_codes(profile: AgentProfile) -> tuple[str, ...]:
    """Return the SIP numbers of an agent's terminals."""
    codes = profile.codes
    return tuple(codes[kind] for kind in REGISTERING if kind in codes)


def _endpoint(directory: Directory, kind: TerminalKind, code: str, diverted_from: str = "") -> Endpoint:
    if kind.registers:
        return Endpoint(kind, code)
    number = dialled_form(parse_phone_number(code, directory.region), directory.region)
    return Endpoint(kind, number, must_accept=True, diverted_from=diverted_from)
