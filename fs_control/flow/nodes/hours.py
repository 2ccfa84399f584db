"""`hours`: go another way when the office is closed (N9, H4).

    office-hours:
      do: hours
      calendar: office
      open: choose
      closed: closed
      holiday: holiday      # closed, because it is a holiday; without it as closed
      special: choose       # open by special hours; without it as open

A calendar that is in no directory any more counts as closed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

from fs_control.flow.answers import HoursTold, Resume
from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import CalendarName, StepName
from fs_control.flow.orders import CheckHours
from fs_control.flow.session import FlowSession

OPEN: Final = "open"
CLOSED: Final = "closed"
HOLIDAY: Final = "holiday"
SPECIAL: Final = "special"


class Hours(Node):
    """Leave by what `calendar` says of this moment."""

    do: Literal["hours"]
    calendar: CalendarName
    open: StepName
    closed: StepName
    holiday: StepName | None = None
    special: StepName | None = None

    after_hang_up = True

    def exits(self) -> Mapping[str, str]:
        """Return a way for each state of the calendar that is told apart."""
        ways = {OPEN: self.open, CLOSED: self.closed, HOLIDAY: self.holiday, SPECIAL: self.special}
        return {name: step for name, step in ways.items() if step is not None}

    def instant_exits(self) -> Collection[str]:
        """Return all: looking takes no time."""
        return tuple(self.exits())

    def enter(self, session: FlowSession) -> Turn:
        """Look at the calendar."""
        return Turn(WaitFor(CheckHours(self.calendar)))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Follow what it says."""
        match resume:
            case HoursTold(is_open, layer):
                name = self.exit_for(is_open, layer)
                return Turn(GoTo(self.exits()[name]), trail=(TrailItem(session.step, TrailKind.EXIT, name),))
            case _:
                return super().resume(session, resume)

    def exit_for(self, is_open: bool, layer: str) -> str:
        """Return the exit for a state of the calendar."""
        if is_open:
            return SPECIAL if layer == SPECIAL and self.special is not None else OPEN
        return HOLIDAY if layer == HOLIDAY and self.holiday is not None else CLOSED
