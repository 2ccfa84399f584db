"""What a wire hears: names, subclasses, filters."""

from __future__ import annotations

from fs_control.virtual_switch.event import Event
from fs_control.virtual_switch.subscription import Subscription


def event(**headers: str) -> Event:
    return Event("X", [(name.replace("_", "-"), value) for name, value in headers.items()])


def test_wants_the_names_it_asked_for_in_any_case() -> None:
    wishes = Subscription()
    assert wishes.add(["channel_answer", "nonsense"])
    assert wishes.wants("CHANNEL_ANSWER", None)
    assert not wishes.wants("CHANNEL_PARK", None)


def test_wants_only_the_subclasses_named_after_custom() -> None:
    wishes = Subscription()
    wishes.add(["DTMF", "CUSTOM", "sofia::register"])
    assert wishes.wants("CUSTOM", "sofia::register")
    assert not wishes.wants("CUSTOM", "sofia::expire")


def test_all_is_everything_until_something_is_taken_back() -> None:
    wishes = Subscription()
    wishes.add(["ALL"])
    assert wishes.remove(["DTMF"])
    assert wishes.wants("CUSTOM", "any::thing")
    assert not wishes.wants("DTMF", None)


def test_a_name_nobody_knows_is_no_subscription() -> None:
    assert not Subscription().add(["NOSUCH"])


def test_a_filter_lets_through_only_what_matches() -> None:
    wishes = Subscription(filters=[("Unique-ID", "a"), ("Unique-ID", "b")])
    assert wishes.passes(event(Unique_ID="B"))
    assert not wishes.passes(event(Unique_ID="c"))
    assert not wishes.passes(event(Other="a"))


def test_a_negative_filter_wins() -> None:
    wishes = Subscription(filters=[("Unique-ID", "a"), ("Answer-State", "-hangup")])
    assert wishes.passes(event(Unique_ID="a", Answer_State="answered"))
    assert not wishes.passes(event(Unique_ID="a", Answer_State="hangup"))


def test_a_filter_between_slashes_is_a_pattern() -> None:
    wishes = Subscription(filters=[("Caller-Destination-Number", "/^400/")])
    assert wishes.passes(event(Caller_Destination_Number="4001"))
    assert not wishes.passes(event(Caller_Destination_Number="1400"))


def test_a_pattern_that_does_not_compile_matches_nothing() -> None:
    assert not Subscription(filters=[("A", "/(/")]).passes(event(A="x"))
