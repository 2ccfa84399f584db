"""Vocabulary: what may happen. An event is a fact in the past tense; people's wishes are facts too.

`at` is our clock at the door of the inbox: it orders events and drives timers, and only the inbox sets it. What the
switch says about time is data (`switch_at`) and is what records are made of. An event is written to the journal
before its effects, so a field once shipped is never renamed or re-read: the codec in `runtime` knows each event by
its class name and `VERSIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final

from fs_control.ids import NEVER, AgentId, CallId, LegId, Micros, OpId, RequestId, TimerId
from fs_control.records import Action, CallerFacts, Directory, FlowText, OutboxLevel, Stranger, SuperviseWish, SwitchLeg


class Outcome(StrEnum):
    """The three ways in which a command to the switch can fail."""

    GONE = "gone"
    REFUSED = "refused"
    NO_REPLY = "no_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every fact; `at` is set by the inbox."""

    at: Micros = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchEvent(Event):
    """A fact about one leg that the switch told us; `switch_at` is its own time, or None where it gave none."""

    leg: LegId
    switch_at: Micros | None = None


# --- calls and legs ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffered(SwitchEvent):
    """The dialplan handed us a caller."""

    call: CallId
    dialled: str
    caller: str
    caller_name: str = ""
    phone: str = ""
    """The number of our own phone that dialled, as it authenticated itself; "" for everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReturned(SwitchEvent):
    """The dialplan handed us a leg again whose call we know: after a talk, or because it lost us (socket-resume)."""

    call: CallId
    sent_to: str = ""
    """The number to which a transfer key has sent the leg; "" where it came back by itself."""
    transfer: str = ""
    """Which transfer that was: the same one is told again whenever the same leg is handed over again."""
    answered_at: Micros | None = None
    """When the leg was answered, by the switch; None where it was not yet, and in older journals."""
    waited_long: bool = False
    """Whether many of the dialplan's tries to hand it over are used up: it counts them over the whole call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeEnded(SwitchEvent):
    """The caller's `leg` is free again: the ringing of `other` came to nothing, or the talk with it is over.

    `cause` in FreeSWITCH's words; SUCCESS where the phone was taken up.
    """

    SUCCESS: ClassVar[str] = "SUCCESS"

    other: LegId
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerLinkLost(SwitchEvent):
    """The outbound connection of a caller's leg has ended, whatever the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRinging(SwitchEvent):
    """The far end rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAnswered(SwitchEvent):
    """The far end answered; a leg that we originated is now ours to use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsBridged(SwitchEvent):
    """`leg` and `other` hear each other."""

    other: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegHeld(SwitchEvent):
    """The phone holds the one with whom it talks, by its own key (re-INVITE); the switch plays music to that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegUnheld(SwitchEvent):
    """The phone holds nobody any more: its key was pressed again, or it is about to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferKeyPressed(SwitchEvent):
    """The phone at `leg` hands `other` on (REFER); it is told before anything comes of it, and the phone leaves by it.

    `to`: the number that was dialled at the phone. Where the phone joins its two calls instead (Replaces): `colleague`,
    the leg to which it talks in its other call, or which that rings, and `own`, its own leg of that other call. With
    neither, its other call led to nobody yet, and `other` comes back as sent to the number that this one was for.
    """

    other: LegId | None = None
    """None where our own order to hold has taken it away from the phone already."""
    to: str = ""
    colleague: LegId | None = None
    own: LegId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegHungUp(SwitchEvent):
    """The leg is over; `cause` in FreeSWITCH's words."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFailed(SwitchEvent):
    """An attempt to ring came to nothing, perhaps without any leg: told of legs that nobody's leg waits for."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFinished(SwitchEvent):
    """A prompt or music ended; `completed` is False where it was cut short or could not be played."""

    op: OpId
    completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitsCollected(SwitchEvent):
    """A collect ended; `digits` is "" where the caller pressed nothing, and of a secret one HIDDEN where enough was."""

    HIDDEN: ClassVar[str] = "secret"

    op: OpId
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandFailed(SwitchEvent):
    """A command to the switch failed; `command` is its class name, `detail` the switch's words."""

    command: str
    outcome: Outcome
    op: OpId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed(SwitchEvent):
    """The far end of the leg pressed a key; told of callers who may leave a line by one, and of nobody else."""

    key: str


