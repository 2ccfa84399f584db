"""Asking the database who calls, beside the inbox and never in it.

Takes `LookUpCaller` in and answers each with `CallerLookedUp`, by a few workers of its own, so that a slow database
holds up nobody but those who are being looked up. It must not know what the answer is for. Easy to break: a database
that hangs lets questions pile up, and those whose time is over must be dropped, or it would be asked for callers who
are strangers by now.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import structlog
from gevent.lock import Semaphore

from fs_control.commands import LookUpCaller
from fs_control.errors import RemoteFault, UserMistake
from fs_control.events import CallerLookedUp
from fs_control.ids import SECOND, Micros, seconds
from fs_control.ports import CallerStore, Clock, Notice
from fs_control.records import CallerFacts
from fs_control.runtime.callbacks import place_of

log = structlog.get_logger(__name__)

WORKERS: Final = 4
"""So many look-ups at once: each takes a connection of the pool for some milliseconds."""

WITHIN_S: Final = 0.3
"""A caller is not to wait longer for a database; one that is well answers in a few milliseconds (real seconds)."""


class LookUps:
    """Questions in, answers out."""

    def __init__(self, store: CallerStore, clock: Clock, notice: Notice) -> None:
        self._store = store
        self._clock = clock
        self._notice = notice
        self.within: Final = seconds(WITHIN_S / (clock.real_seconds(SECOND) or 1))
        """How long the centre waits for an answer: a database is no faster where our clock is faster than life."""
        self._waiting: deque[LookUpCaller] = deque()
        self._there_is_one = Semaphore(0)

    def put(self, question: LookUpCaller) -> None:
        """Take a question in; never blocks."""
        self._waiting.append(question)
        self._there_is_one.release()

    def run(self) -> None:
        """Work for ever, beside other workers."""
        while True:
            self._there_is_one.acquire()
            question = self._waiting.popleft()
            if self._clock.now() < Micros(question.at + self.within):
                self._notice(self._answer(question))

    def _answer(self, question: LookUpCaller) -> CallerLookedUp:
        """Ask; a fault of the database or of ours makes a stranger, and is told."""
        try:
            facts = self._store.look_up(question.caller, question.number, question.at)
        except (RemoteFault, UserMistake) as fault:
            log.warning("caller not looked up", action="caller_not_looked_up", call=question.call, why=fault.code)
            return CallerLookedUp(call=question.call, facts=CallerFacts(), fault=fault.code)
        except Exception as error:  # noqa: BLE001 - a defect must not cost more than one look-up
            kind, place = type(error).__name__, place_of(error)
            log.error("look-up crashed", action="look_up_crashed", call=question.call, error=kind, at=place)
            return CallerLookedUp(call=question.call, facts=CallerFacts(), fault=kind)
        return CallerLookedUp(call=question.call, facts=facts)
