"""What somebody typed to find something: every word has to be a part of the name or of the number (A2).

Knows nothing of what is searched. Easy to break: people write a number with blanks, hyphens and prefixes, and it is
stored in international form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fs_control.ids import parse_phone_number

_BETWEEN_DIGITS = str.maketrans("", "", "-().+")


def is_found(words: Sequence[str], *texts: str | None) -> bool:
    """Whether each word is a part of one of the texts, whatever its case."""
    lowered = [text.lower() for text in texts if text]
    return all(any(word.lower() in text for text in lowered) for word in words)


def number_parameters(words: Sequence[str], region: str) -> dict[str, list[Any]]:
    """Return the words as the queries `customers` and `memories` compare them.

    `names` with the name, `digits` with a part of the number (empty for a word that is none), and `whole` with all of
    it, where a word is a whole number of `region` or with a country code.
    """
    return {
        "names": [word.lower() for word in words],
        "digits": [_digits(word) for word in words],
        "whole": [parse_phone_number(word, region).e164 or "" for word in words],
    }


def _digits(word: str) -> str:
    bare = word.translate(_BETWEEN_DIGITS)
    return bare if bare.isascii() and bare.isdigit() else ""
