"""A trace held against itself, and against copies of itself with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.conformance.comparison import Comparison
from tests.conformance.differences import Allowance, Difference, not_allowed
from tests.conformance.recording import TRACES, Frame, Recording, Row, read_recording

TRACE = "bridge-busy"


@pytest.fixture(scope="module")
def recording() -> Recording:
    return read_recording(TRACES / f"{TRACE}.jsonl.gz")


def differences(theirs: Recording, rows: list[Row]) -> list[Difference]:
    ours = replace(theirs, rows=tuple(replace(row, index=index) for index, row in enumerate(rows)))
    return Comparison(theirs, ours, {}).differences()


def place(recording: Recording, label: str, wire: str = "outbound-1") -> int:
    return next(row.index for row in recording.received(wire) if row.label == label)


def with_text(row: Row, change: Callable[[str], str]) -> Row:
    return replace(row, frame=Frame(change(row.frame.text)))


def test_a_trace_is_like_itself(recording: Recording) -> None:
    assert differences(recording, list(recording.rows)) == []


def test_ids_and_moments_may_be_others(recording: Recording) -> None:
    caller = next(row.frame.get("Unique-ID") for row in recording.received("outbound-1"))
    other = "01380fbb-7499-4f5c-befd-5b784939139a"

    def change(text: str) -> str:
        return text.replace(caller, other).replace("17953", "17954")

    rows = [with_text(row, change) for row in recording.rows]
    assert differences(recording, rows) == []


def test_a_missing_and_an_added_frame(recording: Recording) -> None:
    rows = list(recording.rows)
    lost = rows.pop(place(recording, "CHANNEL_ANSWER"))
    assert [(each.what, each.label) for each in differences(recording, rows)] == [("missing", "CHANNEL_ANSWER")]
    rows = [*recording.rows[: lost.index], lost, *recording.rows[lost.index :]]
    assert [(each.what, each.label) for each in differences(recording, rows)] == [("added", "CHANNEL_ANSWER")]


def test_two_events_of_a_channel_in_another_order(recording: Recording) -> None:
    rows = list(recording.rows)
    here = place(recording, "CHANNEL_ANSWER")
    rows[here], rows[here - 1] = rows[here - 1], rows[here]
    assert {each.what for each in differences(recording, rows)} & {"order", "missing"}


def test_an_effect_before_its_cause(recording: Recording) -> None:
    rows = list(recording.rows)
    effect = rows.pop(place(recording, "CHANNEL_EXECUTE playback"))
    command = next(row.index for row in rows if "execute-app-name: playback" in row.frame.text)
    rows.insert(command, effect)
    assert "order" in {each.what for each in differences(recording, rows)}


@pytest.mark.parametrize(
    ("right", "wrong", "what", "name"),
    [
        ("Hangup-Cause: USER_BUSY", "Hangup-Cause: NO_ANSWER", "value", "Hangup-Cause"),
        ("Answer-State: hangup\n", "", "header missing", "Answer-State"),
        ("Answer-State: hangup\n", "Answer-State: hangup\nX-More: 1\n", "header added", "X-More"),
    ],
)
def test_headers_and_values(recording: Recording, right: str, wrong: str, what: str, name: str) -> None:
    rows = list(recording.rows)
    here = place(recording, "CHANNEL_HANGUP", "inbound")
    rows[here] = with_text(rows[here], lambda text: text.replace(right, wrong))
    assert [(each.what, each.name) for each in differences(recording, rows)] == [(what, name)]


def test_an_application_that_starts_in_the_frame_in_which_it_was_ordered(recording: Recording) -> None:
    rows = list(recording.rows)
    here = place(recording, "CHANNEL_EXECUTE set")
    before = rows[here - 3].frame.get("Event-Date-Timestamp")
    now = rows[here].frame.get("Event-Date-Timestamp")
    rows[here] = with_text(rows[here], lambda text: text.replace(now, before))
    assert [(each.what, each.label) for each in differences(recording, rows)] == [("time", "CHANNEL_EXECUTE set")]


def test_an_id_that_stands_for_two(recording: Recording) -> None:
    rows = list(recording.rows)
    here = place(recording, "CHANNEL_EXECUTE_COMPLETE set")
    own = rows[here].frame.get("Application-UUID")
    other = rows[place(recording, "CHANNEL_EXECUTE_COMPLETE answer")].frame.get("Application-UUID")
    rows[here] = with_text(rows[here], lambda text: text.replace(own, other))
    assert [(each.what, each.name) for each in differences(recording, rows)] == [("id", "Application-UUID")]


AFTER_HUPALL = [Allowance("*@hupall", "*", "order across", "the order of a hash table")]


@pytest.mark.parametrize("same_channel", [True, False])
def test_after_hupall_each_channel_ends_in_its_order_and_two_in_any(same_channel: bool) -> None:
    recording = read_recording(TRACES / "phone-refer-attended.jsonl.gz")
    first, second = ending_pair(recording, same_channel)
    rows = list(recording.rows)
    rows[first], rows[second] = rows[second], rows[first]
    assert bool(not_allowed("any", differences(recording, rows), AFTER_HUPALL)) is same_channel


def ending_pair(recording: Recording, same_channel: bool) -> tuple[int, int]:
    """Places of two events after `hupall`, one after the other on one wire, of one channel or of two."""
    for wire in recording.wires:
        rows = [row for row in recording.received(wire) if row.index > recording.hupall and row.frame.get("Unique-ID")]
        for earlier, later in pairwise(rows):
            same = earlier.frame.get("Unique-ID") == later.frame.get("Unique-ID")
            if same is same_channel and earlier.label != later.label:
                return earlier.index, later.index
    raise AssertionError("no such pair")


@pytest.mark.parametrize(
    ("line", "covered"), [("*", True), ("*@hungup", True), ("*@hupall", False), ("*@fetched", False)]
)
def test_an_allowance_holds_for_the_frames_it_speaks_of(recording: Recording, line: str, covered: bool) -> None:
    rows = list(recording.rows)
    here = place(recording, "CHANNEL_HANGUP", "inbound")
    rows[here] = with_text(rows[here], lambda text: text.replace("Hangup-Cause: USER_BUSY", "Hangup-Cause: NO_ANSWER"))
    (found,) = differences(recording, rows)
    assert Allowance(line, "CHANNEL_HANGUP", "Other, Hangup-Cause", "so it is").covers("any", found) is covered
