"""The first three questions on a new inbound connection: send events, which run of the switch is this, which legs.

Owns the order and the reading of the answers. It must not know sockets or what a leg is for. Easy to break: the answer
with the legs is a snapshot, so whoever is told of it must be told in the reader, between the event before and the one
after; in any other greenlet a leg that hung up behind it would be found again.
Source: `show channels as json` in trace live-state; `core_uuid` is a global variable (switch_core.c 1.10.12).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gevent.event import AsyncResult

from fs_control.errors import RemoteFault
from fs_control.esl import Api, ApiResponse, Filter, Subscribe
from fs_control.ids import LegId
from fs_control.runtime.callbacks import run_callback
from fs_control.runtime.outcome import Result
from fs_control.runtime.wire import Wire
from fs_control.switch.names import RETURN_CONTEXT


@dataclass(frozen=True, slots=True)
class Listing:
    """The legs that the switch has now; which were answered, whose phones hold somebody, and which stand still."""

    legs: tuple[LegId, ...]
    answered: tuple[LegId, ...]
    held: tuple[LegId, ...] = ()
    still: tuple[LegId, ...] = ()
    in_music: tuple[LegId, ...] = ()
    """Callers to whom our dialplan plays music, because nobody took them when they were handed over."""


_TAKEN_UP: Final = frozenset({"ACTIVE", "HELD", "UNHELD"})
"""What the listing calls a leg that was answered."""

_HELD: Final = "HELD"
_OVER: Final = "HANGUP"
_STANDS_STILL: Final = "CS_RESET"
"""The state of a leg that was pulled out of the dialplan and not put back (see `events.SwitchFound`)."""

_OUR_CONTEXTS: Final = frozenset({"fs_control", "fs_control_phones", RETURN_CONTEXT})
"""Of the dialplan that we ship (dialplan/fs_control.xml)."""

_APOLOGY: Final = "/apology.wav"
"""What it says in the end; all else that it plays is music."""

OnFound = Callable[[str, Listing], None]
"""Gets the Core-UUID and the legs."""

WHICH_CORE: Final = Api("global_getvar", "core_uuid")
WHICH_LEGS: Final = Api("show", "channels as json")


class Introduction:
    """One round of the three questions, asked in one piece."""

    def __init__(self, on_found: OnFound) -> None:
        self._on_found: Final = on_found
        self._core = ""
        self._done: Final[AsyncResult[None]] = AsyncResult()

    def hold(self, wire: Wire, subscription: Subscribe, filters: Sequence[Filter], deadline_s: float) -> None:
        """Ask, and wait until `on_found` was told; RemoteFault where an answer is missing or makes no sense."""
        for wish in (*filters, subscription):
            wire.send(wish, self._subscribed, deadline_s)
        wire.send(WHICH_CORE, self._core_named, deadline_s)
        wire.send(WHICH_LEGS, self._legs_listed, deadline_s)
        self._done.get()

    def _subscribed(self, result: Result) -> None:
        if isinstance(result, RemoteFault):
            self._fail(result)

    def _core_named(self, result: Result) -> None:
        if isinstance(result, RemoteFault):
            self._fail(result)
        elif isinstance(result, ApiResponse):
            self._core = result.text.strip()
            if not self._core:
                self._fail(RemoteFault("switch_without_core_uuid"))

    def _legs_listed(self, result: Result) -> None:
        if isinstance(result, RemoteFault):
            self._fail(result)
        elif isinstance(result, ApiResponse) and not self._done.ready():
            self._tell(result.text)

    def _tell(self, listing: str) -> None:
        try:
            legs = read_listing(listing)
        except RemoteFault as fault:
            self._fail(fault)
            return
        run_callback(self._on_found, self._core, legs)
        self._done.set(None)

    def _fail(self, fault: RemoteFault) -> None:
        if not self._done.ready():
            self._done.set_exception(fault)


def read_listing(listing: str) -> Listing:
    """Read a `show channels as json`; RemoteFault where it is not one. Without legs it has no `rows`.

    A leg that was hung up and is listed until its connection to us has lingered long enough is none any more: that it
    ended will not be told again.
    """
    try:
        rows = [row for row in json.loads(listing).get("rows", []) if row.get("callstate") != _OVER]
        return Listing(
            legs=tuple(LegId(str(row["uuid"])) for row in rows),
            answered=tuple(LegId(str(row["uuid"])) for row in rows if row.get("callstate") in _TAKEN_UP),
            held=tuple(LegId(str(row["uuid"])) for row in rows if row.get("callstate") == _HELD),
            still=tuple(LegId(str(row["uuid"])) for row in rows if row.get("state") == _STANDS_STILL),
            in_music=tuple(LegId(str(row["uuid"])) for row in rows if _is_in_music(row)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RemoteFault("switch_listing_unreadable", starts_with=listing[:40]) from None


def _is_in_music(row: Mapping[str, object]) -> bool:
    is_played = row.get("direction") == "inbound" and row.get("application") == "playback"
    return is_played and row.get("context") in _OUR_CONTEXTS and not str(row.get("application_data")).endswith(_APOLOGY)
