"""The match: who of those who wait is offered to whom, in which order.

`match` runs at the end of every transition that may have freed an agent or added a caller, for the groups that were
touched. It must not know what is played to callers or how a phone is rung. Easy to break: an agent is marked reserved
in the same transition in which they are chosen, so two callers can never be given one agent (Q13).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Final

from fs_control.calls import Call, CallState
from fs_control.centre.gathering import gathers
from fs_control.centre.muster import Muster
from fs_control.centre.offers import make_offers
from fs_control.centre.place import order_in_line
from fs_control.centre.step import Step
from fs_control.centre.wanted import callers_of_the_idle
from fs_control.ids import GroupId
from fs_control.queues import all_who_ring
from fs_control.records import Group

_WAITING: Final = CallState.WAITING
"""Looked up once, because a member of an enum is slow to find, and hundreds of callers may wait."""


def match(step: Step, group_ids: Iterable[GroupId]) -> None:
    """Offer the waiting callers of some groups to their idle agents: by priority, then who came first to the line.

    Without a link to the switch nobody can be rung; `switch_found` matches everybody anew.
    """
    if step.centre.link_lost_at is not None:
        return
    directory = step.centre.directory
    known = [directory.groups[group] for group in group_ids if group in directory.groups]
    groups = [group for group in known if not gathers(step, group)]  # a phone that stops matches its groups again
    muster = Muster(step, groups)
    own_is_idle = callers_of_the_idle(step.centre)
    lines = [_callers_in(step, group) for group in groups if muster.has_free(group) or own_is_idle]
    for caller, group in heapq.merge(*lines, key=lambda each: order_in_line(each[0], each[1].id)):
        if caller.id not in own_is_idle and not muster.has_free(group):
            continue
        live = step.centre.calls[caller.id]
        # Who stands in two lines may have been served in the other one just now.
        decision = muster.decide(group, live) if live.call.state is _WAITING else None
        if decision is None:
            continue
        together = all_who_ring(decision)
        make_offers(step, group, live, together)
        for each in together:
            muster.take(each.agent)
            own_is_idle.difference_update(step.centre.wanted.get(each.agent, ()))
        if muster.is_over and not own_is_idle:
            return


def _callers_in(step: Step, group: Group) -> Iterator[tuple[Call, Group]]:
    """Yield those who wait for an agent of one group, in the order of the line; who is away keeps the place."""
    calls = step.centre.calls  # as they were: who has been served meanwhile is found out by who asks
    for call_id in step.line(group.id):
        call = calls[call_id].call
        if call.state is _WAITING and call.hears_us:
            yield call, group
