"""A native thread that does what it is handed, in order, and tells the hub what came of it.

Owns the thread and the way back into the hub; knows nothing of journals. It is there because calls to a disk may block
for as long as they like, and nothing that happens in the hub may. Easy to break: a thread that a disk does not let go
is never waited for; it is left to itself, and its answer, should it come, is heard by nobody who minds.
"""

from __future__ import annotations

import sys
from _queue import SimpleQueue
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import gevent
from gevent.monkey import get_original

SWITCH_S: Final = 0.0005
"""So long the hub keeps the interpreter at the most while a hand wants it; by itself it keeps it ten times as long.

Of the whole process. A hand wants it twice for each job, and somebody waits for the job.
"""

Job = Callable[[], object]
Heard = Callable[[Exception | None], None]


class Hand:
    """One native thread; it begins with the first job and ends when it is let go."""

    def __init__(self) -> None:
        sys.setswitchinterval(min(SWITCH_S, sys.getswitchinterval()))
        self._jobs: SimpleQueue[tuple[Job, Heard] | None] = SimpleQueue()
        self._answers: deque[tuple[Heard, Exception | None] | None] = deque()
        self._back: Any = gevent.get_hub().loop.async_(ref=False)
        self._back.start(self._hear)
        get_original("_thread", "start_new_thread")(self._work, ())

    def put(self, job: Job, heard: Heard) -> None:
        """Have something done in the thread; `heard` is called in the hub with None, or with what went wrong."""
        self._jobs.put((job, heard))

    def let_go(self) -> None:
        """End the thread after what it has been handed; nothing may be handed to it afterwards."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            job, heard = task
            try:
                job()
            except Exception as error:  # noqa: BLE001 - told in the hub, whatever it is
                self._answer((heard, error))
            else:
                self._answer((heard, None))
        self._answer(None)

    def _answer(self, answer: tuple[Heard, Exception | None] | None) -> None:
        self._answers.append(answer)
        self._back.send()

    def _hear(self) -> None:
        while self._answers:
            answer = self._answers.popleft()
            if answer is None:
                self._back.stop()
                self._back.close()
                return
            heard, error = answer
            heard(error)
