r"""Dial strings and the arguments of api commands: quotes, escapes, and variables in braces.

Owns switch_separate_string (words, `'quotes'`, `\` escapes), `{a=b,c=d}` and `[a=b]` before an endpoint, and what
follows them. Trace header-traps shows the traps. Pure. Easy to break: quotes are taken away once per splitting, so a
comma inside a value must be escaped as `\,` even when the value stood in quotes. A variable in `{}` wins over the same
in `[]` (switch_ivr_originate without local_var_clobber).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "s": " "}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DialString:
    """Variables for one leg, and the endpoint: its type (`user`, `sofia`, ...) and address."""

    variables: tuple[Pair, ...]
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Variables for all legs, and who is rung: the legs of a round together, the rounds one after the other."""

    variables: tuple[Pair, ...]
    rounds: tuple[tuple[DialString, ...], ...]


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


def parse_dial(text: str) -> Dial:
    """Read `{a=b}[c=d]kind/address,kind/address|kind/address`: `,` rings together, `|` one after the other."""
    variables: list[Pair] = []
    rest = text.strip()
    while rest.startswith("{") and (end := rest.find("}")) >= 0:
        variables += parse_variables(rest[1:end])
        rest = rest[end + 1 :].lstrip()
    rounds = [tuple(_parse_leg(leg) for leg in _split_legs(part)) for part in separate(rest, "|")]
    return Dial(tuple(variables), tuple(rounds))


def _parse_leg(text: str) -> DialString:
    """Read `[a=b]kind/address`."""
    variables: list[Pair] = []
    rest = text.strip()
    while rest.startswith("[") and (end := rest.find("]")) >= 0:
        variables += parse_variables(rest[1:end])
        rest = rest[end + 1 :].lstrip()
    kind, _, address = rest.partition("/")
    return DialString(tuple(variables), kind.lower(), address)


def _split_legs(text: str) -> list[str]:
    """Split at commas that stand outside of `[...]`."""
    parts, depth, begin = [], 0, 0
    for place, character in enumerate(text):
        depth += (character == "[") - (character == "]" and depth > 0)
        if character == "," and not depth:
            parts.append(text[begin:place])
            begin = place + 1
    return [*parts, text[begin:]]


def split_scope(text: str) -> tuple[list[Pair], str]:
    """Read `%[a=b]rest`, the variables of one application: the pairs, and the rest; `%;[a=b;c=d]` separates by `;`.

    switch_core_session_exec.
    """
    start = text[:3].find("[")
    end = text.find("]")
    if text[:1] != "%" or start < 1 or end < 0:
        return [], text
    separator = "," if start == 1 else text[1]
    return _pairs(text[start + 1 : end], separator), text[end + 1 :]


def parse_variables(text: str) -> list[Pair]:
    """Read `a=b,c=d`; `^^X` at the start makes X the separator."""
    separator = ","
    if text.startswith("^^") and len(text) > 2:
        separator, text = text[2], text[3:]
    return _pairs(text, separator)


def _pairs(text: str, separator: str) -> list[Pair]:
    pairs = (part.partition("=") for part in separate(text, separator))
    return [(name.strip(), value) for name, equals, value in pairs if equals and name.strip()]


def split_user(address: str) -> Pair:
    """`1001@domain` as user and domain; the domain may be missing."""
    user, _, domain = address.partition("@")
    return user, domain
