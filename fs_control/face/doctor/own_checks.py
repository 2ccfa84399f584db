"""Are we in a state to take calls: one small function for each thing that can be wrong on our side.

Pure: facts and settings in, a `Finding` out. Easy to break: an engine that does not run is bad even where everything
else is well, for no call is taken; what follows from it is said once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fs_control.face.clock_words import since_words
from fs_control.face.doctor.facts import OwnFacts
from fs_control.face.doctor.findings import Finding, Item, bad, ok, skipped, warning
from fs_control.face.doctor.outbox_check import records
from fs_control.face.words import explained
from fs_control.settings import Settings

FILES_BESIDE_CALLS: Final = 300
"""200 callers who are being told that it is full, 10 connections to the database, links, journal, log."""

MEGABYTE: Final = 1_000_000
DISK_BAD_MB: Final = 500
DISK_WARNING_MB: Final = 5_000

Judge = Callable[[OwnFacts, Settings], Finding]


def judge_ourselves(facts: OwnFacts, settings: Settings) -> list[Item]:
    """Judge our own side."""
    return [Item(name, judge(facts, settings)) for name, judge in CHECKS.items()]


def engine(facts: OwnFacts, _settings: Settings) -> Finding:
    """An engine runs, and has its switch."""
    if facts.engine.fault is not None:
        return bad("engine_not_asked", fault=facts.engine.fault)
    if facts.engine.is_draining:
        return warning("engine_draining", calls=facts.engine.calls)
    if not facts.engine.is_switch_there:
        return bad("engine_without_switch")
    return ok("engine_at_work", calls=facts.engine.calls)


def port(facts: OwnFacts, settings: Settings) -> Finding:
    """Somebody listens where FreeSWITCH hands calls over, and it is the engine."""
    if facts.listening_ports is None:
        return skipped("port_not_told")
    if settings.listen_port == 0:
        return skipped("port_any")
    is_taken, runs = settings.listen_port in facts.listening_ports, facts.engine.fault is None
    if runs:
        return ok("port_open", port=settings.listen_port) if is_taken else bad("port_deaf", port=settings.listen_port)
    return bad("port_taken", port=settings.listen_port) if is_taken else skipped("port_free", port=settings.listen_port)


def phone_door(facts: OwnFacts, settings: Settings) -> Finding:
    """Somebody listens where FreeSWITCH asks for phones, and it is the engine."""
    if settings.switch is None or not settings.switch.directory_password:
        return skipped("phone_door_not_set")
    if facts.listening_ports is None:
        return skipped("port_not_told")
    wanted = settings.switch.directory_port
    is_taken, runs = wanted in facts.listening_ports, facts.engine.fault is None
    if runs:
        return ok("phone_door_open", port=wanted) if is_taken else warning("phone_door_closed", port=wanted)
    return bad("phone_door_taken", port=wanted) if is_taken else skipped("port_free", port=wanted)


def database(facts: OwnFacts, _settings: Settings) -> Finding:
    """The database answers and has our tables."""
    if facts.database.fault is not None:
        return bad("database_not_had", fault=facts.database.fault)
    if facts.database.differences is None:
        return skipped("database_not_made")
    if facts.database.differences:
        return bad("database_differs", count=len(facts.database.differences))
    return ok("database_good")


def flows(facts: OwnFacts, _settings: Settings) -> Finding:
    """Every flow is without mistakes, active, and as the folder has it."""
    found = facts.flows
    if found is None:
        return skipped("flows_not_compared")
    if found.unreadable:
        return bad("flows_unreadable", files=found.unreadable)
    if found.problems:
        return bad("flows_with_mistakes", count=len(found.problems), problem=found.problems[0])
    if found.unusable:
        return bad("flows_unusable", flows=found.unusable)
    if found.missing:
        return bad("flows_missing", flows=found.missing, folder=found.folder)
    if found.changed:
        return warning("flows_not_activated", flows=found.changed)
    if found.rolled_back:
        return ok("flows_rolled_back", flows=found.rolled_back)
    return ok("flows_active", flows=found.active) if found.active else warning("flows_none", folder=found.folder)


def library(facts: OwnFacts, _settings: Settings) -> Finding:
    """Every prompt that the active flows may play lies in the library, in the flow's language."""
    found = facts.library
    if found is None:
        return skipped("flows_not_compared")
    if not found.is_made:
        return skipped("library_not_made", folder=found.folder)
    if found.missing:
        names = tuple(f"{each.name} ({each.language})" for each in found.missing)
        return bad("library_lacks", prompts=names, folder=found.folder)
    return ok("library_complete", count=found.count, folder=found.folder)


def disk(facts: OwnFacts, _settings: Settings) -> Finding:
    """The journal can be written, and whatever else is kept."""
    if not facts.is_writable:
        return bad("folder_not_writable", folder=facts.folder)
    if facts.free_bytes is None:
        return skipped("disk_not_told", folder=facts.folder)
    free = facts.free_bytes // MEGABYTE
    if free >= DISK_WARNING_MB:
        return ok("disk_enough", folder=facts.folder, free=free)
    if free < DISK_BAD_MB:
        return bad("disk_full", folder=facts.folder, free=free)
    return warning("disk_low", folder=facts.folder, free=free, least=DISK_WARNING_MB)


def open_files(facts: OwnFacts, settings: Settings) -> Finding:
    """Each caller is one open file."""
    limit, wanted = facts.engine.open_files, settings.max_calls + FILES_BESIDE_CALLS
    if limit is None:
        return ok("open_files_unlimited")
    if limit < wanted:
        return warning("open_files_low", limit=limit, wanted=wanted, calls=settings.max_calls)
    return ok("open_files_enough", limit=limit, calls=settings.max_calls)


def calendars(facts: OwnFacts, _settings: Settings) -> Finding:
    """The public holidays of this year and the next are known to every calendar that wants them."""
    found = facts.calendars
    if found is None or not found.names:
        return skipped("calendars_none")
    if found.unknown:
        years = sorted({str(year) for years in found.unknown.values() for year in years})
        return warning("calendars_year_unknown", calendars=tuple(found.unknown), years=tuple(years))
    return ok("calendars_known", calendars=found.names)


def journal(facts: OwnFacts, _settings: Settings) -> Finding:
    """Every event is on disk, and could be read at the start."""
    if facts.engine.fault is not None:
        return skipped("journal_not_asked")
    health, folder = facts.engine.journal, f"{facts.folder}/journal"
    if health.unwritten_since is not None:
        since = since_words(health.unwritten_since, facts.engine.time_zone)
        return bad("journal_unwritten", events=health.not_on_disk, since=since, why=health.why, folder=folder)
    if health.unconfirmed_s:
        return bad("journal_unconfirmed", seconds=f"{health.unconfirmed_s:.0f}", folder=folder)
    if health.damage:
        first = explained(health.damage[0].fault())
        return warning("journal_was_damaged", count=len(health.damage), damage=first, folder=folder)
    return ok("journal_written")


CHECKS: Final[dict[str, Judge]] = {
    "engine": engine,
    "port": port,
    "phone_door": phone_door,
    "database": database,
    "flows": flows,
    "library": library,
    "disk": disk,
    "open_files": open_files,
    "calendars": calendars,
    "records": records,
    "journal": journal,
}
"""What we are looked at for, in the order of the page."""
