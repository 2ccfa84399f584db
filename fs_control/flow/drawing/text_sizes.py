"""How wide a text will be, without asking a font: an estimate on the safe side, Chinese signs as wide as they are high.

The reader's machine chooses the font, so a box gets room for the widest common one. Easy to break: combining signs
take no room, and emoji take as much as a Chinese sign.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = frozenset("ijl.,:;'|!()[]{} ")
_MIDDLE: Final = frozenset('frt-*/\\"1')
_CLOSING: Final = frozenset("，。、；：？！）》」』】")
_BROAD: Final = frozenset("mwMW@%…—")


def text_width(text: str, size: float) -> float:
    """Return the width of a text in the unit of `size`, the height of its font."""
    return sum(map(_ems, text)) * size


def wrapped(text: str, size: float, widest: float, most_lines: int) -> list[str]:
    """Break a text into at most so many lines of this width; at blanks where there are some, else anywhere."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and text_width(line + word, size) > widest:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    lines.append(line)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], fitted("".join(lines[most_lines - 1 :]), size, widest)]
    return lines


def fitted(text: str, size: float, widest: float) -> str:
    """Cut a text that is too wide, and show that something is missing."""
    if text_width(text, size) <= widest:
        return text
    while text and text_width(text + "…", size) > widest:
        text = text[:-1]
    return text.rstrip() + "…"


def _words(text: str) -> list[str]:
    """Split a text where it may be broken: behind blanks and punctuation, and around every wide sign."""
    words: list[str] = [""]
    for sign in text:
        if sign in _CLOSING:
            words[-1 if words[-1] or len(words) == 1 else -2] += sign  # no line begins with it
        elif _is_wide(sign):
            words += [sign, ""]
        else:
            words[-1] += sign
            if sign in " -_/,.&?=" or len(words[-1]) >= 24:  # a URL has no blanks
                words.append("")
    return [word for word in words if word]


def _ems(sign: str) -> float:
    if unicodedata.category(sign).startswith("M"):
        return 0.0
    if _is_wide(sign):
        return 1.02
    if sign in _BROAD:
        return 0.95
    if sign in _NARROW:
        return 0.34
    if sign in _MIDDLE:
        return 0.48
    return 0.72 if sign.isupper() else 0.61


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
