"""When what is counted in the tally of a group: one function for each thing that can happen to a caller in line.

The centre calls these where callers come to lines and leave them, and nobody else touches `tallies` and `stays`.
Lengths are those of the call's record, so that a recount from the records gives the same. Easy to break: whatever takes
a caller out of a line has to say so here, in the same transition; a caller who came yesterday is in no tally of today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from immutables import Map

from fs_control.calls import CallState
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.centre.tally import (
    GroupTally,
    Place,
    Stay,
    StayState,
    with_abandonment,
    with_answer,
    with_arrival,
    with_exit,
    with_loss,
    with_offer_not_taken,
    with_return,
    without_arrival,
)
from fs_control.flow import LineExit
from fs_control.ids import NEVER, NO_GROUP, CallId, GroupId, Micros
from fs_control.records import CallRecord, EndedBy, OfferResult, SegmentKind

EARLIER: Final = "earlier"
"""The day of those who came before today; no day has this name."""

_WAITING: Final = (SegmentKind.LINE, SegmentKind.RING)


def came(step: Step, call: CallId, group: GroupId) -> None:
    """The flow led a caller to a group: counted once in a day, however often the caller comes back."""
    today = step.centre.today
    stay = next((stay for stay in _stays(step, call) if (stay.group, stay.day) == (group, today)), None)
    if stay is None:
        stay = Stay(group, today)
        _count(step, stay, with_arrival)
        _keep(step, call, stay)
    elif stay.how is not None:
        _count(step, stay, partial(with_return, how=stay.how))
        _keep(step, call, replace(stay, state=StayState.IN_LINE, how=None))


def left(step: Step, call: CallId, record: CallRecord, how: LineExit) -> None:
    """A caller goes on in the flow without an agent."""
    _close(step, call, record, partial(with_exit, how=how), StayState.LEFT, how)


def sent_elsewhere(step: Step, call: CallId, group: GroupId) -> None:
    """Only now is it known that the caller was not to come to this group: they never did."""
    stay = next((stay for stay in _stays(step, call) if (stay.group, stay.state) == (group, StayState.IN_LINE)), None)
    if stay is not None:
        _count(step, stay, without_arrival)
        stays = tuple(each for each in _stays(step, call) if each is not stay)
        step.change(stays=step.centre.stays.set(call, stays) if stays else step.centre.stays.delete(call))


def answered(step: Step, call: CallId, record: CallRecord) -> None:
    """Caller and agent hear each other."""
    _close(step, call, record, with_answer, StayState.ANSWERED)


def lost(step: Step, call: CallId, record: CallRecord | None) -> None:
    """A fault took a caller out of the line; the call itself may go on. Without a record the length is not known."""
    _close(step, call, record, with_loss, StayState.LOST)


def ended(step: Step, live: LiveCall, record: CallRecord) -> None:
    """A call is over; `live` is how it was until then, `record` is closed."""
    if record.ended_by is EndedBy.CALLER:
        where = Place.LINE if live.call.state is CallState.WAITING else Place.RINGING
        _close(step, live.call.id, record, partial(with_abandonment, where=where), StayState.LEFT)
    forgotten(step, live.call.id, record)


def forgotten(step: Step, call: CallId, record: CallRecord | None = None) -> None:
    """A call is no more; if nobody has said why it does not wait any longer, it is lost."""
    lost(step, call, record)
    if call in step.centre.stays:
        step.change(stays=step.centre.stays.delete(call))


def offer_not_taken(step: Step, group: GroupId, result: OfferResult) -> None:
    """A phone that was rung for a caller of a group did not take the call; who was not quick enough is not counted."""
    if result is OfferResult.ANSWERED_ELSEWHERE or group == NO_GROUP:
        return
    _count(step, Stay(group, step.centre.today), partial(with_offer_not_taken, result=result))


def new_day(step: Step) -> None:
    """Begin with nothing counted; those who are in line now were counted when they came.

    Also where the day has a name that it had before, because the enterprise moved to another time zone.
    """
    stays = {call: tuple(replace(stay, day=EARLIER) for stay in stays) for call, stays in step.centre.stays.items()}
    step.change(tallies=Map(), stays=Map(stays))


def waited(record: CallRecord, group: GroupId) -> Micros:
    """Return how long the caller has waited for a group: in its line and while its phones rang."""
    lengths = (
        segment.ended_at - segment.started_at
        for segment in record.segments
        if segment.group == group and segment.kind in _WAITING and segment.ended_at is not None
    )
    return Micros(sum(lengths))


def _stays(step: Step, call: CallId) -> tuple[Stay, ...]:
    return step.centre.stays.get(call, ())


def _keep(step: Step, call: CallId, stay: Stay) -> None:
    others = (each for each in _stays(step, call) if (each.group, each.day) != (stay.group, stay.day))
    step.change(stays=step.centre.stays.set(call, (*others, stay)))


def _close(
    step: Step,
    call: CallId,
    record: CallRecord | None,
    count: Callable[[GroupTally, Micros], GroupTally],
    state: StayState,
    how: LineExit | None = None,
) -> None:
    """End the waiting of a caller, if they wait for a first answer anywhere."""
    stay = next((stay for stay in _stays(step, call) if stay.state is StayState.IN_LINE), None)
    if stay is not None:
        length = waited(record, stay.group) if record is not None else NEVER
        _count(step, stay, lambda tally: count(tally, length))
        _keep(step, call, replace(stay, state=state, how=how))


def _count(step: Step, stay: Stay, change: Callable[[GroupTally], GroupTally]) -> None:
    """Change the tally of the day in which the caller came, if that day is not over."""
    if stay.day == step.centre.today:
        tally = step.centre.tallies.get(stay.group, GroupTally())
        step.change(tallies=step.centre.tallies.set(stay.group, change(tally)))
