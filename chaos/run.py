"""One run: a whole system is set up, people call, its parts are hit by plan, everything is mended, and it is judged.

Owns the order. Easy to break: what is seen is gathered only when nobody is left and every record is stored, or a figure
would tell of the moment and not of the run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final

import gevent
from sqlalchemy import text

from bench.house import bench_folder
from chaos.database import MortalDatabase, furnished_database
from chaos.engine import MortalEngine, Surroundings, now
from chaos.evidence import Agent, Evidence, Newcomer, Outage, Row
from chaos.journals import Told, read_journals
from chaos.judging import absences
from chaos.keeping import Keeper
from chaos.leg_files import read_legs
from chaos.observer import Observer
from chaos.people import Story, lines, phone_of
from chaos.relay import Wire, wire
from chaos.schedule import Blow, Part, Plan, length_s, schedule
from chaos.traffic import Traffic
from chaos.virtual import virtual
from fs_control.errors import FsControlError
from fs_control.face.box import free_port
from fs_control.ids import seconds
from fs_control.settings import Settings
from fs_control.store.engine import create_engine
from tests.freeswitch.short_prompts import write_short_prompts

READY_S: Final = 60.0
END_S: Final = 300.0
STORED_S: Final = 90.0
TAKEN_WITHIN: Final = seconds(10)
"""Who is taken later was not waiting for the end of this outage."""
DIALPLANS_MUSIC: Final = "local_stream://"
LEAST_AGENTS_RATE: Final = 1.0
LEAST_LIFE_S: Final = 2.5
"""How long a control plane works at least that is not hit while it starts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see."""

    seed: str = "1"
    rate: float = 20.0
    switch: str = "virtual"
    plan: Plan = field(default_factory=Plan)


class Run:
    """Everything of one run, while it runs."""

    def __init__(self, wish: Wish, folder: Path, tell: Callable[[str], None]) -> None:
        self._wish, self._folder, self._tell = wish, folder, tell
        self._centre = lines(max(wish.rate, LEAST_AGENTS_RATE))
        self._blows = schedule(wish.seed, wish.plan)
        self._outages: list[Outage] = []
        self._dead_until = self._began = 0.0
        self._deaths = 0
        self._chance = Random(f"{wish.seed}/details")
        self.database: MortalDatabase
        self.engine: MortalEngine
        self.observer: Observer
        self.traffic: Traffic
        self.wire: Wire
        self.switch: Any

    def play(self) -> Evidence:
        """Do it, and return what was seen."""
        with ExitStack() as leaving:
            self._set_up(leaving)
            self._tell(f"{len(self._people())} agents, {len(self._blows)} blows in {length_s(self._blows):.0f} s")
            self.traffic.start(self._wish.rate)
            self._strike()
            self.traffic.stop()
            self._settle()
            self._probe()
            return self._gather()

    # --- setting up ------------------------------------------------------------------------------------------------

    def _set_up(self, leaving: ExitStack) -> None:
        var, flows = self._folder / "var", self._folder / "flows"
        var.mkdir()
        var.chmod(0o711)
        media = write_short_prompts(var)
        self.database = leaving.enter_context(furnished_database(self._folder / "postgres", self._centre, flows))
        listen = free_port()
        self.switch = leaving.enter_context(self._make_switch(listen, media))
        self.wire = leaving.enter_context(wire(free_port(), self.switch.settings.event_port))
        settings = Settings(
            var=str(var), flows=str(flows), listen_port=self.switch.controller_port, cdrs=str(self.switch.cdrs)
        )
        there = replace(self.switch.settings, event_port=self.wire.port)
        sources = {"journal": (var / "journal", "*.jsonl"), "cdrs": (self.switch.cdrs, "*.json")}
        self._keeper = Keeper(self._folder / "kept", sources)
        leaving.callback(self._keeper.close)
        log = self._keeper.folder / "engine.log"
        self.engine = MortalEngine(Surroundings(settings, there, self.database.url, log))
        leaving.callback(self.engine.close)
        self.observer = Observer(self.switch.settings.event_port, self.switch.settings.password)
        leaving.callback(self.observer.close)
        self.engine.start()
        self._wait(lambda: self.engine.is_ready, READY_S, "the control plane")
        self._man()
        self.traffic = Traffic(self.switch, self.engine, self.observer, self._centre, self._wish.seed)

    def _make_switch(self, listen: int, media: Path) -> Any:
        if self._wish.switch == "virtual":
            return virtual(listen, self._centre, media)
        from chaos.real import real  # it needs sipp and FreeSWITCH, which few machines have

        return real(self._folder, self._centre, media)

    def _man(self) -> None:
        """Sign everybody in."""
        for line in self._centre:
            for person in line.people:
                self.engine.client.act(person, "sign-in")
                if not line.works:
                    self.engine.client.act(person, "break", reason="rest")

    def _people(self) -> list[str]:
        return [person for line in self._centre for person in line.people]

    # --- hitting ---------------------------------------------------------------------------------------------------

    def _strike(self) -> None:
        """Hit everything at its moment; each is mended by a greenlet of its own.

        On a machine that needs longer to start a control plane than was thought of, all that follows comes later.
        """
        self._began = monotonic()
        mending: list[gevent.Greenlet[..., None]] = []
        for blow in self._blows:
            self._sleep_until(blow.at)
            self._restart_if_dead()
            if blow.part is Part.CONTROL_PLANE and not blow.is_young:
                self._let_it_start()
            self._tell_of(blow)
            mending.append(gevent.spawn(self._hit, blow))
        gevent.joinall(mending, raise_error=True)
        self._sleep_until(length_s(self._blows))

    def _let_it_start(self) -> None:
        """Give a control plane the time to find the switch and a moment to work, and its disk the time to be there."""
        waited = monotonic()
        self._holds(lambda: self.engine.is_ready, READY_S)
        ready = self.engine.lives[-1].ready_at or now()
        gevent.sleep(max(0.0, LEAST_LIFE_S - (now() - ready) / 1e6))
        self._holds(self._is_on_disk, READY_S)
        self._began += monotonic() - waited

    def _is_on_disk(self) -> bool:
        """Whether the journal is written: what no disk has taken, nobody can know after a death."""
        try:
            return self.engine.client.status()["journal"]["unwritten_since"] is None
        except FsControlError:
            return False

    def _sleep_until(self, moment: float) -> None:
        gevent.sleep(max(0.0, self._began + moment - monotonic()))

    def _tell_of(self, blow: Blow) -> None:
        self._deaths += blow.part is Part.CONTROL_PLANE
        if blow.part is not Part.CONTROL_PLANE or self._deaths % 10 == 0:
            self._tell(f"{monotonic() - self._began:6.1f} s: {blow.part}, {blow.lasts:.1f} s; {self._so_far()}")

    def _so_far(self) -> str:
        return f"{self._deaths} deaths, {len(self.traffic.placed)} callers"

    def _hit(self, blow: Blow) -> None:
        match blow.part:
            case Part.CONTROL_PLANE:
                self.engine.kill()
                self._dead_until = monotonic() + blow.lasts
                gevent.sleep(blow.lasts)
                self.engine.start()
            case Part.DATABASE_STOPPED:
                self.database.stop()
                gevent.sleep(blow.lasts)
                self.database.start()
            case Part.DATABASE_KILLED:
                self.database.kill()
                gevent.sleep(blow.lasts)
                self.database.start()
            case Part.EVENT_SOCKET:
                self.wire.cut()
            case Part.DISK:
                self.engine.fill_disk(self._chance.randrange(2000))
                gevent.sleep(blow.lasts)
                self.engine.empty_disk()
            case Part.SWITCH:
                self._kill_switch(blow.lasts)
            case Part.PHONE:
                self._unplug(blow.lasts)

    def _restart_if_dead(self) -> None:
        """Whoever looks after services starts one again that has ended by itself."""
        if not self.engine.is_up and monotonic() > self._dead_until + 1.0:
            self._tell("the control plane has ended by itself and is started again")
            self.engine.start()

    def _kill_switch(self, seconds: float) -> None:
        since = now()
        self.switch.kill()
        self.traffic.switch_died()
        gevent.sleep(seconds)
        self.switch.start()
        self.observer.listen_again()
        self._outages.append(Outage(since, now()))

    def _unplug(self, seconds: float) -> None:
        line = self._chance.choice([line for line in self._centre if line.unplugged])
        leg = self.traffic.unplugged_call(line)
        if leg is None or not self._holds(lambda: self.observer.partner(leg) is not None, 20.0):
            return
        phone = phone_of(line.agents[0])
        self.switch.unplug(phone)
        gevent.sleep(seconds)
        self.switch.plug_in(phone)

    # --- the end ---------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Wait until nobody is on the phone any more, and everything is stored."""
        self._tell(f"nobody else comes; {len(self.traffic.placed)} callers have come")
        self._restart_if_dead()
        self.traffic.wait(END_S)
        self._holds(lambda: not self._channels(), END_S)
        self._holds(self._is_quiet, STORED_S)

    def _probe(self) -> None:
        """Each quick agent gets one more caller: nobody is stuck who takes one."""
        for _ in next(line for line in self._centre if line.name == "quick").agents:
            self.traffic.crowd_call(Story.PROBE)
        gevent.sleep(1.0)
        self._holds(lambda: not self._channels(), END_S)
        self._holds(self._is_quiet, STORED_S)

    def _channels(self) -> list[str]:
        rows = json.loads(self.observer.api("show", "channels as json")).get("rows", [])
        return [str(row["uuid"]) for row in rows]

    def _is_quiet(self) -> bool:
        try:
            status = self.engine.client.status()
        except FsControlError:
            self._restart_if_dead()
            return False
        return not (status["calls"] or status["records_waiting"])

    # --- what was seen ---------------------------------------------------------------------------------------------

    def _gather(self) -> Evidence:
        left, agents, rows = tuple(self._channels()), tuple(self._agents()), tuple(self._rows())
        complaints = tuple(self._complaints())
        self.engine.stop()
        self._keeper.close()
        self._tell("reading what the journals say")
        told = read_journals(self._keeper.folder / "journal", self.engine.lives)
        legs = read_legs(self._keeper.folder / "cdrs")
        evidence = Evidence(
            placed=tuple(self.traffic.placed),
            legs=legs,
            joins=tuple(self.observer.joins),
            acts=tuple(self.traffic.acts),
            rows=rows,
            lives=tuple(self.engine.lives),
            outages=tuple(self._outages),
            told=frozenset(told.legs),
            agents=agents,
            left=left,
            returns=tuple(told.returns),
            blows=self._blows,
            complaints=complaints,
        )
        return replace(evidence, newcomers=tuple(self._newcomers(evidence, told)))

    def _agents(self) -> Iterator[Agent]:
        resting = {person for line in self._centre if not line.works for person in line.people}
        for view in self.engine.client.agents():
            expected = "break" if view["number"] in resting else "ready"
            yield Agent(view["number"], view["status"], view["state"], view["call"], expected)

    def _rows(self) -> Iterator[Row]:
        engine = create_engine(self.database.url)
        try:
            with engine.connect() as connection:
                found = connection.execute(text("SELECT call_id, leg_id, ended_by, cause, disposition FROM call"))
                yield from (Row(*map(str, row)) for row in found)
        finally:
            engine.dispose()

    def _complaints(self) -> Iterator[str]:
        """What `ledger verify` finds; silence is no proof, so an answer that is none is a complaint, too."""
        answer = self.engine.command("ledger", "verify", "--json")
        try:
            found = json.loads(answer)
        except ValueError:
            yield f"no answer: {answer[:200]}"
            return
        yield from (f"{each['call']}: {each['code']} {each['values']}" for each in found["findings"])
        if not found["calls"]:
            yield "no call was proved"

    def _newcomers(self, evidence: Evidence, told: Told) -> Iterator[Newcomer]:
        """Callers who came while nobody was there, and were still there when somebody was."""
        for since, until in absences(evidence):
            started = min(life.started_at for life in evidence.lives if life.started_at >= since)
            for placed in evidence.placed:
                leg = evidence.legs.get(placed.leg)
                if leg is not None and since < leg.created_at < started < leg.ended_at:
                    taken = told.first_taken.get(leg.leg)
                    in_time = taken is not None and taken < until + TAKEN_WITHIN
                    after_s = (taken - started) / 1e6 if taken is not None and in_time else None
                    yield Newcomer(leg.leg, after_s, self._heard_music(leg.leg))

    def _heard_music(self, leg: str) -> bool:
        lived = self.switch.journal(leg)
        return lived is None or any(DIALPLANS_MUSIC in prompt for prompt in lived.heard())

    # --- waiting ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _holds(fact: Callable[[], bool], seconds: float) -> bool:
        deadline = monotonic() + seconds
        while not fact():
            if monotonic() > deadline:
                return False
            gevent.sleep(0.1)
        return True

    def _wait(self, fact: Callable[[], bool], seconds: float, what: str) -> None:
        if not self._holds(fact, seconds):
            raise RuntimeError(f"waited in vain for {what}; see {self.engine.log}")


@contextmanager
def run(wish: Wish, tell: Callable[[str], None]) -> Iterator[tuple[Evidence, Path]]:
    """Do one run; its folder is there as long as the block runs."""
    with bench_folder() as folder:
        yield Run(wish, folder, tell).play(), folder
