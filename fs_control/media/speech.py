"""Sentences that nobody recorded, read aloud by a synthesiser when a flow is activated, never during a call (N5).

A sentence's prompt is named by its text and language (`flow.literal_name`); who read it is noted beside it, so
that another voice makes it anew and the same one does not. Easy to break: what cannot be made must be known before the
flow is active; what was made stays, so that a second try goes on where the first ran out of time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import Final

from fs_control.errors import UserMistake
from fs_control.flow import literal_name
from fs_control.media.library import Library
from fs_control.media.prompts import shipped_words
from fs_control.media.sound import sound_of
from fs_control.media.speakers import Speaker, speaker_of
from fs_control.settings import SpeechSettings
from fs_control.texts.numerals import digits_parts, number_parts

DEADLINE_S: Final = 120.0
LONGEST_TEXT: Final = 500
TAIL_S: Final = 0.1
"""Silence behind a sentence: a value may follow at once."""
SPOKEN_BY: Final = "spoken-by.json"

_FIGURES: Final = re.compile(r"[0-9]+")
_LONGEST_NUMBER: Final = 4
"""Digits: what is longer, or begins with a nought, is said digit by digit."""
_SIGNS: Final = {"#": "井号", "*": "星号"}


def speak_all(
    sentences: Iterable[tuple[str, str]],
    library: Library,
    settings: SpeechSettings | None = None,
    deadline_s: float = DEADLINE_S,
) -> dict[tuple[str, str], str]:
    """Have every sentence, as (language, text), in the library, and return the names of their prompts.

    Raises UserMistake: `media_programs_missing` names the package, `speech_too_slow` where the time runs out, and
    others what is wrong with a text or with the settings; RemoteFault where a service cannot be had.
    """
    wanted = {(language, _plain(text)): text for language, text in sentences}
    speaker, until = speaker_of(settings or SpeechSettings()), monotonic() + deadline_s
    missing = [each for each in wanted if not _is_spoken(library, *each, speaker)]
    for done, (language, text) in enumerate(missing):
        left = until - monotonic()
        if left <= 0:
            raise UserMistake("speech_too_slow", seconds=round(deadline_s), done=done, count=len(missing))
        _speak(text, language, library, speaker, left)
    return {(language, text): literal_name(plain, language) for (language, plain), text in wanted.items()}


def readable(text: str, language: str) -> str:
    """Return a text as a synthesiser reads it right: the Chinese voice misreads figures and signs of keys."""
    if language != "zh":
        return text
    words = shipped_words()

    def in_words(found: re.Match[str]) -> str:
        figures = found[0]
        as_digits = len(figures) > _LONGEST_NUMBER or (figures.startswith("0") and figures != "0")
        rows = [figures[at : at + 32] for at in range(0, len(figures), 32)]
        parts = [part for row in rows for part in digits_parts(row, "zh")] if as_digits else number_parts(figures, "zh")
        return "".join(words[part]["zh"] for part in parts)

    return "".join(_SIGNS.get(sign, sign) for sign in _FIGURES.sub(in_words, text))


def _speak(text: str, language: str, library: Library, speaker: Speaker, seconds: float) -> None:
    if not 0 < len(text) <= LONGEST_TEXT:
        raise UserMistake("speech_text_length", text=text[:40], longest=LONGEST_TEXT)
    audio = speaker.speak(readable(text, language), language, seconds)
    name = literal_name(text, language)
    library.put(name, language, sound_of(audio, f"{name}.wav", TAIL_S).wav)
    _note(library, f"{language}/{name}", speaker.identity(language))


def _plain(text: str) -> str:
    """Return a text on one line, without signs that steer anything."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _is_spoken(library: Library, language: str, text: str, speaker: Speaker) -> bool:
    name = literal_name(text, language)
    by = _spoken_by(library).get(f"{language}/{name}")
    return by == speaker.identity(language) and library.has(name, language)


def _notes(library: Library) -> Path:
    return library.folder / SPOKEN_BY


def _spoken_by(library: Library) -> dict[str, str]:
    """Read who read what; where that is not known, everything is read anew."""
    try:
        found = json.loads(_notes(library).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _note(library: Library, key: str, by: str) -> None:
    text = json.dumps({**_spoken_by(library), key: by}, indent=0, sort_keys=True)
    unborn = _notes(library).with_suffix(".new")
    unborn.write_text(text, encoding="utf-8")
    unborn.replace(_notes(library))
