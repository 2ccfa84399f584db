"""Whom somebody means who wants a customer handed on or a colleague asked: an agent, a group, or a number outside.

Reads the directory and nothing else. Easy to break: an agent's number is a number as well, so agents come first, and
what can be no telephone number of any country is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.ids import AgentId, GroupId, NumberKind, dialled_form, parse_phone_number


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
    """Somebody outside; `number` is as it is dialled (O12)."""

    number: str


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
    number = parse_phone_number(wanted, directory.region)
    if number.kind not in (NumberKind.REGULAR, NumberKind.SHORT):
        return Refusal("target_unknown", {"to": wanted[:40]})
    return NumberTarget(dialled_form(number, directory.region))
