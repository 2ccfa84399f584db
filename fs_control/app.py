"""The only constructor of everything: takes settings, gives an engine whose parts know each other only by ports.

Builds and does nothing else: nothing listens and nothing connects before `start`. The process entry has patched gevent
and psycopg2 before this is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine as Database

from fs_control.flow import FlowProblem, FlowProblems, flow_warnings, parse_flow
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.prompts import prompt_names, prompts_folder
from fs_control.outside.client import HttpClient
from fs_control.outside.hosts import Hosts
from fs_control.ports import Clock
from fs_control.runtime.engine import Engine, Surroundings
from fs_control.settings import Settings, SwitchSettings, recordings_here
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.callers import PostgresCallerStore
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.outbox import Outbox
from fs_control.store.phones import PostgresPhoneStore
from fs_control.switch.configuration import accounts_of
from fs_control.web.phone_book import PhoneBook
from fs_control.web.phone_directory import PhoneDirectory


def build_app(settings: Settings, switch: SwitchSettings, clock: Clock, database: Database) -> Engine:
    """Build the engine of one process for its switch, its clock and its database."""
    records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
    return Engine(
        Surroundings(
            settings=settings,
            switch=switch,
            clock=clock,
            directory=PostgresDirectoryStore(database, DEFAULT_ENTERPRISE),
            prompts=tuple(sorted(prompt_names())),
            media=str(prompts_folder().parent),
            make_outbox=lambda notice: Outbox(records, notice),
            callers=PostgresCallerStore(database, DEFAULT_ENTERPRISE),
            web=HttpClient(Hosts.named(settings.http_hosts, settings.http_headers)),
            recordings=switch.recordings or str(Path(recordings_here(settings, switch)).absolute()),
        )
    )


def build_phone_directory(switch: SwitchSettings, database: Database) -> PhoneDirectory | None:
    """Build what answers a FreeSWITCH that asks for phones; None where no password for that was generated."""
    if not switch.directory_password:
        return None
    store = PostgresPhoneStore(database, DEFAULT_ENTERPRISE)
    book = PhoneBook(lambda: accounts_of({phone.extension: phone.a1_hash for phone in store.all()}))
    return PhoneDirectory(switch.domain, switch.directory_password, book, switch.directory_port)


@dataclass(frozen=True, slots=True)
class Activation:
    """What became of a folder of flows: the names that are active in a new version, and the mistakes of the others."""

    activated: tuple[str, ...] = ()
    refused: tuple[FlowProblem, ...] = ()
    warnings: tuple[FlowProblem, ...] = ()
    """What is taken over and may still not be what its author wants."""


def activate_flows(folder: Path, database: Database, by: str) -> Activation:
    """Make every flow of a folder the active version of its name; one with mistakes is refused and the old one stays.

    A flow's name is that of its file. Names of groups and agents are those of the directory at this moment.
    """
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    directory = store.load()[0]
    groups = [group.name for group in directory.groups.values()]
    agents = [agent.number for agent in directory.agents.values()]
    owners = PostgresCustomerStore(database, DEFAULT_ENTERPRISE).owners()
    activated: list[str] = []
    refused: list[FlowProblem] = []
    warnings: list[FlowProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        try:
            flow = parse_flow(text, filename=str(path), groups=groups, prompts=prompt_names(), agents=agents)
        except FlowProblems as mistakes:
            refused += mistakes.problems
            continue
        warnings += flow_warnings(flow, text, filename=str(path), owners=owners)
        if store.activate_flow(path.stem, text, by):
            activated.append(path.stem)
    return Activation(tuple(activated), tuple(refused), tuple(warnings))
