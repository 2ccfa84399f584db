"""Whom somebody means who wants a customer handed on or a colleague asked: an agent, a group, or a number outside.

Reads the directory and nothing else. Easy to break: an agent's number is a number as well, so agents come first, and
what can be no telephone number of any country is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fs_control.centre import alarms
from fs_control.centre.dial_rules import destination_of
from fs_control.centre.may_dial import way_out
from fs_control.centre.muster import reason_against
from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.ids import AgentId, GroupId
from fs_control.records import AgentProfile, Directory, Right


@dataclass(frozen=True, slots=True)
class AgentTarget:
    """A colleague; `number` is the agent's."""

    agent: AgentId
    number: str


@dataclass(frozen=True, slots=True)
class GroupTarget:
    """A group; `number` is its name."""

    group: GroupId
    number: str


@dataclass(frozen=True, slots=True)
class NumberTarget:
    """Somebody outside; `number` is as it is dialled (O12), by this `gateway`; "" is that of the settings.

    `key` is what may be read and judged again: the way a gateway wants a number is no telephone number of ours. `cost`
    is for a minute that has begun.
    """

    number: str
    key: str
    gateway: str = ""
    cost: int = 0


Target: TypeAlias = AgentTarget | GroupTarget | NumberTarget


def target_of(step: Step, by: AgentId, to: str) -> Target | Refusal:
    """Return whom an agent means, or why that is nobody."""
    found = inside(step.centre.directory, to)
    if isinstance(found, AgentTarget) and found.agent == by:
        return Refusal("target_is_self", {"agent": found.number})
    if found is not None:
        return found
    profile = step.centre.directory.agents.get(by)
    allowed = _outside(step, profile, to.strip())
    if isinstance(allowed, Refusal) and profile is not None:
        alarms.refused(step, profile, allowed)
    return allowed


def why_not_free(step: Step, target: AgentTarget) -> Refusal | None:
    """Return why a colleague cannot be rung at this moment, or None."""
    against = reason_against(step, target.agent)
    if against is None:
        return None
    return Refusal(f"colleague_not_free.{against.reason.partition('.')[2]}", {"colleague": target.number})


def inside(directory: Directory, to: str) -> AgentTarget | GroupTarget | None:
    """Return the agent or the group that is meant; None is somebody outside, who costs money, or nobody."""
    wanted, agents = to.strip(), directory.agents.values()
    by_extension = next((each for each in agents if each.extension == wanted), None)
    profile = by_extension or next((each for each in agents if each.number == wanted), None)
    if profile is not None:
        return AgentTarget(profile.id, profile.number)
    group = next((each for each in directory.groups.values() if each.name == wanted), None)
    return GroupTarget(group.id, group.name) if group is not None else None


def _outside(step: Step, profile: AgentProfile | None, wanted: str) -> NumberTarget | Refusal:
    """Return a number outside, where right, rules and limits let the agent have it called, as when they dial it."""
    found = destination_of(step.centre.directory, wanted)
    if isinstance(found, Refusal) and found.code in ("dial_number_bad", "dial_number_unknown"):
        return Refusal("target_unknown", {"to": wanted[:40]})
    if profile is None or Right.DIAL not in profile.rights:
        return Refusal("dial_no_right", {"agent": profile.number if profile is not None else ""})
    if isinstance(found, Refusal):
        return found
    allowed = way_out(step.centre.directory, step.centre.dials, profile, found, step.now, "")
    if isinstance(allowed, Refusal):
        return allowed
    return NumberTarget(allowed.dialled, allowed.key or allowed.number.raw, allowed.gateway, allowed.cost)
