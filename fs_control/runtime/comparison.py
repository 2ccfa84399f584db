"""One look at the legs of a switch while nothing is wrong: which there are, and of those nobody knows, which are ours.

Owns the order of the questions and the reading of the answers; what differs is for `centre.ghosts` to say. Easy to
break: what is told of strangers and which legs there are must be of one moment, so the legs are asked once more behind
the questions about strangers, and told in the reader, between the event before and the one after.
Source: `show channels as json` (trace live-state), `uuid_getvar` (mod_commands.c 1.10.12: `_undef_` for none);
`bridge_to` is set on both legs as long as they hear each other (switch_ivr_bridge.c 1.10.12, audio_bridge_thread).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gevent.event import AsyncResult

from fs_control.errors import RemoteFault
from fs_control.esl import Api, ApiResponse
from fs_control.events import StateCompared
from fs_control.ids import CallId, EnterpriseId, LegId
from fs_control.records import Stranger
from fs_control.runtime.callbacks import run_callback
from fs_control.runtime.callers import Sender
from fs_control.runtime.introduction import WHICH_CORE, WHICH_LEGS, Listing, read_listing
from fs_control.runtime.outcome import Result
from fs_control.switch.names import CALL_VARIABLE, ENTERPRISE_VARIABLE

BRIDGED_TO: Final = "bridge_to"
_ASKED: Final = (ENTERPRISE_VARIABLE, CALL_VARIABLE, BRIDGED_TO)

_NOTHING: Final = ("_undef_", "")
"""What is said of a variable that a leg does not have."""

WITH_OTHERS: Final = frozenset({"bridge", "intercept", "eavesdrop", "three_way", "conference"})
"""Applications in which a leg rings for somebody, or hears others, whatever `bridge_to` says."""

_NAME: Final = re.compile(r"[0-9A-Za-z._-]{1,200}")
"""A leg that a command can name; a switch may be set up to take a SIP Call-ID for its name."""

MOST_ASKED: Final = 200
"""So many strangers at most in one look; the others are asked in the next one."""


class Comparison:
    """The questions of one look. `knows` tells whether the centre knows a leg; `not_ours` is what looks remember."""

    def __init__(
        self, switch: Sender, knows: Callable[[LegId], bool], enterprise: EnterpriseId, not_ours: set[LegId]
    ) -> None:
        self._switch: Final = switch
        self._knows: Final = knows
        self._enterprise: Final = enterprise
        self._not_ours: Final = not_ours
        self._core = ""
        self._told: dict[LegId, dict[str, str]] = {}
        self._done: Final[AsyncResult[bool]] = AsyncResult()

    def hold(self, tell: Callable[[StateCompared], None]) -> bool:
        """Ask, and wait until `tell` was told in the reader; False where an answer is missing or makes no sense."""
        self._tell = tell
        self._switch.send(WHICH_CORE, self._core_named)
        self._switch.send(WHICH_LEGS, self._legs_listed)
        return self._done.get() is True

    def _core_named(self, result: Result) -> None:
        if isinstance(result, ApiResponse):
            self._core = result.text.strip()

    def _legs_listed(self, result: Result) -> None:
        listing = _listing_of(result)
        if listing is None or not isinstance(result, ApiResponse):
            self._done.set(False)
            return
        unknown = {leg for leg in listing.legs if not self._knows(leg)}
        self._not_ours.intersection_update(unknown)
        asked = sorted(leg for leg in unknown - self._not_ours if _NAME.fullmatch(leg))[:MOST_ASKED]
        if not asked:
            self._compare(listing, ())
            return
        for leg in asked:
            self._told[leg] = {}
            for variable in _ASKED:
                self._switch.send(Api("uuid_getvar", f"{leg} {variable}"), self._reader(leg, variable))
        self._switch.send(WHICH_LEGS, self._legs_listed_again)

    def _reader(self, leg: LegId, variable: str) -> Callable[[Result], None]:
        def read(result: Result) -> None:
            if isinstance(result, ApiResponse) and result.text.strip() not in _NOTHING:
                self._told[leg][variable] = result.text.strip()

        return read

    def _legs_listed_again(self, result: Result) -> None:
        listing = _listing_of(result)
        if listing is None or not isinstance(result, ApiResponse):
            self._done.set(False)
            return
        rows = read_rows(result.text)
        self._compare(listing, tuple(filter(None, (self._stranger(leg, rows) for leg in self._told))))

    def _stranger(self, leg: LegId, rows: Mapping[LegId, Row]) -> Stranger | None:
        """Return a leg that is ours, still there, known to nobody and with nobody; a foreign one is not asked again."""
        row, told = rows.get(leg), self._told[leg]
        if row is None or self._knows(leg):
            return None
        if told.get(ENTERPRISE_VARIABLE) != self._enterprise or CALL_VARIABLE not in told:
            self._not_ours.add(leg)
            return None
        if BRIDGED_TO in told or row.application in WITH_OTHERS:
            return None
        return Stranger(leg, CallId(told[CALL_VARIABLE]), row.is_caller)

    def _compare(self, listing: Listing, strangers: tuple[Stranger, ...]) -> None:
        compared = StateCompared(
            core=self._core,
            legs=listing.legs,
            answered=listing.answered,
            held=listing.held,
            still=listing.still,
            strangers=strangers,
        )
        run_callback(self._tell, compared)
        self._done.set(True)


@dataclass(frozen=True, slots=True)
class Row:
    """What a listing says of a leg besides its state."""

    is_caller: bool
    application: str


def read_rows(listing: str) -> Mapping[LegId, Row]:
    """Read directions and applications out of a listing that `read_listing` has taken."""
    rows = json.loads(listing).get("rows", [])
    return {
        LegId(str(row["uuid"])): Row(row.get("direction") == "inbound", str(row.get("application", ""))) for row in rows
    }


def _listing_of(result: Result) -> Listing | None:
    if not isinstance(result, ApiResponse):
        return None
    try:
        return read_listing(result.text)
    except RemoteFault:
        return None
