r"""Dial strings and the arguments of api commands: quotes, escapes, and variables in braces.

Owns switch_separate_string (words, `'quotes'`, `\` escapes), `{a=b,c=d}` and `[a=b]` before an endpoint, and what
follows them. Trace header-traps shows the traps. Pure. Easy to break: quotes are taken away once per splitting, so a
comma inside a value must be escaped as `\,` even when the value stood in quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "s": " "}
_CLOSING: Final = {"{": "}", "[": "]"}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DialString:
    """Variables for the leg, and the endpoint: its type (`user`, `sofia`, ...) and address."""

    variables: tuple[Pair, ...]
    kind: str
    address: str


def separate(text: str, separator: str) -> list[str]:
    """Split at a separator outside of quotes; quotes go away, escapes are read; spaces separate as runs."""
    parts: list[str] = []
    current: list[str] = []
    quoted = False
    place = 0
    while place < len(text):
        character = text[place]
        following = text[place + 1 : place + 2]
        if character == "\\" and following and (following in ("'", '"', "\\", separator) or following in _ESCAPES):
            current.append(_ESCAPES.get(following, following))
            place += 2
            continue
        if character == "'" and (quoted or "'" in text[place + 1 :]):
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append("".join(current))
            current = []
        else:
            current.append(character)
        place += 1
    parts.append("".join(current))
    return [part for part in parts if part] if separator == " " else parts


def parse_dial_string(text: str) -> DialString:
    """Read `{a=b}[c=d]kind/address`; what is in brackets later wins."""
    variables: list[Pair] = []
    rest = text.strip()
    while rest[:1] in _CLOSING:
        end = rest.find(_CLOSING[rest[0]])
        if end < 0:
            break
        variables += parse_variables(rest[1:end])
        rest = rest[end + 1 :].lstrip()
    kind, _, address = rest.partition("/")
    return DialString(tuple(dict(variables).items()), kind.lower(), address)


def parse_variables(text: str) -> list[Pair]:
    """Read `a=b,c=d`; `^^X` at the start makes X the separator."""
    separator = ","
    if text.startswith("^^") and len(text) > 2:
        separator, text = text[2], text[3:]
    pairs = (part.partition("=") for part in separate(text, separator))
    return [(name.strip(), value) for name, equals, value in pairs if equals and name.strip()]


def split_user(address: str) -> Pair:
    """`1001@domain` as user and domain; the domain may be missing."""
    user, _, domain = address.partition("@")
    return user, domain
