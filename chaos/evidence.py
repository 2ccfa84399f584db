"""What was seen of a run, as values: callers, legs, joins, rows, lives. Moments are microseconds since 1970 UTC.

Pure. Each kind comes from another witness (the callers' scripts, the switch's own files, an independent connection,
the database, the processes), and no witness is asked about another's matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chaos.people import Story
from chaos.schedule import Blow
from fs_control.ids import Micros


@dataclass(frozen=True, slots=True)
class Placed:
    """A caller who dialled, by the leg that the switch made for them."""

    leg: str
    story: Story
    at: Micros


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg by the switch's own file of it (mod_json_cdr)."""

    leg: str
    direction: str
    created_at: Micros
    answered_at: Micros | None
    ended_at: Micros
    cause: str
    disposition: str
    """FreeSWITCH's sip_hangup_disposition: recv_bye, send_bye, recv_cancel, send_refuse, ..."""
    core: str = ""

    @property
    def left_itself(self) -> bool:
        """Whether the far end ended it."""
        return self.disposition.startswith("recv_")


@dataclass(frozen=True, slots=True)
class Joined:
    """Two legs hear each other, or no longer; `one` is the first that the switch named."""

    at: Micros
    one: str
    other: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """An agent was told to do something with the call of a caller's leg; whether it was heard may be unknown."""

    at: Micros
    leg: str
    action: str


@dataclass(frozen=True, slots=True)
class Row:
    """The record of a call in the database."""

    call: str
    leg: str
    ended_by: str
    cause: str
    disposition: str


@dataclass(frozen=True, slots=True)
class Life:
    """One life of the control plane."""

    started_at: Micros
    ready_at: Micros | None = None
    """When it said that it had found the switch."""
    ended_at: Micros | None = None
    ended_by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which the switch was not there."""

    since: Micros
    until: Micros


@dataclass(frozen=True, slots=True)
class Return:
    """A caller who was in line when the control plane died, and the next one has begun.

    `after_s` None: the next one died before they were back; `in_place`: those who were ahead of them and are there
    still are ahead of them, and nobody else who waited then.
    """

    call: str
    after_s: float | None
    in_place: bool = True


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A caller who came while no control plane was there, taken `after_s` from the start of the next one.

    None: nobody took them, for they had left by then, or the next one died first.
    """

    leg: str
    after_s: float | None
    heard_music: bool = True
    """Meanwhile; of calls of a switch that died nobody knows, and they count as if."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent when all is over."""

    number: str
    status: str
    state: str
    call: str | None
    expected: str = "ready"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was seen."""

    placed: tuple[Placed, ...] = ()
    legs: Mapping[str, Leg] = field(default_factory=dict)
    """By the leg."""
    joins: tuple[Joined, ...] = ()
    """In the order in which the switch told them."""
    acts: tuple[Act, ...] = ()
    rows: tuple[Row, ...] = ()
    lives: tuple[Life, ...] = ()
    outages: tuple[Outage, ...] = ()
    told: frozenset[str] = frozenset()
    """The callers' legs that some control plane was told of, by its journal."""
    agents: tuple[Agent, ...] = ()
    left: tuple[str, ...] = ()
    """Legs that the switch has still when nobody should be there any more."""
    returns: tuple[Return, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    """Callers who came while no control plane was there."""
    blows: tuple[Blow, ...] = ()
    complaints: tuple[str, ...] = ()
    """What `ledger verify` found."""
