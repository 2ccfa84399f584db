"""What must hold of the centre's maps, in words: loads, legs, offers and timers fit the calls that live.

Part of `rules`, and like them a second opinion: no function of the rooms that it judges is used. Easy to break: what
waits for the switch, or for a person, needs a timer, because neither may ever say anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from fs_control.calls import CallState
from fs_control.centre.state import OwnWait
from fs_control.commands import CancelTimer, StartTimer
from fs_control.events import TimerFired
from fs_control.flow import Reach
from fs_control.testing.happening import Happening, is_rung_first
from fs_control.testing.line_rules import IN_LINE

RINGS: Final = (CallState.RINGING_AGENT, CallState.CONNECTING)
WITH_OFFER: Final = (*RINGS, CallState.TALKING)


def loads_equal_the_calls(happening: Happening) -> Iterator[object]:
    """The loads of numbers and process are those of the calls that were taken."""
    centre = happening.after
    loads = Counter(live.call.number for live in centre.calls.values() if live.call.admitted)
    if dict(centre.loads) != dict(loads) or centre.admitted != loads.total():
        yield dict(centre.loads), centre.admitted, loads


def legs_belong_to_calls(happening: Happening) -> Iterator[object]:
    """The legs are the callers' and those of offers and talks; one that is being ended is among them no more."""
    centre = happening.after
    legs = {live.call.leg: live.call.id for live in centre.calls.values()}
    legs |= {live.call.dialled.leg: live.call.id for live in centre.calls.values() if live.call.dialled is not None}
    legs |= {offer.leg: live.call.id for live in centre.calls.values() for offer in live.call.offers}
    talks = [live.call for live in centre.calls.values()]
    legs |= {call.talk.consulted.leg: call.id for call in talks if call.talk.consulted is not None}
    legs |= {call.leaving.leg: call.id for call in talks if call.leaving is not None}
    if dict(centre.legs) != legs:
        yield dict(centre.legs), legs
    yield from set(legs) & set(centre.closing)


def offers_fit_the_state(happening: Happening) -> Iterator[object]:
    """A call has an offer exactly while a phone rings for it, it is being connected, or it talks; then it is one."""
    for live in happening.after.calls.values():
        if live.call.state is CallState.CALLING:
            continue  # the agent may be there first
        if (live.call.offer is not None) is not (live.call.state in WITH_OFFER):
            yield live.call
        if live.call.others and live.call.state not in RINGS:
            yield live.call


def numbers_fit_the_state(happening: Happening) -> Iterator[object]:
    """An outside number is a call's exactly while it rings for it, or talks with it."""
    for live in happening.after.calls.values():
        if (live.call.dialled is not None) is not (live.call.state in (CallState.DIALLING, CallState.OUTSIDE)):
            yield live.call


def talks_are_begun(happening: Happening) -> Iterator[object]:
    """A talk that the flow wants has been begun, unless the caller's leg, or who calls, or a link is waited for.

    So is the end of the leg on which the very agent has just left this call.
    """
    centre = happening.after
    leaving = {(closing.call, closing.agent) for closing in centre.closing.values()}
    numbers = {agent: profile.number for agent, profile in centre.directory.agents.items()}
    for live in centre.calls.values():
        waits = not live.call.hears_us or live.being_looked_up or centre.link_lost_at is not None
        wanted = live.talk.agent if isinstance(live.talk, Reach) else None
        waits |= any(call == live.call.id and numbers.get(agent) == wanted for call, agent in leaving)
        if live.talk is not None and live.call.state is CallState.IN_FLOW and not waits:
            yield live


def who_is_not_taken_up_has_not_talked(happening: Happening) -> Iterator[object]:
    """A call that was not taken up was not answered, and nobody talks in it."""
    for live in happening.after.calls.values():
        talks = live.call.state in (CallState.TALKING, CallState.OUTSIDE)
        if live.call.early and (live.record.answered_at is not None or talks):
            yield live.call


