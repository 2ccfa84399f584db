"""What requests may ask for, as models: unknown names are refused, and nothing is guessed.

Owns the reading of addresses' queries and of bodies. Easy to break: an agent's number and a cursor come from strangers,
so each has a length, and a moment without an offset is nobody's clock and is refused.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from fs_control.errors import UserMistake
from fs_control.ids import CallId, Micros
from fs_control.ports import CallPlace
from fs_control.records import Disposition
from fs_control.web.acting import Name, Note

MOST_RECORDS: Final = 200
USUAL_RECORDS: Final = 50

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 9998

_PLACE: Final = re.compile(r"(?P<at>[0-9]{1,17})\.(?P<call>[!-~]{1,200})")


def _storable(at: datetime) -> datetime:
    """Refuse what is no moment any more somewhere on earth."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("no year of ours")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_storable)]


class RecordQuery(BaseModel):
    """Which ended calls; what is not given narrows nothing."""

    model_config = ConfigDict(extra="forbid")

    started_from: Moment | None = Field(default=None, description="The first moment, such as 2026-12-31T08:00:00+08:00")
    started_before: Moment | None = Field(default=None, description="The moment behind the last")
    number: Name | None = Field(default=None, description="The service number that was called")
    caller: Name | None = Field(default=None, description="The caller's number in any form")
    agent: Name | None = Field(default=None, description="The number of an agent who was offered the call")
    group: Name | None = Field(default=None, description="The name of a group in which the call was")
    disposition: Disposition | None = Field(default=None, description="What became of it")
    limit: Annotated[int, Field(ge=1, le=MOST_RECORDS)] = USUAL_RECORDS
    after: Annotated[str, Field(max_length=400)] | None = Field(default=None, description="`next` of the page before")


class DialBody(BaseModel):
    """Whom an agent is to call."""

    model_config = ConfigDict(extra="forbid")

    agent: Name
    to: Name
    note: Note = ""


def cursor_of(place: CallPlace) -> str:
    """Write a place in the list of calls as a word for an address."""
    return urlsafe_b64encode(f"{place.started_at}.{place.call}".encode()).rstrip(b"=").decode()


def place_of(cursor: str) -> CallPlace:
    """Read such a word; UserMistake `cursor_unusable` where it is none of ours."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:  # binascii.Error and UnicodeDecodeError among them
        text = ""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise UserMistake("cursor_unusable")
    return CallPlace(Micros(int(found["at"])), CallId(found["call"]))
