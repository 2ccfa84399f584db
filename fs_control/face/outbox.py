"""`fs-control outbox`: what waits on disk for the database, what it refused, and handing that over again.

The list is read from the folder, with or without an engine; only a running engine hands anything over. Easy to break: a
record is somebody's call, so the list names calls and reasons and never what is in a record.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.options import load_settings
from fs_control.face.words import print_json, print_table, say

if TYPE_CHECKING:
    from fs_control.store.spool import Spool


@click.group("outbox", cls=Group, examples=("fs-control outbox list", "fs-control outbox retry"))
def outbox_group() -> None:
    """Choose a command below."""


@outbox_group.command("list", examples=("fs-control outbox list", "fs-control outbox list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_waiting(json: bool) -> None:
    """Print what waits on disk."""
    from fs_control.store.spool import Spool, outbox_folders

    spools = [Spool(folder) for folder in outbox_folders(Path(load_settings().var))]
    waiting = [
        {"path": str(batch.path), "records": batch.records} for spool in spools for batch in spool.look().batches
    ]
    refused = [entry for spool in spools for entry in _refused(spool)]
    damaged = [str(path) for spool in spools for path in spool.damaged()]
    if json:
        print_json({"waiting": waiting, "refused": refused, "damaged": damaged})
    elif waiting or refused or damaged:
        _print_page(waiting, refused, damaged)
    else:
        say("outbox.nothing")


@outbox_group.command("retry", examples=("fs-control outbox retry",))
@click.option("--json", "json", is_flag=True, cls=Option)
def retry(json: bool) -> None:
    """Hand over again what was refused."""
    records = running_engine().retry_outbox()
    if json:
        print_json({"records": records})
    else:
        say("outbox.retried", records=records)


def _refused(spool: Spool) -> list[dict[str, Any]]:
    """Return the names of what the database refused, with the reasons; one that cannot be read is named by its file."""
    from fs_control.records import CallRecord
    from fs_control.store.spool_lines import LineCodec

    found = []
    for path in spool.refused():
        values = LineCodec(CallRecord).values(path.read_bytes().rstrip(b"\n"))
        told = {} if isinstance(values, str) else values
        why = values if isinstance(values, str) else told.get("why")
        found.append({"name": told.get("name", path.stem), "why": why, "at": told.get("at"), "path": str(path)})
    return found


def _print_page(waiting: list[dict[str, Any]], refused: list[dict[str, Any]], damaged: list[str]) -> None:
    for batch in waiting:
        say("outbox.batch", **batch)
    for path in damaged:
        say("outbox.damaged_file", path=path)
    if refused:
        print_table(("call", "why"), [(each["name"], each["why"]) for each in refused])
