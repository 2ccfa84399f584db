"""Taking values out of the JSON that somebody else's server sends.

Pure. Only single values are taken, and none that a switch or a terminal could take for an order. Easy to break: JSON
may nest without end, hold numbers without end, and Python's own reader takes NaN; each is a reason and not an error.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeAlias

from fs_control.ports import WebAnswer

Value: TypeAlias = str | int | float | bool

LONGEST_TEXT: Final = 256
LARGEST_INTEGER: Final = 2**63 - 1

NOT_JSON: Final = "not_json"
MISSING: Final = "missing"

_WORD_OF_A_SECRET: Final = "secret:"
"""How the words begin that stand for what callers typed: no server may put one into a flow."""


def values_from(body: bytes, want: Mapping[str, str]) -> WebAnswer:
    """Return the wanted values; `not_json`, or `missing:PATH` for the first one that is not there or no single value.

    Where nothing is wanted the body may be anything.
    """
    if not want:
        return WebAnswer(ok=True)
    try:
        data = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or nested too deep
        return WebAnswer(ok=False, reason=NOT_JSON)
    values: dict[str, Value] = {}
    for name, path in want.items():
        value = _single(_at(data, path))
        if value is None:
            return WebAnswer(ok=False, reason=f"{MISSING}:{path}")
        values[name] = value
    return WebAnswer(ok=True, values=values)


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _at(data: Any, path: str) -> Any:
    """Return what stands at a path (`data.items.0.id`); None where nothing does."""
    for part in path.split("."):
        match data:
            case dict():
                data = data.get(part)
            case list() if part.isascii() and part.isdigit() and len(part) < len(str(len(data))) + 1:
                data = data[int(part)] if int(part) < len(data) else None
            case _:
                return None
    return data


def _single(found: Any) -> Value | None:
    match found:
        case bool():
            return found
        case int():
            return found if abs(found) <= LARGEST_INTEGER else None
        case float():
            return found if math.isfinite(found) else None
        case str() if not found.startswith(_WORD_OF_A_SECRET):
            return _plain(found)
        case _:
            return None


def _plain(text: str) -> str:
    """Return text without control characters and halves of characters, cut to its limit."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cc", "Cs"))
    return "".join(kept)[:LONGEST_TEXT]
