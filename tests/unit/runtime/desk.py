"""A centre on a desk: inbox and journal are real, time stands still until it is told to go on, orders pile up."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fs_control.centre import CallCentre, Transition
from fs_control.commands import CallCommand, Command, PlayPrompt
from fs_control.events import (
    ActionRequested,
    BridgeEnded,
    CallCrashed,
    CallerLinkLost,
    CallerLookedUp,
    CallOffered,
    CallReturned,
    CommandFailed,
    DayBegan,
    DigitsCollected,
    DrainRequested,
    Event,
    GatewayChanged,
    JournalInterrupted,
    KeyPressed,
    LegAnswered,
    LegEndsFound,
    LegHeld,
    LegHungUp,
    LegRinging,
    LegsBridged,
    LegUnheld,
    MessageRecorded,
    OutboxLevelChanged,
    Outcome,
    PhoneRegistered,
    PhoneUnregistered,
    PinChecked,
    PromptFinished,
    ReadyRequested,
    RecordKept,
    RecordStored,
    RingFailed,
    SignInRequested,
    SignOutRequested,
    StateCompared,
    SuperviseRequested,
    SupervisionKept,
    SupervisionStored,
    SwitchFound,
    SwitchLost,
    TimerFired,
    TransferKeyPressed,
    UrlFetched,
)
from fs_control.ids import SECOND, AgentId, CallId, LegId, Micros, OpId, RequestId, TimerId, derived_leg_id
from fs_control.records import Action, CallerFacts, OutboxLevel, Stranger, SuperviseWish, SwitchLeg
from fs_control.runtime.inbox import Inbox
from fs_control.runtime.journal import Journal, Past, read_past
from fs_control.runtime.journal_disk import Disk
from fs_control.testing.builders import loaded

MORNING = Micros(1_767_225_600 * SECOND)
JOURNAL_OF_VERSION_1 = Path(__file__).parents[2] / "data" / "journal-v1.jsonl.gz"
"""The second segment of `play_a_day`, as the first program wrote it; never to be written again."""


@dataclass
class SetClock:
    """Shows what it is set to; a length of its time takes no time at all."""

    at: Micros = MORNING

    def now(self) -> Micros:
        """Return what it was set to."""
        return self.at

    def real_seconds(self, length: Micros) -> float:
        """Return no time at all."""
        return 0.0


class Notes(list[Event]):
    """Takes events in and keeps them."""

    def __call__(self, event: Event) -> None:
        self.append(event)


class Desk:
    """An inbox that works when it is told to."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.clock = SetClock()
        self.past: Past = read_past(folder)
        self.journal = Journal(folder, self.past.centre, self.past.next, disk=disk)
        self.inbox = Inbox(self.past.centre, self.journal, self.clock, self._carry_out)
        self.orders: list[Command] = []
        self.when_carried_out: Callable[[], None] = lambda: None

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.journal.close()

    @property
    def centre(self) -> CallCentre:
        """The centre as it is now."""
        return self.inbox.centre

    def play(self, *batches: list[Event]) -> Desk:
        """Take one batch after the other."""
        for batch in batches:
            self.take(*batch)
        return self

    def take(self, *events: Event) -> None:
        """Work these events off in one batch a second later, and what follows from them behind them."""
        self.clock.at = Micros(self.clock.at + SECOND)
        self.inbox.work_off(events)
        while self.inbox._waiting:
            self.inbox.work_off([self.inbox._waiting.popleft()])

    def prompts(self) -> list[str]:
        """What callers were ordered to hear."""
        return [order.prompt.name for order in self.orders if isinstance(order, PlayPrompt)]

    def orders_for(self, call: CallId) -> list[CallCommand]:
        """What was ordered for a call."""
        return [order for order in self.orders if isinstance(order, CallCommand) and order.call == call]

    def lines(self) -> list[bytes]:
        """What is in the journal, without the snapshot."""
        return self.journal.path.read_bytes().splitlines()[1:]

    def _carry_out(self, _event: Event, result: Transition) -> None:
        self.orders.extend(result.commands)
        self.when_carried_out()


