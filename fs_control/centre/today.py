"""Today: from midnight to midnight where the enterprise is, and what is counted in it.

Time zones are a shell's business: the centre asks which day it is (`LookUpDay`), is told that and when the day ends
(`DayBegan`), and asks again then. Easy to break: the same day is told more than once, and only a new one begins with
nothing counted.
"""

from __future__ import annotations

from typing import Final

from immutables import Map

from fs_control.agents import without_counts
from fs_control.centre import dial_ledger
from fs_control.centre.counting import new_day
from fs_control.centre.step import Step
from fs_control.commands import LookUpDay
from fs_control.events import DayBegan
from fs_control.ids import Micros, TimerId

MIDNIGHT: Final = TimerId("midnight:")
"""Due when today ends; while nobody has told us when that is, there is none."""


def ask_day(step: Step) -> None:
    """Ask which day it is."""
    step.order(LookUpDay(step.centre.directory.time_zone, step.now))


def day_began(step: Step, event: DayBegan) -> None:
    """Begin to count anew, if this is another day."""
    if event.day != step.centre.today:
        agents = {key: without_counts(agent) for key, agent in step.centre.agents.items()}
        step.change(today=event.day, agents=Map(agents), dials=dial_ledger.new_day(step.centre.dials))
        step.change(alarms=(), barred=Map(), ghosts=0)
        new_day(step)
    step.start_timer(MIDNIGHT, Micros(max(0, event.ends_at - step.now)))
