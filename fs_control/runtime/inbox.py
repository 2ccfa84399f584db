"""The inbox of a centre: one greenlet, the only one that ever changes it.

What has arrived is taken in one batch: stamped, written to the journal in one piece, applied event by event, and
after each event its orders are handed to the executor. `put` never blocks and never raises. A handler that raises
costs its call and nobody else: the centre is as it was before, and a `CallCrashed` follows. Easy to break: what a disk
does not take is done all the same, and the journal says so; what cannot be written down at all is not done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.centre import CallCentre, Transition, call_of, is_awaited, transition
from fs_control.events import (
    CallCrashed,
    CallOffered,
    CallReturned,
    Event,
    KeyPressed,
    LegHungUp,
    SwitchEvent,
    TimerFired,
)
from fs_control.ids import NEVER, LegId, Micros
from fs_control.ports import Clock
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.journal import Journal

log = structlog.get_logger(__name__)

BATCH: Final = 200
"""So many events at most before other greenlets get their turn."""

REMEMBERED_HANG_UPS: Final = 1000
"""Hang-ups of legs: a busy switch has so many within half a minute, and whom one concerns is here at once."""

CarryOut = Callable[[Event, Transition], None]


class Inbox:
    """Takes events in, keeps the centre, hands orders out."""

    def __init__(self, centre: CallCentre, journal: Journal, clock: Clock, carry_out: CarryOut) -> None:
        self.centre = centre
        self._last: Micros = centre.at
        self._journal = journal
        self._clock = clock
        self._carry_out = carry_out
        self._waiting: deque[Event] = deque()
        self._gone_before: dict[LegId, LegHungUp] = {}
        self._over: dict[LegId, LegHungUp] = {}
        self._wake = Wake()
        self._idle = Wake()
        self._idle.set()

    def put(self, event: Event) -> None:
        """Take an event in."""
        self._waiting.append(event)
        self._idle.clear()
        self._wake.set()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until every event has been applied; False where that took longer."""
        return bool(self._idle.wait(seconds))

    def run(self) -> None:
        """Work for ever."""
        while True:
            self._wake.wait()
            self.work_off([self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))])
            if self._waiting:
                gevent.sleep(0)
            else:
                self._wake.clear()
                self._idle.set()

    def work_off(self, batch: Sequence[Event]) -> None:
        """Journal and apply a batch of events."""
        for portion in _portions(batch):
            stamped = [self._stamp(event) for event in self._ours(portion)]
            for sequence, event in self._journaled(stamped):
                self._apply(sequence, event)
        self._journal.at_rest(self.centre)

    def _ours(self, batch: Sequence[Event]) -> list[Event]:
        """Leave out what the switch tells of legs that are nothing to us, before it costs a line of the journal.

        A caller and their hang-up come on two connections; the hang-up that comes first is kept until the caller comes.
        A leg of ours that comes again after its end (the dialplan had it on the way to us) is no new caller. What is
        pressed while nobody asks for keys may be a secret, and is forgotten here.
        """
        centre = self.centre
        ours: list[Event] = []
        offered: set[LegId] = set()
        for event in batch:
            if isinstance(event, CallOffered):
                if event.leg not in self._over:
                    offered.add(event.leg)
                    ours += filter(None, (event, self._gone_before.pop(event.leg, None)))
            elif isinstance(event, KeyPressed):
                ours += [event] if is_awaited(centre, event) else []
            elif (
                not isinstance(event, SwitchEvent)
                or isinstance(event, CallReturned)
                or event.leg in offered
                or event.leg in centre.legs
                or event.leg in centre.closing
                or event.leg in centre.supervised
            ):
                ours.append(event)
                if isinstance(event, LegHungUp):
                    _remember(self._over, event)
            elif isinstance(event, LegHungUp):
                _remember(self._gone_before, event)
        return ours

    def _stamp(self, event: Event) -> Event:
        """Set our time: it never goes back within a centre, and no timer fires before the time it was set for.

        So a clock that was put back holds nobody up: the timers, which run by themselves, carry our time on.
        """
        due = self.centre.timers.get(event.timer, NEVER) if isinstance(event, TimerFired) else NEVER
        self._last = max(self._last, self._clock.now(), due)
        return replace(event, at=self._last)

    def _journaled(self, events: Sequence[Event]) -> Iterable[tuple[int, Event]]:
        """Write events and return them with their sequences; one that cannot be written holds up no other."""
        if not events:
            return ()
        try:
            return zip(self._journal.append(events), events, strict=True)
        except Exception as error:  # noqa: BLE001 - text that is no text, say; a defect must not cost more than one call
            if len(events) == 1:
                self._crashed(events[0], "journal", None, error)
                return ()
            return [written for event in events for written in self._journaled([event])]

    def _apply(self, sequence: int, event: Event) -> None:
        try:
            result = transition(self.centre, event)
        except Exception as error:  # noqa: BLE001 - a defect in any machine must not cost more than one call
            self._crashed(event, "transition", sequence, error)
            return
        self.centre = result.centre
        self._carry_out(event, result)

    def _crashed(self, event: Event, room: str, sequence: int | None, error: Exception) -> None:
        place = f"{room}.{type(event).__name__}"
        call = call_of(self.centre, event)
        kind = type(error).__name__
        log.error("event not applied", action="event_crashed", place=place, call=call, error=kind, at=place_of(error))
        attempt = event.attempt + 1 if isinstance(event, CallCrashed) else 1
        if attempt > CallCrashed.LAST_ATTEMPT:
            call, attempt = None, 1
        offer = event if isinstance(event, CallOffered) and sequence is not None else None
        # Next in turn, and not at once: what is folded is applied in the order of the journal.
        self._waiting.appendleft(
            CallCrashed(call=call, place=place, error=kind, skipped=sequence, attempt=attempt, offer=offer)
        )
        self._idle.clear()
        self._wake.set()


def _portions(batch: Sequence[Event]) -> Iterator[list[Event]]:
    """Part a batch where a leg presses a second key: whether anybody waits for that is known after the first."""
    portion: list[Event] = []
    pressed: set[LegId] = set()
    for event in batch:
        if isinstance(event, KeyPressed):
            if event.leg in pressed:
                yield portion
                portion, pressed = [], set()
            pressed.add(event.leg)
        portion.append(event)
    yield portion


def _remember(hang_ups: dict[LegId, LegHungUp], event: LegHungUp) -> None:
    hang_ups[event.leg] = event
    if len(hang_ups) > REMEMBERED_HANG_UPS:
        del hang_ups[next(iter(hang_ups))]
