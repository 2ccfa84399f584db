"""Whom somebody means who wants a customer handed on or a colleague asked: an agent, a group, or a number outside.

Reads the directory and nothing else. Easy to break: an agent's number is a number as well, so agents come first, and
what can be no telephone number of any country is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fs_control.centre.dial_rules import destination_of
from fs_control.centre.may_dial import way_out
from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.ids import AgentId, GroupId


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
    """Somebody outside; `number` is as it is dialled (O12), by this `gateway`; "" is that of the settings."""

    number: str
    gateway: str = ""


Target: TypeAlias = AgentTarget | GroupTarget | NumberTarget


def target_of(step: Step, by: AgentId, to: str) -> Target | Refusal:
    """Return whom an agent means, or why that is nobody."""
    directory, wanted = step.centre.directory, to.strip()
    agents = directory.agents.values()
    by_extension = next((each for each in agents if each.extension == wanted), None)
    profile = by_extension or next((each for each in agents if each.number == wanted), None)
    if profile is not None:
        if profile.id == by:
            return Refusal("target_is_self", {"agent": profile.number})
        return AgentTarget(profile.id, profile.number)
    for group in directory.groups.values():
        if group.name == wanted:
            return GroupTarget(group.id, group.name)
    return _outside(step, by, wanted)


def _outside(step: Step, by: AgentId, wanted: str) -> Target | Refusal:
    """Return a number outside, where the rules and limits let the agent have it called (`may_dial`)."""
    found = destination_of(step.centre.directory, wanted)
    if isinstance(found, Refusal):
        is_none = found.code in ("dial_number_bad", "dial_number_unknown")
        return Refusal("target_unknown", {"to": wanted[:40]}) if is_none else found
    profile = step.centre.directory.agents.get(by)
    allowed = way_out(step.centre.directory, step.centre.dials, profile, found, step.now, "")
    return allowed if isinstance(allowed, Refusal) else NumberTarget(allowed.dialled, allowed.gateway)
