"""What a scenario says and asks, in the words of a call centre."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Protocol

import gevent
from click.testing import CliRunner
from sqlalchemy import Engine as Database
from sqlalchemy import text

from fs_control.activating import FlowDoor, activate_flows
from fs_control.agents import Moment
from fs_control.cdr import TOLERANCE, must_have_leg
from fs_control.centre.moments import moment_of
from fs_control.events import ActionRequested, DirectoryLoaded
from fs_control.face.ledger.proving import Proof, Prover
from fs_control.face.main import cli
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, EnterpriseId, Micros, RequestId, seconds
from fs_control.media.prompts import prompt_names
from fs_control.records import Action, CallRecord, Directory, FlowText, SegmentKind
from fs_control.runtime.engine import Engine
from fs_control.runtime.journal import fold, read_segment
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.ledger import PostgresLedger
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from fs_control.virtual_switch.stage import CallJournal, Snapshot

FLOWS = Path(__file__).parents[2] / "ivr_flows"
PATIENCE_S = 100.0
"""Real seconds. On a real switch, where time cannot be hurried, the longest scenario lasts a minute and a half."""


def any_flow(database: Database) -> FlowDoor:
    """Let in also what the proof would refuse: a scenario is about one step, and seldom about a whole flow."""
    return FlowDoor(database, lambda *_world: (), lambda _flow: None)


class Director(Protocol):
    """Who sets the stage around a switch, virtual or real: phones, callers, and what they lived through."""

    def set_phone(self, phone: Phone) -> None:
        """Add a phone, or change what it does from its next call on; registers or unregisters it."""

    def set_outsider(self, number: str, *behaviours: PhoneBehaviour) -> None:
        """Put somebody behind the gateway, who can be dialled from now on, or change what they do."""

    def expire_phone(self, number: str) -> None:
        """Let a phone's registration run out."""

    def place_call(self, script: CallerScript) -> str:
        """Let a caller dial; the call's id, which is the Unique-ID of the caller's leg."""
        ...

    def journal(self, call: str) -> CallJournal:
        """What a caller has lived through so far."""
        ...

    def wait_for_end(self, call: str, seconds: float = 30.0) -> CallJournal:
        """Wait until a call is over (real seconds)."""
        ...

    def snapshot(self) -> Snapshot:
        """Look around."""
        ...


