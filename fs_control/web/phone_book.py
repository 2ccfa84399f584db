"""The phones that may register, in memory: found without asking anybody, as often as the switch wants.

Owns when they are read again: every few seconds, and at once when somebody who changed them says so. Knows no
database; it is handed a way of reading. Easy to break: readings take turns, for one that began before a change must
not end after the reading that saw it; and a database that is away changes nothing, for nobody can change phones then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import gevent
import structlog
from gevent.lock import RLock

from fs_control.errors import RemoteFault, UserMistake
from fs_control.switch.configuration import PhoneAccount

log = structlog.get_logger(__name__)

AGAIN_S: Final = 10.0
"""How late a change may be seen that nobody told us of."""


class PhoneBook:
    """Numbers and the hashes of their passwords, as they were when last read."""

    def __init__(self, read: Callable[[], Iterable[PhoneAccount]]) -> None:
        self._read = read
        self._phones: dict[str, PhoneAccount] | None = None
        self._turn = RLock()
        self._reads_well = True

    @property
    def is_read(self) -> bool:
        """Whether the phones have ever been read; before, nothing can be said of any number."""
        return self._phones is not None

    def find(self, number: str) -> PhoneAccount | None:
        """Return the phone with this number, None where there is none that may register."""
        return (self._phones or {}).get(number)

    def refresh(self) -> None:
        """Read the phones; when this returns, what was changed before the call is known. A fault keeps the old."""
        with self._turn:
            self._phones = {phone.number: phone for phone in self._read()}

    def run(self) -> None:
        """Read the phones again and again, until the greenlet is ended."""
        while True:
            self._try_to_refresh()
            gevent.sleep(AGAIN_S)

    def _try_to_refresh(self) -> None:
        try:
            self.refresh()
            self._reads_well = True
        except (RemoteFault, UserMistake) as fault:  # away, or not to be used so: both may pass
            if self._reads_well:
                log.warning("phones not read", action="phones_not_read", why=fault.code)
            self._reads_well = False
