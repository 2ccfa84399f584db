"""What a directory file asks for, where each value stands in it, and what came of it: plain values.

Knows neither the forms of such a file nor the database. Things are named by what people call them (agent number,
group name); the numbers of rows come in with `directory`. Easy to break: an entry of a file stands for the whole
thing, so a field left out has its default; only the enterprise's settings are changed one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fs_control.errors import UserMistake
from fs_control.records import (
    FIRST_LEVEL,
    FIRST_RIGHTS,
    BreakReason,
    Colleague,
    Directory,
    Right,
    Strategy,
    TerminalKind,
)
from fs_control.store.calendar_entries import CalendarEntry


class ItemKind(StrEnum):
    """The kinds of things that are configured or saved; those that a directory file names are its words for them."""

    ENTERPRISE = "enterprise"
    PHONE = "phone"
    AGENT = "agent"
    GROUP = "group"
    NUMBER = "number"
    CUSTOMER = "customer"
    MEMORY = "memory"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class EnterpriseEntry:
    """The settings of an enterprise."""

    name: str
    time_zone: str
    language: str
    region: str
    memory_valid_s: int = Directory().memory_valid_s
    wrap_up_s: float | None = None
    starts_on_break: bool | None = None
    default_terminal: TerminalKind | None = None
    diverts: bool | None = None


TERMINAL_FIELDS: Final[Mapping[TerminalKind, str]] = {
    TerminalKind.SIP: "phone",
    TerminalKind.SOFTPHONE: "softphone",
    TerminalKind.PHONE: "ordinary_phone",
    TerminalKind.APP: "app",
}
"""Where the code of each kind of terminal stands in an agent's entry."""


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """An agent, by number (A1)."""

    number: str
    name: str
    phone: str | None = None
    wrap_up_s: float | None = None
    starts_on_break: bool | None = None
    softphone: str | None = None
    ordinary_phone: str | None = None
    app: str | None = None
    default_terminal: TerminalKind | None = None
    extension: str | None = None
    divert_to: str | None = None
    diverts: bool | None = None
    rights: tuple[Right, ...] = tuple(sorted(FIRST_RIGHTS))

    @property
    def registered_codes(self) -> Mapping[str, str]:
        """Return the SIP numbers of the agent, by the field that names each."""
        codes = {"phone": self.phone, "softphone": self.softphone, "app": self.app}
        return {field: code for field, code in codes.items() if code is not None}

    @property
    def kinds(self) -> frozenset[TerminalKind]:
        """Return the kinds of terminal that the agent may use."""
        return frozenset(kind for kind, field in TERMINAL_FIELDS.items() if getattr(self, field) is not None)


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """An agent in a group; `level` is for the strategy `top_down`."""

    number: str
    level: int = FIRST_LEVEL

    def __str__(self) -> str:
        return self.number if self.level == FIRST_LEVEL else f"{self.number}:{self.level}"


@dataclass(frozen=True, slots=True)
class OverflowEntry:
    """A group that helps out after some seconds in line."""

    group: str
    after_s: float

    def __str__(self) -> str:
        return f"{self.group}:{self.after_s:g}"


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A skill group (Q1), by name; `members` are in the order of the group, `overflow` in that of time."""

    name: str
    strategy: Strategy = Strategy.LONGEST_IDLE_TIME
    ring_s: float = 20.0
    members: tuple[MemberEntry, ...] = ()
    returning_customer: bool = False
    colleague: Colleague = Colleague.RANDOM
    own_agent_wait_s: float | None = None
    own_agent_ask: bool = False
    announce_every_s: float | None = None
    announce_estimate: bool = False
    max_waiting: int | None = None
    overflow: tuple[OverflowEntry, ...] = ()
    whisper: str | None = None
    wrap_up_s: float | None = None


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A service number (N1)."""

    number: str
    flow: str | None = None
    max_calls: int | None = None
    takes_memory: bool = False
    memory_valid_s: int | None = None
    absent_flow: str | None = None


@dataclass(frozen=True, slots=True)
class Configured:
    """What is configured now, by the names that people use."""

    enterprise: EnterpriseEntry
    phones: frozenset[str] = frozenset()
    agents: Mapping[str, AgentEntry] = field(default_factory=dict)
    groups: Mapping[str, GroupEntry] = field(default_factory=dict)
    numbers: Mapping[str, NumberEntry] = field(default_factory=dict)
    calendars: Mapping[str, CalendarEntry] = field(default_factory=dict)
    breaks: tuple[BreakReason, ...] = ()
    """The reasons for a break (A9), which no file names."""


# --- a file --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file, counted from 1; in a CSV file `column` counts cells."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing that is wrong in a file: a code of `texts` with its values, and the place."""

    file: str
    place: Place
    code: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        details = " ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.code} {details}".rstrip()


class DirectoryFileMistake(UserMistake):
    """A directory file was refused as a whole; `problems` names every bad place in it, in the order of the file."""

    def __init__(self, file: str, problems: Sequence[FileProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        super().__init__("directory_file_wrong", file=file, count=len(self.problems))


Path = tuple[ItemKind, str, str, int]
"""Names a value of a plan: kind and key of the thing, the field, and which of its values (0 where there is one)."""


@dataclass(frozen=True, slots=True)
class DirectoryPlan:
    """What one file asks for. With `problems` it is refused by whoever should carry it out."""

    file: str
    enterprise: Mapping[str, str | int | float | None] = field(default_factory=dict)
    """Those settings of `EnterpriseEntry` that the file names."""
    phones: frozenset[str] = frozenset()
    agents: Mapping[str, AgentEntry] = field(default_factory=dict)
    groups: Mapping[str, GroupEntry] = field(default_factory=dict)
    numbers: Mapping[str, NumberEntry] = field(default_factory=dict)
    places: Mapping[Path, Place] = field(default_factory=dict)
    problems: tuple[FileProblem, ...] = ()
    calendars: Mapping[str, CalendarEntry] = field(default_factory=dict)

    def place_of(self, kind: ItemKind, key: str, name: str, index: int = 0) -> Place:
        """Return where a value stands; the beginning of the file for one that is not written in it."""
        return self.places.get((kind, key, name, index), Place(1, 1))

    def all_phones(self) -> frozenset[str]:
        """Return the phones that the file names, those of its agents among them."""
        return self.phones | {code for agent in self.agents.values() for code in agent.registered_codes.values()}


# --- what came of it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that has another value now."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One thing of the file; `changes` is empty for a new thing and for one left alone."""

    kind: ItemKind
    key: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did with each thing in the file; what is not in the file is not touched."""

    added: tuple[ImportedItem, ...] = ()
    changed: tuple[ImportedItem, ...] = ()
    unchanged: tuple[ImportedItem, ...] = ()
