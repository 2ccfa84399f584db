"""Two recordings of the same commands, held side by side: theirs is FreeSWITCH's, ours is the virtual switch's.

Owns pairing the frames of both, and the differences: what is missing or came in addition, in another order, with other
headers, values or bodies. A pair belongs to one actor: a channel, or the replies of a wire. Easy to break: two sessions
run beside each other, so what two actors did within CONCURRENT seconds has no order; within one actor order is strict.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from tests.conformance.differences import Difference
from tests.conformance.recording import Frame, Header, Kind, Recording, Row, decoded, headers_of
from tests.conformance.renaming import UUID, Ids, renamed, same
from tests.conformance.replay import Replay

CONCURRENT: Final = 0.045
"""Two frames of 20 ms and a little: sessions and wires look at their queues once per frame, each at its own moment."""
RINGING: Final = ("CHANNEL_PROGRESS", "CHANNEL_PROGRESS_MEDIA")
RINGING_STATES: Final = ("RINGING", "EARLY")
"""Told by whoever reads SIP, not by the leg's own session: beside its changes of state, not between them."""
FRAME_US: Final = 20_000
LATE_US: Final = 60_000
"""What FreeSWITCH does in one frame may take so long here, since each of several sessions has its own frame."""
MEASURED_COMMANDS: Final = ("api status", "api uptime", "api strepoch")
"""Their answers are figures of the machine: compared is the text around them."""


Pair = tuple[Row, Row]


def compare(replay: Replay) -> list[Difference]:
    """Everything in which a replay differs from its trace, in the order of the trace."""
    return Comparison(replay.recording, replay.ours, replay.names).differences()


