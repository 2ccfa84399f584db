"""An engine at work on a real switch in the box, with a directory and records in memory.

What a test sees is what a caller, an agent and the next process would see. Two agents are in `sales`; 4001 leads
straight into its line, 4002 into a menu. Time runs faster than life, so nothing here may measure it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.centre import LiveCall
from fs_control.errors import RemoteFault
from fs_control.events import (
    ActionRequested,
)
from fs_control.face.box import free_port, virtual_switch
from fs_control.ids import AgentId, CallId, LegId
from fs_control.media.prompts import prompt_names, prompts_folder
from fs_control.ports import DirectoryChanges, Notice
from fs_control.records import Action, CallRecord, Directory, FlowText, ServiceNumber
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.runtime.engine import Engine, Surroundings
from fs_control.runtime.journal import fold, read_segment
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.outbox import Outbox
from fs_control.testing.builders import LINE, MENU, NUMBERS, a_directory, phone_of
from fs_control.testing.callers import MemoryCallers
from fs_control.testing.fake_event_socket import wait_until
from fs_control.testing.web import MemoryWeb
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour, Step
from fs_control.virtual_switch.stage import CallJournal, Stage

RATE = 25.0
SHORT_NUMBER = "4009"
SHORT = FlowText(
    "short", LINE.text.replace("flow: line", "flow: short").replace("wait_at_most: 600", "wait_at_most: 3")
)
"""Its callers are patient for three seconds only."""
IN_NO_TIME_S = 0.0
PATIENCE_S = 60.0


@dataclass
class MemoryDirectory:
    """The directory of a test; `fault` is what reading it meets."""

    directory: Directory = field(
        default_factory=lambda: a_directory(numbers=(*NUMBERS, ServiceNumber(SHORT_NUMBER, "short")), ring_s=60.0)
    )
    flows: tuple[FlowText, ...] = (LINE, MENU, SHORT)
    fault: Exception | None = None

    def load(self) -> tuple[Directory, tuple[FlowText, ...]]:
        """Return the directory, or raise the fault."""
        if self.fault is not None:
            raise self.fault
        return self.directory, self.flows


@dataclass
class MemoryRecords:
    """A database of records; `fault` is what writing meets, `against` what one record meets."""

    rows: dict[CallId, CallRecord] = field(default_factory=dict)
    fault: Exception | None = None
    against: dict[LegId, Exception] = field(default_factory=dict)

    def store(self, records: Sequence[CallRecord]) -> None:
        """Keep records, all or none."""
        for fault in (self.fault, *(self.against.get(record.leg) for record in records)):
            if fault is not None:
                raise fault
        self.rows = {**{record.call_id: record for record in records}, **self.rows}

    def recent(self, limit: int) -> Sequence[CallRecord]:
        """Return the newest records."""
        return list(self.rows.values())[::-1][:limit]

    def find(self, prefix: str) -> Sequence[CallRecord]:
        """Return records by the beginning of their call's name."""
        return [record for call, record in self.rows.items() if call.startswith(prefix)]

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        """Return the records of these calls."""
        return [self.rows[call] for call in calls if call in self.rows]


class House:
    """One engine after the other on one switch, one folder, one directory and one database."""

    def __init__(self, settings: Settings, switch: SwitchSettings, clock: ShiftedClock, stage: Stage) -> None:
        self.settings, self.switch, self.clock, self.stage = settings, switch, clock, stage
        self.directory, self.records, self.callers = MemoryDirectory(), MemoryRecords(), MemoryCallers()
        self.web = MemoryWeb()
        self.changes: DirectoryChanges | None = None
        self.engine = self.build()

    # --- processes ---

    def build(self, settings: Settings | None = None) -> Engine:
        """Build an engine, as a process does."""

        def make_outbox(notice: Notice) -> Outbox:
            return Outbox(self.records, notice)

        return Engine(
            Surroundings(
                settings=settings or self.settings,
                switch=self.switch,
                clock=self.clock,
                directory=self.directory,
                prompts=prompt_names,
                media=str(prompts_folder().parent),
                make_outbox=make_outbox,
                callers=self.callers,
                web=self.web,
                recordings=str(Path(self.settings.var) / "recordings"),
                changes=self.changes,
            )
        )

    def start(self) -> None:
        """Start the engine and wait until it has found the switch."""
        self.engine.start()
        wait_until(lambda: self.engine.centre.core is not None and self.engine.centre.link_lost_at is None)

    def restart(self) -> None:
        """Start the next process."""
        self.engine = self.build()
        self.start()

    def killed_copy(self, folder: Path) -> Settings:
        """Copy what is on disk at this moment, as a kill -9 would leave it, for another process."""
        shutil.copytree(self.engine.journal_folder, folder / "journal")
        return Settings(var=str(folder), listen_port=free_port(), linger_s=self.settings.linger_s)

    # --- people ---

    def sign_in(self, agent: int, *behaviours: PhoneBehaviour) -> None:
        """Put an agent's phone on the stage and let the agent take calls."""
        self.stage.set_phone(Phone(phone_of(agent), behaviours or (PhoneBehaviour(),)))
        self.engine.requests.ask(
            lambda request: ActionRequested(request=request, agent=AgentId(agent), by="test", action=Action.SIGN_IN)
        )

    def call(self, *steps: Step, number: str = "4001") -> LegId:
        """Let somebody call; returns the caller's leg."""
        return LegId(self.stage.place_call(CallerScript(number, "13800138000", b"", steps)))

    def talking(self, agent: int, *steps: Step) -> LegId:
        """Sign an agent in and let somebody talk to them."""
        self.sign_in(agent)
        leg = self.call(*steps)
        self.wait_state(leg, CallState.TALKING)
        return leg

    # --- looking ---

    def live(self, leg: LegId) -> LiveCall | None:
        """The call of a caller's leg, as long as it lasts."""
        centre = self.engine.centre
        call = centre.legs.get(leg)
        return centre.calls.get(call) if call is not None else None

    def wait_state(self, leg: LegId, state: CallState) -> None:
        """Wait until a call is in this state."""
        wait_until(lambda: (live := self.live(leg)) is not None and live.call.state is state, f"{leg} {state}")

    def wait_end(self, leg: LegId) -> CallJournal:
        """Wait until the caller is no longer on the phone; returns what they lived through."""
        return self.stage.wait_for_end(leg, PATIENCE_S)

    def record(self, leg: LegId) -> CallRecord:
        """Wait for the record of a caller's leg."""
        wait_until(lambda: any(record.leg == leg for record in self.records.rows.values()), f"the record of {leg}")
        (record,) = (record for record in self.records.rows.values() if record.leg == leg)
        return record

    def agent_state(self, agent: int) -> AgentState:
        """What an agent does."""
        return self.engine.centre.agents[AgentId(agent)].state

    def check_journal(self) -> None:
        """Folded, the journal gives the centre as it is."""
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)
        assert fold(read_segment(self.engine.journal.path)) == self.engine.centre


@contextmanager
def running_house(folder: Path, directory_fault: Exception | None = None) -> Iterator[House]:
    """A house with an engine at work; at the end its journal is folded, and it is stopped."""
    settings = Settings(var=str(folder), listen_port=free_port(), linger_s=1)
    now = WallClock().now()
    clock = ShiftedClock(now, now, RATE)
    with virtual_switch(settings, clock) as (process, switch), process.stage() as stage:
        house = House(settings, switch, clock, stage)
        house.directory.fault = directory_fault
        try:
            house.start()
            yield house
            house.check_journal()
        finally:
            house.engine.stop(IN_NO_TIME_S)


AWAY = RemoteFault("database_away", reason="a test took it away")
