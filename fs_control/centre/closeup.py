"""One call seen from near: everything about it that can change, as facts that can be laid side by side.

Pure: reads a centre, changes nothing, and speaks in people's names (agent number, group name). Easy to break: a fact
is told by a code and never by a sentence, and a fact that is not so is left out, so that what two moments differ in is
what differs in the two mappings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fs_control.calls import CallState
from fs_control.centre.moments import moment_of
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.ids import AgentId, CallId, GroupId


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact is about: its name, and of whom or what it is told (an agent's number, a group's name)."""

    name: str
    of: str = ""


Closeup: TypeAlias = Mapping[Fact, str]
"""Facts of one call at one moment, in the order in which they are shown; a value is a code, a name or a number."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is different now; None where it was, or is, not so."""

    fact: Fact
    before: str | None
    after: str | None


def closeup_of(centre: CallCentre, call: CallId, agents: Iterable[AgentId] = ()) -> Closeup:
    """Return what is so of a call, live or over, and what its agents and those in `agents` are doing."""
    live = centre.calls.get(call)
    facts = dict(_of_live(centre, live)) if live is not None else dict(_of_ended(centre, call))
    numbers = {_number(centre, agent): agent for agent in (*agents_in(centre, call), *agents)}
    return facts | {Fact("agent", number): moment_of(centre, numbers[number]).value for number in sorted(numbers)}


def changes(before: Closeup, after: Closeup) -> tuple[Change, ...]:
    """Return what is different in the second of two close-ups of one call."""
    facts = dict.fromkeys((*before, *after))
    pairs = (Change(fact, before.get(fact), after.get(fact)) for fact in facts)
    return tuple(change for change in pairs if change.before != change.after)


def agents_in(centre: CallCentre, call: CallId) -> tuple[AgentId, ...]:
    """Return the agents who have to do with a call: rung, talking, asked, leaving, listening; by their ids."""
    found = {each.agent for each in centre.closing.values() if each.call == call}
    found |= {each.leader for each in centre.supervised.values() if each.call == call}
    live = centre.calls.get(call)
    if live is not None:
        consulted = live.call.talk.consulted
        own = live.own.agent if live.own is not None else None
        made_by = live.outgoing.agent if live.outgoing is not None else None
        others = (consulted.agent if consulted is not None else None, own, made_by)
        found |= {offer.agent for offer in live.call.offers} | {agent for agent in others if agent is not None}
        found |= {live.call.leaving.agent} if live.call.leaving is not None else set()
    return tuple(sorted(found))


def _of_ended(centre: CallCentre, call: CallId) -> Iterator[tuple[Fact, str]]:
    record = centre.unstored.get(call)
    if record is not None:
        yield Fact("record"), "waits"
        yield Fact("disposition"), str(record.disposition)


def _of_live(centre: CallCentre, live: LiveCall) -> Iterator[tuple[Fact, str]]:
    call, session = live.call, live.session
    yield Fact("state"), call.state.value
    yield Fact("segment"), live.record.segments[-1].kind.value
    if session is not None:
        yield Fact("step"), f"{session.flow}/{session.step}"
        if session.wait is not None:
            yield Fact("wait"), session.wait.value
        if session.prompt is not None:
            yield Fact("prompt"), session.prompt
    for group in call.lines if call.state in (CallState.WAITING, CallState.RINGING_AGENT) else ():
        line = centre.lines.get(group, ())
        if call.id in line:
            yield Fact("place", _group(centre, group)), f"{line.index(call.id) + 1}/{len(line)}"
    if call.priority:
        yield Fact("priority"), str(call.priority)
    yield from _of_offers(centre, live)
    yield from _of_talk(centre, live)
    if call.away:
        yield Fact("link"), "away"


def _of_offers(centre: CallCentre, live: LiveCall) -> Iterator[tuple[Fact, str]]:
    talks = live.call.state in (CallState.TALKING, CallState.OUTSIDE)
    noted = {offer.leg: offer for offer in live.record.offers}
    for offer in () if talks else live.call.offers:
        known = noted.get(offer.leg)
        rings = known is not None and known.ringing_at is not None
        answered = known is not None and known.answered_at is not None
        how = "answered" if answered else "rings" if rings else "ordered" if offer.rung else "chosen"
        yield Fact("offer", _number(centre, offer.agent)), how


def _of_talk(centre: CallCentre, live: LiveCall) -> Iterator[tuple[Fact, str]]:
    call = live.call
    if call.state is CallState.TALKING:
        yield Fact("talk"), call.talk.state.value
        if call.talk.consulted is not None:
            yield Fact("colleague"), call.talk.consulted.number
        if call.talk.muted:
            yield Fact("muted"), "yes"
    if call.dialled is not None:
        yield Fact("outside"), call.dialled.number
    for watch in centre.supervised.values():
        if watch.call == call.id:
            how = "rings" if watch.began_at is None else watch.mode.value
            yield Fact("leader", _number(centre, watch.leader)), how


def _number(centre: CallCentre, agent: AgentId) -> str:
    profile = centre.directory.agents.get(agent)
    return profile.number if profile is not None else str(agent)


def _group(centre: CallCentre, group: GroupId) -> str:
    known = centre.directory.groups.get(group)
    return known.name if known is not None else str(group)
