"""The ends of legs as the switch wrote them down: into the database, exactly once, and to the centre when it asks.

Looks into the folder again and again, hands what is there to the store in batches, and removes a file when its row is
committed and the file has lain there for a while. `FindLegEnds` is answered from the files first, then from the table.
Easy to break: with the database away the files stay, and are what the centre is answered from; a leg that is none of
ours is counted and not kept; and a disk that hangs holds up nobody, because a thread looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final, TypeVar

import gevent
import structlog
from gevent.util import wrap_errors

from fs_control.commands import FindLegEnds
from fs_control.errors import RemoteFault, UserMistake
from fs_control.events import LegEndsFound
from fs_control.ids import EnterpriseId, LegId
from fs_control.ports import LegStore, Notice
from fs_control.records import SwitchLeg
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.cdr_folder import CdrFile, CdrFolder

log = structlog.get_logger(__name__)

T = TypeVar("T")

LOOK_EVERY_S: Final = 0.5
BATCH: Final = 200
"""Files in one go and one transaction."""

KEEP_S: Final = 5.0
"""A file lies at least so long, for whoever else reads it; one that is not whole by then never will be."""

FIND_WITHIN_S: Final = 2.0
"""The switch writes a leg's file before it tells that the leg is over, so that one that is not there soon never is."""

FIND_AGAIN_S: Final = 0.1
TABLE_EVERY: Final = 5
"""Every so many looks into the folder the table is asked, too."""

TABLE_S: Final = 0.5
"""A database that takes longer has no answer; what was in the files is not to wait for it."""

LONGEST_WAIT_S: Final = 10.0
"""Between two tries to store, with the database away."""


@dataclass(frozen=True, slots=True)
class LegEndsHealth:
    """What the reader has done since it began, and what keeps it from its work; "" where nothing does."""

    stored: int = 0
    foreign: int = 0
    """Legs that were none of ours."""
    unread: int = 0
    """Files that could not be read and were put aside."""
    trouble: str = ""


