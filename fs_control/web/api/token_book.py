"""The tokens in memory: a request is judged without asking the database, and also while that is away.

Owns when they are read again, as the phone book does: every few seconds, and at once when somebody who changed them
says so. Knows no database; it is handed ways of reading and of noting. Easy to break: a database that is away changes
nothing, for nobody can revoke a token then; and what was used meanwhile is noted when it is back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import gevent
import structlog
from gevent.lock import RLock

from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import Micros
from fs_control.records import ApiToken
from fs_control.web.api.credentials import id_in, is_shown

log = structlog.get_logger(__name__)

AGAIN_S: Final = 10.0
"""How late a change may be seen that nobody told us of, and a use be noted."""


class TokenBook:
    """The tokens by their ids, as they were when last read."""

    def __init__(
        self, read: Callable[[], Iterable[ApiToken]], note_used: Callable[[Mapping[str, Micros]], None]
    ) -> None:
        self._read = read
        self._note_used = note_used
        self._tokens: dict[str, ApiToken] | None = None
        self._used: dict[str, Micros] = {}
        self._turn = RLock()
        self._reads_well = True

    def find(self, text: str) -> ApiToken | None:
        """Return the token that somebody shows, whether it has expired or not; None for any other text.

        RemoteFault `tokens_not_read` before they could be read for the first time.
        """
        if self._tokens is None:
            raise RemoteFault("tokens_not_read")
        token = self._tokens.get(id_in(text) or "")
        return token if token is not None and is_shown(token, text) else None

    def note(self, token: ApiToken, at: Micros) -> None:
        """Remember that a token was used; the database hears of it later."""
        self._used[token.id] = at

    def refresh(self) -> None:
        """Read the tokens; when this returns, what was changed before the call is known. A fault keeps the old."""
        with self._turn:
            self._tokens = {token.id: token for token in self._read()}

    def run(self) -> None:
        """Read the tokens and note their use again and again, until the greenlet is ended."""
        while True:
            self._try()
            gevent.sleep(AGAIN_S)

    def _try(self) -> None:
        used, self._used = self._used, {}
        try:
            self.refresh()
            self._note_used(used)
            self._reads_well = True
        except (RemoteFault, UserMistake) as fault:  # away, or not to be used so: both may pass
            self._used = {**used, **self._used}
            if self._reads_well:
                log.warning("tokens not read", action="tokens_not_read", why=fault.code)
            self._reads_well = False
