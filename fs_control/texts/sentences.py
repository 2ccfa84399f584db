"""Turns a code and values into a sentence in the reader's language.

Nothing here raises because of its input: whoever reads a sentence wants to know what happened, so an unknown code or
a missing value shows code and values as they are. Values may be what strangers sent (a caller's name, a header), so
control characters never reach a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from fs_control.errors import FsControlError
from fs_control.texts.catalogue import CATALOGUE, Text

LANGUAGES: Final = ("en", "zh")


def sentence(code: str, values: Mapping[str, object], language: str) -> str:
    """Return the sentence of a code in `zh` or, for any other language, in English.

    `values` may hold more than the sentence uses. An unknown code, or one whose values are missing, is shown plainly.
    Where `nearest` holds the valid name next to a misspelt one, it is asked for behind the sentence.
    """
    said = _said(code, values, language)
    meant = values.get("nearest")
    if not meant:
        return said
    between = "" if language == "zh" else " "
    return f"{said}{between}{_said('did_you_mean', {'suggestion': meant}, language)}"


def explain(error: FsControlError, language: str) -> str:
    """Return what an error of ours means to a person."""
    return sentence(error.code, error.values, language)


def language_from(environment: Mapping[str, str]) -> str:
    """Return the reader's language, `zh` or `en`, from the locale variables as POSIX ranks them; `en` by default."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(name)
        if locale:
            return "zh" if re.split(r"[_.@-]", locale)[0].lower() == "zh" else "en"
    return "en"


def _said(code: str, values: Mapping[str, object], language: str) -> str:
    shown = {name: _shown(value) for name, value in values.items()}
    text, rest = _look_up(code)
    if text is None:
        return _plainly(code, shown)
    try:
        return _in_language(text, language).format_map({"rest": _shown(rest), **shown})
    except KeyError:
        return _plainly(code, shown)


def _look_up(code: str) -> tuple[Text | None, str]:
    """Return the text of a code, or that of its family with what follows the family's name."""
    family, _, rest = code.partition(".")
    if code in CATALOGUE or not rest:
        return CATALOGUE.get(code), ""
    return CATALOGUE.get(f"{family}.*"), rest


def _in_language(text: Text, language: str) -> str:
    english, chinese = text
    return chinese if language == "zh" else english


def _plainly(code: str, shown: Mapping[str, str]) -> str:
    details = ", ".join(f"{name}={value}" for name, value in shown.items())
    return f"{_shown(code)} ({details})" if details else _shown(code)


def _shown(value: object) -> str:
    """Write a value into a sentence; bytes are what the wire brought, None is a dash, several are listed.

    Further lines (the end of a log) are indented, so that nobody takes them for ours.
    """
    if value is None:
        return "–"
    if isinstance(value, tuple | list):
        return ", ".join(_shown(each) for each in value)
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    lines = text.replace("\r\n", "\n").expandtabs(4).strip("\n").split("\n")
    return "\n    ".join(_without_controls(line) for line in lines)


def _without_controls(line: str) -> str:
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(sign) else sign for sign in line)


def _is_control(sign: str) -> bool:
    """Cc: escape, carriage return. Cf: invisible signs, such as those that turn the direction of writing."""
    return unicodedata.category(sign) in ("Cc", "Cf")
