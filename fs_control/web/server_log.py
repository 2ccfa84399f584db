"""What gevent's HTTP server has to say, as lines of our log."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

log = structlog.get_logger(__name__)


class ServerLog:
    """The file-like thing to which a server writes; `action` names the server."""

    def __init__(self, level: int, action: str) -> None:
        self._level = level
        self._action = action

    def write(self, text: str, /) -> None:
        """Take text in; blank lines are no news."""
        for line in text.splitlines():
            if line.strip():
                log.log(self._level, "http server", action=self._action, line=line.strip())

    def writelines(self, lines: Iterable[str], /) -> None:
        """Take several texts in."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: a line is logged when it comes."""
