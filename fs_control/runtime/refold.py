"""A journal folded once more, event by event: what was written, and what this program makes of it.

Owns no file and changes none. Everything that looks back (`replay`, `call_replay`, `centre_replay`) goes through
here. Easy to break: an event that was not applied in life must not change anything now, whatever today's program
would make of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fs_control.centre import CallCentre, Transition, transition
from fs_control.errors import RemoteFault
from fs_control.events import Event
from fs_control.ids import Micros
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.journal import Segment


@dataclass(frozen=True, slots=True)
class Refolded:
    """One event of a journal: the centre before it, and what follows from it.

    Nothing follows where it was not applied in life (`was_applied`), or where today's program cannot (`fault`).
    """

    sequence: int
    event: Event
    before: CallCentre
    result: Transition | None = None
    was_applied: bool = True
    fault: RemoteFault | None = None

    @property
    def at(self) -> Micros:
        """Return when the event came in."""
        return self.event.at

    @property
    def after(self) -> CallCentre:
        """Return the centre after the event."""
        return self.before if self.result is None else self.result.centre


def refold(segment: Segment, file: str) -> Iterator[Refolded]:
    """Yield every event of a segment in order; an event with which today's program cannot do anything costs itself."""
    centre = segment.centre
    for sequence, event in segment.events:
        if sequence in segment.skipped:
            step = Refolded(sequence, event, centre, was_applied=False)
        else:
            step = again(centre, sequence, event, file)
        yield step
        centre = step.after


def again(centre: CallCentre, sequence: int, event: Event, file: str) -> Refolded:
    """Apply one event once more."""
    try:
        return Refolded(sequence, event, centre, transition(centre, event))
    except Exception as error:  # noqa: BLE001 - yesterday's event may meet any defect of today's program
        why = f"{type(error).__name__} {place_of(error)}"
        fault = RemoteFault("journal_not_foldable", file=file, sequence=sequence, why=why)
        return Refolded(sequence, event, centre, fault=fault)
