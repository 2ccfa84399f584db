"""The order to ring for a caller, made of the offers under way: which phones, what they show, what is whispered.

A pure function of directory and call. Easy to break: the directory may have changed since the offers were made, because
the caller's music has to stop first; phones are those of the record, and a group may be no more.
"""

from __future__ import annotations

from typing import Final

from fs_control.calls import LiveOffer
from fs_control.centre.display import display_name
from fs_control.centre.may_dial import first_gateway
from fs_control.centre.state import LiveCall
from fs_control.commands import OtherPhone, Prompt, RingAgent, RingColleague
from fs_control.ids import AgentId, Extension, LegId
from fs_control.records import Directory
from fs_control.texts import sentence

PRESS_ONE: Final = "press-one-to-accept"
"""The prompt that asks for the key."""


def ring_order(directory: Directory, live: LiveCall) -> RingAgent:
    """Return the order to ring the phones of all offers of a call, which has one at least."""
    phones = {noted.leg: noted.phone for noted in live.record.offers}
    names = _names(directory, live)
    first, *others = live.call.offers
    return RingAgent(
        call=live.call.id,
        leg=first.leg,
        caller_leg=live.call.leg,
        phone=phones[first.leg],
        ring=first.ring,
        caller_number=live.record.caller.raw,
        caller_name=names[first.leg],
        # In the language of the enterprise: the caller's is not the agent's.
        whisper=Prompt(first.whisper, directory.language) if first.whisper is not None else None,
        others=tuple(
            OtherPhone(each.leg, phones[each.leg], names[each.leg], _question(directory, each)) for each in others
        ),
        accept=_question(directory, first),
        gateway=first_gateway(directory),
    )


def _question(directory: Directory, offer: LiveOffer) -> Prompt | None:
    """Return what asks somebody on an ordinary telephone to accept the call; None for a phone of ours."""
    return Prompt(PRESS_ONE, directory.language) if offer.must_accept else None


def _names(directory: Directory, live: LiveCall) -> dict[LegId, str]:
    """Return the name that each phone shows: one for the agent whose customer it is, and one for all others."""
    customer = live.facts.customer if live.facts is not None else None
    owner = customer.owner if customer is not None else None
    names: dict[bool, str] = {}
    for offer in live.call.offers:
        is_owner = offer.agent == owner
        if is_owner not in names:
            names[is_owner] = _shown(directory, live, offer)
    return {offer.leg: names[offer.agent == owner] for offer in live.call.offers}


def _shown(directory: Directory, live: LiveCall, offer: LiveOffer) -> str:
    group = directory.groups.get(offer.group)
    name = group.name if group is not None else ""
    what_for = sentence("display.via", {"by": live.via}, directory.language) if live.via else name
    return _name_of(directory, live, offer.agent, what_for)


def _name_of(directory: Directory, live: LiveCall, agent: AgentId, what_for: str) -> str:
    customer = live.facts.customer if live.facts is not None else None
    return display_name(live.record.caller, live.record.caller_name, customer, agent, what_for, directory.language)


def colleague_order(directory: Directory, live: LiveCall) -> RingColleague:
    """Return the order to ring the colleague who is asked: the display shows the customer, and who asks (complaint 22).

    Somebody outside is shown a number of ours, and nothing of the customer.
    """
    consulted, offer = live.call.talk.consulted, live.call.offer
    assert consulted is not None  # somebody is asked
    assert offer is not None  # by the agent who has the customer
    asks = directory.agents[offer.agent].number if offer.agent in directory.agents else str(offer.agent)
    phone = Extension(consulted.phone) if consulted.phone and consulted.is_ours else None
    via = sentence("display.via", {"by": asks}, directory.language)
    return RingColleague(
        call=live.call.id,
        leg=consulted.leg,
        agent_leg=offer.leg,
        phone=phone,
        number=consulted.number if consulted.is_ours else consulted.phone,
        ring=consulted.ring,
        caller_number=live.record.caller.raw,
        caller_name=_name_of(directory, live, consulted.agent or offer.agent, via),
        shown=live.call.number,
        gateway=consulted.gateway,
    )
