"""`fs-control replay`: a centre between two times folded once more, also on a machine that has only a file of it.

Neither engine nor database is needed, but for --records. Easy to break: the exit code is 1 where today's program does
otherwise than was written down, so that a script can look for the version in which that began.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.options import journal_folder, load_settings
from fs_control.face.words import print_json, remark, words

if TYPE_CHECKING:
    from fs_control.ids import CallId, Micros
    from fs_control.records import CallRecord
    from fs_control.runtime.centre_replay import CentreReplay, Told, Whose

EXAMPLES: Final = (
    'fs-control replay --from "2026-12-31 09:00" --to "2026-12-31 09:05"',
    "fs-control replay --from 09:00 --until-crash",
    "fs-control replay --to 09:05 --state",
    "fs-control replay --from 09:00 --export fault.tar.gz",
    "fs-control replay fault.tar.gz",
)


@click.command("replay", cls=Command, examples=EXAMPLES)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--from", "since", metavar="TIME", cls=Option)
@click.option("--to", "until", metavar="TIME", cls=Option)
@click.option("--journal", "journal", type=click.Path(path_type=Path, exists=True, file_okay=False), cls=Option)
@click.option("--state", "whole_state", is_flag=True, cls=Option)
@click.option("--until-crash", "until_crash", is_flag=True, cls=Option)
@click.option("--records", "records", is_flag=True, cls=Option)
@click.option("--export", "export", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), cls=Option)
@click.option("--with-numbers", "with_numbers", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def replay_command(
    file: Path | None,
    since: str | None,
    until: str | None,
    journal: Path | None,
    whole_state: bool,
    until_crash: bool,
    records: bool,
    export: Path | None,
    with_numbers: bool,
    json: bool,
) -> int:
    """Fold a centre once more."""
    _refuse_both({"FILE": file, "--journal": journal})
    _refuse_both({"FILE": file, "--export": export})
    _refuse_both({"FILE": file, "--records": records})
    _refuse_both({"--state": whole_state, "--json": json})
    with _folder(file, journal) as folder:
        from fs_control.runtime.centre_replay import CentreReplay, unlike_stored, whose

        known = whose(folder)
        began, ended = _moment(since, known), _moment(until, known)
        if export is not None:
            _export(folder, export, (began, ended), None if with_numbers else known.region)
            return 0
        from fs_control.face.replay_page import Page

        replayed, page = CentreReplay(folder, began, ended), Page(shows=not (whole_state or json))
        for told in _until_crash(replayed.steps(), stops=until_crash):
            page.tell(told, replayed.centre.directory.time_zone)
        if records:
            for finding in unlike_stored(replayed, _stored(replayed)):
                page.tell(finding, replayed.centre.directory.time_zone)
        if whole_state:
            print_json(_plain_centre(replayed))
        elif json:
            print_json(page.plain())
        page.sum_up()
        return 1 if page.findings else 0


def _refuse_both(given: dict[str, object]) -> None:
    if all(given.values()):
        one, other = given
        raise click.UsageError(words("replay_not_both", one=one, other=other))


@contextmanager
def _folder(file: Path | None, journal: Path | None) -> Iterator[Path]:
    """Give the block the folder of the journal; of a file that was packed, one that is gone afterwards."""
    if file is None:
        yield journal or journal_folder(load_settings())
        return
    from fs_control.runtime.parcel import unpack

    with TemporaryDirectory(prefix="fs-control-replay-") as folder:
        label = unpack(file, Path(folder))
        remark("parcel_of", events=label.events, version=label.version, masked=label.masked)
        yield Path(folder)


def _moment(typed: str | None, known: Whose) -> Micros | None:
    from fs_control.face.moment_typed import moment_typed

    return None if typed is None else moment_typed(typed, known.time_zone, known.last_at)


def _export(folder: Path, file: Path, part: tuple[Micros | None, Micros | None], region: str | None) -> None:
    """Pack a part of a journal; the region is that of the numbers to be masked, None masks none."""
    from fs_control.runtime.masking import Mask
    from fs_control.runtime.parcel import pack

    label = pack(folder, file, *part, None if region is None else Mask(randbelow, region))
    remark("parcel_written" if label.masked else "parcel_written_plain", events=label.events, file=str(file))


def _until_crash(told: Iterator[Told], *, stops: bool) -> Iterator[Told]:
    """Yield what is told; with `stops` nothing behind the first event that is a crash, then or now."""
    from fs_control.runtime.centre_replay import CentreStep, Finding, Unlike

    crashed = False
    for each in told:
        if stops and crashed and not isinstance(each, Finding):
            return
        yield each
        now = isinstance(each, Finding) and each.kind is Unlike.CRASHES_NOW
        crashed = crashed or now or (isinstance(each, CentreStep) and each.is_crash)


def _stored(replayed: CentreReplay) -> dict[CallId, CallRecord]:
    from fs_control.face.database import database
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.call_records import PostgresRecordStore

    with database() as engine:
        store = PostgresRecordStore(engine, DEFAULT_ENTERPRISE)
        found = (record for call in replayed.records for record in store.find(call) if record.call_id == call)
        return {record.call_id: record for record in found}


def _plain_centre(replayed: CentreReplay) -> Any:
    from pydantic import TypeAdapter

    from fs_control.centre import CallCentre

    return TypeAdapter(CallCentre).dump_python(replayed.centre, mode="json")
