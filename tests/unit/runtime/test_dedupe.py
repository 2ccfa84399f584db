"""One event is delivered once, whichever connection brought it first."""

from __future__ import annotations

from fs_control.esl import EventMessage, Headers
from fs_control.runtime.dedupe import Deduplicator


def event(core: str, sequence: int) -> EventMessage:
    return EventMessage(Headers(f"Core-UUID: {core}\nEvent-Sequence: {sequence}".encode()), b"")


def test_the_second_copy_is_not_the_first():
    seen = Deduplicator()
    assert seen.is_first(event("core-a", 7))
    assert not seen.is_first(event("core-a", 7))


def test_order_does_not_matter():
    seen = Deduplicator()
    first = [seen.is_first(event("core-a", sequence)) for sequence in (2, 1, 1, 2, 3)]
    assert first == [True, True, False, False, True]


def test_each_run_of_a_switch_counts_for_itself():
    seen = Deduplicator()
    assert seen.is_first(event("core-a", 7))
    assert seen.is_first(event("core-b", 7))


def test_an_event_without_a_name_is_always_delivered():
    seen = Deduplicator()
    nameless = EventMessage(Headers(b"Event-Name: CUSTOM"), b"")
    assert seen.is_first(nameless)
    assert seen.is_first(nameless)
    assert len(seen) == 0


def test_memory_is_bounded_and_keeps_the_newest():
    seen = Deduplicator(remembered=100)
    for sequence in range(1_000):
        assert seen.is_first(event("core-a", sequence))
    assert len(seen) == 100
    assert not seen.is_first(event("core-a", 999))
    assert seen.is_first(event("core-a", 0)), "forgotten long ago"
