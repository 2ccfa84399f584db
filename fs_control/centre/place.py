"""A caller's place in line: by priority, then by when they came to this line; and the rule for VIPs (N8).

Owns the order of every line. It must not know what is played to a caller, or who is rung for whom. Easy to break: a
place never gets worse, except by a caller of a higher priority, and then the record of that caller says how many were
overtaken; so nobody is put into a line or moved in it but by the two functions here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from fs_control.calls import Call
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.ids import CallId, GroupId

BY_FLOW = "flow"
BY_CUSTOMER = "customer"
"""Because of what the priority was raised."""


def position_of(centre: CallCentre, call: Call) -> int | None:
    """Return the place of a caller in the line of their own group, 1 for the first; None for who is in no line.

    Who is being rung for keeps the place until an agent takes the call up. This is the number that is announced (Q9)
    and that every list shows.
    """
    line = centre.lines.get(call.group, ()) if call.group is not None else ()
    return line.index(call.id) + 1 if call.id in line else None


def stand_in_line(step: Step, live: LiveCall, group: GroupId) -> LiveCall:
    """Put a caller into the line of one of the groups of `Call.lines`, behind all who go first."""
    line = step.line(group)
    place = _place_in(step, line, live.call, group)
    step.keep_line(group, (*line[:place], live.call.id, *line[place:]))
    step.rematch.add(group)
    return _note_overtaken(step, live, len(line) - place)


def raise_priority(step: Step, live: LiveCall, level: int, because: str) -> LiveCall:
    """Give a caller at least this priority, and move them forward in every line in which they stand.

    `because` is `BY_FLOW` or `BY_CUSTOMER`. A priority is never lowered: the highest that anybody gave counts.
    """
    if level <= live.call.priority:
        return live
    step.because(f"priority.{because}")
    live = step.keep_call(live, replace(live.call, priority=level))
    for group in live.call.lines:
        live = _move_forward(step, live, group)
    return live


def _move_forward(step: Step, live: LiveCall, group: GroupId) -> LiveCall:
    line = step.line(group)
    if live.call.id not in line:  # they talk already, or are in the flow again
        return live
    before = line.index(live.call.id)
    others = (*line[:before], *line[before + 1 :])
    place = _place_in(step, others, live.call, group)
    step.keep_line(group, (*others[:place], live.call.id, *others[place:]))
    return _note_overtaken(step, live, before - place)


def _place_in(step: Step, line: Sequence[CallId], call: Call, group: GroupId) -> int:
    calls = step.centre.calls
    return bisect_right(line, order_in_line(call, group), key=lambda other: order_in_line(calls[other].call, group))


def order_in_line(call: Call, group: GroupId) -> tuple[bool, int, int]:
    """Return what a line is ordered by, the first one the least."""
    return (not call.goes_first, -call.priority, call.in_line_since(group))


def _note_overtaken(step: Step, live: LiveCall, overtaken: int) -> LiveCall:
    """Write down that a VIP went ahead of others: whoever asks why their place got worse finds it here."""
    if overtaken == 0:
        return live
    step.because("vip")
    return step.note(live, "vip", str(overtaken))
