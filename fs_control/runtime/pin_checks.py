"""Having PINs compared, beside the inbox and never in it.

Takes `VerifyPin` in and answers each with `PinChecked`. The PIN is taken from the vault here, handed on and forgotten;
nothing here is written, printed or logged but the outcome. Easy to break: one comparison takes 64 MB for a tenth of a
second, so only few are under way at once, and whoever guesses waits in line with the others.
"""

from __future__ import annotations

from typing import Final

import gevent
import structlog
from gevent.lock import BoundedSemaphore

from fs_control.commands import VerifyPin
from fs_control.errors import RemoteFault, UserMistake
from fs_control.events import PinChecked
from fs_control.ports import Notice, PinStore
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.vault import Vault

log = structlog.get_logger(__name__)

AT_ONCE: Final = 2
MOST_WAITING: Final = 50
"""One more is told at once that nobody can look."""

BUSY: Final = "busy"
NO_PINS: Final = "no_pins"


class PinChecks:
    """Questions in, answers out."""

    def __init__(self, store: PinStore | None, vault: Vault, notice: Notice) -> None:
        self._store = store
        self._vault = vault
        self._notice = notice
        self._turns = BoundedSemaphore(AT_ONCE)
        self._waiting = 0

    def put(self, command: VerifyPin) -> None:
        """Take a question in; never blocks. The PIN is taken now: the call may be over a moment later."""
        if self._store is None or self._waiting >= MOST_WAITING:
            self._answer(command, ok=False, fault=NO_PINS if self._store is None else BUSY)
            return
        try:
            pin = self._vault.take(command.call, command.word)
        except UserMistake as lost:
            self._answer(command, ok=False, fault=lost.code)
            return
        self._waiting += 1
        gevent.spawn(self._in_turn, command, pin)

    def _in_turn(self, command: VerifyPin, pin: str) -> None:
        with self._turns:
            self._check(command, pin)

    def _check(self, command: VerifyPin, pin: str) -> None:
        assert self._store is not None  # `put` has looked
        ok, fault = False, ""
        try:
            ok = self._store.check(command.number, pin)
        except (RemoteFault, UserMistake) as error:
            fault = error.code
        except Exception as error:  # noqa: BLE001 - a defect must not cost more than one question
            fault = type(error).__name__
            log.error("PIN check crashed", action="pin_check_crashed", error=fault, at=place_of(error))
        finally:
            self._waiting -= 1
        self._answer(command, ok=ok, fault=fault)

    def _answer(self, command: VerifyPin, *, ok: bool, fault: str) -> None:
        outcome = fault or ("right" if ok else "wrong")
        log.info("PIN checked", action="pin_checked", agent=command.number, phone=command.phone, outcome=outcome)
        told = PinChecked(call=command.call, number=command.number, phone=command.phone, ok=ok, fault=fault)
        self._notice(told)