@dataclass(frozen=True)
class Caller:
    """Somebody who calls; the legs and applications of the call by number."""

    name: str
    dialled: str = "4001"

    @property
    def call(self) -> CallId:
        """The call."""
        return CallId(f"call-{self.name}")

    @property
    def leg(self) -> LegId:
        """The caller's own leg."""
        return LegId(f"leg-{self.name}")

    def agent_leg(self, number: int) -> LegId:
        """The leg of the n-th agent who was rung."""
        return derived_leg_id(self.call, number)

    def op(self, number: int) -> OpId:
        """The n-th application on the caller's leg."""
        return OpId(f"{self.call}.{number}")

    def offered(self) -> CallOffered:
        """The call comes in."""
        return CallOffered(leg=self.leg, call=self.call, dialled=self.dialled, caller="13800138000", caller_name="王芳")

    def looked_up(self) -> CallerLookedUp:
        """The database says that nobody knows the caller."""
        return CallerLookedUp(call=self.call, facts=CallerFacts())

    def gone(self) -> LegHungUp:
        """The caller hangs up."""
        return LegHungUp(leg=self.leg, cause="NORMAL_CLEARING")


ANNE, BEN, CARL, DORA, EVE = (
    Caller("anne"),
    Caller("ben", "4002"),
    Caller("carl", "4002"),
    Caller("dora"),
    Caller("eve"),
)
FRED, GINA, HUGO = Caller("fred"), Caller("gina", "4002"), Caller("hugo", "4003")
"""Those of the evening before."""


def end_of(caller: Caller) -> SwitchLeg:
    """How the switch tells that a caller hung up."""
    return SwitchLeg(
        leg=caller.leg,
        call=caller.call,
        core="core-1",
        direction="inbound",
        caller="13800138000",
        number=caller.dialled,
        created_at=MORNING,
        answered_at=Micros(MORNING + SECOND),
        ended_at=Micros(MORNING + 40 * SECOND),
        cause="NORMAL_CLEARING",
        disposition="recv_bye",
        talked_to=None,
    )


def signs_in(*agents: int) -> list[Event]:
    """Agents want to take calls."""
    return [SignInRequested(request=RequestId(f"in-{each}"), agent=AgentId(each), by="test") for each in agents]


def opening(*legs: LegId) -> list[Event]:
    """What a centre hears when a process starts and finds these legs at the switch."""
    return [SwitchLost(reason="started"), loaded(), SwitchFound(core="core-1", legs=legs)]


def the_evening_before() -> list[list[Event]]:
    """What the snapshot of the day begins with: one talks, one is in the menu, one was refused and is not stored."""
    first = FRED.agent_leg(1)
    return [
        [*opening(), *signs_in(2)],
        [FRED.offered(), GINA.offered(), HUGO.offered(), FRED.looked_up(), GINA.looked_up()],
        [LegAnswered(leg=first), LegsBridged(leg=FRED.leg, other=first), HUGO.gone()],
        [PromptFinished(leg=GINA.leg, op=GINA.op(1), completed=True)],
    ]


