"""Where a setting of an agent comes from: their own, else their group's, else the enterprise's, else ours (A26).

One rule for all settings, asked by the centre for the value and by people for its source. Easy to break: a value that
was set to nothing (0 seconds) is a value; only None lets the next one speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from fs_control.records import AgentDefaults, AgentProfile, Group, TerminalKind

Value = TypeVar("Value")


class Source(StrEnum):
    """Who said what a setting is."""

    AGENT = "agent"
    GROUP = "group"
    ENTERPRISE = "enterprise"
    BUILT_IN = "built_in"


@dataclass(frozen=True, slots=True)
class Given(Generic[Value]):
    """A setting and who said so."""

    value: Value
    source: Source


def first_given(
    built_in: Value, agent: Value | None = None, group: Value | None = None, enterprise: Value | None = None
) -> Given[Value]:
    """Return the first of agent's, group's and enterprise's value that there is, else the one that is built in."""
    for value, source in ((agent, Source.AGENT), (group, Source.GROUP), (enterprise, Source.ENTERPRISE)):
        if value is not None:
            return Given(value, source)
    return Given(built_in, Source.BUILT_IN)


def wrap_up_of(profile: AgentProfile | None, group: Group | None, defaults: AgentDefaults) -> Given[float]:
    """Return how many seconds an agent has for notes after a call for a group, or for none (A13)."""
    own = profile.wrap_up_s if profile is not None else None
    return first_given(0.0, own, group.wrap_up_s if group is not None else None, defaults.wrap_up_s)


def starts_on_break(profile: AgentProfile, defaults: AgentDefaults) -> Given[bool]:
    """Return whether an agent begins with a break when they sign in (A10)."""
    return first_given(False, profile.starts_on_break, None, defaults.starts_on_break)


def default_terminal(profile: AgentProfile, defaults: AgentDefaults) -> Given[TerminalKind | None]:
    """Return where an agent is signed in who says nothing (A11); a kind that they do not have says nothing either.

    Built in is the first kind that they have; None for one who has none at all.
    """
    codes = profile.codes
    own, enterprise = (
        kind if kind in codes else None for kind in (profile.default_terminal, defaults.default_terminal)
    )
    return first_given(next((kind for kind in TerminalKind if kind in codes), None), own, None, enterprise)


def diverts(profile: AgentProfile, defaults: AgentDefaults) -> Given[bool]:
    """Return whether an agent's calls go elsewhere where their terminal is not registered (A19)."""
    return first_given(False, profile.diverts, None, defaults.diverts)
