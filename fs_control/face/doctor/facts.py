"""What was seen before anybody judges it: of the switch, and of ourselves.

Plain values without a verdict. None always means: not told, or not to be seen from here; it is never the same as "no".
The secrets that a switch's configuration holds are left where they are read and never get this far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fs_control.errors import FsControlError
from fs_control.flow import FlowProblem
from fs_control.records import JournalHealth, OutboxFacts


@dataclass(frozen=True, slots=True)
class Version:
    """A FreeSWITCH's version; `text` is how it calls itself."""

    number: tuple[int, int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What `status` says."""

    is_ready: bool
    sessions_per_second: int
    max_sessions: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A SIP profile as it runs; `session_timeout_s` 0 is without session timers."""

    name: str
    codecs: tuple[str, ...]
    session_timeout_s: int


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come to the event socket, as configured; `strangers_pass`: what its access lists say of a stranger."""

    listen_ip: str
    lists: tuple[str, ...]
    strangers_pass: bool


@dataclass(frozen=True, slots=True)
class ClockSample:
    """One look at the switch's clock: ours before and after, theirs between (microseconds since 1970 UTC)."""

    sent_us: int
    theirs_us: int
    received_us: int

    @property
    def round_trip_us(self) -> int:
        """How long the question was under way."""
        return self.received_us - self.sent_us

    @property
    def ahead_us(self) -> int:
        """How far their clock is ahead of ours, when question and answer took the same time."""
        return self.theirs_us - (self.sent_us + self.received_us) // 2


@dataclass(frozen=True, slots=True)
class Binding:
    """Where mod_xml_curl asks for the directory, as configured; the password itself is left where it was read."""

    url: str
    shows_our_password: bool


@dataclass(frozen=True, slots=True)
class RecordingsProbe:
    """A file put into the folder of recordings: why it could not be, or whether the switch sees it in its own."""

    folder: str
    """As this machine sees it."""
    reason: str | None = None
    is_seen: bool | None = None


@dataclass(frozen=True, slots=True)
class CdrProbe:
    """The folder of ended legs: what came of a file put into it, and what lies there that nobody has taken."""

    folder: str
    """As this machine sees it."""
    reason: str | None = None
    """Why no file could be put there."""
    is_seen: bool | None = None
    """Whether the switch sees that file in its own."""
    waiting: int = 0
    oldest_s: float = 0.0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class NeededPrompt:
    """A prompt that an active flow may play, in the flow's language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class SwitchFacts:
    """What a switch told. `modules` and `files` hold only what it answered for."""

    version: Version | None = None
    limits: Limits | None = None
    modules: Mapping[str, bool] = field(default_factory=dict)
    door: Door | None = None
    running: tuple[Profile, ...] | None = None
    configured: Mapping[str, Mapping[str, str]] | None = None
    """Each profile of sofia.conf with its parameters."""
    actions: tuple[tuple[str, str], ...] | None = None
    """Every action of the dialplan: application and data."""
    media_timeout: str | None = None
    """The global variable media_timeout, milliseconds, which every leg has unless it has its own."""
    clock: ClockSample | None = None
    """The quickest of several."""
    files: Mapping[str, bool] = field(default_factory=dict)
    gateways: Mapping[str, str] | None = None
    """Each gateway of a running profile with its state; DOWN where it does not answer our pings."""
    bindings: tuple[Binding, ...] | None = None
    recordings: RecordingsProbe | None = None
    """None where no folder is set."""
    prompts: tuple[str, ...] = ()
    """The prompts that it was asked for, as it sees them."""
    cdrs: CdrProbe | None = None
    """None where no folder is set."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """The database: the fault that kept us out, or how its tables differ from ours; neither where none is made yet."""

    fault: FsControlError | None = None
    differences: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """The flows of the folder beside those that are active."""

    folder: str
    active: tuple[str, ...]
    problems: tuple[FlowProblem, ...] = ()
    unreadable: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Flows whose file says something else than the active version, or that have none."""
    missing: tuple[str, ...] = ()
    """Flows that a number leads to and that are not active."""
    prompts: tuple[NeededPrompt, ...] = ()
    """What the active flows may play, sentences that were synthesised too."""
    unusable: tuple[str, ...] = ()
    """Active flows that an engine cannot read: what they name is gone, or an older program took them in."""
    rolled_back: tuple[str, ...] = ()
    """Flows of which an earlier version was brought back; the file says something else, and stays out."""


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """The library of prompts beside what the active flows need; `is_made` False before the first start."""

    folder: str
    is_made: bool = False
    count: int = 0
    """How many prompts the flows need."""
    missing: tuple[NeededPrompt, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The calendars, and of which of this year and the next the public holidays of one are not all known."""

    names: tuple[str, ...]
    unknown: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Only those of which a year is not known."""


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """The engine of this folder: the fault that kept us from asking it, or what it said of itself."""

    fault: FsControlError | None = None
    is_switch_there: bool = False
    is_draining: bool = False
    calls: int = 0
    open_files: int | None = None
    """Its limit, or that of this process where none runs; None is without limit."""
    journal: JournalHealth = field(default_factory=JournalHealth)
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What was seen of ourselves."""

    database: DatabaseFacts
    flows: FlowFacts | None
    """None without a database to compare with."""
    engine: EngineFacts
    listening_ports: frozenset[int] | None
    folder: str
    """The var folder."""
    free_bytes: int | None
    is_writable: bool
    library: LibraryFacts | None = None
    """None without a database that tells which flows are active."""
    calendars: CalendarFacts | None = None
    """None without a database."""
    outbox: OutboxFacts | None = None
    """What waits for the database, as the engine says; without one, what lies on disk. None where nobody can tell."""
