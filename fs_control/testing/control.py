"""A control with memory: a centre that stands still, agents who sign in and out, a database that may be away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fs_control.agents import refusal_of
from fs_control.centre import CallCentre
from fs_control.centre.moments import moment_of
from fs_control.centre.views import agent_numbered
from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import Micros
from fs_control.records import Action


@dataclass(frozen=True, slots=True)
class Acted:
    """One action that was carried out, with the values that were given."""

    agent: str
    action: Action
    by: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FakeControl:
    """What a running engine lets people do, with memory and without an engine."""

    state: CallCentre = field(default_factory=CallCentre)
    signed_in: dict[str, str] = field(default_factory=dict)
    """Agent number to whoever signed them in."""
    on_break: set[str] = field(default_factory=set)
    reloads: int = 0
    is_database_there: bool = True
    defect: Exception | None = None
    acted: list[Acted] = field(default_factory=list)
    """Every action that was allowed at its moment, in their order."""
    told: dict[str, str] = field(default_factory=dict)
    """What there is to tell of an action."""
    refusal: Exception | None = None
    """What an action comes to that depends on more than the moment."""
    idle_for: int = 0
    """Microseconds since anything happened."""

    def centre(self) -> CallCentre:
        """Return the centre, or raise the defect."""
        if self.defect is not None:
            raise self.defect
        return self.state

    def sign_in(self, number: str, by: str) -> None:
        """Sign an agent in, once."""
        self._refuse_unknown(number)
        if number in self.signed_in:
            raise UserMistake("agent_already_signed_in", agent=number)
        self.signed_in[number] = by

    def sign_out(self, number: str, by: str) -> None:
        """Sign an agent out who is signed in."""
        self._refuse_unknown(number)
        if self.signed_in.pop(number, None) is None:
            raise UserMistake("agent_already_signed_out", agent=number)

    def make_ready(self, number: str, by: str) -> None:
        """End the break of an agent who has one."""
        self._refuse_unknown(number)
        if number not in self.on_break:
            raise UserMistake("agent_already_ready", agent=number)
        self.on_break.remove(number)

    def act(self, number: str, action: Action, by: str, **values: str) -> Mapping[str, str]:
        """Remember an action; refused is one that an agent may not do at this moment, or any where `refusal` is set."""
        profile = agent_numbered(self.state, number)
        if profile is None:
            raise UserMistake("agent_unknown", agent=number)
        code = refusal_of(action, moment_of(self.state, profile.id))
        if code is not None:
            raise UserMistake(code, agent=number)
        if self.refusal is not None:
            raise self.refusal
        self.acted.append(Acted(number, action, by, {name: value for name, value in values.items() if value}))
        return self.told

    def reload_directory(self) -> None:
        """Count the reloads; RemoteFault where the database is away."""
        if not self.is_database_there:
            raise RemoteFault("directory_not_loaded")
        self.reloads += 1

    def now(self) -> Micros:
        """Return the moment of the last event and what has passed since."""
        return Micros(self.state.at + self.idle_for)

    def _refuse_unknown(self, number: str) -> None:
        if agent_numbered(self.state, number) is None:
            raise UserMistake("agent_unknown", agent=number)
