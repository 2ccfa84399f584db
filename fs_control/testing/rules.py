"""What must hold in a call centre after every event, in words, checked from outside.

`broken_rules` is given the centre before and after one event and names every rule that does not hold. It repeats the
rules of the field in its own way and uses no function of the rooms it judges. Easy to break: a rule that excuses too
much; every exception here says why it is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.calls import CallState, LiveOffer, TalkState
from fs_control.centre import CallCentre, LiveCall
from fs_control.commands import DialOut, RingAgent, StoreSupervision
from fs_control.ids import AgentId, CallId, Extension, LegId, Micros, TimerId, seconds
from fs_control.records import AgentProfile, Group, Strategy, TerminalKind
from fs_control.testing.after_call_rules import AFTER_CALL_RULES
from fs_control.testing.decision_rules import DECISION_RULES
from fs_control.testing.happening import Happening, dialler_of, is_ready, is_rung_first, own_agent, waits_for_own
from fs_control.testing.line_rules import LINE_RULES, groups_of
from fs_control.testing.map_rules import MAP_RULES
from fs_control.testing.record_rules import RECORD_RULES
from fs_control.testing.tally_rules import TALLY_RULES
from fs_control.testing.why_rules import WHY_RULES


def broken_rules(happening: Happening) -> list[str]:
    """Name every rule that does not hold, with what broke it."""
    return [f"{rule.__doc__} {what}" for rule in RULES for what in rule(happening)]


# --- agents and offers ----------------------------------------------------------------------------------------------


def _busy_with(centre: CallCentre) -> dict[AgentId, list[LegId]]:
    """Return the legs that keep each agent busy: the one of the offer or talk, and those that are being ended."""
    legs: dict[AgentId, list[LegId]] = {}
    for live in centre.calls.values():
        for offer in live.call.offers:
            legs.setdefault(offer.agent, []).append(offer.leg)
        consulted, leaving = live.call.talk.consulted, live.call.leaving
        if consulted is not None and consulted.agent is not None:
            legs.setdefault(consulted.agent, []).append(consulted.leg)
        if leaving is not None:
            legs.setdefault(leaving.agent, []).append(leaving.leg)
        if live.own is not None and live.own.is_busy and live.own.agent is not None:  # calls a colleague
            legs.setdefault(live.own.agent, []).append(live.call.leg)
        dialler = dialler_of(live)
        if dialler is not None and all(offer.agent != dialler for offer in live.call.offers):
            legs.setdefault(dialler, []).append(live.call.leg)
    for leg, closing in centre.closing.items():
        legs.setdefault(closing.agent, []).append(leg)
    for leg, watch in centre.supervised.items():
        legs.setdefault(watch.leader, []).append(leg)
    return legs


def one_offer_each(happening: Happening) -> Iterator[object]:
    """No agent has two offers, or an offer beside a leg that is not over yet (Q13)."""
    yield from ((agent, legs) for agent, legs in _busy_with(happening.after).items() if len(legs) > 1)


def busy_agents_are_accounted_for(happening: Happening) -> Iterator[object]:
    """An agent is idle or wraps up exactly if no offer, talk or closing leg keeps them busy."""
    busy = _busy_with(happening.after)
    for agent in happening.after.agents.values():
        if (agent.state not in (AgentState.IDLE, AgentState.WRAP_UP)) is not (agent.id in busy) or (
            agent.call is not None
        ) is not (agent.id in busy):
            yield agent, busy.get(agent.id)


def agents_do_what_their_call_does(happening: Happening) -> Iterator[object]:
    """An agent's state is that of the call: reserved or ringing while the phone rings, on call from the answer."""
    for live in happening.after.calls.values():
        for offer in live.call.offers:
            agent = happening.after.agents[offer.agent]
            rings = live.call.state is CallState.RINGING_AGENT or offer in live.call.others or is_rung_first(live)
            expected = (AgentState.RESERVED, AgentState.RINGING) if rings else (AgentState.ON_CALL,)
            if agent.state not in expected or agent.call != live.call.id:
                yield live.call, agent
        yield from _colleague_not_as_the_talk(happening.after, live)


def _colleague_not_as_the_talk(centre: CallCentre, live: LiveCall) -> Iterator[object]:
    consulted = live.call.talk.consulted
    if consulted is None or consulted.agent is None:
        return
    agent = centre.agents[consulted.agent]
    rings = live.call.talk.state is TalkState.CONSULT_RINGING
    expected = (AgentState.RESERVED, AgentState.RINGING) if rings else (AgentState.ON_CALL,)
    if agent.state not in expected or agent.call != live.call.id:
        yield live.call, agent


