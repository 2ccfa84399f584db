"""Where centre and switch do not agree: every difference between what we believe and what one listing says.

Owns the comparison and changes nothing; what is done about a difference is `ghost_healing`. Easy to break: a listing
is a moment, and at any moment something is on its way: a leg that is being made, an end that is about to be told. So
what is found here once means nothing, and only what belongs to a healthy call for longer than that is left out here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from fs_control.agents import Agent, AgentState
from fs_control.calls import Call, CallState, LiveOffer, TalkState
from fs_control.centre.state import CallCentre, LiveCall, OutgoingStage
from fs_control.events import StateCompared
from fs_control.ids import AgentId, CallId, LegId, Micros, TimerId, seconds
from fs_control.records import GhostKind, Stranger

OVERDUE_AFTER: Final = seconds(30)
"""A process that was stopped for a while fires its timers as soon as it goes on; one so late will not come."""

FEW: Final = 5
"""Of so many legs or more one at least is in every listing; a switch that names none of them does not list its legs."""

_LEG_TIMERS: Final = frozenset({"ring", "charge", "closing", "supervise"})
_AGENT_TIMERS: Final = frozenset({"rest", "wrapup"})
_OWN_TIMERS: Final = frozenset({"midnight", "schedule"})
"""What the names of timers are about; all others are named after a call."""

_BRINGS_BACK: Final = ("back", "lost", "free")
"""The timers of which one runs for every caller who is not in our hands."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree; `subject` is the leg, call, agent or timer by which it is known again."""

    kind: GhostKind
    subject: str
    call: CallId | None = None
    leg: LegId | None = None
    agent: AgentId | None = None
    is_caller: bool = False
    """Of a stranger: the leg came to us, and was not made by us."""

    @property
    def key(self) -> str:
        """Return the name by which the next comparison knows it again."""
        return f"{self.kind}/{self.subject}"


def differences(centre: CallCentre, seen: StateCompared) -> Iterator[Difference]:
    """Yield everything in which the centre and a listing of the switch's legs do not agree."""
    legs, answered = frozenset(seen.legs), frozenset(seen.answered)
    for live in centre.calls.values():
        yield from _of_call(centre, live, legs, answered, seen.still)
    yield from _of_leaders(centre, legs, answered)
    for leg, closing in centre.closing.items():
        kind = GhostKind.NOT_ENDED if leg in legs else GhostKind.END_UNTOLD
        yield Difference(kind, leg, closing.call, leg, closing.agent)
    yield from _of_agents(centre)
    yield from _left_names(centre)
    yield from _of_timers(centre)
    yield from _strangers(centre, seen.strangers)


def is_believable(centre: CallCentre, seen: StateCompared) -> bool:
    """Tell whether a listing may be true: a switch may fail to list its legs, and that must end nobody's call."""
    believed = set(centre.legs)
    return len(believed) < FEW or not believed.isdisjoint(seen.legs)


# --- calls and their legs -------------------------------------------------------------------------------------------


def _of_call(
    centre: CallCentre, live: LiveCall, legs: Collection[LegId], answered: Collection[LegId], still: Collection[LegId]
) -> Iterator[Difference]:
    call = live.call
    if call.id in centre.unclear:
        return  # it is being found out how its legs ended
    if not _is_customer_called(live):
        pass
    elif call.leg not in legs:
        yield Difference(GhostKind.CALLER_GONE, call.leg, call.id, call.leg)
        return  # with the customer everything else of the call is over
    elif _is_out_of_reach(centre, call, still):
        yield Difference(GhostKind.NOT_TAKEN_BACK, call.leg, call.id, call.leg)
    for leg, agent in _other_legs(centre, call):
        if leg not in legs:
            yield Difference(GhostKind.LEG_GONE, leg, call.id, leg, agent)
        elif leg in answered and leg in _ringing(live):
            yield Difference(GhostKind.ANSWER_UNTOLD, leg, call.id, leg, agent)
    if call.state is CallState.WAITING and call.group is not None and call.id not in centre.lines.get(call.group, ()):
        yield Difference(GhostKind.NOT_IN_LINE, call.id, call.id, call.leg)


def _is_customer_called(live: LiveCall) -> bool:
    """Tell whether there is a leg of the customer to be looked for; an agent may be rung first."""
    return live.outgoing is None or live.outgoing.stage is not OutgoingStage.AGENT_RINGS


def _is_out_of_reach(centre: CallCentre, call: Call, still: Collection[LegId]) -> bool:
    """Tell whether nothing will bring a caller back who is not in our hands, or they stand in nothing at all."""
    if not call.away or call.is_joined or call.state is CallState.CALLING:
        return False
    return call.leg in still or not any(TimerId(f"{kind}:{call.id}") in centre.timers for kind in _BRINGS_BACK)


def _other_legs(centre: CallCentre, call: Call) -> Iterator[tuple[LegId, AgentId | None]]:
    """Yield the legs of a call that the switch should have, the customer's apart, and whose each is."""
    for offer in call.offers:
        if offer.rung and not _may_have_no_phone(centre, offer):
            yield offer.leg, offer.agent
    if call.dialled is not None:
        yield call.dialled.leg, None
    if call.talk.consulted is not None and call.talk.consulted.rung:
        yield call.talk.consulted.leg, call.talk.consulted.agent
    if call.leaving is not None:
        yield call.leaving.leg, call.leaving.agent


