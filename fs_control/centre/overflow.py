"""Groups that help out: after a time in line a caller also stands in the line of another group.

They stand at the end of it, so that nobody's place there gets worse, until they are served or gone; limits and exits
stay those of their own group. Where nobody of that group is signed in, there is nothing to wait for, and the first
helping group of which somebody is takes the caller at once. Easy to break: the directory may change while callers
wait, so what is due is looked up each time and never kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fs_control.centre.place import stand_in_line
from fs_control.centre.presence import someone_for, someone_signed_in
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import NEVER, GroupId, Micros, TimerId, seconds
from fs_control.records import Group, Overflow


def can_be_served(step: Step, group: GroupId) -> bool:
    """Tell whether somebody of a group, or of one that helps it out, is signed in."""
    return someone_signed_in(step, group) or any(someone_signed_in(step, each.group) for each in _helpers(step, group))


def find_somebody(step: Step, live: LiveCall) -> bool:
    """See to it that a caller waits where somebody is signed in; False where there is no such line for them."""
    if any(someone_for(step, live, group) for group in live.call.lines):
        return True
    helper = next((each.group for each in _ahead(step, live) if someone_signed_in(step, each.group)), None)
    if helper is not None:
        expect_overflow(step, _stand_also(step, live, helper))
    return helper is not None


def overflow_due(step: Step, live: LiveCall) -> None:
    """A caller has waited long enough for another group to help out."""
    for each in list(_ahead(step, live)):
        if _due(live, each) <= step.now:
            live = _stand_also(step, live, each.group)
    expect_overflow(step, live)


def expect_overflow(step: Step, live: LiveCall) -> None:
    """Run a timer until the next group helps a caller out, if there is one."""
    timer = TimerId(f"overflow:{live.call.id}")
    due = min((_due(live, each) for each in _ahead(step, live)), default=None)
    if due is None:
        step.cancel_timer(timer)
    elif step.centre.timers.get(timer) != max(due, step.now):
        step.start_timer(timer, Micros(max(0, due - step.now)))


def directory_changed(step: Step) -> None:
    """Take callers out of the lines of helping groups that are no more, and expect what the new settings say."""
    groups = step.centre.directory.groups
    for group in list(step.centre.lines):
        for call_id in step.line(group):
            live = step.centre.calls[call_id]
            if group not in groups and group != live.call.group:
                _stand_no_more(step, live, group)
    for group in groups:
        for call_id in step.line(group):
            live = step.centre.calls[call_id]
            if live.call.group == group:
                expect_overflow(step, live)


def _stand_also(step: Step, live: LiveCall, group: GroupId) -> LiveCall:
    step.because("overflow")
    live = step.note(live, "overflow", step.centre.directory.groups[group].name)
    live = step.keep_call(live, replace(live.call, also_in={**live.call.also_in, group: step.now}))
    return stand_in_line(step, live, group)


def _stand_no_more(step: Step, live: LiveCall, group: GroupId) -> None:
    step.keep_line(group, (caller for caller in step.line(group) if caller != live.call.id))
    also_in = {each: since for each, since in live.call.also_in.items() if each != group}
    step.keep_call(live, replace(live.call, also_in=also_in))
    step.rematch.update(live.call.lines)


def _ahead(step: Step, live: LiveCall) -> Iterator[Overflow]:
    """Yield the groups that may help a caller out and do not yet, in the order of time."""
    if live.call.group is not None:
        yield from (each for each in _helpers(step, live.call.group) if each.group not in live.call.lines)


def _helpers(step: Step, group: GroupId) -> Iterator[Overflow]:
    groups = step.centre.directory.groups
    known: Group | None = groups.get(group)
    if known is not None:
        yield from (each for each in known.overflow if each.group in groups and each.group != group)


def _due(live: LiveCall, each: Overflow) -> Micros:
    return Micros((live.call.joined_at or NEVER) + seconds(each.after_s))
