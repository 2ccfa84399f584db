"""Telling callers in line their place, and how long it will take, when they come and at an interval (Q9).

The sentence takes the place of the music and is stopped like it: whoever rings a phone for the caller need not know
which of the two plays. Easy to break: the place is looked up in the moment in which the sentence begins, so that it is
the one that every list shows.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import Call, CallState
from fs_control.centre.estimating import wait_of
from fs_control.centre.hearing import language_of, say_parts, silence
from fs_control.centre.place import position_of
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import NEVER, Micros, TimerId, seconds
from fs_control.queues import announced_parts
from fs_control.queues.estimate import rounded_minutes
from fs_control.records import Group


def tell_places(step: Step) -> None:
    """Tell those their place who wait, hear nothing at this moment, and have not been told for as long as it may take.

    Who comes and is served at once hears nothing of the kind; whose phone rang in vain may hear it a second time.
    """
    for call_id in list(step.touched):
        live = step.live(call_id)
        if live is not None and live.call.op is None and _can_hear(live.call) and not live.being_looked_up:
            group = _announcing_group(step, live.call)
            if group is not None and _is_due(step, live.call, group):
                _tell(step, live, group)


def interval_over(step: Step, live: LiveCall) -> None:
    """It is time to tell a caller their place again: stop the music, and `tell_places` does the rest.

    A sentence that lasts longer than the interval is not cut short by the next one, nor is a question. For whom a
    phone rings it waits. Where the interval has become longer since the timer was started, the rest of it is to come.
    """
    call, group = live.call, _announcing_group(step, live.call)
    if group is None:
        return
    if not _is_due(step, call, group):
        step.start_timer(TimerId(f"announce:{call.id}"), Micros(_due_at(call, group) - step.now))
    elif call.is_announcing or (call.op is not None and call.op == live.question):
        step.keep_call(live, replace(call, announced_at=step.now))
        _expect(step, call)
    elif _can_hear(call) and not call.hushed:
        if call.op is not None:
            silence(step, call)
        step.keep_call(live, replace(call, op=None))


def directory_changed(step: Step) -> None:
    """Let those hear of their place from now on who wait for a group that has only begun to tell it."""
    for group in step.centre.directory.groups.values():
        for call_id in step.line(group.id) if group.announce_every_s is not None else ():
            call = step.centre.calls[call_id].call
            if call.group == group.id and TimerId(f"announce:{call.id}") not in step.centre.timers:
                _expect(step, call)


def _can_hear(call: Call) -> bool:
    return call.state is CallState.WAITING and call.hears_us


def _announcing_group(step: Step, call: Call) -> Group | None:
    group = step.centre.directory.groups.get(call.group) if call.group is not None else None
    return group if group is not None and group.announce_every_s is not None else None


def _is_due(step: Step, call: Call, group: Group) -> bool:
    return step.now >= _due_at(call, group)


def _due_at(call: Call, group: Group) -> int:
    return call.announced_at + seconds(group.announce_every_s or 0) if call.announced_at is not None else NEVER


def _tell(step: Step, live: LiveCall, group: Group) -> None:
    position = position_of(step.centre, live.call)
    assert position is not None  # who waits is in line
    minutes = _minutes(step, group, position)
    language = language_of(step, live)
    call, op = say_parts(step, live.call, announced_parts(position, minutes, language), language)
    told = str(position) if minutes is None else f"{position}/{minutes}"
    live = _note(step, live, told)
    step.keep_call(live, replace(call, announced_at=step.now, announcement=op, told=told))
    _expect(step, call)


def _minutes(step: Step, group: Group, position: int) -> int | None:
    wait = wait_of(step, group, position) if group.announce_estimate else None
    return rounded_minutes(wait) if wait is not None else None


def _note(step: Step, live: LiveCall, told: str) -> LiveCall:
    """Write down what the caller is told; the same once more is no news."""
    return live if told == live.call.told else step.note(live, "announced", told)


def _expect(step: Step, call: Call) -> None:
    group = _announcing_group(step, call)
    if group is not None and group.announce_every_s is not None:
        step.start_timer(TimerId(f"announce:{call.id}"), Micros(seconds(group.announce_every_s)))
