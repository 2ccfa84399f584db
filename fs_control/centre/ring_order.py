"""The order to ring for a caller, made of the offers under way: which phones, what they show, what is whispered.

A pure function of directory and call. Easy to break: the directory may have changed since the offers were made, because
the caller's music has to stop first; phones are those of the record, and a group may be no more.
"""

from __future__ import annotations

from fs_control.calls import LiveOffer
from fs_control.centre.display import display_name
from fs_control.centre.state import LiveCall
from fs_control.commands import OtherPhone, Prompt, RingAgent
from fs_control.records import Directory


def ring_order(directory: Directory, live: LiveCall) -> RingAgent:
    """Return the order to ring the phones of all offers of a call, which has one at least."""
    phones = {noted.leg: noted.phone for noted in live.record.offers}
    first, *others = live.call.offers
    return RingAgent(
        call=live.call.id,
        leg=first.leg,
        caller_leg=live.call.leg,
        phone=phones[first.leg],
        ring=first.ring,
        caller_number=live.record.caller.raw,
        caller_name=_shown(directory, live, first),
        # In the language of the enterprise: the caller's is not the agent's.
        whisper=Prompt(first.whisper, directory.language) if first.whisper is not None else None,
        others=tuple(OtherPhone(each.leg, phones[each.leg], _shown(directory, live, each)) for each in others),
    )


def _shown(directory: Directory, live: LiveCall, offer: LiveOffer) -> str:
    """Return the name that the agent's phone shows."""
    group = directory.groups.get(offer.group)
    customer = live.facts.customer if live.facts is not None else None
    name = group.name if group is not None else ""
    return display_name(live.record.caller, live.record.caller_name, customer, offer.agent, name, directory.language)
