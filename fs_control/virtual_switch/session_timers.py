"""Session timers (RFC 4028): whether the other end of a long call is still there.

Owns when a call is refreshed and when it is ended, and what a refresh changes in the variables (traces session-timer,
session-timer-switch; sofia-sip, session_timer_set). Either the caller has promised to refresh the call itself, and the
switch ends it when that does not come; or the switch refreshes it by a re-INVITE. Easy to break: a refresh fires no
event, and the end is a BYE of the SIP stack's own, so that nobody writes down who hung up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.causes import NORMAL_CLEARING
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.sip_reinvite import (
    caller_answered_again,
    caller_offered_again,
    offer_again,
    offer_answered,
)
from fs_control.virtual_switch.sip_variables import term_variables
from fs_control.virtual_switch.states import Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.sessions import Session
    from fs_control.virtual_switch.timing import Timer

LONGEST_MARGIN: Final = 32
"""The switch does not wait out the last tenth of what was agreed, or the last 32 seconds."""


class SessionTimer:
    """The timer of one call; harmless where nobody asked for one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked = 0
        """Seconds of Session-Expires in a caller's INVITE, who then refreshes; 0: it knows nothing of it."""
        self.expired = False
        self._timer: Timer | None = None

    def start(self) -> None:
        """The call is answered, or refreshed: count again."""
        self.stop()
        own = self._session.core.settings.session_timeout
        if self.asked:
            interval = min(self.asked, own or self.asked)
            self._in_seconds(interval - min(interval // 10, LONGEST_MARGIN), self._expire)
        elif own:
            self._in_seconds(own // 2, self._refresh)

    def stop(self) -> None:
        """The call is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def refreshed_by_caller(self) -> None:
        """A re-INVITE of the caller that changes nothing."""
        if not self._session.channel.down:
            caller_offered_again(self._session)
            self.start()

    def _in_seconds(self, seconds: int, act: Callable[[], None]) -> None:
        """Do something in so many seconds; SIP counts whole seconds of the clock."""
        timing = self._session.core.timing
        into_second = timing.now_us() % MICROSECONDS / MICROSECONDS
        self._timer = timing.call_later(seconds - into_second, self._session.signal, act)

    def _refresh(self) -> None:
        """The switch asks by a re-INVITE, and the other end agrees."""
        session = self._session
        if session.channel.down:
            return
        if session.channel.direction is Direction.INBOUND:
            caller_answered_again(session)
        else:
            offer_again(session)
            offer_answered(session)
        self.start()

    def _expire(self) -> None:
        channel = self._session.channel
        if not channel.down:
            self.expired = True
            channel.variables.update(term_variables(200, NORMAL_CLEARING))
            channel.hang_up(NORMAL_CLEARING)