class Comparison:
    """One trace and its replay."""

    def __init__(self, theirs: Recording, ours: Recording, names: dict[str, str]) -> None:
        self._theirs = theirs
        self._ours = ours
        self._ids = Ids(dict(names), {mine: their for their, mine in names.items()})
        for fixed in _ids_in_commands(theirs):
            self._ids.stand_for_each_other(fixed, self._ids.ours.get(fixed, fixed))
        self._match_channels()

    def differences(self) -> list[Difference]:
        """All differences."""
        found: list[Difference] = []
        pairs: list[Pair] = []
        for wire in dict.fromkeys((*self._theirs.wires, *self._ours.wires)):
            wire_pairs, unpaired = self._pair_wire(wire)
            found += unpaired
            pairs += wire_pairs
        pairs.sort(key=lambda pair: pair[0].index)
        commands = _commands(self._theirs)
        for theirs, ours in pairs:
            found += self._frame(theirs, ours, commands.get(theirs.index, ""))
        found += self._order(pairs)
        found += self._ticks(pairs)
        found = [replace(each, scopes=self._scopes(each)) for each in found]
        return sorted(found, key=lambda each: each.index)

    def _scopes(self, difference: Difference) -> frozenset[str]:
        recording = self._ours if difference.what == "added" else self._theirs
        frame = recording.rows[difference.index].frame
        found = {
            "hupall": difference.index > recording.hupall,
            "hungup": bool(frame.get("Hangup-Cause")),
            "fetched": bool(frame.get("variable_last_bridge_to")) and not _bridged_itself(frame),
        }
        return frozenset(name for name, holds in found.items() if holds)

    # Who is who.

    def _match_channels(self) -> None:
        """Channels that no command names stand for each other by kind, in the order in which they appear."""
        theirs, ours = _channels(self._theirs), _channels(self._ours)
        for kind in theirs:
            their_new = [uuid for uuid in theirs[kind] if uuid not in self._ids.ours]
            our_new = [uuid for uuid in ours.get(kind, ()) if uuid not in self._ids.theirs]
            for one, other in zip(their_new, our_new, strict=False):
                self._ids.stand_for_each_other(one, other)

    def _actor(self, row: Row, *, ours: bool) -> str:
        frame = row.frame
        if frame.kind is not Kind.EVENT:
            return "notices" if frame.kind is Kind.NOTICE or row.direction == "eof" else "replies"
        uuid = frame.get("Unique-ID") or frame.get("Job-UUID")
        if not uuid:
            return f"{frame.get('Event-Name')} {frame.get('Event-Subclass')}"
        who = self._ids.theirs.get(uuid, uuid) if ours else uuid
        return f"ringing {who}" if _rings(frame) else who

    # Frames.

    def _pair_wire(self, wire: str) -> tuple[list[Pair], list[Difference]]:
        their_rows, our_rows = _without_park_of_another_time(self._theirs, self._ours, wire)
        theirs = _by_actor(their_rows, lambda row: self._actor(row, ours=False))
        ours = _by_actor(our_rows, lambda row: self._actor(row, ours=True))
        pairs: list[Pair] = []
        unpaired: list[Difference] = []
        for actor in dict.fromkeys((*theirs, *ours)):
            for their_run, our_run in _aligned(theirs.get(actor, []), ours.get(actor, [])):
                pairs += zip(their_run, our_run, strict=False)
                common = min(len(their_run), len(our_run))
                unpaired += [_missing(row) for row in their_run[common:] if row.index not in self._theirs.raced]
                unpaired += [_added(row) for row in our_run[common:] if row.index not in self._ours.raced]
        return pairs, unpaired

    def _frame(self, theirs: Row, ours: Row, command: str) -> Iterator[Difference]:
        their_headers, our_headers = theirs.frame.headers, ours.frame.headers
        yield from self._headers(theirs, their_headers, our_headers)
        yield from self._body(theirs, theirs.frame.body, ours.frame.body, command)

    def _headers(self, row: Row, theirs: list[Header], ours: list[Header], prefix: str = "") -> Iterator[Difference]:
        their_names, our_names = Counter(name for name, _ in theirs), Counter(name for name, _ in ours)
        for name in (their_names - our_names).elements():
            value = next(value for each, value in theirs if each == name)
            yield Difference(row.wire, row.index, row.label, "header missing", prefix + name, decoded(value))
        for name in (our_names - their_names).elements():
            value = next(value for each, value in ours if each == name)
            yield Difference(row.wire, row.index, row.label, "header added", prefix + name, "", decoded(value))
        ours_by_name = dict(reversed(ours))
        for name, value in dict(reversed(theirs)).items():
            if name in ours_by_name:
                rule = name.rpartition(".")[2] if prefix else name
                yield from self._value(row, prefix + name, rule, decoded(value), decoded(ours_by_name[name]))

    def _value(self, row: Row, shown: str, name: str, theirs: str, ours: str) -> Iterator[Difference]:
        if not same(name, theirs, ours, self._ids):
            what = "id" if renamed(name, theirs) == renamed(name, ours) else "value"
            yield Difference(row.wire, row.index, row.label, what, shown, theirs, ours)

    def _body(self, row: Row, theirs: str, ours: str, command: str) -> Iterator[Difference]:
        if command.startswith(MEASURED_COMMANDS):
            theirs, ours = _without_figures(theirs), _without_figures(ours)
        their_parts, our_parts = _parts(theirs), _parts(ours)
        if their_parts is not None and our_parts is not None:
            yield from self._headers(row, their_parts, our_parts, "body: ")
        else:
            yield from self._lines(row, theirs.split("\n"), ours.split("\n"))

    def _lines(self, row: Row, theirs: list[str], ours: list[str]) -> Iterator[Difference]:
        if len(theirs) != len(ours):
            yield Difference(row.wire, row.index, row.label, "body", "body", "\n".join(theirs), "\n".join(ours))
            return
        for number, (their_line, our_line) in enumerate(zip(theirs, ours, strict=True), 1):
            yield from self._value(row, f"body: line {number}", "body", their_line, our_line)

    # Order and time.

    def _order(self, pairs: list[Pair]) -> Iterator[Difference]:
        """What came later in the trace and earlier here."""
        steps = sorted([*pairs, *self._sent_pairs()], key=lambda pair: pair[0].index)
        for place, earlier in enumerate(steps):
            swapped = next((later for later in steps[place + 1 :] if self._swapped(earlier, later)), None)
            if swapped is not None:
                yield _out_of_order(earlier[0], swapped[0], across=not self._belong_together(earlier[0], swapped[0]))

    def _swapped(self, earlier: Pair, later: Pair) -> bool:
        """Whether two steps of the trace come the other way round here.

        On one wire, and between a command and what it brings about on another wire, by their arrival; between events
        of two wires by their numbers, because each wire is written to at its own moment.
        """
        same_wire = earlier[0].wire == later[0].wire
        if same_wire or "send" in (earlier[0].direction, later[0].direction):
            turned = later[1].index < earlier[1].index
        else:
            turned = 0 < _number(later[1]) < _number(earlier[1]) and 0 < _number(earlier[0]) < _number(later[0])
        if not turned:
            return False
        return self._belong_together(earlier[0], later[0]) or later[0].t - earlier[0].t > CONCURRENT

    def _belong_together(self, earlier: Row, later: Row) -> bool:
        """Whether two rows of the trace are of one actor, or cause and effect."""
        same_actor = self._actor(earlier, ours=False) == self._actor(later, ours=False)
        return (earlier.wire == later.wire and same_actor) or _orders(earlier, later)

    def _sent_pairs(self) -> list[Pair]:
        theirs = [row for row in self._theirs.rows if not row.received]
        ours = [row for row in self._ours.rows if not row.received]
        return list(zip(theirs, ours, strict=False))

    def _ticks(self, pairs: list[Pair]) -> Iterator[Difference]:
        """A session looks at its queue once per frame: an ordered application starts in a later frame than the event
        on which it was ordered. And what FreeSWITCH does at once is not long in coming, and time never runs back.
        """
        last: dict[tuple[str, str], Pair] = {}
        for pair in pairs:
            if not all(row.frame.get("Event-Date-Timestamp").isdecimal() for row in pair):
                continue
            actor = pair[0].wire, self._actor(pair[0], ours=False)
            before, last[actor] = last.get(actor, pair), pair
            waited, waited_here = (_stamp(now) - _stamp(then) for now, then in zip(pair, before, strict=True))
            too_soon = waited > FRAME_US // 2 > waited_here and self._was_ordered(before[0], pair[0])
            too_late = waited < FRAME_US // 2 and waited_here > LATE_US
            if waited_here < 0 or too_soon or too_late:
                words = f"{waited / 1000:.0f} ms after the event before", f"{waited_here / 1000:.0f} ms"
                yield Difference(pair[0].wire, pair[0].index, pair[0].label, "time", "", *words)

    def _was_ordered(self, before: Row, execute: Row) -> bool:
        """Whether the controller ordered an application between two events of its channel."""
        return any(_orders(row, execute) for row in self._theirs.rows[before.index : execute.index])


