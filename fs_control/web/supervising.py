"""A leader's wish as a request of HTTP: the one reading of it.

Owns the shape of the body and the names of wishes; what is possible at which moment is the centre's to say.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from fs_control.errors import UserMistake
from fs_control.records import SuperviseWish
from fs_control.web.acting import Name

_WISHES: Final = {wish.value: wish for wish in SuperviseWish}


class LeaderBody(BaseModel):
    """Who is to be on the call."""

    model_config = ConfigDict(extra="forbid")

    leader: Name = Field(description="The number of the leader")


def wish_named(name: str) -> SuperviseWish:
    """Return the wish of this name; UserMistake `supervise_wish_unknown`."""
    found = _WISHES.get(name)
    if found is None:
        nearest = next(iter(get_close_matches(name, _WISHES, n=1)), None)
        raise UserMistake("supervise_wish_unknown", wish=name, nearest=nearest)
    return found
