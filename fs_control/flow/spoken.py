"""Sentences with values in them: what an admin writes, which prompts say it, and what the record says was said.

    您的余额是 {balance:money}，工号 {customer.owner:agent} 为您服务。

A piece of literal text becomes one prompt that is made when the flow is activated (`literal_name`); a value in braces
is put together of recorded parts by the rules of `texts.spoken`. Easy to break: only what those rules can say may
stand in braces, so a value that comes from a caller or a server is never synthesised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final, TypeAlias

from fs_control.errors import UserMistake
from fs_control.flow.answers import Value
from fs_control.flow.facts import FACTS
from fs_control.texts import spoken

MAX_SENTENCE: Final = 500
"""Characters; a caller listens to half a minute of that."""

HOWS: Final = tuple(spoken.SpeakAs)
"""The ways to say a value."""

SLOT: Final = re.compile(r"\{([^{}]*)\}")
"""A place in a text that takes a value."""
_IN_SLOT: Final = re.compile(r"([^\W\d]\w*(?:\.[a-z_]+)?)(?::([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Literal:
    """Words as they stand in the flow, with the blanks around them."""

    text: str

    @property
    def words(self) -> str:
        """What is to be said of it: nothing where it is a mere full stop."""
        return self.text.strip() if any(character.isalnum() for character in self.text) else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value: of a variable, or of a fact with a dot in its name; `how` is one of HOWS, "" for the plain way."""

    name: str
    how: str
    column: int


Piece: TypeAlias = Literal | Slot


class SentenceMistake(UserMistake):
    """A sentence is not well made; `column` counts from 0 in its text."""

    def __init__(self, code: str, column: int, **values: str) -> None:
        super().__init__(code, **values)
        self.column = column


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to a caller: the words, and the prompts that say them."""

    text: str
    parts: tuple[str, ...]


def literal_name(text: str, language: str) -> str:
    """Return the name of the prompt that says these words: the same words in the same language are one prompt."""
    digest = sha256(f"{language}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"say-{digest[:16]}"


@lru_cache(maxsize=4096)
def pieces_of(sentence: str) -> tuple[Piece, ...]:
    """Take a sentence apart. Raises SentenceMistake; whether its variables are ever set is not looked at."""
    pieces: list[Piece] = []
    end = 0
    for found in SLOT.finditer(sentence):
        pieces += _literal(sentence, end, found.start())
        pieces.append(_slot(found))
        end = found.end()
    return tuple(pieces + _literal(sentence, end, len(sentence)))


def literals_of(sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence that have to be made into prompts."""
    return tuple(piece.words for piece in pieces_of(sentence) if isinstance(piece, Literal) and piece.words)


def slots_of(sentence: str) -> tuple[Slot, ...]:
    """Return the values that a sentence says."""
    return tuple(piece for piece in pieces_of(sentence) if isinstance(piece, Slot))


def said(sentence: str, values: Mapping[str, Value], language: str) -> Said:
    """Put a sentence together. Raises UserMistake where a value is missing or cannot be said in this way."""
    text: list[str] = []
    parts: list[str] = []
    for piece in pieces_of(sentence):
        if isinstance(piece, Literal):
            text.append(piece.text)
            parts += [literal_name(piece.words, language)] if piece.words else []
        else:
            value = _value(piece, values)
            how = piece.how or plain_how(value)
            text.append(spoken.spoken_text(how, value, language))
            parts += spoken.spoken_parts(how, value, language)
    return Said("".join(text).strip(), tuple(parts))


def plain_how(value: Value) -> str:
    """Return how a value is said whose sentence does not say it: numbers as numbers, anything else by its digits."""
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else "digits"


def _value(slot: Slot, values: Mapping[str, Value]) -> Value:
    if slot.name not in values:
        raise UserMistake("flow_variable_not_set", name=slot.name)
    return values[slot.name]


def _literal(sentence: str, start: int, end: int) -> list[Piece]:
    text = sentence[start:end]
    for brace in "{}":
        if brace in text:
            raise SentenceMistake("flow_sentence_brace", start + text.index(brace))
    return [Literal(text)] if text else []


def _slot(found: re.Match[str]) -> Slot:
    inside = _IN_SLOT.fullmatch(found.group(1).strip())
    column = found.start() + 1
    if inside is None:
        raise SentenceMistake("flow_sentence_slot", column, text=found.group())
    name, how = inside.group(1), inside.group(2) or ""
    if "." in name and name not in FACTS:
        raise SentenceMistake("flow_unknown_fact", column, name=name)
    if how and how not in HOWS:
        raise SentenceMistake("flow_unknown_how", column, how=how)
    return Slot(name, how, column)