# --- the switch and its phones -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchFound(Event):
    """The inbound link stands; `core` names this run of the switch, `legs` are the channels it has now.

    `answered` are those of them that were taken up; `still` are those that are in no application, hear nothing, and
    would for ever. So ends a leg with two connections to us, each of a `socket` of its own, when the second one breaks
    later than 20 ms after the first (FreeSWITCH 1.10.12, mod_event_socket.c, listener_run: each pulls the leg out of
    what it runs, and after the first that is the dialplan).
    """

    core: str
    legs: tuple[LegId, ...]
    answered: tuple[LegId, ...] = ()
    held: tuple[LegId, ...] | None = None
    """Those whose phones hold somebody; None where that was not asked (older journals)."""
    still: tuple[LegId, ...] = ()
    asks_ends: bool = True
    """Whether it is asked how those ended that are gone; they were given up at once before that (older journals)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLost(Event):
    """The inbound link broke, or (`STARTED`) there was none yet because we began anew; it comes by itself."""

    STARTED: ClassVar[str] = "started"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRegistered(Event):
    """A SIP phone registered."""

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneUnregistered(Event):
    """A SIP phone's registration ended or expired."""

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEndsFound(Event):
    """How legs ended that the switch no longer had when the link stood again, as it wrote it down (`FindLegEnds`)."""

    ends: tuple[SwitchLeg, ...]
    missing: tuple[LegId, ...] = ()
    """Of these it has left nothing."""


# --- people's wishes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRequested(Event):
    """Somebody wants the agent to take calls; told no more (see ActionRequested), but older journals hold it."""

    request: RequestId
    agent: AgentId
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOutRequested(Event):
    """Somebody wants the agent to take no more calls; told no more (see ActionRequested), but in older journals."""

    request: RequestId
    agent: AgentId
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyRequested(Event):
    """Somebody wants the break of an agent to end; told no more (see ActionRequested), but older journals hold it."""

    request: RequestId
    agent: AgentId
    by: str