def _may_have_no_phone(centre: CallCentre, offer: LiveOffer) -> bool:
    """Tell whether a phone rings beside others and is not registered: no leg is made for it, and nothing is told."""
    agent = centre.agents.get(offer.agent)
    return offer.first is not None and agent is not None and agent.state is AgentState.RESERVED


def _ringing(live: LiveCall) -> Iterator[LegId]:
    """Yield the legs that ring as far as the centre knows, and whose answer would be told.

    That of an ordinary telephone says nothing: whoever has it in hand may be asked for a key just now.
    """
    call = live.call
    if call.state is CallState.RINGING_AGENT:
        yield from (offer.leg for offer in call.offers if not offer.must_accept)
    if live.outgoing is not None and live.outgoing.stage is OutgoingStage.AGENT_RINGS:
        yield from (offer.leg for offer in call.offers)
    if call.talk.consulted is not None and call.talk.state is TalkState.CONSULT_RINGING:
        yield call.talk.consulted.leg
    if call.dialled is not None and call.state is CallState.DIALLING and not call.unguarded:
        yield call.dialled.leg


def _of_leaders(centre: CallCentre, legs: Collection[LegId], answered: Collection[LegId]) -> Iterator[Difference]:
    for leg, watch in centre.supervised.items():
        if leg not in legs:
            yield Difference(GhostKind.LEG_GONE, leg, watch.call, leg, watch.leader)
        elif leg in answered and watch.began_at is None:
            yield Difference(GhostKind.ANSWER_UNTOLD, leg, watch.call, leg, watch.leader)


def _strangers(centre: CallCentre, strangers: Collection[Stranger]) -> Iterator[Difference]:
    for each in strangers:
        if each.leg not in centre.legs and each.leg not in centre.closing and each.leg not in centre.supervised:
            yield Difference(GhostKind.STRANGER, each.leg, each.call, each.leg, is_caller=each.is_caller)


# --- agents, and what is kept by name -------------------------------------------------------------------------------


def _of_agents(centre: CallCentre) -> Iterator[Difference]:
    busy = set(_busy_agents(centre))
    for agent in centre.agents.values():
        if agent.state is AgentState.WRAP_UP:
            if _has_wrapped_up(centre, agent):
                yield Difference(GhostKind.AGENT_ALONE, str(agent.id), agent=agent.id)
        elif agent.id not in busy and (agent.state is not AgentState.IDLE or agent.call is not None):
            yield Difference(GhostKind.AGENT_ALONE, str(agent.id), agent.call, agent=agent.id)


def _has_wrapped_up(centre: CallCentre, agent: Agent) -> bool:
    """Tell whether the time for notes is over and nothing will end it."""
    is_over = agent.wrap_up_until is None or agent.wrap_up_until <= centre.at
    return is_over and TimerId(f"wrapup:{agent.id}") not in centre.timers


def _busy_agents(centre: CallCentre) -> Iterator[AgentId]:
    """Yield every agent who has a part in a call, or whose leg is being ended."""
    for live in centre.calls.values():
        call = live.call
        yield from (offer.agent for offer in call.offers)
        if call.talk.consulted is not None and call.talk.consulted.agent is not None:
            yield call.talk.consulted.agent
        if call.leaving is not None:
            yield call.leaving.agent
        if live.own is not None and live.own.agent is not None and live.own.is_busy:
            yield live.own.agent
        if live.outgoing is not None and live.outgoing.stage is not OutgoingStage.OVER:
            yield live.outgoing.agent
    yield from (closing.agent for closing in centre.closing.values())
    yield from (watch.leader for watch in centre.supervised.values())


def _left_names(centre: CallCentre) -> Iterator[Difference]:
    for group, line in centre.lines.items():
        for call in line:
            if call not in centre.calls:
                yield Difference(GhostKind.LEFT_IN_LINE, f"{group}/{call}", call)
    for leg, call in centre.legs.items():
        if call not in centre.calls:
            yield Difference(GhostKind.LEFT_LEG, leg, call, leg)


def _of_timers(centre: CallCentre) -> Iterator[Difference]:
    late = Micros(centre.at - OVERDUE_AFTER)
    for timer, due in centre.timers.items():
        if not _has_subject(centre, timer):
            yield Difference(GhostKind.LEFT_TIMER, timer)
        elif due < late:
            yield Difference(GhostKind.TIMER_OVERDUE, timer)


def _has_subject(centre: CallCentre, timer: TimerId) -> bool:
    """Tell whether there is what a timer is named after."""
    kind, _, subject = timer.partition(":")
    if kind in _OWN_TIMERS:
        return True
    if kind in _LEG_TIMERS:
        leg = LegId(subject)
        return leg in centre.legs or leg in centre.closing or leg in centre.supervised
    if kind in _AGENT_TIMERS:
        return subject.isdecimal() and AgentId(int(subject)) in centre.agents
    return CallId(subject) in centre.calls
