"""Everything that can be recorded, by subject.

Owns no recording itself: importing this package imports all of them, and each enters itself into the list. Easy to
break: a module that is not named here records nothing.
"""

from __future__ import annotations

from tests.traces.record.recordings import (
    accepting,
    agents,
    calls,
    early,
    failures,
    gateway,
    inputs,
    ivr,
    listening,
    outgoing,
    phone_keys,
    phones,
    ring_all,
    supervision,
    talking,
    transfers,
    whisper,
)
from tests.traces.record.registry import RECORDINGS

__all__ = [
    "RECORDINGS",
    "accepting",
    "agents",
    "calls",
    "early",
    "failures",
    "gateway",
    "inputs",
    "ivr",
    "listening",
    "outgoing",
    "phone_keys",
    "phones",
    "ring_all",
    "supervision",
    "talking",
    "transfers",
    "whisper",
]
