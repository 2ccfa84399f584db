"""Everything that can be recorded, by subject.

Owns no recording itself: importing this package imports all of them, and each enters itself into the list. Easy to
break: a module that is not named here records nothing.
"""

from __future__ import annotations

from tests.traces.record.recordings import (
    agents,
    calls,
    early,
    failures,
    gateway,
    inputs,
    ivr,
    listening,
    phones,
    ring_all,
    talking,
    transfers,
    whisper,
)
from tests.traces.record.registry import RECORDINGS

__all__ = [
    "RECORDINGS",
    "agents",
    "calls",
    "early",
    "failures",
    "gateway",
    "inputs",
    "ivr",
    "listening",
    "phones",
    "ring_all",
    "talking",
    "transfers",
    "whisper",
]
