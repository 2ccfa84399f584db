"""Letting the script of the demo happen: a night and a morning, each with an engine and a switch of its own.

Knows how to run a box and nothing about printing. The second engine starts where the journal of the first one ends,
as after any restart; that its clock shows a later hour is all that happened in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Final

import gevent
from sqlalchemy import Engine as Database

from fs_control.errors import RemoteFault
from fs_control.events import (
    ActionRequested,
)
from fs_control.face.box import running_engine, virtual_switch
from fs_control.face.demo.script import (
    CUSTOMERS,
    MORNING,
    MORNING_CALLS,
    NIGHT,
    NIGHT_CALLS,
    PHONES,
    RATE,
    SIGNED_IN,
    DemoCall,
)
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, LegId, Micros, seconds
from fs_control.records import Action
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.runtime.engine import Engine
from fs_control.settings import Settings
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.virtual_switch.stage import Stage

PATIENCE_S: Final = 50.0
"""Real seconds for one part of the demo; what has not happened by then will not."""

Played = list[tuple[DemoCall, LegId]]
OnEnd = Callable[[DemoCall], None]


def import_sample(database: Database) -> None:
    """Fill the directory with the agents, groups and numbers of the demo."""
    text = (files("fs_control.face.demo") / "directory.yaml").read_text(encoding="utf-8")
    PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).import_directory(parse_directory(text, "directory.yaml"))


def save_customers(database: Database) -> None:
    """Save the customers of the demo; a system that somebody goes on working with gets none."""
    customers = PostgresCustomerStore(database, DEFAULT_ENTERPRISE)
    for customer in CUSTOMERS:
        customers.add(customer, WallClock().now())


def play_night(settings: Settings, database: Database, on_end: OnEnd) -> Played:
    """Nobody is signed in, and somebody calls."""
    return _play(settings, database, NIGHT, (), NIGHT_CALLS, on_end)


def play_morning(settings: Settings, database: Database, on_end: OnEnd) -> Played:
    """Six agents are signed in, and everybody calls."""
    return _play(settings, database, MORNING, SIGNED_IN, MORNING_CALLS, on_end)


def _play(
    settings: Settings, database: Database, hour: str, agents: Sequence[str], calls: Sequence[DemoCall], on_end: OnEnd
) -> Played:
    clock = ShiftedClock(WallClock().now(), seconds(datetime.fromisoformat(hour).timestamp()), RATE)
    with (
        virtual_switch(settings, clock) as (switch, switch_settings),
        running_engine(replace(settings, linger_s=1), switch_settings, database, clock) as engine,
        switch.stage() as stage,
    ):
        _wait_for(lambda: engine.centre.core is not None)
        for phone in PHONES:
            stage.set_phone(phone)
        for number in agents:
            _sign_in(engine, number)
            gevent.sleep(clock.real_seconds(Micros(200_000)))  # so that their sign-in times tell them apart
        played = _place(stage, clock, calls)
        watchers = [gevent.spawn(_watch, switch.stage, call, leg, on_end) for call, leg in played]
        gevent.joinall(watchers, timeout=PATIENCE_S, raise_error=True)
        _wait_for(lambda: not engine.centre.calls and not engine.centre.unstored)
    return played


def _sign_in(engine: Engine, number: str) -> None:
    agent = _agent(engine, number)
    engine.requests.ask(lambda request: ActionRequested(request=request, agent=agent, by="demo", action=Action.SIGN_IN))


def _agent(engine: Engine, number: str) -> AgentId:
    return next(agent.id for agent in engine.centre.directory.agents.values() if agent.number == number)


def _place(stage: Stage, clock: ShiftedClock, calls: Sequence[DemoCall]) -> Played:
    """Let everybody dial at their moment."""
    started = clock.now()
    played: Played = []
    for call in sorted(calls, key=lambda call: call.after_s):
        due = started + seconds(call.after_s)
        gevent.sleep(clock.real_seconds(Micros(due - clock.now())))
        played.append((call, LegId(stage.place_call(call.caller))))
    return played


def _watch(open_stage: Callable[[], Stage], call: DemoCall, leg: LegId, on_end: OnEnd) -> None:
    with open_stage() as stage:
        stage.wait_for_end(leg, PATIENCE_S)
    on_end(call)


def _wait_for(fact: Callable[[], bool]) -> None:
    deadline = WallClock().now() + seconds(PATIENCE_S)
    while not fact():
        if WallClock().now() > deadline:
            raise RemoteFault("demo_stuck", seconds=PATIENCE_S)
        gevent.sleep(0.02)
