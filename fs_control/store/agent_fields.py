"""How the cells are read that say how agents begin and how long they finish notes, and how they are written again.

Text in, value out, as in `directory_fields`; a value that is left out is none, and the next one speaks (A26).
"""

from __future__ import annotations

import re
from typing import Final

from fs_control.errors import UserMistake
from fs_control.store.directory_fields import one_of

LONGEST_WRAP_UP_S: Final = 3600
"""Longer than that is a break."""

_SECONDS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_STARTS: Final = {"on_break": True, "ready": False}


def wrap_up(text: str) -> float:
    """Read how many seconds an agent has for notes after a call (A13); 0 is none."""
    if not _SECONDS.fullmatch(text) or float(text) > LONGEST_WRAP_UP_S:
        raise UserMistake("not_seconds", text=text, least=0, most=LONGEST_WRAP_UP_S)
    return float(text)


def wrap_up_text(wrap_up_s: float | None) -> str | None:
    """Write what `wrap_up` reads."""
    return None if wrap_up_s is None else f"{wrap_up_s:g}"


def starts(text: str) -> bool:
    """Read how an agent begins after the sign-in (A10): `on_break` or `ready`."""
    return _STARTS[one_of(text.lower().replace("-", "_"), tuple(_STARTS), "start_unknown")]


def starts_text(starts_on_break: bool | None) -> str | None:
    """Write what `starts` reads."""
    return None if starts_on_break is None else "on_break" if starts_on_break else "ready"
