"""A control with memory: a centre that stands still, what agents were asked to do, a database that may be away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fs_control.agents import refusal_of
from fs_control.centre import CallCentre
from fs_control.centre.moments import moment_of
from fs_control.centre.views import agent_numbered
from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import Micros
from fs_control.records import Action, Examination, JournalHealth, OutboxFacts, SuperviseWish


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
    reloads: int = 0
    is_database_there: bool = True
    defect: Exception | None = None
    acted: list[Acted] = field(default_factory=list)
    """Every action that was allowed at its moment, in their order."""
    told: dict[str, str] = field(default_factory=dict)
    """What there is to tell of an action."""
    supervised: list[tuple[str, str, SuperviseWish, str]] = field(default_factory=list)
    """Every wish of a leader: who, on whose call, what, and who asked."""
    refusal: Exception | None = None
    """What an action comes to that depends on more than the moment."""
    before_acting: Callable[[], object] = lambda: None
    """Done before an action is: something that takes its time."""
    waiting: OutboxFacts = field(default_factory=OutboxFacts)
    """What waits for the database."""
    idle_for: int = 0
    """Microseconds since anything happened."""
    examination: Examination = field(default_factory=lambda: Examination(looked=True))
    """What comes of comparing the state now."""
    health: JournalHealth = field(default_factory=JournalHealth)
    """How the journal is said to be."""

    def centre(self) -> CallCentre:
        """Return the centre, or raise the defect."""
        if self.defect is not None:
            raise self.defect
        return self.state

    def journal(self) -> JournalHealth:
        """Return how the journal is."""
        return self.health

    def act(self, number: str, action: Action, by: str, **values: str) -> Mapping[str, str]:
        """Remember an action; refused is one that an agent may not do at this moment, or any where `refusal` is set."""
        profile = agent_numbered(self.state, number)
        if profile is None:
            raise UserMistake("agent_unknown", agent=number)
        code = refusal_of(action, moment_of(self.state, profile.id))
        if code is not None:
            raise UserMistake(code, agent=number)
        self.before_acting()
        if self.refusal is not None:
            raise self.refusal
        self.acted.append(Acted(number, action, by, {name: value for name, value in values.items() if value}))
        return self.told

    def supervise(self, leader: str, agent: str, wish: SuperviseWish, by: str) -> None:
        """Remember what a leader wants; refused where `refusal` is set."""
        for number in (leader, agent):
            if agent_numbered(self.state, number) is None:
                raise UserMistake("agent_unknown", agent=number)
        if self.refusal is not None:
            raise self.refusal
        self.supervised.append((leader, agent, wish, by))

    def reload_directory(self) -> None:
        """Count the reloads; RemoteFault where the database is away."""
        if not self.is_database_there:
            raise RemoteFault("directory_not_loaded")
        self.reloads += 1

    def compare_state(self) -> Examination:
        """Return what was set."""
        return self.examination

    def outbox(self) -> OutboxFacts:
        """Return what is said to wait."""
        return self.waiting

    def retry_outbox(self) -> int:
        """Let what was refused wait again."""
        handed_over, self.waiting = self.waiting.refused, replace(self.waiting, refused=0)
        return handed_over

    def now(self) -> Micros:
        """Return the moment of the last event and what has passed since."""
        return Micros(self.state.at + self.idle_for)
