"""Vocabulary: a leader on the call of an agent (C7), what is asked for and what is kept of it.

Every use is kept, each mode by itself. Must not know how a switch does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import AgentId, CallId, EnterpriseId, Micros


class SuperviseMode(StrEnum):
    """Who hears a leader."""

    LISTEN = "listen"
    """Nobody."""
    WHISPER = "whisper"
    """The agent."""
    JOIN = "join"
    """The agent and the customer."""
    TAKE = "take"
    """The customer, in place of the agent, whose part is over."""


class SuperviseWish(StrEnum):
    """What a leader wants, or somebody for them."""

    LISTEN = "listen"
    WHISPER = "whisper"
    JOIN = "join"
    TAKE = "take"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class SupervisionEntry:
    """One use: who was on whose call, in which mode, from when until when. `by` is who asked for it.

    Taking a call over is a moment, and begins and ends in it. `id` names the entry, so that it is kept once. The
    numbers are those of that moment.
    """

    id: str
    enterprise: EnterpriseId
    call: CallId
    leader: AgentId
    leader_number: str
    agent: AgentId
    agent_number: str
    mode: SuperviseMode
    by: str
    began_at: Micros
    ended_at: Micros
