"""What happened to one call, event by event: the journal folded once more, with states, reasons and orders.

Owns no file and changes none; it reads what `journal` wrote, also while an engine is writing on. The same
`transition` that ran then runs again, so it tells what this program makes of those events. Easy to break: a damaged
line costs itself and nothing else, and so does an event with which this program can do nothing; both are reported, and
the next segment begins with its own snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import ne
from pathlib import Path

from fs_control.centre import CallCentre, Transition, call_of
from fs_control.centre.closeup import Closeup, agents_in, closeup_of
from fs_control.commands import CallCommand, CancelTimer, Command, Reply, StartTimer, StoreRecord, StoreSupervision
from fs_control.errors import FsControlError, RemoteFault, UserMistake
from fs_control.events import Event, TimerFired
from fs_control.ids import CallId, Micros, TimerId
from fs_control.records import CallRecord
from fs_control.runtime.journal import Damage, Segment, fold, read_segment, segments
from fs_control.runtime.refold import Refolded, refold


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
    """Everything that the journal knows of one call; `damage` names what could not be read or followed."""

    call: CallId
    steps: tuple[TraceStep, ...]
    time_zone: str
    """Where the enterprise's clocks are."""
    damage: tuple[FsControlError, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One event after which a call is not what it was, or that was its own: the centre before it and after it."""

    trace: TraceStep
    before: CallCentre
    after: CallCentre
    is_own: bool = True
    """False where the event was somebody else's, such as the one before them in line who left."""

    def closeups(self, call: CallId) -> tuple[Closeup, Closeup]:
        """Return what was so of the call before the event, and what after it."""
        agents = {*agents_in(self.before, call), *agents_in(self.after, call)}
        return closeup_of(self.before, call, agents), closeup_of(self.after, call, agents)


@dataclass(frozen=True, slots=True)
class CallReplay:
    """A call folded once more, step by step; `damage` as in a trace."""

    call: CallId
    steps: tuple[ReplayStep, ...]
    time_zone: str
    damage: tuple[FsControlError, ...] = ()


@dataclass(slots=True)
class _Found:
    steps: dict[CallId, list[ReplayStep]] = field(default_factory=dict)
    damage: list[FsControlError] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    time_zone: str = CallCentre().directory.time_zone

    def add(self, call: CallId, step: ReplayStep) -> None:
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
    found = replay_call(folder, prefix)
    steps = tuple(step.trace for step in found.steps if step.is_own)
    return CallTrace(found.call, steps, found.time_zone, found.damage)


def replay_call(folder: Path, prefix: str) -> CallReplay:
    """Fold the call whose id begins with `prefix` once more; refused as in `trace_call`."""
    found = _Found()
    for path in segments(folder):
        _search(path, prefix, found)
    calls = sorted(found.steps)
    if not calls:
        raise UserMistake("call_unknown", prefix=prefix)
    if len(calls) > 1:
        raise UserMistake("call_ambiguous", prefix=prefix, count=len(calls), calls=tuple(calls))
    return CallReplay(calls[0], tuple(found.steps[calls[0]]), found.time_zone, tuple(found.damage))


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


def _replay(path: Path, segment: Segment, prefix: str, found: _Found) -> None:
    for step in refold(segment, str(path)):
        if step.fault is not None and step.was_applied:
            found.damage.append(step.fault)
        about = call_of(step.before, step.event)
        own = list(_touched(step, about, prefix))
        for call in own:
            found.add(call, ReplayStep(_traced(step, call, about), step.before, step.after))
        for call in found.steps.keys() - own:
            seen = ReplayStep(TraceStep(step.sequence, step.event), step.before, step.after, is_own=False)
            if call in step.after.calls and ne(*seen.closeups(call)):
                found.add(call, seen)
        found.time_zone = step.after.directory.time_zone


def _traced(step: Refolded, call: CallId, about: CallId | None) -> TraceStep:
    if step.taken is None:
        return TraceStep(step.sequence, step.event, was_applied=False)
    commands = tuple(_commands_for(call, step.taken, step.before, is_about_it=call == about))
    return TraceStep(step.sequence, step.event, step.taken.reasons, commands)


def _touched(step: Refolded, about: CallId | None, prefix: str) -> Iterator[CallId]:
    touched = step.taken.calls if step.taken is not None else ()
    calls = dict.fromkeys(touched if about is None else (about, *touched))
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
