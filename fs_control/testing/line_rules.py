"""What must hold of every line, in words: who stands in it, in which order, and who may go ahead of whom.

Part of `rules`, and like them a second opinion: no function of the rooms that it judges is used. Easy to break: a
caller stands in several lines at once where other groups help out, and every rule here is about each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from fs_control.calls import Call, CallState
from fs_control.centre import CallCentre
from fs_control.ids import NEVER, CallId, GroupId
from fs_control.testing.happening import Happening, is_there, own_agent

IN_LINE: Final = (CallState.WAITING, CallState.RINGING_AGENT, CallState.CONNECTING)


def groups_of(call: Call) -> tuple[GroupId, ...]:
    """Return the groups for which a caller in line waits: their own, and those that help it out."""
    return (call.group, *call.also_in) if call.group is not None else ()


def lines_hold_who_waits(happening: Happening) -> Iterator[object]:
    """Each caller is in exactly the lines the call says, while they wait, a phone rings for them or they connect."""
    centre = happening.after
    placed = Counter((call, group) for group, line in centre.lines.items() for call in line)
    due = Counter(
        (live.call.id, group)
        for live in centre.calls.values()
        if live.call.state in IN_LINE
        for group in groups_of(live.call)
    )
    if placed != due or not all(centre.lines.values()):
        yield placed, due


def lines_are_in_order(happening: Happening) -> Iterator[object]:
    """A line is in the order of priority, and among equals in that of their coming (N8), behind who was sent back."""
    centre = happening.after
    for group, line in centre.lines.items():
        calls = [centre.calls[caller].call for caller in line if caller in centre.calls]
        ranks = [
            (not call.goes_first, -call.priority, call.also_in.get(group, call.joined_at or NEVER)) for call in calls
        ]
        if ranks != sorted(ranks):
            yield group, line


def places_get_worse_by_a_vip_alone(happening: Happening) -> Iterator[object]:
    """A caller's place gets worse only by a VIP, whose record says of how many they went ahead (N8)."""
    before, after = happening.before, happening.after
    for group, line in after.lines.items():
        old = before.lines.get(group, ())
        for caller in line:
            if caller not in old or _way_taken(after, caller) != _way_taken(before, caller):
                continue  # came, or left and came again
            ahead = set(line[: line.index(caller)]) - set(old[: old.index(caller)])
            yield from ((caller, other) for other in ahead if not _may_overtake(happening, other, caller))


def _way_taken(centre: CallCentre, caller: CallId) -> tuple[bool, int]:
    """Return what shows that a caller has left a line, also where they stand in it again; another flow counts anew."""
    live = centre.calls[caller]
    return live.sent_elsewhere, live.session.steps_taken if live.session is not None else 0


def _may_overtake(happening: Happening, other: CallId, caller: CallId) -> bool:
    vip, overtaken = happening.after.calls[other], happening.after.calls[caller].call
    known = happening.before.calls.get(other)
    written = len(known.record.steps) if known is not None else 0
    if vip.call.goes_first:
        return True  # an agent handed them on in vain (C3)
    return vip.call.priority > overtaken.priority and any(each.kind == "vip" for each in vip.record.steps[written:])


def nobody_waits_for_nobody(happening: Happening) -> Iterator[object]:
    """No caller waits where nobody is signed in: neither their own agent, nor their group, nor one that helps (N13).

    The own agent is rung in whatever line the caller waits; in that of a group that is no more, nobody is.
    """
    centre = happening.after
    for live in centre.calls.values():
        own = own_agent(centre, live.call.id)
        groups = [centre.directory.groups[group] for group in groups_of(live.call) if group in centre.directory.groups]
        if live.being_looked_up and groups:
            continue  # whether the own agent is signed in is known within 300 ms
        if live.call.id in centre.unclear:
            continue  # what is left of the call is known within seconds
        if live.call.state is CallState.WAITING and not any(
            agent is not None and is_there(centre, agent) for group in groups for agent in (*group.members, own)
        ):
            yield live.call


def helping_groups_are_told_in_time(happening: Happening) -> Iterator[object]:
    """Who waits for the time at which another group helps out has a timer, due at that time."""
    centre = happening.after
    for live in centre.calls.values():
        own = centre.directory.groups.get(live.call.group) if live.call.group is not None else None
        if live.call.state not in IN_LINE or own is None or live.call.id in centre.unclear:
            continue
        ahead = [
            (live.call.joined_at or NEVER) + round(each.after_s * 1_000_000)
            for each in own.overflow
            if each.group in centre.directory.groups and each.group not in groups_of(live.call)
        ]
        due = {timer: at for timer, at in centre.timers.items() if timer == f"overflow:{live.call.id}"}
        if bool(ahead) is not bool(due) or any(at > max(min(ahead), centre.at) for at in due.values()):
            yield live.call, due


def who_waits_hears_something(happening: Happening) -> Iterator[object]:
    """Who waits hears music or their place, where anything can be played to them and it is known who they are."""
    for live in happening.after.calls.values():
        in_silence = live.call.op is None and not live.being_looked_up
        if live.call.state is CallState.WAITING and live.call.hears_us and in_silence:
            yield live.call


def places_told_are_the_places(happening: Happening) -> Iterator[object]:
    """The place that a caller begins to hear is the one in which they stand (Q9)."""
    centre = happening.after
    for live in centre.calls.values():
        call, known = live.call, happening.before.calls.get(live.call.id)
        begins = call.announcement is not None and (known is None or known.call.announcement != call.announcement)
        if begins and call.group is not None:
            place = centre.lines[call.group].index(call.id) + 1
            if call.told.partition("/")[0] != str(place):
                yield call, place


def places_are_told_again(happening: Happening) -> Iterator[object]:
    """Who hears music in the line of a group that announces places is told theirs, or told again, in time (Q9)."""
    centre = happening.after
    for live in centre.calls.values():
        call = live.call
        group = centre.directory.groups.get(call.group) if call.group is not None else None
        if group is None or group.announce_every_s is None or live.being_looked_up:
            continue
        is_asked = call.op is not None and call.op == live.question  # a question comes first, and ends soon
        hears_music = call.state is CallState.WAITING and call.hears_us and not call.hushed and not is_asked
        if hears_music and f"announce:{call.id}" not in centre.timers:
            yield call


LINE_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    lines_hold_who_waits,
    lines_are_in_order,
    places_get_worse_by_a_vip_alone,
    nobody_waits_for_nobody,
    helping_groups_are_told_in_time,
    who_waits_hears_something,
    places_told_are_the_places,
    places_are_told_again,
)
"""Every rule: one line each."""
