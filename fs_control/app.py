"""The only constructor of everything: takes settings, gives an engine whose parts know each other only by ports.

Builds and does nothing else: nothing listens and nothing connects before `start`. The process entry has patched gevent
and psycopg2 before this is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.library import Library, folder_at_switch, library_folder
from fs_control.media.prompts import prompt_names, prompts_folder
from fs_control.outside.client import HttpClient
from fs_control.outside.hosts import Hosts
from fs_control.ports import Clock
from fs_control.records import CallRecord, SupervisionEntry
from fs_control.runtime.engine import Engine, Surroundings
from fs_control.settings import Settings, SwitchSettings, cdrs_here, recordings_here
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.callers import PostgresCallerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_changes import PostgresDirectoryChanges
from fs_control.store.legs import PostgresLegStore
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.outbox import Outbox, SupervisionOutbox
from fs_control.store.phones import PostgresPhoneStore
from fs_control.store.phones_kept import KeptPhones
from fs_control.store.pins import PostgresPinStore
from fs_control.store.prompts import PostgresPromptStore
from fs_control.store.spool import Spool, outbox_folders
from fs_control.store.spool_lines import LineCodec
from fs_control.store.supervision_log import PostgresSupervisionLog
from fs_control.store.tokens import PostgresTokenStore
from fs_control.store.waiting_room import MEGABYTE, WaitingRoom
from fs_control.switch.configuration import accounts_of
from fs_control.web.phone_book import PhoneBook
from fs_control.web.phone_directory import PhoneDirectory

if TYPE_CHECKING:
    from fs_control.web.api.door import ApiDoor


def build_app(settings: Settings, switch: SwitchSettings, clock: Clock, database: Database) -> Engine:
    """Build the engine of one process for its switch, its clock and its database."""
    records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
    log_of_leaders = PostgresSupervisionLog(database, DEFAULT_ENTERPRISE)
    calls_folder, leaders_folder = outbox_folders(Path(settings.var))
    most = settings.outbox_mb * MEGABYTE
    calls_room = WaitingRoom(Spool(calls_folder), LineCodec(CallRecord), most)
    leaders_room = WaitingRoom(Spool(leaders_folder), LineCodec(SupervisionEntry), most)
    return Engine(
        Surroundings(
            settings=settings,
            switch=switch,
            clock=clock,
            directory=PostgresDirectoryStore(database, DEFAULT_ENTERPRISE),
            prompts=lambda: _names_of_prompts(settings, database),
            media=str(prompts_folder().parent),
            make_outbox=lambda notice: Outbox(records, notice, calls_room),
            make_supervision_log=lambda notice: SupervisionOutbox(log_of_leaders, notice, leaders_room),
            callers=PostgresCallerStore(database, DEFAULT_ENTERPRISE),
            library=folder_at_switch(settings, switch),
            changes=PostgresDirectoryChanges(database, DEFAULT_ENTERPRISE),
            web=HttpClient(Hosts.named(settings.http_hosts, settings.http_headers)),
            pins=PostgresPinStore(database, DEFAULT_ENTERPRISE),
            legs=PostgresLegStore(database, DEFAULT_ENTERPRISE),
            cdrs=str(Path(cdrs_here(settings, switch)).absolute()),
            recordings=switch.recordings or str(Path(recordings_here(settings, switch)).absolute()),
        )
    )


def _names_of_prompts(settings: Settings, database: Database) -> frozenset[str]:
    """Return every name that an active flow may rightly have: what is shipped, what lies there, and what should.

    A library that cannot be reached must not cost a number its flow; a prompt that is missing is not heard, no more.
    """
    lying = Library(library_folder(settings)).names().values()
    noted = {prompt.name for prompt in PostgresPromptStore(database, DEFAULT_ENTERPRISE).all()}
    return prompt_names().union(noted, *lying)


def build_phone_directory(settings: Settings, switch: SwitchSettings, database: Database) -> PhoneDirectory | None:
    """Build what answers a FreeSWITCH that asks for phones; None where no password for that was generated."""
    if not switch.directory_password:
        return None
    store = PostgresPhoneStore(database, DEFAULT_ENTERPRISE)
    kept = KeptPhones(store.all, Path(settings.var) / "phones.jsonl")
    book = PhoneBook(lambda: accounts_of({phone.extension: phone.a1_hash for phone in kept.all()}))
    return PhoneDirectory(switch.domain, switch.directory_password, book, switch.directory_port)


def build_api(settings: Settings, database: Database) -> ApiDoor | None:
    """Build the door for programs of others; None where no port is set for it."""
    if settings.api_port is None:
        return None
    # Its libraries take a tenth of a start, and callers wait for each of those while nobody is there.
    from fs_control.web.api.application import Shelves
    from fs_control.web.api.door import ApiDoor
    from fs_control.web.api.token_book import TokenBook

    tokens = PostgresTokenStore(database, DEFAULT_ENTERPRISE)
    shelves = Shelves(
        PostgresRecordStore(database, DEFAULT_ENTERPRISE), PostgresMemoryStore(database, DEFAULT_ENTERPRISE)
    )
    return ApiDoor(settings.api_host, settings.api_port, TokenBook(tokens.all, tokens.note_used), shelves)
