"""Waiting for the legs of one round of a dialling: ringing, answers, time-outs.

Owns the loop of switch_ivr_originate and check_channel_status: what the caller is told meanwhile, when a leg has rung
long enough, and who answered. Whom to ring and what follows is `dialling`, what the caller hears is `ringback`. Easy
to break: time-outs are counted in whole seconds of the clock, and a leg's own time-out hangs it up with another cause
than the round's. Keys that the caller presses wait, too, unless there is a key that ends the ringing (traces
keys-while-ringing, keys-told-while-ringing).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from gevent.event import Event as Signal

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.confirming import is_ready
from fs_control.virtual_switch.ringback import Ringback
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.variables import is_true

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core


class End(Enum):
    """Why the waiting for a round ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    KEY = "key"
    """The caller pressed `origination_cancel_key`."""


@dataclass(slots=True)
class Ringing:
    """One leg of a round while it is waited for."""

    session: Session
    limit_us: int | None = None
    progress_limit_us: int | None = None
    rang: bool = False

    @property
    def channel(self) -> Channel:
        """The leg's channel."""
        return self.session.channel


@dataclass(slots=True)
class Round:
    """One round: its legs, the first cause that kept a leg from being made, and how it ended."""

    legs: list[Ringing] = field(default_factory=list)
    reason: str = ""
    end: End = End.REFUSED
    winner: Ringing | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to ring, and what counts meanwhile."""

    seconds: int
    progress_seconds: int
    """Until something at least rings; 0: as long as `seconds`."""
    early_ok: bool
    """Sound before the answer is as good as an answer."""
    passes_ringing: bool
    confirm_ms: int = 0
    """How long a key that accepts is waited for behind each saying of the sentence; 0: as long as by default."""


class Watch:
    """Watches the legs of one round."""

    def __init__(self, core: Core, caller: Session | None, patience: Patience, ringback: Ringback) -> None:
        self._core = core
        self._caller = caller
        self._patience = patience
        self._ringback = ringback
        self._forced = ""

    def wait(self, ring: Round, start: int) -> str:
        """Wait until a leg answers, all are down, the caller leaves or time is up; the cause that overrides others."""
        news = Signal()
        wake = news.set if self._caller is None else self._caller.look_again
        limits = self._limits(ring, start)
        for leg in ring.legs:
            leg.channel.on_change.append(wake)
        waited = False
        try:
            while not self._decided(ring, limits):
                waited = True
                self._sound_ringback(ring)
                self._pause(ring, limits, news)
        finally:
            self._ringback.stop()
            for leg in ring.legs:
                leg.channel.on_change.remove(wake)
        if waited and self._caller is None and ring.end is End.ANSWERED and ring.winner is not None:
            # The loop that waits for the answer looks once per frame.
            ring.winner.session.skip_frames(1)
        return self._forced

    def _limits(self, ring: Round, start: int) -> tuple[int, int]:
        """When ringing ends, and when it ends for legs that have not even rung; both in microseconds."""
        for leg in ring.legs:
            seconds = number_of(leg.channel.variables.get("leg_timeout"))
            progress = number_of(leg.channel.variables.get("leg_progress_timeout"))
            leg.limit_us = (start + seconds + 1) * MICROSECONDS if seconds else None
            leg.progress_limit_us = (start + progress + 1) * MICROSECONDS if progress else None
        progress = self._patience.progress_seconds or self._patience.seconds
        return (start + self._patience.seconds) * MICROSECONDS, (start + progress + 1) * MICROSECONDS

    def _pause(self, ring: Round, limits: tuple[int, int], news: Signal) -> None:
        moments = [*limits, *(leg.limit_us for leg in ring.legs), *(leg.progress_limit_us for leg in ring.legs)]
        now = self._core.timing.now_us()
        next_us = min((moment for moment in moments if moment is not None and moment > now), default=now)
        if self._caller is not None:
            self._caller.next_frame(next_us)
            return
        self._core.timing.wait_for(news, next_us)
        news.clear()

    def _decided(self, ring: Round, limits: tuple[int, int]) -> bool:
        caller = self._caller
        if caller is not None:
            if not caller.channel.ready:
                ring.end = End.CANCELLED
                return True
            caller.serve_orders()
        if self._someone_answered(ring) or all(leg.channel.down for leg in ring.legs):
            return True
        now = self._core.timing.now_us()
        self._end_late_legs(ring, now)
        silent = not any(leg.rang for leg in ring.legs)
        if silent and now >= limits[1]:
            self._forced = self._forced or "PROGRESS_TIMEOUT"
            ring.end = End.TIMEOUT
        elif now >= limits[0]:
            ring.end = End.TIMEOUT
        elif self._key_cancels():
            ring.end = End.KEY
        return ring.end in (End.TIMEOUT, End.KEY) or all(leg.channel.down for leg in ring.legs)

    def _key_cancels(self) -> bool:
        """Take one of the caller's keys, where a key may end the ringing; else they stay queued until it is over."""
        cancel_key = "" if self._caller is None else self._caller.channel.variables.get("origination_cancel_key")
        if self._caller is None or not cancel_key:
            return False
        key = self._caller.channel.take_digit()
        if key is not None and self._caller.channel.digits:
            self._caller.look_again()
        return key == cancel_key[0]

    def _someone_answered(self, ring: Round) -> bool:
        """Look at each leg, and pass ringing on to the caller (check_channel_status)."""
        for leg in ring.legs:
            flags = leg.channel.flags
            if flags.ring_ready and not leg.rang:
                leg.rang = True
                self._pass_ringing(ring, leg)
            leg.rang = leg.rang or flags.early_media
            if leg.channel.down:
                continue
            asked = flags.confirming
            answered = flags.answered or (flags.early_media and self._patience.early_ok)
            if is_ready(leg.session, answered=answered, read_ms=self._patience.confirm_ms):
                ring.winner, ring.end = leg, End.ANSWERED
                return True
            if flags.confirming and not asked:
                self._give_time_to_confirm(leg)
        return False

    def _give_time_to_confirm(self, leg: Ringing) -> None:
        """A leg's own time counts anew from the answer, or no more; that of the round goes on all the same."""
        text = leg.channel.variables.get("group_confirm_timeout")
        seconds = number_of(text)
        if seconds:
            now = self._core.timing.now_us() // MICROSECONDS
            leg.limit_us = (now + seconds + 1) * MICROSECONDS
        elif text == "0" or is_true(leg.channel.variables.get("group_confirm_cancel_timeout")):
            leg.limit_us = None

    def _pass_ringing(self, ring: Round, leg: Ringing) -> None:
        if self._caller is None or not self._patience.passes_ringing:
            return
        if len(ring.legs) == 1:
            pass_callee(leg.channel, self._caller.channel)
        self._core.sip.ring(self._caller)

    def _sound_ringback(self, ring: Round) -> None:
        flags = [leg.channel.flags for leg in ring.legs]
        self._ringback.look(
            rings=any(each.ring_ready for each in flags), early_media=any(each.early_media for each in flags)
        )

    def _end_late_legs(self, ring: Round, now: int) -> None:
        for leg in ring.legs:
            if leg.channel.down:
                continue
            if leg.progress_limit_us is not None and now >= leg.progress_limit_us and not leg.rang:
                leg.channel.hang_up("PROGRESS_TIMEOUT")
                self._forced = "PROGRESS_TIMEOUT"
            elif leg.limit_us is not None and now >= leg.limit_us:
                leg.channel.hang_up("ALLOTTED_TIMEOUT")


def pass_callee(leg: Channel, caller: Channel) -> None:
    """Tell the caller who is being called (switch_channel_pass_callee_id)."""
    if leg.profile is not None and caller.profile is not None:
        caller.profile.callee_id_name = leg.profile.callee_id_name
        caller.profile.callee_id_number = leg.profile.callee_id_number


def number_of(text: str | None) -> int:
    """A number of seconds; anything else is 0."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else 0
