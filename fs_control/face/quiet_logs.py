"""Logs of the rooms below, when a small command uses them: warnings only, and on stderr."""

from __future__ import annotations

import logging
import sys

import structlog


def quiet_logs() -> None:
    """Keep log lines out of the answer; structlog's own default prints them on stdout."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
