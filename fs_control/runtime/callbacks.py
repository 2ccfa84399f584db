"""Calling what others gave us, without dying of it.

Owns the one place where an exception of a callback ends. It must not know what the callback does. Easy to break: the
message of an exception may quote what a caller typed or who called, so the log gets its type and place and no words.
"""

from __future__ import annotations

from collections.abc import Callable
from traceback import extract_tb
from typing import Final, ParamSpec

import structlog

_log: Final = structlog.get_logger()

P = ParamSpec("P")


def run_callback(callback: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Call it; False, and a line in the log, where it raised. What ends a greenlet (GreenletExit, Timeout) passes."""
    try:
        callback(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - one handler's defect must not make the whole link deaf
        _log.error("callback", action="callback_failed", error=type(error).__name__, place=place_of(error))
        return False
    return True


def place_of(error: BaseException) -> str:
    """File and line where it was raised."""
    frames = extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
