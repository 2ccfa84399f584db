"""What a leader does from the board with one key. Each order answers with the sentence that the last line shows."""

from __future__ import annotations

from fs_control.face.client import EngineClient
from fs_control.face.words import words


def back_to_work(engine: EngineClient) -> str:
    """Let all take calls again who were put on a break because they let the phone ring too often."""
    numbers: list[str] = engine.status()["not_answering"]
    for number in numbers:
        engine.act(number, "ready")
    return words("live.back_to_work", agents=", ".join(numbers)) if numbers else words("live.nobody_on_break")
