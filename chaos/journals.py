"""What the journals say of callers who were in line when a control plane died: when they were back, and where.

Reads every segment that was kept, life by life. Easy to break: a life begins with `SwitchLost(started)`, not with a
segment, for segments also begin while an engine runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chaos.evidence import Life, Return
from fs_control.centre import CallCentre, transition
from fs_control.events import CallOffered, CallReturned, Event, SwitchLost
from fs_control.ids import CallId, Micros
from fs_control.runtime.journal import read_segment, segments


@dataclass
class Told:
    """What the control planes were told."""

    legs: set[str] = field(default_factory=set)
    """Callers who were handed over to some life."""
    returns: list[Return] = field(default_factory=list)
    first_taken: dict[str, Micros] = field(default_factory=dict)
    """When each caller's leg was handed over first."""


def read_journals(folder: Path, lives: Iterable[Life]) -> Told:
    """Read what was kept of all journals of a run."""
    told = Told()
    starts = sorted(life.started_at for life in lives)
    watch: _Line | None = None
    for centre, event in _steps(folder):
        if isinstance(event, CallOffered):
            told.legs.add(event.leg)
            told.first_taken.setdefault(event.leg, event.at)
        if isinstance(event, SwitchLost) and event.reason == SwitchLost.STARTED:
            told.returns += watch.all() if watch is not None else ()
            started = max((start for start in starts if start <= event.at), default=event.at)
            watch = _Line(centre, started)
        elif watch is not None:
            watch.happened(centre, event)
    told.returns += watch.all() if watch is not None else ()
    return told


def _steps(folder: Path) -> Iterator[tuple[CallCentre, Event]]:
    """Yield every event with the centre before it."""
    for path in segments(folder):
        segment = read_segment(path)
        centre = segment.centre
        for _, event in segment.applied():
            yield centre, event
            centre = transition(centre, event).centre


class _Line:
    """Those who were in line when a life began, until the next one does."""

    def __init__(self, centre: CallCentre, started_at: Micros) -> None:
        self._started_at = started_at
        self._before = {group: tuple(line) for group, line in centre.lines.items()}
        self._missing = {call for line in self._before.values() for call in line}
        self._found: dict[CallId, Return] = {}

    def happened(self, centre: CallCentre, event: Event) -> None:
        """Look who has come back, and whether they stand where they stood."""
        if isinstance(event, CallReturned) and event.call in self._missing:
            self._missing.discard(event.call)
            after_s = (event.at - self._started_at) / 1_000_000
            self._found[event.call] = Return(
                event.call, after_s, self._in_place(transition(centre, event).centre, event.call)
            )
        gone = {call for call in self._missing if call not in centre.calls}
        self._missing -= gone

    def all(self) -> list[Return]:
        """Return everybody who came back, and who had not when the life ended."""
        return [*self._found.values(), *(Return(call, None) for call in sorted(self._missing))]

    def _in_place(self, centre: CallCentre, call: CallId) -> bool:
        for group, before in self._before.items():
            if call in before:
                line = [each for each in centre.lines.get(group, ()) if each in before]
                return call not in line or line == [each for each in before if each in line]
        return True
