"""How values of ours become values of PostgreSQL, and the same values again.

Knows no table. Moments are whole microseconds on both sides, turned by integer arithmetic only: one float in between
and a record would not come back equal. Text is text whatever it says; only what PostgreSQL cannot hold (NUL, half a
surrogate pair) is replaced by U+FFFD.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from fs_control.errors import BrokenInvariant
from fs_control.ids import Micros

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def storable_text(text: str) -> str:
    """Return `text` with U+FFFD in place of NUL and lone surrogates, which PostgreSQL refuses."""
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class MicrosTime(TypeDecorator[Micros]):
    """A timestamptz column read and written as microseconds since 1970 UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Micros | None, dialect: Dialect) -> datetime | None:
        """Turn microseconds into a moment; BrokenInvariant `time_out_of_range` outside the years 1 to 9999."""
        if value is None:
            return None
        try:
            return _EPOCH + timedelta(microseconds=value)
        except OverflowError as error:
            raise BrokenInvariant("time_out_of_range", micros=value) from error

    def process_result_value(self, value: Any, dialect: Dialect) -> Micros | None:
        """Turn a moment into microseconds."""
        return None if value is None else Micros((value - _EPOCH) // _MICROSECOND)


class StoredText(TypeDecorator[str]):
    """A text column; see `storable_text`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what PostgreSQL cannot hold."""
        return None if value is None else storable_text(value)
