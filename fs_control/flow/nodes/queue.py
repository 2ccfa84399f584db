"""`queue`: hand the caller to the people of a skill group (N6).

    sales:
      do: queue
      group: sales
      wait_at_most: 600          # seconds in line; without it the caller waits for ever
      nobody_signed_in: closed   # must be there: at 03:00 a caller hears something (N13)
      waited_too_long: closed    # goes with wait_at_most
      served: survey             # after the talk; without it the call ends
      keys: {"*": message}       # a waiting caller may press a key to go on without an agent (Q10)
      line_full: busy            # the group allows no more waiting callers; without it: as nobody_signed_in
      nobody_free: message       # somebody is signed in, but nobody is free: go there and do not wait (N7)

What the caller hears in line and who is rung is the group's business; the flow only waits for how it ended.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from fs_control.flow.answers import LineExit, LineLeft, Resume
from fs_control.flow.nodes.base import NEVER_TAKEN, Finish, GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import GroupName, Key, StepName
from fs_control.flow.orders import Enqueue
from fs_control.flow.session import FlowSession

SERVED: Final = "served"
NOBODY_SIGNED_IN: Final = "nobody_signed_in"
WAITED_TOO_LONG: Final = "waited_too_long"
QUEUE_EXIT_KEY: Final = "queue_exit_key"
LINE_FULL: Final = "line_full"
NOBODY_FREE: Final = "nobody_free"

MAX_WAIT_S: Final = 24 * 3600
"""Longer than any service day: a larger figure is a slip of the pen."""

_EXIT_NAMES: Final[Mapping[LineExit, str]] = {
    LineExit.SERVED: SERVED,
    LineExit.NOBODY: NOBODY_SIGNED_IN,
    LineExit.TIMED_OUT: WAITED_TOO_LONG,
    LineExit.FULL: LINE_FULL,
    LineExit.NONE_FREE: NOBODY_FREE,
}


class Queue(Node):
    """Enter the line of `group`, and leave it by the exit that says how the waiting ended."""

    do: Literal["queue"]
    group: GroupName
    wait_at_most: Annotated[float, Field(ge=1, le=MAX_WAIT_S)] | None = None
    nobody_signed_in: StepName
    waited_too_long: Annotated[StepName | None, Field(validate_default=True)] = None
    served: StepName | None = None
    keys: Annotated[Mapping[Key, StepName], Field(min_length=1)] | None = None
    line_full: StepName | None = None
    nobody_free: StepName | None = None

    @field_validator("waited_too_long")
    @classmethod
    def _goes_with_the_limit(cls, step: str | None, info: ValidationInfo) -> str | None:
        if "wait_at_most" not in info.data:  # it is wrong itself, and reported as that
            return step
        limited = info.data["wait_at_most"] is not None
        if limited and step is None:
            raise PydanticKnownError("missing")
        if step is not None and not limited:
            raise PydanticCustomError(NEVER_TAKEN, "never taken")
        return step

    def exits(self) -> Mapping[str, str]:
        """Return the ways out that lead to a step; being served may end the call instead."""
        named = {name: step for name in _EXIT_NAMES.values() if (step := self._step_after(name)) is not None}
        return named | {f"key {key}": step for key, step in (self.keys or {}).items()}

    def instant_exits(self) -> Collection[str]:
        """Return those of a line that nobody serves, or that takes nobody any more: nobody waits in it."""
        return (NOBODY_SIGNED_IN, LINE_FULL, *((NOBODY_FREE,) if self.nobody_free is not None else ()))

    def enter(self, session: FlowSession) -> Turn:
        """Order the caller into the line."""
        return Turn(WaitFor(self.order()))

    def order(self) -> Enqueue:
        """Return the line to join."""
        keys = tuple(self.keys or ())
        return Enqueue(self.group, self.wait_at_most, keys, stop_if_none_free=self.nobody_free is not None)

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Leave by the exit that the line named; one without a step ends the call."""
        match resume:
            case LineLeft(LineExit.KEY, key):
                return self._left_by_key(session, key)
            case LineLeft(how):
                name = _EXIT_NAMES[how]
                step = self._step_after(name)
                then = Finish(name) if step is None else GoTo(step)
                return Turn(then, trail=(TrailItem(session.step, TrailKind.EXIT, name),))
            case _:
                return super().resume(session, resume)

    def _left_by_key(self, session: FlowSession, key: str) -> Turn:
        """Go where the key leads; a key that leads nowhere ends the call, and no line lets a caller out by one."""
        pressed = TrailItem(session.step, TrailKind.PRESSED, key)
        left = TrailItem(session.step, TrailKind.EXIT, QUEUE_EXIT_KEY)
        step = (self.keys or {}).get(key)
        return Turn(Finish(QUEUE_EXIT_KEY) if step is None else GoTo(step), trail=(pressed, left))

    def _step_after(self, exit_name: str) -> str | None:
        steps = {
            SERVED: self.served,
            NOBODY_SIGNED_IN: self.nobody_signed_in,
            WAITED_TOO_LONG: self.waited_too_long,
            LINE_FULL: self.line_full or self.nobody_signed_in,
            NOBODY_FREE: self.nobody_free,
        }
        return steps[exit_name]
