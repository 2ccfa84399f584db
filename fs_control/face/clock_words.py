"""Moments as the clocks of an enterprise show them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fs_control.ids import SECOND, Micros


def local_time(at: Micros, zone: str) -> datetime:
    """Return a moment in a time zone."""
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone(ZoneInfo(zone))


def since_words(at: int | None, zone: str) -> str | None:
    """Return since when something is so, with the day, because it may be another one."""
    return None if at is None else f"{local_time(Micros(at), zone):%m-%d %H:%M:%S}"