def timers_concern_the_living(happening: Happening) -> Iterator[object]:
    """Every timer concerns a live call, a leg of one, of a leader or closing, a rest, a wrap-up, midnight, a plan."""
    centre = happening.after
    subjects: dict[str, set[str]] = {
        "ring": {offer.leg for live in centre.calls.values() for offer in live.call.offers},
        "closing": set(centre.closing),
        "charge": {leg for live in centre.calls.values() for leg in live.charges},
        "rest": {str(agent.id) for agent in centre.agents.values() if agent.rest is not None},
        "midnight": {""},
        "wrapup": {str(agent.id) for agent in centre.agents.values() if agent.wrap_up_until is not None},
        "schedule": {""},
        "supervise": set(centre.supervised),
    }
    for timer in centre.timers:
        kind, _, subject = timer.partition(":")
        if subject not in subjects.get(kind, centre.calls):
            yield timer


def nobody_is_stuck(happening: Happening) -> Iterator[object]:
    """Whatever waits for the switch has a timer, should the switch never tell."""
    centre = happening.after
    expected = {f"closing:{leg}" for leg in centre.closing}
    expected |= {f"supervise:{leg}" for leg, watch in centre.supervised.items() if watch.began_at is None}
    expected |= {f"rest:{agent.id}" for agent in centre.agents.values() if agent.rest is not None}
    expected |= {f"wrapup:{agent.id}" for agent in centre.agents.values() if agent.wrap_up_until is not None}
    asked = (live for live in centre.calls.values() if live.own_wait is OwnWait.ASKED)
    expected |= {f"ask:{live.call.id}" for live in asked if live.call.state in IN_LINE and live.call.group}
    expected |= {f"lookup:{live.call.id}" for live in centre.calls.values() if live.being_looked_up}
    expected |= {f"ends:{call}" for call in centre.unclear}
    for live in centre.calls.values():
        match live.call.state:
            case CallState.RINGING_AGENT:
                expected |= {f"ring:{offer.leg}" for offer in live.call.offers}
            case CallState.CONNECTING:
                expected |= {f"connect:{live.call.id}", *(f"ring:{offer.leg}" for offer in live.call.others)}
            case CallState.LEAVING:
                expected.add(f"goodbye:{live.call.id}")
            case CallState.DIALLING:
                expected.add(f"dial:{live.call.id}")
            case CallState.CALLING if is_rung_first(live):
                expected |= {f"ring:{offer.leg}" for offer in live.call.offers}
            case CallState.CALLING:
                expected.add(f"{'calling' if live.call.ended_by is None else 'goodbye'}:{live.call.id}")
            case CallState.IN_FLOW | CallState.WAITING if not live.call.hears_us and centre.link_lost_at is None:
                if f"lost:{live.call.id}" not in centre.timers and live.call.id not in centre.unclear:
                    expected.add(f"{'back' if live.call.away else 'free'}:{live.call.id}")
            case _:
                pass
    yield from (timer for timer in expected if timer not in centre.timers)


def timers_run_as_ordered(happening: Happening) -> Iterator[object]:
    """The timers that the centre knows are those that it ordered: a restart would start the right ones."""
    running = set(happening.before.timers)
    if isinstance(happening.event, TimerFired):
        running.discard(happening.event.timer)
    for command in happening.result.commands:
        if isinstance(command, StartTimer):
            running.add(command.timer)
        elif isinstance(command, CancelTimer):
            running.discard(command.timer)
    yield from running ^ set(happening.after.timers)


MAP_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    loads_equal_the_calls,
    legs_belong_to_calls,
    offers_fit_the_state,
    numbers_fit_the_state,
    talks_are_begun,
    who_is_not_taken_up_has_not_talked,
    timers_concern_the_living,
    nobody_is_stuck,
    timers_run_as_ordered,
)
"""Every rule: one line each."""
