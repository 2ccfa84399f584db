"""A moment as a person types it: with the day, or the time of day alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fs_control.errors import UserMistake
from fs_control.face.clock_words import local_time
from fs_control.ids import SECOND, Micros


def moment_typed(text: str, zone: str, day_of: Micros) -> Micros:
    """Return the moment that `2026-12-31 09:00`, `09:00:05` or `09:00:05.250` names on the clocks of a time zone.

    Without a day it is that of `day_of`. UserMistake `moment_not_read` where it names none.
    """
    day, _, clock = text.strip().replace("T", " ").rpartition(" ")
    day = day or f"{local_time(day_of, zone):%Y-%m-%d}"
    try:
        read = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZoneInfo(zone))
    except ValueError as error:
        raise UserMistake("moment_not_read", text=text) from error
    return Micros(round(read.timestamp() * SECOND))