# --- ourselves -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryLoaded(Event):
    """The directory and the active flows as they are from now on; live calls keep the flow they began with."""

    directory: Directory
    flows: tuple[FlowText, ...]
    prompts: tuple[str, ...]
    """The names of the prompts that can be played."""
    max_calls: int
    """How many calls this process takes at once."""
    look_up_within: Micros = NEVER
    """How long the database has to say who calls; without any time nobody asks, and all callers are strangers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Event):
    """A timer that we started is due."""

    timer: TimerId


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBegan(Event):
    """It is `day` (2026-12-31) where the enterprise is, until `ends_at`; also told at a start in the middle of it."""

    day: str
    ends_at: Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStored(Event):
    """A call's record is in the database."""

    call: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCrashed(Event):
    """Handling something raised: a defect of ours, which must not cost more than this call (None: no call's).

    `skipped` is the journal sequence of the event that was not applied, or None where the failure was in carrying
    out a command; folding leaves that event out as the live centre did.
    """

    LAST_ATTEMPT: ClassVar[int] = 4
    """Each attempt does less than the one before; the last one only forgets the call."""

    call: CallId | None
    place: str
    error: str
    skipped: int | None = None
    attempt: int = 1
    offer: CallOffered | None = None
    """The caller whose call did not even begin: there is nothing yet to apologise with but this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainRequested(Event):
    """From now on no new call is taken: the process is about to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerLookedUp(Event):
    """The database has said what it knows of a caller; with a `fault` (a code) it could not, and knows nothing."""

    call: CallId
    facts: CallerFacts
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecorded(SwitchEvent):
    """The recording of a message is over: so much sound has come; `went_silent` where silence ended it (N7)."""

    op: OpId
    length: Micros
    went_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlFetched(Event):
    """Somebody else's server has answered a call's flow, or has not: `reason` says why."""

    call: CallId
    op: OpId
    ok: bool
    values: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRequested(Event):
    """Somebody (`by`) wants an agent to do something, or a phone or a plan does; the values are the action's own.

    `to` is whom to call: an agent, a group or a number. Without a `request` nobody waits for an answer.
    """

    request: RequestId
    agent: AgentId
    by: str
    action: Action
    to: str = ""
    note: str = ""
    reason: str = ""
    terminal: str = ""
    first: str = ""
    """Of DIAL: who is called first, `customer` (also where nothing is said) or `agent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChecked(Event):
    """The PIN that was typed on a phone for the agent with a number is theirs, or is not.

    With a `fault` (a code) nobody could say: the database is away, or the PIN is not here any more.
    """

    call: CallId
    number: str
    phone: str
    ok: bool
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperviseRequested(Event):
    """Somebody wants a leader to be on the call of an agent, in another way than now, or no more (C7)."""

    request: RequestId
    leader: AgentId
    agent: AgentId
    by: str
    wish: SuperviseWish


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionStored(Event):
    """An entry of the log of leaders is in the database."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayChanged(Event):
    """The switch told how it finds a gateway to a carrier now; `is_up` says whether calls can go out by it."""

    gateway: str
    state: str
    is_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCompared(Event):
    """The switch was asked for its legs though nothing was lost: this is what there is, to be compared with the centre.

    The fields are those of `SwitchFound`; `strangers` are the legs of ours among them that the centre did not know and
    that were with nobody, at the same moment. Nothing is believed that is told once (`centre.ghosts`).
    """

    core: str
    legs: tuple[LegId, ...]
    answered: tuple[LegId, ...] = ()
    held: tuple[LegId, ...] = ()
    still: tuple[LegId, ...] = ()
    strangers: tuple[Stranger, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKept(Event):
    """A call's record is safe on our own disk, from where it goes to the database; the centre need not keep it."""

    call: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionKept(Event):
    """An entry of the log of leaders is safe on our own disk, likewise."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLevelChanged(Event):
    """What waits on disk for the database fills its room to this level now; `percent` of it is used."""

    level: OutboxLevel
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalInterrupted(Event):
    """The disk does not take events any more, and calls go on without it; `why` in the words of the system."""

    why: str


VERSIONS: Final[dict[type[Event], int]] = {
    CallOffered: 2,
    CallReturned: 3,
    BridgeEnded: 1,
    CallerLinkLost: 1,
    LegRinging: 1,
    LegAnswered: 1,
    LegsBridged: 1,
    LegHungUp: 1,
    RingFailed: 1,
    PromptFinished: 1,
    DigitsCollected: 1,
    CommandFailed: 1,
    SwitchFound: 4,
    SwitchLost: 1,
    PhoneRegistered: 1,
    PhoneUnregistered: 1,
    SignInRequested: 1,
    SignOutRequested: 1,
    DirectoryLoaded: 4,
    TimerFired: 1,
    DayBegan: 1,
    RecordStored: 1,
    CallCrashed: 1,
    DrainRequested: 1,
    ReadyRequested: 1,
    CallerLookedUp: 1,
    KeyPressed: 1,
    MessageRecorded: 1,
    UrlFetched: 1,
    ActionRequested: 1,
    LegHeld: 1,
    LegUnheld: 1,
    TransferKeyPressed: 1,
    PinChecked: 1,
    SuperviseRequested: 1,
    SupervisionStored: 1,
    GatewayChanged: 1,
    StateCompared: 1,
    RecordKept: 1,
    SupervisionKept: 1,
    OutboxLevelChanged: 1,
    LegEndsFound: 1,
    JournalInterrupted: 1,
}
"""Every event with the version of its shape: the codec refuses what is not here."""
