"""What a dry run begins with: who calls, when, what they press, and how everybody else is that day.

Values only. What a scene leaves out goes well: agents are free, what is fetched is there, whoever is dialled answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fs_control.events import DayBegan
from fs_control.ids import AgentId, Micros, PhoneNumber, seconds
from fs_control.records import CallerFacts, Directory, FlowText

SILENCE: Final = "wait"
"""In the place of keys: nothing is pressed until whoever asked gives up waiting."""
HANGS_UP: Final = "hangup"
"""In the place of keys: the caller hangs up instead of answering."""
AT_ONCE: Final = ">"
"""Before keys: they are pressed during a sentence that may be skipped, before anything is asked."""

SPEAKS: Final = seconds(8)
"""How long a caller speaks who leaves a message."""
PATIENCE: Final = seconds(2 * 3600)
"""So long the caller stays on the line where nothing else ends the call."""


class AgentIs(StrEnum):
    """How an agent is while somebody calls."""

    FREE = "free"
    """Takes the call up."""
    BUSY = "busy"
    """Talks with somebody else, for as long as the dry run lasts."""
    AWAY = "away"
    """On a break."""
    SIGNED_OUT = "signed-out"
    NO_ANSWER = "no-answer"
    """The phone rings in vain."""
    DECLINES = "declines"
    NO_PHONE = "no-phone"
    """The phone is not registered."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What another system answers: values for the variables that are asked for, or the reason why there are none."""

    values: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether there is an answer."""
        return not self.reason


def nobody_known(_caller: PhoneNumber, _number: str, _at: Micros) -> CallerFacts:
    """Look a caller up where nobody is known."""
    return CallerFacts()


def nobody_knows(_prompt: str, _language: str) -> None:
    """Say that nobody knows how long a prompt takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One call and everything around it.

    `keys` are used up question by question; behind the last one the caller is silent. `day_of` tells which day it is
    at a moment in a time zone, `look_up` what is known of a caller, `length_of` how long a prompt takes in a language.
    """

    directory: Directory
    flows: tuple[FlowText, ...]
    prompts: tuple[str, ...]
    number: str
    caller: str
    at: Micros
    day_of: Callable[[Micros, str], DayBegan]
    caller_name: str = ""
    keys: tuple[str, ...] = ()
    agents: Mapping[AgentId, AgentIs] = field(default_factory=dict)
    look_up: Callable[[PhoneNumber, str, Micros], CallerFacts] = nobody_known
    length_of: Callable[[str, str], Micros | None] = nobody_knows
    http: tuple[HttpAnswer, ...] = ()
    """Used up one by one; the last one stays."""
    message: Micros = SPEAKS
    """How long the caller speaks when asked for a message; without any time nothing is said."""
    dialled: str = "served"
    """What comes of it where the flow dials a number: served, busy, no_answer or failed."""
    hang_up_after: Micros | None = None
    """How long after the beginning the caller hangs up, whatever happens."""

    def how_is(self, agent: AgentId) -> AgentIs:
        """Return how an agent is; who is not mentioned is free."""
        return self.agents.get(agent, AgentIs.FREE)
