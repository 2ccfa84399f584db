"""What the record keeps of a colleague who is asked: an offer like any other, without a ring segment of its own.

The customer is on hold meanwhile, and that is what their time is spent on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.records import CallRecord, Offer

ASKED: Final = "named.by_agent"
"""The rule of the decision by which a colleague was rung: the agent named them."""


def colleague_asked(record: CallRecord, offer: Offer) -> CallRecord:
    """Note that a colleague is rung; never before what the record says already."""
    began = record.segments[-1].started_at
    return replace(record, offers=(*record.offers, replace(offer, offered_at=max(offer.offered_at, began))))
