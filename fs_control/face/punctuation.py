"""How words are put beside one another in each language: brackets, commas and lists. No word of its own."""

from __future__ import annotations

from collections.abc import Iterable


def with_note(text: str, note: str, language: str) -> str:
    """Return text with a note in brackets behind it."""
    return f"{text}（{note}）" if language == "zh" else f"{text} ({note})"


def with_remark(text: str, remark: str, language: str) -> str:
    """Return text with a remark about it."""
    return f"{text}：{remark}" if language == "zh" else f"{text}, {remark}"


def listed(items: Iterable[str], language: str) -> str:
    """Return items that may hold commas themselves as one text."""
    return ("；" if language == "zh" else "; ").join(items)
