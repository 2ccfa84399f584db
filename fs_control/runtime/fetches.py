"""Asking other people's servers for flows, beside the inbox and never in it.

Takes `FetchUrl` in and answers each with `UrlFetched`. Secrets are put in here and nowhere else. Easy to break: the
log tells host and outcome, and never a whole URL, which may hold what a caller typed.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from gevent.pool import Pool

from fs_control.commands import FetchUrl
from fs_control.errors import UserMistake
from fs_control.events import UrlFetched
from fs_control.ids import OpId
from fs_control.ports import Clock, Notice, WebAnswer, WebClient, WebRequest
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.vault import Vault

log = structlog.get_logger(__name__)

AT_ONCE: Final = 100
"""So many questions under way; one more is answered at once with `busy`, and waits for nobody."""

BUSY: Final = "busy"

_HOST: Final = re.compile(r"[0-9A-Za-z.:\[\]_-]{1,255}")


class Fetches:
    """Questions in, answers out."""

    def __init__(self, client: WebClient, vault: Vault, clock: Clock, notice: Notice) -> None:
        self._client = client
        self._vault = vault
        self._clock = clock
        self._notice = notice
        self._pool = Pool(AT_ONCE)

    def put(self, command: FetchUrl) -> None:
        """Take a question in; never blocks. Secrets are read now: the call may be over a moment later."""
        try:
            request = self._request(command)
        except UserMistake as lost:
            self._answer(command, WebAnswer(ok=False, reason=lost.code))
            return
        if self._pool.full():
            self._answer(command, WebAnswer(ok=False, reason=BUSY))
        else:
            self._pool.spawn(self._ask, command, request)

    def stop(self) -> None:
        """Give up what is under way."""
        self._pool.kill()

    def _request(self, command: FetchUrl) -> WebRequest:
        reveal = self._vault.reveal
        return WebRequest(
            method=command.method,
            url=reveal(command.call, command.url, lambda digits: quote(digits, safe="")),
            body=reveal(command.call, command.body),
            deadline_s=self._clock.real_seconds(command.deadline),
            want=command.want,
        )

    def _ask(self, command: FetchUrl, request: WebRequest) -> None:
        try:
            answer = self._client.fetch(request)
        except Exception as error:  # noqa: BLE001 - a defect must not cost more than one question
            kind, place = type(error).__name__, place_of(error)
            log.error("fetch crashed", action="fetch_crashed", call=command.call, error=kind, at=place)
            answer = WebAnswer(ok=False, reason="unreachable")
        self._answer(command, answer)

    def _answer(self, command: FetchUrl, answer: WebAnswer) -> None:
        outcome = answer.reason or "ok"
        log.info("fetched", action="fetched", call=command.call, host=_host_of(command.url), outcome=outcome)
        if command.op is not None:
            self._notice(_told(command, command.op, answer))


def _told(command: FetchUrl, op: OpId, answer: WebAnswer) -> UrlFetched:
    return UrlFetched(call=command.call, op=op, ok=answer.ok, values=answer.values, reason=answer.reason)


def _host_of(url: str) -> str:
    """Return the host of a URL that may be anything; what is no host is not told."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""