class House:
    """One running system and the stage it plays on."""

    def __init__(self, engine: Engine, database: Database, stage: Director, tolerance: Micros = TOLERANCE) -> None:
        """`tolerance`: how far our moments may be from the switch's; a clock that hurries makes its turns longer."""
        self.engine = engine
        self._tolerance = tolerance
        self.stage = stage
        self.has_forgotten = False
        """A defect has made us forget a call, which then has legs and no record."""
        self.flows = FLOWS
        self.records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
        self._directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE, prompt_names())
        self.database = database
        self.wait_for(lambda: engine.centre.core is not None)
        self._began = engine.centre.at

    # --- setting the stage ---

    def configure(self, directory: str, flows: Path = FLOWS) -> None:
        """Take over a directory file (YAML) and the flows of a folder."""
        self._directory.import_directory(parse_directory(directory, "directory.yaml"))
        activate_flows(flows, self.database, "test", any_flow(self.database))
        self.flows = flows
        assert self.engine.load_directory()
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)

    def type(self, line: str) -> str:
        """Type a command beside the running system, have it done, and return what it printed."""
        environment = {
            "LANG": "en_GB.UTF-8",
            "LC_ALL": "",
            "DATABASE_URL": self.database.url.render_as_string(hide_password=False),
            "FS_CONTROL_VAR": str(self.engine.journal_folder.parent),
            "FS_CONTROL_FLOWS": str(self.engine.journal_folder.parent / "flows"),
        }
        result = CliRunner().invoke(cli, shlex.split(line), env=environment, catch_exceptions=False)
        assert (result.exit_code, line) == (0, line), result.output
        return result.output

    def save_customer(self, number: str, owner: str, enterprise: EnterpriseId = DEFAULT_ENTERPRISE) -> None:
        """Make a number an agent's customer."""
        entry = CustomerEntry(number, "张伟", owner)
        PostgresCustomerStore(self.database, enterprise).add(entry, self.engine.centre.at)

    def remember(self, number: str, agent: str, seconds_ago: float = 0) -> None:
        """Let an agent have dialled a number."""
        at = Micros(self.engine.centre.at - seconds(seconds_ago))
        entry = MemoryEntry(number, agent, None, at)
        PostgresMemoryStore(self.database, DEFAULT_ENTERPRISE).remember(entry)

    def found_enterprise(self, name: str, directory: str) -> EnterpriseId:
        """Set another enterprise up in the same database."""
        enterprise = EnterpriseId(name)
        with self.database.begin() as connection:
            row = {"id": name, "name": name}
            connection.execute(text("INSERT INTO enterprise VALUES (:id, :name, 'UTC', 'en', 'CN')"), row)
        PostgresDirectoryStore(self.database, enterprise).import_directory(parse_directory(directory, "other.yaml"))
        return enterprise

    def load_as_it_is(self, directory: Directory, flows: tuple[FlowText, ...]) -> None:
        """Let the centre have a directory and flows that are not in the database."""
        loaded = DirectoryLoaded(
            directory=directory,
            flows=flows,
            prompts=tuple(sorted(prompt_names())),
            max_calls=100,
            look_up_within=self.engine.centre.look_up_within,
        )
        self.engine.inbox.put(loaded)
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)

    def change_directory(self, directory: Directory) -> None:
        """Let the centre have another directory than the database, with the flows that it has."""
        texts = self._directory.load()[1]
        prompts = tuple(sorted(prompt_names()))
        changed = DirectoryLoaded(
            directory=directory,
            flows=texts,
            prompts=prompts,
            max_calls=self.engine.centre.max_calls,
            look_up_within=self.engine.centre.look_up_within,
        )
        self.engine.inbox.put(changed)
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)

    def phone(self, number: str, *behaviours: PhoneBehaviour, registered: bool = True) -> None:
        """Put a phone on the stage."""
        self.stage.set_phone(Phone(number, behaviours or (PhoneBehaviour(),), registered))

    def outsider(self, number: str, *behaviours: PhoneBehaviour) -> None:
        """Put somebody outside whom flows may dial."""
        self.stage.set_outsider(number, *behaviours)

    def sign_in(self, *numbers: str) -> None:
        """Let agents take calls, in this order."""
        for number in numbers:
            agent = self.agent(number)
            self._sign_in(agent)

    def _sign_in(self, agent: AgentId) -> None:
        self._act(agent, Action.SIGN_IN)

    def sign_out(self, number: str) -> None:
        """Let an agent take no more calls."""
        self.act(number, Action.SIGN_OUT)

    def act(self, number: str, action: Action, to: str = "", note: str = "", reason: str = "") -> None:
        """Have an agent do something; UserMistake with the reason where it is refused."""
        self._act(self.agent(number), action, to, note, reason)

    def _act(self, agent: AgentId, action: Action, to: str = "", note: str = "", reason: str = "") -> None:
        def asked(request: RequestId) -> ActionRequested:
            return ActionRequested(
                request=request, agent=agent, by="test", action=action, reason=reason, to=to, note=note
            )

        self.engine.requests.ask(asked)

    def moment(self, number: str) -> Moment:
        """Return where an agent is."""
        return moment_of(self.engine.centre, self.agent(number))

    def wait_until(self, number: str, moment: Moment) -> None:
        """Wait until an agent is there."""
        self.wait_for(lambda: self.moment(number) is moment)

    def agent(self, number: str) -> AgentId:
        """Return the id of an agent."""
        agents = self.engine.centre.directory.agents.values()
        return next(agent.id for agent in agents if agent.number == number)

    def number_of(self, agent: AgentId | None) -> str | None:
        """Return the number of an agent."""
        return self.engine.centre.directory.agents[agent].number if agent is not None else None

    # --- playing ---

    def call(self, script: CallerScript) -> str:
        """Let somebody call; returns the caller's leg."""
        return self.stage.place_call(script)

    def record_of(self, leg: str) -> CallRecord:
        """Wait for the end of a call and return its record, read back from PostgreSQL."""
        self.stage.wait_for_end(leg, PATIENCE_S)
        self.wait_for(lambda: any(record.leg == leg for record in self.records.recent(1000)))
        self.settle()
        (record,) = [record for record in self.records.recent(1000) if record.leg == leg]
        assert_adds_up(record)
        return record

    def play(self, script: CallerScript) -> CallRecord:
        """Let somebody call, wait for the end, return the record."""
        return self.record_of(self.call(script))

    # --- looking ---

    def wait_for(self, fact: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = monotonic() + PATIENCE_S
        while not fact():
            assert monotonic() < deadline, "waited in vain"
            gevent.sleep(0.02)

    def settle(self) -> None:
        """Wait until nobody is on the phone and everything is stored."""
        self.wait_for(self._is_quiet)
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)

    def _is_quiet(self) -> bool:
        centre = self.engine.centre
        return not (centre.calls or centre.closing or centre.unstored or centre.unstored_supervisions)

    def check_journal(self) -> None:
        """The journal, folded, gives the centre as it is."""
        assert self.engine.inbox.wait_until_idle(PATIENCE_S)
        assert fold(read_segment(self.engine.journal.path)) == self.engine.centre

    def check_ledger(self) -> None:
        """Every call that was stored adds up, and agrees with the legs that the switch has told of so far (D1, D8)."""
        found = [flawed.findings for flawed in self._prover(self.engine.centre.at).prove_all(self._began)]
        assert self.has_forgotten or not found, found

    def prove(self) -> Proof:
        """Wait until the switch has told of every leg, and hold each call against that; return what was proved."""
        ledger = PostgresLedger(self.database, DEFAULT_ENTERPRISE)

        def is_told() -> bool:
            calls = [call for page in ledger.pages() for call in page if must_have_leg(call.record)]
            return all(any(leg.leg == call.record.leg for leg in call.legs) for call in calls)

        self.wait_for(is_told)
        prover = self._prover(Micros(self.engine.centre.at + seconds(3600)))
        found = [flawed.findings for flawed in prover.prove_all(self._began)]
        assert not found, found
        return prover.proof

    def _prover(self, now: Micros) -> Prover:
        return Prover(PostgresLedger(self.database, DEFAULT_ENTERPRISE), now, tolerance=self._tolerance)


def assert_adds_up(record: CallRecord) -> None:
    """Every microsecond of the call belongs to exactly one segment (D1)."""
    assert record.ended_at is not None
    moment = record.started_at
    for segment in record.segments:
        assert segment.started_at == moment
        assert segment.ended_at is not None
        assert segment.ended_by is not None
        assert segment.cause
        assert segment.ended_at > segment.started_at
        moment = segment.ended_at
    assert moment == record.ended_at


def kinds(record: CallRecord) -> list[SegmentKind]:
    """Return what the call's time was spent on, in order."""
    return [segment.kind for segment in record.segments]