def a_day() -> list[list[Event]]:
    """A day with everything that can happen, batch by batch; at its end calls are under way."""
    first, second = ANNE.agent_leg(1), BEN.agent_leg(1)
    return [
        opening(FRED.leg, FRED.agent_leg(1), GINA.leg),
        [DayBegan(day="2026-01-01", ends_at=Micros(MORNING + 57_600 * SECOND))],
        [PhoneRegistered(phone="1001"), PhoneUnregistered(phone="1003"), *signs_in(1)],
        [GatewayChanged(gateway="carrier", state="FAIL_WAIT", is_up=False)],
        [CallReturned(leg=GINA.leg, call=GINA.call)],
        # Anne is connected; the agent ends the talk.
        [ANNE.offered(), ANNE.looked_up()],
        [LegAnswered(leg=ANNE.leg), LegRinging(leg=first, switch_at=Micros(MORNING + 4 * SECOND - 20_000))],
        [LegAnswered(leg=first), LegsBridged(leg=ANNE.leg, other=first)],
        [LegHungUp(leg=first, cause="NORMAL_CLEARING")],
        [BridgeEnded(leg=ANNE.leg, other=first, cause=BridgeEnded.SUCCESS), ANNE.gone()],
        [RecordStored(call=ANNE.call)],
        # Ben chooses sales; the agent declines; the caller waits for somebody else, leaves by a key and is gone.
        [BEN.offered(), BEN.looked_up()],
        [PromptFinished(leg=BEN.leg, op=BEN.op(1), completed=True)],
        [DigitsCollected(leg=BEN.leg, op=BEN.op(2), digits="1")],
        [RingFailed(leg=second, cause="CALL_REJECTED")],
        [CommandFailed(leg=BEN.leg, command="StopPlaying", outcome=Outcome.REFUSED, detail="-ERR")],
        [TimerFired(timer=TimerId("rest:1"))],
        [KeyPressed(leg=BEN.leg, key="*")],
        [MessageRecorded(leg=BEN.leg, op=BEN.op(9), length=Micros(2 * SECOND))],
        [UrlFetched(call=BEN.call, op=BEN.op(9), ok=True, values={"balance": 250})],
        [BEN.gone()],
        # Carl's call meets a defect; his connection ends, and after a while his call.
        [CARL.offered()],
        [CallCrashed(call=CARL.call, place="decode", error="ValueError")],
        [CallerLinkLost(leg=CARL.leg)],
        [TimerFired(timer=TimerId(f"lost:{CARL.call}"))],
        # Dora's phone rings when its agent signs out, Eve waits behind her, and the process is to stop.
        [DORA.offered(), EVE.offered(), DORA.looked_up(), EVE.looked_up()],
        [SignOutRequested(request=RequestId("out-1"), agent=AgentId(1), by="test")],
        [ReadyRequested(request=RequestId("ready-1"), agent=AgentId(1), by="test")],
        [PinChecked(call=ANNE.call, number="801", phone="1001", ok=False, fault="busy")],
        [ActionRequested(request=RequestId("on-1"), agent=AgentId(1), by="test", action=Action.HOLD)],
        [
            SuperviseRequested(
                request=RequestId("s-1"), leader=AgentId(2), agent=AgentId(1), by="test", wish=SuperviseWish.LISTEN
            ),
            SupervisionStored(entry="leg.1"),
        ],
        [LegHeld(leg=DORA.agent_leg(1)), LegUnheld(leg=DORA.agent_leg(1))],
        [TransferKeyPressed(leg=DORA.agent_leg(1), other=DORA.leg, to="8002")],
        [StateCompared(core="core-1", legs=(DORA.leg,), strangers=(Stranger(EVE.leg, EVE.call, True),))],
        [RecordKept(call=EVE.call), SupervisionKept(entry="leg.1")],
        [
            OutboxLevelChanged(level=OutboxLevel.FULL, percent=100),
            OutboxLevelChanged(level=OutboxLevel.ROOM, percent=9),
            JournalInterrupted(why="No space left on device"),
        ],
        # The link breaks, and Eve is gone when it stands again; the switch has left how that was.
        [SwitchLost(reason="closed_by_peer"), SwitchFound(core="core-1", legs=(DORA.leg, DORA.agent_leg(1)))],
        [LegEndsFound(ends=(end_of(EVE),), missing=())],
        [DrainRequested(), SwitchLost(reason="closed_by_peer")],
    ]


def play_a_day(folder: Path) -> Desk:
    """The evening in one segment, the day in another, at whose desk we stay."""
    with Desk(folder) as evening:
        evening.play(*the_evening_before())
    return Desk(folder).play(*a_day())


def unpack_journal(folder: Path) -> Path:
    """Put the journal that version 1 wrote into a folder."""
    path = folder / "000000000001.jsonl"
    path.write_bytes(gzip.decompress(JOURNAL_OF_VERSION_1.read_bytes()))
    return path
