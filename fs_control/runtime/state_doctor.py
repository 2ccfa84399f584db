"""The state doctor: compares the centre with what the switch has every few minutes, and twice where they differ.

Owns when a look is taken; what is compared is `centre.ghosts`, and what is done about it `centre.ghost_healing`. It
must not know either. Easy to break: looks are one after the other, whoever asks for one, because the second look of
one examination would be the first of another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

import gevent
import structlog
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore

from fs_control.centre import CallCentre, Transition
from fs_control.commands import KeepGhost
from fs_control.ids import LegId, Micros, seconds
from fs_control.ports import Clock, Notice
from fs_control.records import Examination
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.callers import Sender
from fs_control.runtime.comparison import Acquaintance, Comparison
from fs_control.runtime.ghost_shelf import names_in

log = structlog.get_logger(__name__)

EVERY: Final = seconds(180)
"""How often is looked by itself."""

AGAIN_AFTER: Final = seconds(10)
"""After so long whatever was on its way at the first look is there, or never will be."""

MOST_LOOKS: Final = 3
"""In one examination; new differences that keep coming are for the next one."""

ANSWERED_WITHIN_S: Final = 5.0
"""The centre takes a comparison in milliseconds."""


class StateDoctor:
    """Looks, by itself and when asked to."""

    def __init__(
        self, switch: Sender, clock: Clock, centre: Callable[[], CallCentre], notice: Notice, journal: Path
    ) -> None:
        self._switch: Final = switch
        self._journal: Final = journal
        self._clock: Final = clock
        self._centre: Final = centre
        self._notice: Final = notice
        self._not_ours: Final[set[LegId]] = set()
        self._one_at_a_time: Final = BoundedSemaphore()
        self._taken: AsyncResult[Transition] | None = None

    def run(self) -> None:
        """Look for ever; what goes wrong in one look costs that look."""
        while True:
            self._wait(EVERY)
            try:
                self.examine()
            except Exception as error:  # noqa: BLE001 - a defect must not end the looking
                kind = type(error).__name__
                log.error("state doctor crashed", action="state_doctor_crashed", error=kind, at=place_of(error))

    def examine(self) -> Examination:
        """Look, and where something differs look again, until it is healed or was nothing; takes that long."""
        with self._one_at_a_time:
            first = self._look()
            if first is None:
                return Examination(looked=False)
            found, healed, looks = len(first.centre.suspected) + _healed_by(first), _healed_by(first), 1
            last = first
            while last.centre.suspected and looks < MOST_LOOKS:
                self._wait(AGAIN_AFTER)
                again = self._look()
                if again is None:
                    break
                last, looks, healed = again, looks + 1, healed + _healed_by(again)
            if found:
                log.warning("state compared", action="state_compared", differences=found, healed=healed)
            return Examination(looked=True, differences=found, healed=healed)

    def taken(self, result: Transition) -> None:
        """Take note of what the centre has made of a comparison."""
        if self._taken is not None and not self._taken.ready():
            self._taken.set(result)

    def _look(self) -> Transition | None:
        """Compare once; None where nobody could be asked, or the centre did not take it."""
        centre = self._centre()
        if centre.core is None or centre.link_lost_at is not None:
            return None
        self._taken = AsyncResult()
        known = Acquaintance(centre.directory.enterprise, self._knows, self._knew)
        if not Comparison(self._switch, known, self._not_ours).hold(self._notice):
            log.warning("state not compared", action="state_not_compared")
            return None
        return self._taken.wait(ANSWERED_WITHIN_S)

    def _knows(self, leg: LegId) -> bool:
        centre = self._centre()
        return leg in centre.legs or leg in centre.closing or leg in centre.supervised

    def _knew(self, names: Collection[str]) -> Collection[str]:
        """Return the names that the journal holds; read in a thread, because disks block."""
        found: Collection[str] = gevent.get_hub().threadpool.apply(names_in, (self._journal, names))
        return found

    def _wait(self, length: Micros) -> None:
        gevent.sleep(self._clock.real_seconds(length))


def _healed_by(result: Transition) -> int:
    return sum(isinstance(command, KeepGhost) for command in result.commands)
