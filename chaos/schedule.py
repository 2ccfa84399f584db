"""What is hit and when: a schedule that a seed gives, the same each time.

Pure: chance comes in as a seed, and moments are seconds since the traffic began. Easy to break: the draws for one kind
of blow must not depend on how many others there are, or a shorter run would be another run from its first second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random


class Part(StrEnum):
    """What can be hit."""

    CONTROL_PLANE = "control plane killed (-9)"
    DATABASE_STOPPED = "PostgreSQL stopped"
    DATABASE_KILLED = "PostgreSQL killed (-9)"
    EVENT_SOCKET = "event socket cut"
    DISK = "disk full"
    SWITCH = "switch killed (-9)"
    PHONE = "phone unplugged in a talk"


@dataclass(frozen=True, slots=True, order=True)
class Blow:
    """Something is hit `at` a moment, and is mended after so many seconds."""

    at: float
    part: Part
    lasts: float
    is_young: bool = False
    """Whether a control plane is hit while it starts; any other is first given the time to have started."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    kills: int = 100
    """Of the control plane."""
    shortest_life_s: float = 2.5
    longest_life_s: float = 6.0
    """How long a control plane lives, from its start."""
    young: float = 0.1
    """The part of the control planes that is killed while it starts."""
    longest_absence_s: float = 4.0
    """How long nobody may be there; half of them come back at once."""
    database_stop_s: float = 60.0
    database_stops: int = 1
    database_kills: int = 2
    cuts: int = 15
    full_disks: int = 3
    full_disk_s: float = 8.0
    switch_kills: int = 1
    phones: int = 6


SHORT = Plan(
    kills=3,
    young=0.0,
    longest_absence_s=2.0,
    database_stop_s=5.0,
    database_kills=0,
    cuts=1,
    full_disks=1,
    full_disk_s=3.0,
    switch_kills=0,
    phones=1,
)
"""What fits into a minute."""

AT_ONCE = 0.5
"""The part of the killed control planes that is started again without any wait."""
FIRST_S = 6.0
"""Before the first blow: so that there is somebody to be hurt."""
SPARED_S = 8.0
"""Before and after a stop of the database, it is not killed."""
QUIET_S = 6.0
"""After the last one."""


def schedule(seed: str, plan: Plan) -> tuple[Blow, ...]:
    """Return the blows in the order of time: the control plane's deaths one after the other, the rest among them."""
    deaths = tuple(_deaths(Random(f"{seed}/control plane"), plan))
    end = deaths[-1].at if deaths else FIRST_S + plan.database_stop_s
    return tuple(sorted((*deaths, *_one_database(tuple(_others(seed, plan, end))))))


def length_s(blows: tuple[Blow, ...]) -> float:
    """Return for how long callers come: until everything is mended, and a little longer."""
    return max((blow.at + blow.lasts for blow in blows), default=FIRST_S) + QUIET_S


def _one_database(blows: tuple[Blow, ...]) -> Iterator[Blow]:
    """Yield the blows; a server that is stopped cannot be killed, so that comes when it is there again."""
    stops = [blow for blow in blows if blow.part is Part.DATABASE_STOPPED]
    for blow in blows:
        for stop in stops:
            if blow.part is Part.DATABASE_KILLED and stop.at - SPARED_S < blow.at < stop.at + stop.lasts + SPARED_S:
                blow = replace(blow, at=stop.at + stop.lasts + SPARED_S + blow.lasts)
        yield blow


def _deaths(chance: Random, plan: Plan) -> Iterator[Blow]:
    moment, is_young = FIRST_S, False
    for _ in range(plan.kills):
        absence = 0.0 if chance.random() < AT_ONCE else chance.uniform(0.3, plan.longest_absence_s)
        life = chance.uniform(plan.shortest_life_s, plan.longest_life_s)
        yield Blow(moment, Part.CONTROL_PLANE, absence, is_young)
        is_young = chance.random() < plan.young
        moment += absence + (chance.uniform(0.1, 1.5) if is_young else life)


def _others(seed: str, plan: Plan, end: float) -> Iterator[Blow]:
    kinds = (
        (Part.DATABASE_STOPPED, plan.database_stops, (plan.database_stop_s, plan.database_stop_s)),
        (Part.DATABASE_KILLED, plan.database_kills, (0.5, 5.0)),
        (Part.EVENT_SOCKET, plan.cuts, (0.0, 2.0)),
        (Part.DISK, plan.full_disks, (plan.full_disk_s / 2, plan.full_disk_s)),
        (Part.SWITCH, plan.switch_kills, (0.5, 3.0)),
        (Part.PHONE, plan.phones, (6.0, 12.0)),
    )
    for part, number, (shortest, longest) in kinds:
        chance = Random(f"{seed}/{part}")
        step = max(0.0, end - FIRST_S) / (number + 1)
        for place in range(number):  # each in a stretch of its own: two of a kind never overlap
            moment = FIRST_S + step * (place + chance.uniform(0.3, 0.9))
            yield Blow(moment, part, chance.uniform(shortest, longest))