class LegEnds:
    """One folder, one table, one enterprise."""

    def __init__(self, folder: CdrFolder, store: LegStore, enterprise: EnterpriseId, notice: Notice) -> None:
        self.health = LegEndsHealth()
        self.folder: Final = folder
        self._store = store
        self._enterprise = enterprise
        self._notice = notice
        self._done: dict[str, float] = {}
        """Files that are of no use any more, and when each may be removed (`monotonic`)."""
        self._wait_s = LOOK_EVERY_S

    # --- into the database -----------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work for ever."""
        while True:
            is_more = self.look()
            gevent.sleep(LOOK_EVERY_S / 10 if is_more else self._wait_s)

    def look(self) -> bool:
        """Look once, and do what is to be done; return whether there is more of it."""
        try:
            looked = _in_thread(self.folder.look, frozenset(self._done), BATCH)
            self._take(looked.files)
            self._remove()
        except (RemoteFault, UserMistake) as fault:
            self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)
            self._troubled(fault.code)
        except OSError as error:
            self._wait_s = LONGEST_WAIT_S
            self._troubled(error.strerror or type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a defect must not end the reading of all that come later
            self._wait_s = LONGEST_WAIT_S
            log.error("leg ends crashed", action="leg_ends_crashed", error=type(error).__name__, at=place_of(error))
            self._troubled(type(error).__name__)
        else:
            self._wait_s = LOOK_EVERY_S
            self._troubled(looked.closed)
            return len(looked.files) == BATCH
        return False

    def _take(self, files: Sequence[CdrFile]) -> None:
        """Have what is ours stored, leave the others out, and put aside what will never be whole."""
        read = [(file, file.cdr) for file in files if file.cdr is not None]
        ours = [(file, cdr.leg) for file, cdr in read if cdr.enterprise == self._enterprise]
        refused = self._store_what_can_be(ours)
        for file in (file for file in files if file.cdr is None and file.age_s >= KEEP_S):
            self._put_aside(file.name, "unreadable")
        for name, error in refused.items():
            self._put_aside(name, error)
        now = monotonic()
        kept = (file for file, _ in read if file.name not in refused)
        self._done.update({file.name: now + max(0.0, KEEP_S - file.age_s) for file in kept})
        self.health = replace(
            self.health,
            stored=self.health.stored + len(ours) - len(refused),
            foreign=self.health.foreign + len(read) - len(ours),
        )

    def _store_what_can_be(self, legs: Sequence[tuple[CdrFile, SwitchLeg]]) -> dict[str, str]:
        """Store legs and return those files that break a rule of the schema, each with what it met.

        RemoteFault and UserMistake where the database is away: all files stay.
        """
        try:
            self._store.store([leg for _, leg in legs])
        except (RemoteFault, UserMistake):
            raise
        except OSError as error:  # of a connection, below the driver
            raise RemoteFault("database_away", reason=str(error.strerror)) from error
        except Exception as error:  # noqa: BLE001 - one leg must not hold up the others
            if len(legs) == 1:
                return {legs[0][0].name: type(error).__name__}
            return {name: why for single in legs for name, why in self._store_what_can_be([single]).items()}
        return {}

    def _put_aside(self, name: str, why: str) -> None:
        log.warning("leg not read", action="leg_not_read", file=name, why=why, put_into=str(self.folder.path))
        _in_thread(self.folder.put_aside, name)
        self.health = replace(self.health, unread=self.health.unread + 1)

    def _remove(self) -> None:
        due = [name for name, moment in self._done.items() if moment <= monotonic()]
        if due:
            for name in _in_thread(self.folder.remove, due):
                del self._done[name]

    def _troubled(self, why: str) -> None:
        """Tell what keeps us, once; "" where nothing does."""
        if why and self.health.trouble != why:
            log.warning("leg ends wait", action="leg_ends_wait", folder=str(self.folder.path), why=why)
        self.health = replace(self.health, trouble=why)

    # --- for the centre --------------------------------------------------------------------------------------------

    def put(self, command: FindLegEnds) -> None:
        """Take a question in; never blocks."""
        gevent.spawn(self._answer, command)

    def _answer(self, command: FindLegEnds) -> None:
        ends: dict[LegId, SwitchLeg] = {}
        try:
            self._find(command.legs, ends)
        except Exception as error:  # noqa: BLE001 - the centre waits, and what was found is good
            log.error("leg ends crashed", action="leg_ends_crashed", error=type(error).__name__, at=place_of(error))
        self._notice(answer_of(command, ends))

    def _find(self, legs: Sequence[LegId], ends: dict[LegId, SwitchLeg]) -> None:
        """Look again and again until all ends are there or the time is over."""
        deadline, looks = monotonic() + FIND_WITHIN_S, 0
        while True:
            ends.update(_in_thread(self.folder.legs, _without(legs, ends)))
            is_last = monotonic() >= deadline or not _in_thread(self.folder.is_there)
            if _without(legs, ends) and (is_last or looks % TABLE_EVERY == 0):
                ends.update(self._from_table(_without(legs, ends)))
            if is_last or not _without(legs, ends):
                return
            looks += 1
            gevent.sleep(FIND_AGAIN_S)

    def _from_table(self, legs: Sequence[LegId]) -> dict[LegId, SwitchLeg]:
        asked = gevent.spawn(self._ask_table, legs)
        asked.join(TABLE_S)
        return asked.value or {}

    def _ask_table(self, legs: Sequence[LegId]) -> dict[LegId, SwitchLeg]:
        try:
            return {found.leg: found for found in self._store.find(legs)}
        except (RemoteFault, UserMistake) as fault:
            log.warning("leg ends not asked", action="leg_ends_not_asked", why=fault.code)
            return {}


def answer_of(command: FindLegEnds, ends: dict[LegId, SwitchLeg]) -> LegEndsFound:
    """Return the answer to a question of the centre."""
    found = tuple(ends[leg] for leg in command.legs if leg in ends)
    return LegEndsFound(ends=found, missing=tuple(_without(command.legs, ends)))


def _without(legs: Sequence[LegId], ends: dict[LegId, SwitchLeg]) -> list[LegId]:
    return [leg for leg in legs if leg not in ends]


def _in_thread(do: Callable[..., T], *arguments: object) -> T:
    """Have something done in a thread; what it raises comes back as a value, or gevent would print it."""
    result: T | Exception = gevent.get_hub().threadpool.apply(wrap_errors((Exception,), do), arguments)
    if isinstance(result, Exception):
        raise result
    return result