def _rings(frame: Frame) -> bool:
    """Whether an event tells of a phone that rings, or what its call is doing since."""
    if frame.get("Event-Name") == "CHANNEL_CALLSTATE":
        return frame.get("Call-Direction") == "outbound" and frame.get("Channel-Call-State") in RINGING_STATES
    return frame.get("Event-Name") in RINGING


def _bridged_itself(frame: Frame) -> bool:
    """Whether a leg that was in a bridge was the one whose session made it."""
    return frame.get("variable_last_bridge_role") == "originator"


def _orders(command: Row, event: Row) -> bool:
    """Whether a command orders the application whose beginning an event tells."""
    if command.direction != "send" or event.frame.get("Event-Name") != "CHANNEL_EXECUTE":
        return False
    lines = command.frame.text.split("\n")
    arguments = [line.removeprefix("execute-app-arg: ") for line in lines if line.startswith("execute-app-arg: ")]
    same_application = f"execute-app-name: {event.frame.get('Application')}" in lines
    return same_application and "".join(arguments) == event.frame.get("Application-Data")


def _stamp(row: Row) -> int:
    return int(row.frame.get("Event-Date-Timestamp"))


def _number(row: Row) -> int:
    return int(row.frame.get("Event-Sequence") or 0)


def _out_of_order(earlier: Row, later: Row, *, across: bool) -> Difference:
    words = f"after #{earlier.index} {earlier.wire} {earlier.direction} {earlier.label}", "before it"
    return Difference(later.wire, later.index, later.label, "order across" if across else "order", "", *words)


