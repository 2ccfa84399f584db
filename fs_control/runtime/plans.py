"""What schedules did, for the log: nobody asked for it at that moment, so nobody is answered.

Only tells; the centre has done it already. Easy to break: a log names agents by number and sentences by code, and holds
nothing about callers.
"""

from __future__ import annotations

import structlog

from fs_control.centre import Transition
from fs_control.centre.schedules import NEXT, runs_of
from fs_control.events import DirectoryLoaded, Event, TimerFired

log = structlog.get_logger(__name__)


def tell_of_plans(event: Event, result: Transition) -> None:
    """Write down what this event made schedules do, and for whom it was not possible."""
    if not isinstance(event, DirectoryLoaded) and not (isinstance(event, TimerFired) and event.timer == NEXT):
        return
    for run in runs_of(result.centre, since=result.centre.at):
        about = {"schedule": run.schedule, "does": str(run.act)}
        log.info("schedule carried out", action="schedule_done", **about, agents=run.done, left_alone=run.left_alone)
        for refused in run.refused:
            log.warning("not possible", action="schedule_refused", **about, agent=refused.agent, why=refused.code)