def offers_go_to_the_free(happening: Happening) -> Iterator[object]:
    """An offer goes to an agent who is ready, has a phone that is there, and was idle at that moment (Q13)."""
    before, after = happening.before, happening.after
    for call, offer in happening.new_offers:
        freed_now = not set(_busy_with(before).get(offer.agent, ())) & {*after.legs, *after.closing}
        if dialler_of(after.calls[call.id]) == offer.agent:
            continue  # who makes a call is rung for it, also on a break
        ready = after.agents[offer.agent].status is AgentStatus.READY
        if not ready or not freed_now or not _rings_where_they_are(after, call.id, offer):
            yield call, after.agents[offer.agent]


def _rings_where_they_are(centre: CallCentre, call: CallId, offer: LiveOffer) -> bool:
    """Tell whether a phone is the agent's, and there; who is at a phone that is not is rung where they divert to."""
    profile, bound = centre.directory.agents[offer.agent], centre.agents[offer.agent].bound_phone
    rung = next(each.phone for each in centre.calls[call].record.offers if each.leg == offer.leg)
    own = [bound] if bound is not None else [profile.phone, *profile.terminals.values()]
    if not offer.must_accept:
        return rung in own and centre.phones.get(rung) is not False
    diverts = centre.directory.defaults.diverts if profile.diverts is None else profile.diverts
    away = bool(diverts) and any(code and centre.phones.get(code) is False for code in own)
    outside = [profile.terminals.get(TerminalKind.PHONE), profile.divert_to if away else None]
    return any(code is not None and _digits(code).endswith(_digits(rung)) for code in outside)


def _digits(number: str) -> str:
    """Return the digits of a number; with or without a country it ends alike."""
    return "".join(sign for sign in number if sign.isdigit())


def phones_ring_for_their_offer(happening: Happening) -> Iterator[object]:
    """Phones are rung for the offers of the call, and only where nothing else runs on the caller's leg."""
    for command in happening.result.commands:
        if isinstance(command, RingAgent):
            call = happening.after.calls[command.call].call
            rung = [command.leg, *(other.leg for other in command.others)]
            named = {offer.attempt for offer in call.offers} == {command.leg}
            if [offer.leg for offer in call.offers] != rung or not named or call.bridging != command.leg or call.op:
                yield command, call


def numbers_ring_for_their_flow(happening: Happening) -> Iterator[object]:
    """An outside number is dialled for the flow that names it, and only where nothing else runs on the caller's leg."""
    for command in happening.result.commands:
        if isinstance(command, DialOut):
            call = happening.after.calls[command.call].call
            dialled = call.dialled
            is_it = dialled is not None and (dialled.leg, dialled.number) == (command.leg, command.number)
            if not is_it or call.bridging != command.leg or call.op:
                yield command, call


def decliners_are_spared(happening: Happening) -> Iterator[object]:
    """Who declined a caller is not offered them again, unless nobody else is signed in, then after 60 s (C1)."""
    after = happening.after
    for call, offer in happening.group_offers:
        declined_at = call.declined.get(offer.agent)
        if declined_at is not None and not _may_ask_again(
            after, after.directory.groups[offer.group], offer.agent, declined_at
        ):
            yield call


def _may_ask_again(centre: CallCentre, group: Group, agent: AgentId, declined_at: Micros) -> bool:
    return centre.at >= declined_at + seconds(60) and not any(
        is_ready(centre, other) for other in group.members if other != agent
    )


def breaks_have_a_cause(happening: Happening) -> Iterator[object]:
    """Who is on a break is known by its cause, and no one else is; three misses in a row are one."""
    for agent in happening.after.agents.values():
        if (agent.status is AgentStatus.BREAK) is not (agent.on_break is not None):
            yield agent
        if agent.misses >= 3 and agent.status is AgentStatus.READY:
            yield agent


def leaders_are_on_talks_alone(happening: Happening) -> Iterator[object]:
    """A leader is on the call of an agent who has the customer, and on none longer than that (C7)."""
    centre = happening.after
    for leg, watch in centre.supervised.items():
        live = centre.calls.get(watch.call)
        offer = live.call.offer if live is not None and live.call.state is CallState.TALKING else None
        if offer is None or offer.agent != watch.agent or leg in centre.legs or watch.leader == watch.agent:
            yield leg, watch


def what_leaders_do_is_kept(happening: Happening) -> Iterator[object]:
    """Whoever was heard or could hear is in the log for that time: nothing ends untold (C7)."""
    kept = {each.entry.id for each in happening.result.commands if isinstance(each, StoreSupervision)}
    for leg, watch in happening.before.supervised.items():
        now = happening.after.supervised.get(leg)
        over = now is None or now.mode is not watch.mode
        if over and watch.began_at is not None and f"{leg}.{watch.entries + 1}" not in kept:
            yield leg, watch


def who_is_removed_is_signed_out(happening: Happening) -> Iterator[object]:
    """Nobody is at work whom the directory does not know (M14)."""
    for agent in happening.after.agents.values():
        if agent.status is not AgentStatus.SIGNED_OUT and agent.id not in happening.after.directory.agents:
            yield agent