def _missing(row: Row) -> Difference:
    return Difference(row.wire, row.index, row.label, "missing")


def _added(row: Row) -> Difference:
    shown = "" if row.frame.get("Event-Name") else row.frame.text
    return Difference(row.wire, row.index, row.label, "added", ours=shown)


def _without_park_of_another_time(theirs: Recording, ours: Recording, wire: str) -> tuple[list[Row], list[Row]]:
    """What came on a wire, less the parks that raced, where one is of a caller who was answered by then."""
    told = [[row for row in each.received(wire) if row.index in each.raced] for each in (theirs, ours)]
    states = {row.frame.get("Answer-State") for parks in told for row in parks}
    if len(states) < 2:
        return theirs.received(wire), ours.received(wire)
    return (
        [row for row in theirs.received(wire) if row.index not in theirs.raced],
        [row for row in ours.received(wire) if row.index not in ours.raced],
    )


def _by_actor(rows: list[Row], actor: Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(actor(row), []).append(row)
    return found


def _aligned(theirs: list[Row], ours: list[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Runs of frames that stand for each other, then those that have no counterpart."""
    matcher = SequenceMatcher(None, [row.label for row in theirs], [row.label for row in ours], autojunk=False)
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        if kind == "equal":
            yield theirs[first:last], ours[other_first:other_last]
        else:
            yield theirs[first:last], []
            yield [], ours[other_first:other_last]


def _ids_in_commands(recording: Recording) -> list[str]:
    """Ids that a controller chose: they are the same on both sides, unless the replay translated them."""
    return [uuid for row in recording.rows if not row.received for uuid in UUID.findall(row.frame.text)]


def _channels(recording: Recording) -> dict[tuple[str, str], list[str]]:
    """Uuids of channels by kind, in the order of their numbers."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in recording.received():
        frame = row.frame
        uuid = frame.get("Unique-ID")
        if uuid:
            kind = frame.get("Call-Direction"), renamed("Channel-Name", frame.get("Channel-Name"))
            if uuid not in found.setdefault(kind, []):
                found[kind].append(uuid)
    return found


def _commands(recording: Recording) -> dict[int, str]:
    """The command to which a frame is the answer, by the frame's place."""
    waiting: dict[str, list[str]] = {}
    found: dict[int, str] = {}
    for row in recording.rows:
        if not row.received:
            waiting.setdefault(row.wire, []).append(row.frame.text.partition("\n")[0])
        elif row.frame.kind in (Kind.REPLY, Kind.API, Kind.CHANNEL) and waiting.get(row.wire):
            found[row.index] = waiting[row.wire].pop(0)
    return found


def _without_figures(text: str) -> str:
    return re.sub(r"# (year|day|hour|minute|second|millisecond|microsecond)s?\b", r"# \1", re.sub(r"\d+", "#", text))


def _parts(body: str) -> list[Header] | None:
    """A body that is JSON, XML or an event as text, as names and values; None for any other."""
    if body.startswith("Event-Name: "):
        return headers_of(body)
    if body.startswith("<?xml"):
        return [(element.tag, element.text or "") for element in ElementTree.fromstring(body.encode()).iter()]
    if body[:1] not in ("{", "["):
        return None
    try:
        return list(_flat(json.loads(body), ""))
    except ValueError:
        return None


def _flat(value: object, name: str) -> Iterator[Header]:
    match value:
        case dict():
            for key, each in value.items():
                yield from _flat(each, f"{name}.{key}" if name else str(key))
        case list():
            for place, each in enumerate(value):
                yield from _flat(each, f"{name}[{place}]")
        case _:
            yield name, str(value).replace("%", "%25")
