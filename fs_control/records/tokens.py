"""Vocabulary: what programs of others show when they ask the API, and what each of them may do there.

A token is known here by its digest and never by itself. Easy to break: a scope is what a program may do, whoever it
speaks for; a token of one agent may do it for that agent alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fs_control.ids import AgentId, Micros


class Scope(StrEnum):
    """One thing that a token allows."""

    AGENTS_READ = "agents:read"
    AGENTS_ACT = "agents:act"
    CALLS_READ = "calls:read"
    CALLS_DIAL = "calls:dial"
    """Apart from all other actions, because dialling costs money."""
    QUEUES_READ = "queues:read"
    CUSTOMERS_READ = "customers:read"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token: `id` is the part of it that may be shown, `digest` the SHA-256 of all of it in hexadecimal."""

    id: str
    name: str
    digest: str = field(repr=False)
    scopes: frozenset[Scope]
    created_at: Micros
    created_by: str
    expires_at: Micros
    """From this moment on it counts no more."""
    agent: AgentId | None = None
    """The one agent for whom it may act; None is any."""
    last_used_at: Micros | None = None
