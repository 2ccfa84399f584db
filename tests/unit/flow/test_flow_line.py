"""What a flow says of the line: keys that lead out of it, a full line, and callers who go before others."""

from __future__ import annotations

from fs_control.flow import Enqueue, LineExit, LineLeft, Prioritise
from tests.unit.flow.playing import read, resumed, started

LINE = """
flow: line
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: closed, keys: {"*": message, 0: other}%s}
  message: {do: play, prompt: goodbye, next: end}
  other: {do: queue, group: service, nobody_signed_in: end}
  closed: {do: hangup, reason: closed}
  full: {do: hangup, reason: full}
  end: {do: hangup}
"""
WITHOUT = LINE.replace("  full: {do: hangup, reason: full}\n", "") % ""


def test_Q10_each_exit_key_of_the_line_goes_on_at_its_own_step() -> None:
    """Pressing the exit key leaves the queue, CDR has `queue_exit_key`, and the next step of the flow runs."""
    flow = read(WITHOUT)
    line = started(flow)
    assert line.orders == (Enqueue("sales", None, ("*", "0")),)
    message = resumed(flow, line, LineLeft(LineExit.KEY, "*"))
    assert [(item.kind, item.detail) for item in message.trail] == [("pressed", "*"), ("exit", "queue_exit_key")]
    assert message.session.step == "message"
    assert resumed(flow, line, LineLeft(LineExit.KEY, "0")).session.step == "other"


def test_a_full_line_has_its_own_exit_or_that_of_a_line_that_nobody_serves() -> None:
    for text, step in ((WITHOUT, "closed"), (LINE % ", line_full: full", "full")):
        flow = read(text)
        left = resumed(flow, started(flow), LineLeft(LineExit.FULL))
        assert (left.session.step, left.trail[0].detail) == (step, "line_full")


def test_N8_a_priority_is_ordered_and_the_flow_goes_on_at_once() -> None:
    """The inbound IVR flow can change a VIP customer's place in the queue so they are served first."""
    flow = read(
        WITHOUT.replace("start: line", "start: vip").replace(
            "steps:\n", "steps:\n  vip: {do: priority, level: 5, next: line}\n"
        )
    )
    sprint = started(flow)
    assert sprint.orders == (Prioritise(5), Enqueue("sales", None, ("*", "0")))
    assert [(item.kind, item.detail) for item in sprint.trail] == [("priority", "5")]
