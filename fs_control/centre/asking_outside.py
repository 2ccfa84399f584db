"""What a flow asks other people's servers, and that the flow goes on whatever becomes of it.

Nothing is played meanwhile and nothing on the leg waits for it: the caller may come and go. Easy to break: the question
dies with the process, so a timer that the next process starts again is what brings the flow on then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import FetchUrl
from fs_control.events import UrlFetched
from fs_control.flow import Fetch, Fetched
from fs_control.ids import CallId, Micros, TimerId, seconds

ANSWERED_LATE: Final = seconds(2)
"""Beyond the deadline, which is kept where the question is asked."""

TIMEOUT: Final = "timeout"


def ask(step: Step, live: LiveCall, order: Fetch) -> LiveCall:
    """Ask; one of `answered` and `too_late` follows."""
    call, op = live.call.with_next_op()
    deadline = seconds(order.deadline_s)
    step.order(FetchUrl(call.id, op, order.method, order.url, order.body, deadline, order.want))
    step.start_timer(TimerId(f"fetch:{call.id}"), Micros(deadline + ANSWERED_LATE))
    return step.keep(replace(live, call=replace(call, op=None), heard=None, fetching=op))


def ask_after_hang_up(step: Step, call: CallId, order: Fetch) -> None:
    """Tell a server something when the caller has gone; what it answers is nobody's business."""
    deadline = seconds(order.deadline_s)
    step.order(FetchUrl(call, None, order.method, order.url, order.body, deadline, order.want))


def answered(step: Step, live: LiveCall, event: UrlFetched) -> tuple[LiveCall, Fetched | None]:
    """Return what the flow is told; None where it does not wait for this any more."""
    if live.fetching is None or live.fetching != event.op:
        return live, None
    return _over(step, live), Fetched(event.ok, event.values, event.reason)


def too_late(step: Step, live: LiveCall) -> tuple[LiveCall, Fetched | None]:
    """Return what the flow is told where no answer has come and none will."""
    if live.fetching is None:
        return live, None
    return _over(step, live), Fetched(ok=False, reason=TIMEOUT)


def _over(step: Step, live: LiveCall) -> LiveCall:
    step.cancel_timer(TimerId(f"fetch:{live.call.id}"))
    return step.keep(replace(live, fetching=None))
