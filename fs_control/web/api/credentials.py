"""What a token looks like, and what of it is kept.

`fsc_<id>_<secret>`: the id finds the row, the secret is 256 random bits. Pure but for the chance that it is handed.
Easy to break: nothing here may print or log a token; only its digest leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from fs_control.records import ApiToken

PREFIX: Final = "fsc"
"""So that whoever finds one, and the scanners that look for secrets in files, know whose it is."""

ID_BYTES: Final = 8
SECRET_BYTES: Final = 32

_TOKEN: Final = re.compile(rf"{PREFIX}_(?P<id>[0-9a-f]{{16}})_(?P<secret>[0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was made just now: `text` is shown once, and `id` and `digest` are kept."""

    id: str
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What is kept instead of the token."""
        return _digest(self.text)


def make_token(random_bytes: Callable[[int], bytes]) -> NewToken:
    """Make a token of random bytes (`secrets.token_bytes`)."""
    id = random_bytes(ID_BYTES).hex()
    return NewToken(id, f"{PREFIX}_{id}_{random_bytes(SECRET_BYTES).hex()}")


def id_in(text: str) -> str | None:
    """Return the id in what somebody shows; None where it is no token."""
    found = _TOKEN.fullmatch(text)
    return found["id"] if found is not None else None


def is_shown(token: ApiToken, text: str) -> bool:
    """Tell whether somebody shows this very token; takes as long for a wrong one as for a right one."""
    return compare_digest(token.digest, _digest(text))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
