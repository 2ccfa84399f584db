"""What happened to one call, event by event: the journal folded once more, with the reasons and the orders.

Owns no file and changes none; it reads what `journal` wrote, also while an engine is writing on. The same
`transition` that ran then runs again, so the trace tells what this program makes of those events. Easy to break: a
damaged line costs itself and nothing else, and what cannot be followed costs its segment; both are reported, and the
next segment begins with its own snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fs_control.centre import CallCentre, Transition, call_of, transition
from fs_control.commands import CallCommand, CancelTimer, Command, Reply, StartTimer, StoreRecord, StoreSupervision
from fs_control.errors import FsControlError, RemoteFault, UserMistake
from fs_control.events import Event, TimerFired
from fs_control.ids import CallId, Micros, TimerId
from fs_control.records import CallRecord
from fs_control.runtime.journal import Damage, Segment, fold, read_segment, segments


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One event that touched the call: why what followed did, and what was ordered for this call."""

    sequence: int
    event: Event
    reasons: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()
    was_applied: bool = True
    """False for an event whose handling failed; the `CallCrashed` that follows says how."""

    @property
    def at(self) -> Micros:
        """Return when the event came in."""
        return self.event.at


@dataclass(frozen=True, slots=True)
class CallTrace:
    """Everything that the journal knows of one call; `damage` names what could not be read."""

    call: CallId
    steps: tuple[TraceStep, ...]
    time_zone: str
    """Where the enterprise's clocks are."""
    damage: tuple[FsControlError, ...] = ()


@dataclass(slots=True)
class _Found:
    steps: dict[CallId, list[TraceStep]] = field(default_factory=dict)
    damage: list[FsControlError] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    time_zone: str = CallCentre().directory.time_zone

    def add(self, call: CallId, step: TraceStep) -> None:
        self.steps.setdefault(call, []).append(step)

    def tell(self, damage: Iterable[Damage]) -> None:
        """Keep what is damaged, once: a segment that begins with the one before has its damage as well."""
        for one in damage:
            if one not in self.damaged:
                self.damaged.append(one)
                self.damage.append(one.fault())


def trace_call(folder: Path, prefix: str) -> CallTrace:
    """Return the trace of the call whose id begins with `prefix`, from the journal in `folder`.

    Raises UserMistake `call_unknown` where the journal holds no such call, `call_ambiguous` where it holds several.
    """
    found = _Found()
    for path in segments(folder):
        _search(path, prefix, found)
    calls = sorted(found.steps)
    if not calls:
        raise UserMistake("call_unknown", prefix=prefix)
    if len(calls) > 1:
        raise UserMistake("call_ambiguous", prefix=prefix, count=len(calls), calls=tuple(calls))
    return CallTrace(calls[0], tuple(found.steps[calls[0]]), found.time_zone, tuple(found.damage))


def records_under_way(folder: Path, prefix: str) -> tuple[CallRecord, ...]:
    """Return the records of calls whose id begins with `prefix` and that the database has not got yet.

    Those are the live ones, and those that wait to be stored, as the newest segment of the journal in `folder` leaves
    them, as far as it can be read and followed.
    """
    paths = segments(folder)
    if not any(prefix.encode() in path.read_bytes() for path in paths[-2:]):  # damaged, it begins with the one before
        return ()
    centre = fold(read_segment(paths[-1]))
    records = (*(live.record for live in centre.calls.values()), *centre.unstored.values())
    return tuple(record for record in records if record.call_id.startswith(prefix))


def _search(path: Path, prefix: str, found: _Found) -> None:
    """Add what one file holds of the call; a file that does not name it is not folded."""
    try:
        if prefix.encode() in path.read_bytes():
            segment = read_segment(path)
            found.tell(segment.damage)
            if (gap := segment.gap) is not None:
                values = {"first": gap.first, "last": gap.last, "why": gap.why}
                found.damage.append(RemoteFault("journal_gap", file=str(path), **values))
            _replay(path, segment, prefix, found)
    except FileNotFoundError:
        return  # a start removed the oldest segment just now
    except FsControlError as error:
        found.damage.append(error)


def _replay(path: Path, segment: Segment, prefix: str, found: _Found) -> None:
    centre = segment.centre
    applied = {sequence for sequence, _ in segment.applied()}
    for sequence, event in segment.events:
        if sequence not in applied:
            call = call_of(centre, event)
            if call is not None and call.startswith(prefix):
                found.add(call, TraceStep(sequence, event, was_applied=False))
            continue
        result = _again(path, sequence, centre, event)
        about = call_of(centre, event)
        for call in _touched(result, about, prefix):
            commands = tuple(_commands_for(call, result, centre, is_about_it=call == about))
            found.add(call, TraceStep(sequence, event, result.reasons, commands))
        centre = result.centre
    found.time_zone = centre.directory.time_zone


def _again(path: Path, sequence: int, centre: CallCentre, event: Event) -> Transition:
    try:
        return transition(centre, event)
    except Exception as error:  # yesterday's event may meet any defect of today's program
        raise RemoteFault("journal_not_foldable", file=str(path), sequence=sequence, why=repr(error)[:200]) from error


def _touched(result: Transition, about: CallId | None, prefix: str) -> Iterator[CallId]:
    calls = dict.fromkeys(result.calls if about is None else (about, *result.calls))
    return (call for call in calls if call.startswith(prefix))


def _commands_for(call: CallId, result: Transition, before: CallCentre, *, is_about_it: bool) -> Iterator[Command]:
    """Yield the orders that name this call, and where the event was about it those that name no call."""
    for command in result.commands:
        named = _named_by(command, before, result.centre)
        if named == call or (named is None and is_about_it):
            yield command


def _named_by(command: Command, before: CallCentre, after: CallCentre) -> CallId | None:
    match command:
        case CallCommand():
            return command.call
        case StoreRecord():
            return command.record.call_id
        case StoreSupervision():
            return command.entry.call
        case StartTimer() | CancelTimer():
            return _call_of_timer(command.timer, before) or _call_of_timer(command.timer, after)
        case Reply() | _:
            return None


def _call_of_timer(timer: TimerId, centre: CallCentre) -> CallId | None:
    """Return the call a timer belongs to: it is named after the call, or after one of its legs."""
    leg = timer.partition(":")[2]
    closing = next((one.call for name, one in centre.closing.items() if name == leg), None)
    return call_of(centre, TimerFired(timer=timer)) or closing
