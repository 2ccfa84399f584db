"""Vocabulary: what the core and the shells expect of one another, as protocols.

A shell implements a port, `app` hands it over, `testing` has an implementation with memory for each. Shells know
ports and never one another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from fs_control.events import Event
from fs_control.ids import AgentId, CallId, GroupId, LegId, Micros, PhoneNumber
from fs_control.records import (
    CallerFacts,
    CallRecord,
    Directory,
    Disposition,
    FlowText,
    OutboxFacts,
    SupervisionEntry,
    SwitchLeg,
)


class Clock(Protocol):
    """The one source of time; its rate may be faster than life in a demo."""

    def now(self) -> Micros:
        """Return this moment."""

    def real_seconds(self, length: Micros) -> float:
        """Return how many seconds on the wall a length of this clock's time takes."""


class Notice(Protocol):
    """Takes facts in: the inbox of a centre. Never blocks and never raises."""

    def __call__(self, event: Event) -> None:
        """Put one event in the inbox."""


class RecordStore(Protocol):
    """The database of finished calls. A RemoteFault means: try again later, nothing was lost."""

    def store(self, records: Sequence[CallRecord]) -> None:
        """Write records in one transaction; one that is there already is left alone (exactly once)."""

    def recent(self, limit: int) -> Sequence[CallRecord]:
        """Return the newest records, newest first."""

    def find(self, prefix: str) -> Sequence[CallRecord]:
        """Return the records whose call id begins with `prefix` (at most a handful)."""

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        """Return the stored records of these calls, in the order of their start."""


class RecordSink(Protocol):
    """Takes ended calls on their way to the database; each is confirmed by `RecordStored`, or by `RecordKept`."""

    def put(self, record: CallRecord) -> None:
        """Take a record in; never blocks."""

    def run(self) -> None:
        """Work for ever."""

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until everything is in the database or on disk; False where that took longer."""

    def facts(self) -> OutboxFacts:
        """Return what waits at this moment, since when and why."""
        ...

    def retry(self) -> int:
        """Hand over again what the database refused, and return how many records that is; OSError as the disk says."""
        ...


class SupervisionSink(Protocol):
    """Takes what leaders did on its way to the database; each is confirmed by `SupervisionStored`."""

    def put(self, record: SupervisionEntry) -> None:
        """Take an entry in; never blocks."""

    def run(self) -> None:
        """Work for ever."""

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until everything is in the database or on disk; False where that took longer."""

    def facts(self) -> OutboxFacts:
        """Return what waits at this moment, since when and why."""
        ...

    def retry(self) -> int:
        """Hand over again what the database refused, and return how many entries that is; OSError as the disk says."""
        ...


class LegStore(Protocol):
    """Where the legs are kept as the switch told them. Every method may raise RemoteFault and UserMistake."""

    def store(self, legs: Sequence[SwitchLeg], /) -> None:
        """Keep legs, all or none; one that is there already is left as it is."""

    def find(self, legs: Collection[LegId], /) -> Sequence[SwitchLeg]:
        """Return those of these legs that are there."""


class DirectoryStore(Protocol):
    """The configured enterprise: numbers, groups, agents, phones, active flows."""

    def load(self) -> tuple[Directory, tuple[FlowText, ...]]:
        """Return the whole directory and the active version of each flow."""


class DirectoryChanges(Protocol):
    """News of changes in the configured enterprise, wherever they are made."""

    def follow(self, tell: Callable[[], None]) -> NoReturn:
        """Call `tell` at the beginning and after every change; a RemoteFault says that there is no more news."""
        ...


class CallerStore(Protocol):
    """What the database knows of callers. A RemoteFault means: treat the caller as a stranger, and say why."""

    def look_up(self, caller: PhoneNumber, number: str, now: Micros) -> CallerFacts:
        """Return what is known of a caller of a service number, named as the directory names it."""


class PinStore(Protocol):
    """What knows the agents' PINs (A17)."""

    def check(self, number: str, pin: str) -> bool:
        """Tell whether this is the PIN of the agent with this number; RemoteFault when nobody can be asked."""
        ...


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What to ask somebody else's server; it may hold a secret and is not for printing."""

    method: str
    url: str = field(repr=False)
    body: str = field(repr=False)
    """JSON text, or "" for none."""
    deadline_s: float
    """Real seconds for everything, from the look-up of the name to the last byte."""
    want: Mapping[str, str]
    """Name of a variable to its path in the JSON that comes."""


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What came of it; where it is not `ok`, `reason` is why."""

    ok: bool
    values: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    reason: str = ""


class WebClient(Protocol):
    """Asks other people's servers, those that the operator allows."""

    def fetch(self, request: WebRequest) -> WebAnswer:
        """Ask and wait; whatever goes wrong is an answer."""


@dataclass(frozen=True, slots=True)
class CallsWanted:
    """Which ended calls somebody wants to read; what is None narrows nothing."""

    started_from: Micros | None = None
    started_before: Micros | None = None
    number: str | None = None
    """The service number, as the caller dialled it."""
    caller: str | None = None
    """What all forms of the caller's number share (`PhoneNumber.key`)."""
    agent: AgentId | None = None
    """Whoever was offered the call or spoke in it."""
    group: GroupId | None = None
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class CallPlace:
    """A place in the list of calls, the newest first: behind this call."""

    started_at: Micros
    call: CallId


class CallPages(Protocol):
    """The ended calls, to be read in pages. A RemoteFault means: the database is away, ask again later."""

    def page(self, wanted: CallsWanted, behind: CallPlace | None, limit: int) -> Sequence[CallRecord]:
        """Return the next calls behind a place, the newest first; of what is below each, its segments alone."""

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        """Return the stored records of these calls, in the order of their start."""


@dataclass(frozen=True, slots=True)
class RememberedCall:
    """Which agent dialled a customer last (M1), by the agent's number; `customer_name` where somebody saved them."""

    number: str
    agent: str
    service_number: str | None
    remembered_at: Micros
    customer_name: str | None = None


class CallMemories(Protocol):
    """What is remembered of numbers."""

    def remembered(self, number: str) -> RememberedCall:
        """Return what is remembered of a number in any form; UserMistake where that is nothing, or it is no number."""
