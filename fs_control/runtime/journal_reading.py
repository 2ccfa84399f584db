"""Reading a journal: its segments, what is damaged in them, and the centre that they fold to.

Owns no file and changes none. Damage is data here and never an error: what cannot be read is named with file, line,
byte and reason, and everything else is kept. Easy to break: each sequence belongs to one segment, the newest that
begins with it or before, though the file before may hold it as well (it is written on until the new one is complete).
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import structlog

from fs_control.centre import CallCentre, call_of, transition
from fs_control.errors import RemoteFault
from fs_control.events import CallCrashed, Event
from fs_control.records import Damage, Why
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.codec import SUM, Gap, decode_event, decode_gap, decode_head

__all__ = ["Damage", "Past", "Segment", "Why", "fold", "read_past", "read_segment", "segments"]

log = structlog.get_logger(__name__)

_SEQUENCE: Final = re.compile(rb'^\{(?:"crc":"[0-9a-f]{8}",)?"seq":(\d+)')
_TAIL: Final = 1 << 16
"""Of a file before, so much is looked at to see whether it goes on where a segment begins."""
_SHORTEST: Final = 50
"""No line has fewer bytes: checksum, sequence, name, version and moment."""

_WRITTEN_ON: Final = 3
"""So many files before a segment may hold events of it: attempts to begin one that came to nothing."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of the journal, read: the centre it begins with, and the events with their sequences."""

    centre: CallCentre
    """As its head has it; where that is damaged, as the segments before leave it."""
    first: int
    events: tuple[tuple[int, Event], ...]
    torn_bytes: int = 0
    """The length of a last line without its end: what was being written when the process or the machine died."""
    damage: tuple[Damage, ...] = ()
    skipped: frozenset[int] = frozenset()
    """The sequences of events whose handling raised."""
    gap: Gap | None = None
    """Events before it that are on no disk, as its head tells."""
    lost_at_end: int = 0
    """Lines behind the last event that cannot be read: their sequences are not given again."""

    @property
    def next(self) -> int:
        """Return the sequence that follows."""
        return (self.events[-1][0] + 1 if self.events else self.first) + self.lost_at_end

    def applied(self) -> Iterator[tuple[int, Event]]:
        """Yield the events that the live centre applied."""
        return ((sequence, event) for sequence, event in self.events if sequence not in self.skipped)


@dataclass(frozen=True, slots=True)
class Past:
    """What a start takes over: the centre at the end of the journal, and the sequence that comes next."""

    centre: CallCentre
    next: int
    crashes: tuple[CallCrashed, ...] = ()
    """What folding could not apply and nobody was told of: the process died first, or the program is another one."""
    damage: tuple[Damage, ...] = ()
    gap: Gap | None = None
    """Named by a segment without events, whose place the next one takes."""


def segments(folder: Path) -> list[Path]:
    """Return the files of a journal, oldest first."""
    return sorted(path for path in folder.glob("*.jsonl") if path.stem.isdecimal())


def read_segment(path: Path) -> Segment:
    """Read one file; what is damaged in it is left out and named.

    Events that the file before has as well, or has alone, are in; those with which the next segment begins are not.
    FileNotFoundError where the file is gone.
    """
    paths = segments(path.parent)
    if path not in paths:
        raise FileNotFoundError(path)
    return _read(paths, paths.index(path))


def _read(paths: Sequence[Path], place: int) -> Segment:
    """Read one of the files that there were when somebody looked: more may be coming up just now."""
    text = _Text.of(paths[place])
    head = text.head()
    before = [other for earlier in paths[max(0, place - _WRITTEN_ON) : place] for other in _from(earlier, text.first)]
    later = int(paths[place + 1].stem) if place + 1 < len(paths) else None
    read = [*before, *text.events()]
    skipped = frozenset(event.skipped for _, event in read if isinstance(event, CallCrashed) and event.skipped)
    events = dict(sorted((one for one in read if later is None or one[0] < later), key=lambda one: one[0]))
    segment = Segment(
        centre=head or CallCentre(),
        first=text.first,
        events=tuple(events.items()),
        torn_bytes=len(text.torn),
        damage=tuple(_without_found(text.damage, events)),
        skipped=skipped,
        gap=decode_gap(text.lines[0]) if text.lines else None,
        lost_at_end=text.lost,
    )
    return segment if head is not None else _bridged(segment, paths[: place + 1])


def fold(segment: Segment) -> CallCentre:
    """Return the centre as it is after a segment."""
    return _folded(segment).centre


def read_past(folder: Path) -> Past:
    """Fold the newest segment of a folder; an empty centre where there is none. Damage is logged."""
    paths = segments(folder)
    if not paths:
        return Past(CallCentre(), 1)
    with _no_rubbish():
        return _read_past(paths)


def _read_past(paths: Sequence[Path]) -> Past:
    segment = _read(paths, len(paths) - 1)
    if segment.torn_bytes:
        log.warning("torn line left out", action="journal_torn", file=paths[-1].name, bytes=segment.torn_bytes)
    for one in segment.damage:
        log.error("journal damaged", action="journal_damaged", **{**one.values(), "why": one.why})
    return _folded(segment)


