"""People's requests that wait for the centre's answer.

A request becomes an event with an id; the centre answers with a `Reply` of the same id. The greenlet that asked
waits here, no longer than it is willing to. Easy to break: an answer that comes too late has nobody who hears it, and
that must disturb nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Final

from gevent.event import AsyncResult

from fs_control.commands import Reply
from fs_control.errors import NoReply, UserMistake
from fs_control.events import Event
from fs_control.ids import RequestId
from fs_control.ports import Notice

PATIENCE_S: Final = 5.0
"""The centre answers in milliseconds; a person who has waited so long wants to know that it does not."""


class Requests:
    """Asks the centre and waits."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._numbers = count(1)
        self._waiting: dict[RequestId, AsyncResult[Reply]] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def ask(self, make_event: Callable[[RequestId], Event], seconds: float = PATIENCE_S) -> Mapping[str, str]:
        """Put a wish to the centre; returns when it is done, with what the centre has to tell of it.

        UserMistake with the centre's code and values where it is refused; NoReply where no answer came in time, and
        then nobody knows whether it was done.
        """
        request = RequestId(f"r{next(self._numbers)}")
        answer: AsyncResult[Reply] = AsyncResult()
        self._waiting[request] = answer
        try:
            self._notice(make_event(request))
            reply = answer.wait(seconds)
        finally:
            del self._waiting[request]
        if reply is None:
            raise NoReply("centre_silent")
        if reply.refusal is not None:
            raise UserMistake(reply.refusal, **reply.values)
        return reply.values

    def answer(self, reply: Reply) -> None:
        """Hand an answer to whoever asked; one who no longer waits has gone."""
        waiting = self._waiting.get(reply.request)
        if waiting is not None:
            waiting.set(reply)
