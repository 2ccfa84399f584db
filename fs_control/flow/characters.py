"""What may stand in a flow's text at all, and the characters that look like YAML's own and are not.

Knows characters and their places and no YAML. A Chinese input method writes `：` for `:` and `“` for `"`, a word
processor writes `’` for `'`; to YAML these are letters like any other. Easy to break: inside a sentence that a caller
hears they are right, so a lookalike is a mistake only where something else is wrong because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from fs_control.flow.problems import MAX_PROBLEMS

MAX_CHARACTERS: Final = 128 * 1024
"""A flow of MAX_STEPS steps has half of this; reading it takes a fraction of a second, as a hostile text does."""

_NOT_ALLOWED: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 does not take, and the line breaks that it knows and no editor does (U+0085, U+2028, U+2029)."""
_HIDDEN: Final = re.compile(r"(?!\A)[\ufeff\u202a-\u202e\u2066-\u2069]")
"""Behind the beginning: the mark of a second file put behind the first, and signs that turn text round."""
STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What no value may have, not by an escape either: it would steer a terminal or turn its text round."""
_TAB_BEFORE_TEXT: Final = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_HASH_AS_KEY: Final = re.compile(r"^[ ]*(#)[ ]?[:：](?=[ \n\r]|$)", re.MULTILINE)
_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")

LOOKALIKES: Final[Mapping[str, str]] = {
    "：": ":",
    "，": ",",
    "、": ",",
    "；": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "＂": '"',
    "「": '"',
    "」": '"',
    "‘": "'",
    "’": "'",
    "＇": "'",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "＃": "#",
    "＊": "*",
    "－": "-",
    "（": "(",
    "）": ")",
    "＝": "=",
    "＜": "<",
    "＞": ">",
    "！": "!",
    "＋": "+",
    "／": "/",
    "％": "%",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "　": " ",
    "\u00a0": " ",
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
}
"""Character -> the one of YAML that was meant."""
INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
"""Characters that nobody sees; text copied from a web page or a chat is full of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, line and column counted from 1."""

    line: int
    column: int


TOP: Final = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that may not stand where it stands."""

    place: Place
    code: str
    values: Mapping[str, str]
    is_harmless: bool = False
    """The text can be read all the same."""


def place_at(text: str, index: int) -> Place:
    """Return the place of a character as editors show it, whatever ends the lines."""
    breaks = [found.end() for found in _LINE_BREAK.finditer(text, 0, index)]
    return Place(len(breaks) + 1, index - (breaks[-1] if breaks else 0) + 1)


def flaws_of(text: str) -> Iterator[Flaw]:
    """Find what no text of a flow may have; too long a text is not looked at."""
    if len(text) > MAX_CHARACTERS:
        yield Flaw(TOP, "flow_too_long", {"limit": str(MAX_CHARACTERS)})
        return
    for found in islice(_NOT_ALLOWED.finditer(text), MAX_PROBLEMS):
        yield Flaw(place_at(text, found.start()), "flow_bad_character", {"character": code_point(found.group())})
    for found in islice(_HIDDEN.finditer(text), MAX_PROBLEMS):
        yield Flaw(place_at(text, found.start()), "flow_invisible_character", {"character": code_point(found.group())})
    for found in islice(_TAB_BEFORE_TEXT.finditer(text), MAX_PROBLEMS):
        yield Flaw(place_at(text, found.end() - 1), "flow_tab", {})
    for found in islice(_HASH_AS_KEY.finditer(text), MAX_PROBLEMS):
        yield Flaw(place_at(text, found.start(1)), "flow_sign_needs_quotes", {"sign": "#"}, is_harmless=True)


def code_point(character: str) -> str:
    """Name a character that cannot be shown."""
    return f"U+{ord(character):04X}"


def lookalike_in(text: str) -> int | None:
    """Return the index of the first character that is not what it looks like, None where there is none."""
    return next((index for index, sign in enumerate(text) if sign in LOOKALIKES or sign in INVISIBLE), None)


def lookalike_flaw(sign: str) -> tuple[str, Mapping[str, str]]:
    """Return code and values for a character that is not what it looks like."""
    if sign in INVISIBLE:
        return "flow_invisible_character", {"character": code_point(sign)}
    if LOOKALIKES[sign] == " ":
        return "flow_wide_blank", {"character": code_point(sign)}
    return "flow_lookalike", {"sign": sign, "meant": LOOKALIKES[sign]}
