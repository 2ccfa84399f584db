"""Callers who hear the dialplan's music, for nobody took them, are called in as soon as somebody is there.

The dialplan hands a caller over again only when some seconds of music are over. Whoever waits so is called in: the end
of the music (`uuid_break`) is the dialplan's next try. Easy to break: before the door is open that would be one more
try in vain, and a caller who has come meanwhile hears what we play.
Source: `switch_ivr_play_file` (FreeSWITCH 1.10.12) ends at CF_BREAK, and the dialplan goes on with its next action.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from fs_control.esl import Api
from fs_control.ids import LegId
from fs_control.runtime.callers import Sender

log = structlog.get_logger(__name__)

_NAME: Final = re.compile(r"[0-9A-Za-z._-]{1,200}")
"""A leg that a command can name; a switch may be set up to take a SIP Call-ID for its name."""


class CallingIn:
    """Calls callers in; `is_here` tells whether we have a caller's connection already."""

    def __init__(self, switch: Sender, is_here: Callable[[LegId], bool]) -> None:
        self._switch: Final = switch
        self._is_here: Final = is_here
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
        waiting, self._outside = [leg for leg in self._outside if not self._is_here(leg)], ()
        for leg in waiting:
            self._switch.send(Api("uuid_break", leg))
        if waiting:
            log.info("callers called in", action="called_in", callers=len(waiting))
