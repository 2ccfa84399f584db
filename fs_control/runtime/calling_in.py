"""Callers who hear the dialplan's music, for nobody took them, are called in as soon as somebody is there.

The dialplan hands a caller over again only when some seconds of music are over. Whoever waits so is called in: the end
of the music (`uuid_break`) is the dialplan's next try. Easy to break: before the door is open that would be one more
try in vain, and a caller who has come meanwhile hears what we play. In a listing what another controller of the same
switch plays looks like the dialplan's music; its callers carry a call that is none of ours, so each is asked for that.
Source: `switch_ivr_play_file` (FreeSWITCH 1.10.12) ends at CF_BREAK, and the dialplan goes on with its next action.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import structlog

from fs_control.esl import Api, ApiResponse
from fs_control.ids import CallId, LegId
from fs_control.runtime.callers import Sender
from fs_control.runtime.comparison import NOTHING
from fs_control.runtime.outcome import Result
from fs_control.switch.names import CALL_VARIABLE

log = structlog.get_logger(__name__)

_NAME: Final = re.compile(r"[0-9A-Za-z._-]{1,200}")
"""A leg that a command can name; a switch may be set up to take a SIP Call-ID for its name."""


class CallingIn:
    """Calls callers in; `is_here`: we have a caller's connection already. `is_ours`: we have a call of that name."""

    def __init__(self, switch: Sender, is_here: Callable[[LegId], bool], is_ours: Callable[[CallId], bool]) -> None:
        self._switch: Final = switch
        self._is_here: Final = is_here
        self._is_ours: Final = is_ours
        self._is_open = False
        self._outside: tuple[LegId, ...] = ()

    def found(self, in_music: Iterable[LegId]) -> None:
        """The switch tells who hears the dialplan's music; they are called in now, or as soon as the door is open."""
        self._outside = tuple(leg for leg in in_music if _NAME.fullmatch(leg))
        if self._is_open:
            self._call_in()

    def door_opened(self) -> None:
        """Calls are taken from now on."""
        self._is_open = True
        self._call_in()

    def _call_in(self) -> None:
        waiting, self._outside = self._outside, ()
        for leg in waiting:
            self._switch.send(Api("uuid_getvar", f"{leg} {CALL_VARIABLE}"), partial(self._call_told, leg))

    def _call_told(self, leg: LegId, result: Result) -> None:
        """Call somebody in who is not here by now, and whom nobody or we had before."""
        if not isinstance(result, ApiResponse) or self._is_here(leg):
            return
        call = result.text.strip()
        if call in NOTHING or self._is_ours(CallId(call)):
            self._switch.send(Api("uuid_break", leg))
            log.info("caller called in", action="called_in", leg=leg)