# --- lines ----------------------------------------------------------------------------------------------------------


def nobody_waits_beside_a_free_agent(happening: Happening) -> Iterator[object]:
    """No caller waits while an agent who may be offered this caller is idle (Q13)."""
    centre = happening.after
    if centre.link_lost_at is not None:
        return  # nobody can be rung without a link
    for live in centre.calls.values():
        if live.call.state is not CallState.WAITING or not live.call.hears_us:
            continue  # nobody can be rung for a caller before their leg is in our hands
        if live.being_looked_up:
            continue  # whose own the caller is has to be known first, and is so within 300 ms
        own = own_agent(centre, live.call.id)
        if waits_for_own(centre, live, own):
            continue
        for group in (
            centre.directory.groups[each] for each in groups_of(live.call) if each in centre.directory.groups
        ):
            if group.strategy is Strategy.RING_ALL and any(_is_about_to_stop(centre, agent) for agent in group.members):
                continue  # whose phone stops in a moment is to ring with the others
            eligible = {*group.members} if own is None else {*group.members, own}
            yield from ((live.call.id, agent) for agent in eligible if _may_be_offered(centre, live, group, agent))


def _is_about_to_stop(centre: CallCentre, agent_id: AgentId) -> bool:
    """Whether a phone rings in vain, because its end was ordered or another one was taken up, or its rest is over."""
    agent = centre.agents.get(agent_id)
    if agent is not None and agent.rest is not None:
        return centre.at < agent.rest.until <= centre.at + seconds(0.5)
    if agent is None or agent.state is not AgentState.RINGING or agent.call is None:
        return False
    live = centre.calls.get(agent.call)
    taken_up = live is not None and live.call.state is CallState.CONNECTING
    return taken_up or any(closing.agent == agent_id for closing in centre.closing.values())


def _can_be_rung(centre: CallCentre, agent: Agent, profile: AgentProfile) -> bool:
    """Tell whether there is anything to ring for an agent: a phone that is there and theirs, or a telephone outside."""
    wanted = (agent.terminal, profile.default_terminal, centre.directory.defaults.default_terminal, *TerminalKind)
    kind = next((kind for kind in wanted if kind is not None and kind in profile.codes), None)
    if agent.bound_phone is None and kind in (None, TerminalKind.PHONE):
        return kind is not None
    phone = agent.bound_phone or Extension(profile.codes[kind or TerminalKind.SIP])
    if centre.bound.get(phone) not in (None, agent.id):
        return False
    diverts = centre.directory.defaults.diverts if profile.diverts is None else profile.diverts
    return centre.phones.get(phone) is not False or (bool(diverts) and profile.divert_to is not None)


def _may_be_offered(centre: CallCentre, live: LiveCall, group: Group, agent_id: AgentId) -> bool:
    agent, profile = centre.agents.get(agent_id), centre.directory.agents.get(agent_id)
    if agent is None or profile is None or not _can_be_rung(centre, agent, profile):
        return False
    if agent.status is not AgentStatus.READY or agent.state is not AgentState.IDLE:
        return False
    if TimerId(f"rest:{agent_id}") in centre.timers:
        return False  # also where the timer is late
    declined_at = live.call.declined.get(agent_id)
    if declined_at is None:
        return True
    reminder_due = centre.timers.get(TimerId(f"again:{live.call.id}"))
    reminder_is_late = reminder_due is not None and reminder_due <= centre.at
    return not reminder_is_late and _may_ask_again(centre, group, agent_id, declined_at)


def own_agents_are_known_by_their_callers(happening: Happening) -> Iterator[object]:
    """The centre knows of each agent exactly who waits in line and is the agent's own (M6)."""
    centre = happening.after
    due = Counter(
        (own, call)
        for call in {call for line in centre.lines.values() for call in line}
        if (own := own_agent(centre, call)) is not None
    )
    noted: Counter[tuple[AgentId | None, CallId]] = Counter(
        (agent, call) for agent, calls in centre.wanted.items() for call in calls
    )
    if noted != due:
        yield dict(centre.wanted), due


RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    one_offer_each,
    busy_agents_are_accounted_for,
    agents_do_what_their_call_does,
    offers_go_to_the_free,
    phones_ring_for_their_offer,
    numbers_ring_for_their_flow,
    decliners_are_spared,
    breaks_have_a_cause,
    who_is_removed_is_signed_out,
    leaders_are_on_talks_alone,
    what_leaders_do_is_kept,
    nobody_waits_beside_a_free_agent,
    own_agents_are_known_by_their_callers,
    *AFTER_CALL_RULES,
    *MAP_RULES,
    *RECORD_RULES,
    *DECISION_RULES,
    *WHY_RULES,
    *TALLY_RULES,
    *LINE_RULES,
)
"""Every rule: one line each."""
