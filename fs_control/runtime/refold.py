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
    """One event of a journal: the centre before it, and what follows from it today.

    `result` is None where today's program can do nothing with it (`fault`). Where it was not applied in life, whatever
    follows today changes nothing.
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
    def taken(self) -> Transition | None:
        """Return what followed, then as now; None where nothing did."""
        return self.result if self.was_applied else None

    @property
    def after(self) -> CallCentre:
        """Return the centre after the event."""
        return self.taken.centre if self.taken is not None else self.before


def refold(segment: Segment, file: str) -> Iterator[Refolded]:
    """Yield every event of a segment in order; an event with which today's program cannot do anything costs itself."""
    centre = segment.centre
    for sequence, event in segment.events:
        step = _again(centre, sequence, event, file, was_applied=sequence not in segment.skipped)
        yield step
        centre = step.after


def _again(centre: CallCentre, sequence: int, event: Event, file: str, *, was_applied: bool) -> Refolded:
    try:
        return Refolded(sequence, event, centre, transition(centre, event), was_applied)
    except Exception as error:  # noqa: BLE001 - yesterday's event may meet any defect of today's program
        why = f"{type(error).__name__} {place_of(error)}"
        fault = RemoteFault("journal_not_foldable", file=file, sequence=sequence, why=why)
        return Refolded(sequence, event, centre, None, was_applied, fault)
