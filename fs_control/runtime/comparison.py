"""One look at the legs of a switch while nothing is wrong: which there are, and of those nobody knows, which are ours.

Owns the order of the questions and the reading of the answers; what differs is for `centre.ghosts` to say. Easy to
break: what is told of strangers and which legs there are must be of one moment, so the legs are asked once more behind
the last question about strangers, and told in the reader, between the event before and the one after.
Source: `show channels as json` (trace live-state), `uuid_getvar` (mod_commands.c 1.10.12: `_undef_` for none);
`bridge_to` is set on both legs as long as they hear each other (switch_ivr_bridge.c 1.10.12, audio_bridge_thread).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
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

NOTHING: Final = ("_undef_", "")
"""What is said of a variable that a leg does not have."""

WITH_OTHERS: Final = frozenset({"bridge", "intercept", "eavesdrop", "three_way", "conference"})
"""Applications in which a leg rings for somebody, or hears others, whatever `bridge_to` says."""

_NAME: Final = re.compile(r"[0-9A-Za-z._-]{1,200}")
"""A leg that a command can name; a switch may be set up to take a SIP Call-ID for its name."""

MOST_ASKED: Final = 200
"""So many strangers at most in one look; the others are asked in the next one."""

Told = dict[LegId, dict[str, str]]
"""What legs have of the variables that were asked for."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """By what a leg is known: to the centre at this moment (`now`), or as one of ours from what was (`once`).

    `once` is given names of calls and legs, returns those that the journal holds, and may take its time: other
    controllers may serve the same enterprise on the same switch, and their legs are none of our business.
    """

    enterprise: EnterpriseId
    now: Callable[[LegId], bool]
    once: Callable[[Collection[str]], Collection[str]]


class Comparison:
    """The questions of one look; `not_ours` is what looks remember of the legs of others."""

    def __init__(self, switch: Sender, known: Acquaintance, not_ours: set[LegId]) -> None:
        self._switch: Final = switch
        self._known: Final = known
        self._not_ours: Final = not_ours
        self._core = ""
        self._held: Collection[str] = ()

    def hold(self, tell: Callable[[StateCompared], None]) -> bool:
        """Ask, and wait until `tell` was told in the reader; False where an answer is missing or makes no sense."""
        listed: AsyncResult[Sequence[LegId] | None] = AsyncResult()
        self._switch.send(WHICH_CORE, self._core_named)
        self._switch.send(WHICH_LEGS, lambda result: listed.set(self._listed(result, tell)))
        unknown = listed.get()
        if not unknown:
            return unknown is not None
        suspects = self._ours_of(unknown)
        if suspects is None:
            return False
        compared: AsyncResult[bool] = AsyncResult()
        bridged = self._ask(suspects, BRIDGED_TO)
        self._switch.send(WHICH_LEGS, lambda result: compared.set(self._listed_again(result, suspects, bridged, tell)))
        return compared.get() is True

    def _core_named(self, result: Result) -> None:
        if isinstance(result, ApiResponse):
            self._core = result.text.strip()

    def _listed(self, result: Result, tell: Callable[[StateCompared], None]) -> Sequence[LegId] | None:
        """Return who is to be asked about, having told everything where that is nobody; None for no listing."""
        listing = _listing_of(result)
        if listing is None:
            return None
        unknown = {leg for leg in listing.legs if not self._known.now(leg)}
        self._not_ours.intersection_update(unknown)
        asked = sorted(leg for leg in unknown - self._not_ours if _NAME.fullmatch(leg))[:MOST_ASKED]
        if not asked:
            run_callback(tell, self._compared(listing, ()))
        return asked

    def _ours_of(self, legs: Sequence[LegId]) -> Mapping[LegId, CallId] | None:
        """Return those that carry our enterprise and a call that was once ours, with the call; None for no answer."""
        told: Told = {leg: {} for leg in legs}
        answered: AsyncResult[bool] = AsyncResult()
        for variable in (ENTERPRISE_VARIABLE, CALL_VARIABLE):
            self._ask(legs, variable, told)
        self._switch.send(WHICH_CORE, lambda result: answered.set(isinstance(result, ApiResponse)))  # behind the others
        if not answered.get():
            return None
        carry = {
            leg: CallId(values[CALL_VARIABLE])
            for leg, values in told.items()
            if values.get(ENTERPRISE_VARIABLE) == self._known.enterprise and CALL_VARIABLE in values
        }
        self._held = self._known.once({*carry, *carry.values()}) if carry else ()
        ours = {leg: call for leg, call in carry.items() if call in self._held or leg in self._held}
        self._not_ours.update(leg for leg in legs if leg not in ours)
        return ours

    def _ask(self, legs: Collection[LegId], variable: str, told: Told | None = None) -> Told:
        told = {leg: {} for leg in legs} if told is None else told
        for leg in legs:
            self._switch.send(Api("uuid_getvar", f"{leg} {variable}"), _reader(told[leg], variable))
        return told

    def _listed_again(
        self, result: Result, suspects: Mapping[LegId, CallId], bridged: Told, tell: Callable[[StateCompared], None]
    ) -> bool:
        listing = _listing_of(result)
        if listing is None or not isinstance(result, ApiResponse):
            return False
        rows = read_rows(result.text)
        strangers = tuple(
            Stranger(leg, call, rows[leg].is_caller)
            for leg, call in suspects.items()
            if leg in rows and not bridged[leg] and self._is_stranger(leg, call, rows[leg])
        )
        return run_callback(tell, self._compared(listing, strangers))

    def _is_stranger(self, leg: LegId, call: CallId, row: Row) -> bool:
        """Tell whether a leg of ours is known to nobody and with nobody.

        A caller whom another controller has taken since carries a call of that one, though the leg was once ours.
        """
        is_ours = call in self._held or not row.is_caller
        return is_ours and row.application not in WITH_OTHERS and not self._known.now(leg)

    def _compared(self, listing: Listing, strangers: tuple[Stranger, ...]) -> StateCompared:
        return StateCompared(
            core=self._core,
            legs=listing.legs,
            answered=listing.answered,
            held=listing.held,
            still=listing.still,
            strangers=strangers,
        )


def _reader(told: dict[str, str], variable: str) -> Callable[[Result], None]:
    def read(result: Result) -> None:
        if isinstance(result, ApiResponse) and result.text.strip() not in NOTHING:
            told[variable] = result.text.strip()

    return read


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
