"""Which day it is where the enterprise is: the one place that knows what a time zone does to a midnight."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fs_control.events import DayBegan
from fs_control.ids import SECOND, Micros


def day_at(moment: Micros, time_zone: str) -> DayBegan:
    """Return the day of a moment in a time zone, and when it ends.

    A midnight that the clocks jump over is the moment of the jump; one that they show twice is the next of the two.
    """
    zone = ZoneInfo(time_zone)
    here = datetime.fromtimestamp(moment // SECOND, zone)
    next_day = here.date() + timedelta(days=1)
    midnights = (_micros(datetime.combine(next_day, time.min, zone).replace(fold=fold)) for fold in (0, 1))
    ends_at = next(midnight for midnight in midnights if midnight > moment)
    return DayBegan(day=here.date().isoformat(), ends_at=ends_at)


def _micros(moment: datetime) -> Micros:
    return Micros(int(moment.astimezone(UTC).timestamp()) * SECOND)
