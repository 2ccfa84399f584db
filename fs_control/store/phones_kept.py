"""The phones as they were last read, in a file: a start without the database must not shut the agents' phones out.

Reads from the database where that answers, and keeps what it read; where it does not, the file is given once, to a
process that has not read any yet. Easy to break: hashes open the phones' accounts to whoever has them, so the file is
for its owner alone; and after the first time a database that is away is a fault again, for what is known then is newer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import structlog

from fs_control.errors import RemoteFault
from fs_control.store.disk_thread import DiskThread
from fs_control.store.phones import StoredPhone
from fs_control.store.spool_lines import Damaged, LineCodec
from fs_control.store.whole_files import write_whole

log = structlog.get_logger(__name__)

_CODEC: Final = LineCodec(StoredPhone)


class KeptPhones:
    """A way of reading the phones that works at a start without the database."""

    def __init__(self, read: Callable[[], Sequence[StoredPhone]], file: Path) -> None:
        self._read = read
        self._file = file
        self._disk = DiskThread()
        self._written: bytes | None = None
        self._gave = False

    def all(self) -> Sequence[StoredPhone]:
        """Return the phones; RemoteFault where the database is away and there is nothing to give in its place."""
        try:
            phones = self._read()
        except RemoteFault:
            kept = [] if self._gave else self._kept()
            self._gave = True
            if not kept:
                raise
            return kept
        self._gave = True
        self._keep(phones)
        return phones

    def _keep(self, phones: Sequence[StoredPhone]) -> None:
        data = b"".join(map(_CODEC.encode, phones))
        if data == self._written:
            return
        try:
            self._disk.do(write_whole, self._file, data)
            self._written = data
        except OSError as error:
            log.warning("phones not kept", action="phones_not_kept", why=error.strerror)

    def _kept(self) -> list[StoredPhone]:
        try:
            read = list(_CODEC.decode_all(self._disk.do(self._file.read_bytes)))
        except OSError:
            return []
        phones = [each for each in read if not isinstance(each, Damaged)]
        log.warning("phones as last kept", action="phones_as_kept", phones=len(phones), damaged=len(read) - len(phones))
        return phones