@contextmanager
def _no_rubbish() -> Iterator[None]:
    """Collect none while millions of objects are made that all stay: looking through them doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _folded(segment: Segment) -> Past:
    centre = segment.centre
    crashes: list[CallCrashed] = []
    for sequence, event in segment.applied():
        try:
            centre = transition(centre, event).centre
        except Exception as error:  # noqa: BLE001 - as in life: it costs its call, and never the start
            place, call = f"fold.{type(event).__name__}", call_of(centre, event)
            log.error("event not folded", action="fold_crashed", sequence=sequence, call=call, where=place_of(error))
            crashes.append(CallCrashed(call=call, place=place, error=type(error).__name__))
    gap = segment.gap if not segment.events else None
    return Past(centre, segment.next, tuple(crashes), segment.damage, gap)


def _bridged(segment: Segment, paths: Sequence[Path]) -> Segment:
    """Let a segment without a head begin with what the segments before it leave; with nothing where there are none.

    `paths` ends with its own.
    """
    if len(paths) < 2:
        return segment
    before = _read(paths, len(paths) - 2)
    missing = []
    if before.next < segment.first:
        missing = [Damage(str(paths[-2]), 0, 0, Why.MISSING, _span(before.next, segment.first - 1))]
    return replace(segment, centre=fold(before), damage=(*before.damage, *missing, *segment.damage))


# --- one file ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """The lines of one file, and what was found damaged among them."""

    path: Path
    lines: list[bytes]
    torn: bytes
    first: int
    damage: list[Damage] = field(default_factory=list)
    lost: int = 0
    """Lines that could not be read since the last one that could."""

    @classmethod
    def of(cls, path: Path) -> _Text:
        """Read a file; one that the disk does not give is empty, and damaged."""
        try:
            *lines, torn = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            raise
        except OSError as error:
            gone = Damage(str(path), 1, 0, Why.FILE, error.strerror or "")
            return cls(path, [], b"", int(path.stem), [gone], lost=_most_lines(path))
        return cls(path, lines, torn, int(path.stem))

    def head(self) -> CallCentre | None:
        """Return the centre of the first line; None where that is damaged."""
        if self.damage:
            return None
        line, *rest = _parted(self.lines[0]) if self.lines else [b""]
        try:
            centre, self.first = decode_head(_whole(line) if rest else line)
        except RemoteFault as fault:
            self.damage.append(self._told(1, 0, Why.HEAD, fault))
            self.lost = 1
            return None
        if rest:  # the end of the line is lost, and the line is not
            self.lines[0:1] = [line, b"".join(rest)]
        return centre

    def events(self) -> list[tuple[int, Event]]:
        """Return the events that can be read, in order; the others are named."""
        found: list[tuple[int, Event]] = []
        offset = 0
        for number, line in enumerate(self.lines, start=1):
            if number > 1:
                self._read(number, offset, line, found)
            offset += len(line) + 1
        return found

    def _read(self, number: int, offset: int, line: bytes, found: list[tuple[int, Event]]) -> None:
        try:
            sequence, event = decode_event(line)
        except RemoteFault as fault:
            parts = _parted(line)
            for part in parts[1:] and parts:  # the end of a line is lost, and the lines are not
                self._read(number, offset, _whole(part), found)
                offset += len(part)
            if len(parts) == 1:
                self.lost += 1
                self.damage.append(self._told(number, offset, _REASONS.get(fault.code, Why.UNREADABLE), fault))
            return
        due = found[-1][0] + 1 if found else self.first
        if sequence < due:
            self.damage.append(Damage(str(self.path), number, offset, Why.ORDER, str(sequence)))
            return
        if sequence > due + self.lost:
            self.damage.append(Damage(str(self.path), number, offset, Why.MISSING, _span(due, sequence - 1)))
        self.lost = 0
        found.append((sequence, event))

    def _told(self, number: int, offset: int, why: Why, fault: RemoteFault) -> Damage:
        return Damage(str(self.path), number, offset, why, str(fault.values.get("why", fault)))


def _most_lines(path: Path) -> int:
    """Return how many lines a file may have: if it is read some day, its sequences must not be those of others."""
    try:
        return 1 + path.stat().st_size // _SHORTEST
    except OSError:
        return 1


_REASONS: Final = {
    "journal_checksum_wrong": Why.CHECKSUM,
    "journal_line_foreign": Why.FOREIGN,
    "journal_event_unknown": Why.UNKNOWN,
}


def _parted(line: bytes) -> list[bytes]:
    """Part a line where another one begins in it: its own end was damaged. Nothing that we write holds `{"crc":"`."""
    starts = [found.start() for found in re.finditer(re.escape(SUM), line)]
    if len(starts) < 2:
        return [line]
    bounds = [0, *starts[1:], len(line)]
    return [line[start:end] for start, end in pairwise(bounds)]


def _whole(part: bytes) -> bytes:
    """Return a line without what has become of its end."""
    return part[: part.rfind(b"}") + 1]


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if first < last else str(first)


def _without_found(damage: Iterable[Damage], events: Mapping[int, Event]) -> Iterator[Damage]:
    """Leave out what is said to be missing and was found in another file."""
    for one in damage:
        if one.why is Why.MISSING:
            ends = [int(end) for end in one.detail.split("–")]
            if all(sequence in events for sequence in range(ends[0], ends[-1] + 1)):
                continue
        yield one


def _from(path: Path, first: int) -> Iterator[tuple[int, Event]]:
    """Yield the readable events of a file that begin with a sequence; a look at its end tells whether it has any."""
    try:
        if not _goes_on(path, first):
            return
        lines = path.read_bytes().split(b"\n")[1:-1]
    except OSError:
        return
    for line in lines:
        found = _SEQUENCE.match(line)
        if found is not None and int(found[1]) >= first:
            try:
                yield decode_event(line)
            except RemoteFault:
                continue  # named where that file is read


def _goes_on(path: Path, first: int) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        lines = file.read().split(b"\n")
    found = [int(one[1]) for line in lines if (one := _SEQUENCE.match(line)) is not None]
    return not found or max(found) >= first  # none: the last line is longer than that, as a directory may be
