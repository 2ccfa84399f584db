"""Where the log of a process goes: lines of JSON in a file, or readable lines on stderr. stdout is for answers."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TextIO

import structlog


def log_to_stderr() -> None:
    """Write readable lines, as for a person who watches."""
    _configure(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()), sys.stderr)


def log_to_file(path: Path) -> None:
    """Append one JSON object a line, as for a machine."""
    _configure(structlog.processors.JSONRenderer(), path.open("a", encoding="utf-8", buffering=1))


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
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
