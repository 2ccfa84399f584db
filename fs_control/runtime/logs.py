"""Where the log of a process goes: lines of JSON in a file, or readable lines on stderr. stdout is for answers.

Easy to break: a log is written in the midst of everything, so a line that the disk does not take must cost the line and
nothing else; there is nowhere left to tell it.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

import structlog


def log_to_stderr() -> None:
    """Write readable lines, as for a person who watches."""
    _configure(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()), sys.stderr)


def log_to_file(path: Path) -> None:
    """Append one JSON object a line, as for a machine."""
    _configure(structlog.processors.JSONRenderer(), path.open("a", encoding="utf-8", buffering=1))


class _Patient:
    """A stream that goes on where its disk is full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write text, where that can be written."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Bring it on its way."""
        with suppress(OSError):
            self._stream.flush()


def _configure(renderer: structlog.typing.Processor, stream: TextIO) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Patient(stream))),
        cache_logger_on_first_use=False,
    )
