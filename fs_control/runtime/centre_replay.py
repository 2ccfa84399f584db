"""A centre folded once more between two moments, and where today's program does otherwise than the journal says.

Owns no file and changes none. What a journal says was done: which events were not applied (`CallCrashed.skipped`), and
what the centre was when each segment began. Easy to break: after a difference the replay goes on with what the journal
says, so that one defect is told once; and where events are damaged or missing, nothing can be said of the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from fs_control.centre import CallCentre, call_of
from fs_control.commands import StoreRecord
from fs_control.errors import RemoteFault, UserMistake
from fs_control.events import CallCrashed, DirectoryLoaded, Event
from fs_control.ids import CallId, Micros
from fs_control.records import CallRecord, Damage, Why
from fs_control.runtime.codec import decode_head
from fs_control.runtime.differences import Difference, differences
from fs_control.runtime.journal import Segment, read_segment, segments
from fs_control.runtime.refold import Refolded, refold

MOST: Final = 20
"""So many differences of one kind at one place are told; the first one is what a fault is found by."""


class Unlike(StrEnum):
    """In what today's program does otherwise."""

    SNAPSHOT = "snapshot"
    """The next segment began with another centre than these events lead to now."""
    CRASHES_NOW = "crashes_now"
    """An event that was applied then cannot be applied now."""
    CRASHED_THEN = "crashed_then"
    """An event that could not be applied then can be now."""
    RECORD = "record"
    """The database has another record of a call than these events lead to now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in which then and now are not alike; `subject` is the segment, the event or the call."""

    kind: Unlike
    at: Micros
    sequence: int
    subject: str
    differences: tuple[Difference, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CentreStep:
    """One event of the centre: the calls that it touched, why, and which orders followed."""

    sequence: int
    event: Event
    calls: tuple[CallId, ...] = ()
    reasons: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    was_applied: bool = True
    """Whether it was in life; what it comes to today, a finding tells."""

    @property
    def is_crash(self) -> bool:
        """Tell whether the event was not applied, or says that another one was not."""
        return not self.was_applied or isinstance(self.event, CallCrashed)


Told: TypeAlias = CentreStep | Finding | Damage
"""What a replay tells, in the order of the journal."""


@dataclass(slots=True)
class CentreReplay:
    """A journal's part between two moments, both included; `centre` is what it has come to so far."""

    folder: Path
    since: Micros | None = None
    until: Micros | None = None
    centre: CallCentre = field(default_factory=CallCentre)
    records: dict[CallId, tuple[int, CallRecord]] = field(default_factory=dict)
    """The records that were to be stored in that time, with the sequence of the event after which."""
    _told: list[Damage] = field(default_factory=list)

    def steps(self) -> Iterator[Told]:
        """Fold, and tell every step of that time. UserMistake `journal_has_nothing` where there is no journal."""
        paths = segments_since(self.folder, self.since)
        if not paths:
            raise UserMistake("journal_has_nothing", folder=str(self.folder))
        due, was_damaged = None, False
        for path in paths:
            try:
                segment = read_segment(path)
            except FileNotFoundError:
                continue  # a start removed the oldest one just now
            yield from self._damage((*segment.damage, *_missing(path, segment, due)))
            is_whole = due == segment.first and not segment.damage and not was_damaged
            if is_whole and self._is_wanted(segment.centre.at):
                yield from self._compared(path, segment)
            self.centre, due, was_damaged = segment.centre, segment.next, bool(segment.damage)
            for step in refold(segment, path.name):
                if self.until is not None and step.event.at > self.until:
                    return
                self._take(step)
                if self._is_wanted(step.at):
                    yield from self._tell(step)

    def _is_wanted(self, at: Micros) -> bool:
        return self.since is None or at >= self.since

    def _damage(self, damage: Iterable[Damage]) -> Iterator[Damage]:
        for one in damage:
            if one not in self._told:
                self._told.append(one)
                yield one

    def _compared(self, path: Path, segment: Segment) -> Iterator[Finding]:
        """Compare what the events of one segment lead to with what the next one began with."""
        now = self.centre
        if now.draining and not segment.centre.draining:
            now = replace(now, draining=False)  # a start takes that back
        found = tuple(islice(differences(segment.centre, now), MOST))
        if found:
            yield Finding(Unlike.SNAPSHOT, segment.centre.at, segment.first, path.name, found)

    def _take(self, step: Refolded) -> None:
        self.centre = step.after
        for command in step.taken.commands if step.taken is not None and self._is_wanted(step.at) else ():
            if isinstance(command, StoreRecord):
                self.records[command.record.call_id] = (step.sequence, command.record)

    def _tell(self, step: Refolded) -> Iterator[CentreStep | Finding]:
        about, event = call_of(step.before, step.event), type(step.event).__name__
        own = (about,) if about is not None else ()
        if step.taken is None:
            yield CentreStep(step.sequence, step.event, own, was_applied=step.was_applied)
        else:
            calls = tuple(dict.fromkeys((*own, *step.taken.calls)))
            orders = tuple(type(command).__name__ for command in step.taken.commands)
            yield CentreStep(step.sequence, step.event, calls, step.taken.reasons, orders)
        if step.fault is not None and step.was_applied:
            yield Finding(Unlike.CRASHES_NOW, step.at, step.sequence, event, detail=str(step.fault.values["why"]))
        elif step.fault is None and not step.was_applied:
            yield Finding(Unlike.CRASHED_THEN, step.at, step.sequence, event)


def unlike_stored(replayed: CentreReplay, stored: Mapping[CallId, CallRecord]) -> Iterator[Finding]:
    """Yield in which records the database says otherwise; a call that it has not got is not compared."""
    for call, (sequence, record) in replayed.records.items():
        if call in stored:
            found = tuple(islice(differences(stored[call], record), MOST))
            if found:
                yield Finding(Unlike.RECORD, record.ended_at or record.started_at, sequence, call, found)


def segments_since(folder: Path, since: Micros | None) -> list[Path]:
    """Return the segments from the last one that began before a moment, so that all events of it are in them."""
    paths = segments(folder)
    if since is None:
        return paths
    for index in range(len(paths) - 1, -1, -1):
        began = _began_at(paths[index])
        if began is not None and began < since:
            return paths[index:]
    return paths


@dataclass(frozen=True, slots=True)
class Whose:
    """What is to be known of a journal before it is replayed: where its centre is, and when it ends."""

    time_zone: str
    region: str
    last_at: Micros


def whose(folder: Path) -> Whose:
    """Look at the last segment; UserMistake `journal_has_nothing` where there is none."""
    paths = segments(folder)
    if not paths:
        raise UserMistake("journal_has_nothing", folder=str(folder))
    segment = read_segment(paths[-1])
    loaded = [event.directory for _, event in segment.events if isinstance(event, DirectoryLoaded)]
    directory = loaded[-1] if loaded else segment.centre.directory
    last_at = segment.events[-1][1].at if segment.events else segment.centre.at
    return Whose(directory.time_zone, directory.region, last_at)


def _began_at(path: Path) -> Micros | None:
    """Return the moment of a segment's snapshot; None where that cannot be read."""
    try:
        with path.open("rb") as file:
            return decode_head(file.readline().removesuffix(b"\n"))[0].at
    except (OSError, RemoteFault):
        return None


def _missing(path: Path, segment: Segment, due: int | None) -> tuple[Damage, ...]:
    """Return the events that no disk took between two segments, as the head of the second one has it (`Gap`)."""
    if due is None or due >= segment.first:
        return ()
    return (Damage(str(path), 1, 0, Why.MISSING, f"{due}–{segment.first - 1}"),)
