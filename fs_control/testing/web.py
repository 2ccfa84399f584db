"""Other people's servers, with memory: what was asked of them, and what they answer."""

from __future__ import annotations

from fs_control.ports import WebAnswer, WebRequest


class MemoryWeb:
    """Answers each URL as it was told to; one that it was told nothing of is not there."""

    def __init__(self) -> None:
        self.asked: list[WebRequest] = []
        self.answers: dict[str, WebAnswer] = {}

    def fetch(self, request: WebRequest) -> WebAnswer:
        """Remember what was asked, and answer."""
        self.asked.append(request)
        return self.answers.get(request.url, WebAnswer(ok=False, reason="unreachable"))
