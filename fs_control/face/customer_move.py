"""What `fs-control customer move` does and tells: everything of one agent given to another, and taken back (M13).

Flows go along, in the database and in the admin's files. Easy to break: a running engine looks customers up at each
call, but of a flow's new version it has to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from fs_control.face.asking import author
from fs_control.face.flow_files import change_files, files_to_move, files_to_put_back
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, remark, say

if TYPE_CHECKING:
    from fs_control.face.flow_files import FileEdit
    from fs_control.store.customer_moves import CustomerMove
    from fs_control.store.customers import StoredCustomer

MOST_SHOWN = 20
"""How many customers a preview names; JSON has them all."""

CustomerPrinter = Callable[[Sequence["StoredCustomer"], str], None]


def preview_move(source: str, target: str, print_customers: CustomerPrinter, *, json: bool) -> None:
    """Print what a move would do; nothing is changed."""
    with stores() as kept:
        move, zone = kept.moves.preview(source, target), kept.time_zone
    files = files_to_move(source, target)
    if json:
        _print_json(move, files, preview=True)
        return
    if move.customers:
        print_customers(move.customers[:MOST_SHOWN], zone)
        if len(move.customers) > MOST_SHOWN:
            remark("more_there_are", limit=MOST_SHOWN)
    for flow in move.flows:
        click.echo(flow.diff(), nl=False)
    say("move_would", **_counts(move))
    for file in files:
        say("flow_file_would", file=str(file.path))


def do_move(source: str, target: str, *, json: bool) -> None:
    """Move everything, and say what went along."""
    with stores() as kept:
        move = kept.moves.move(source, target, author())
    files = files_to_move(source, target)
    if json:
        _print_json(move, files, preview=False)
    else:
        say("moved", **_counts(move))
    _flows_changed(files, "flow_file_changed", json=json, has_versions=bool(move.flows))


def undo_move(*, json: bool) -> None:
    """Take the newest move back, and say what went back."""
    with stores() as kept:
        back = kept.moves.undo(author())
    files = files_to_put_back(back.flows)
    if json:
        names = [flow.name for flow in back.flows]
        print_json({**asdict(back), "flows": names, "files": [str(file.path) for file in files]})
    else:
        say("move_taken_back", **{**asdict(back), "flows": len(back.flows)})
    if back.flows_left:
        remark("flows_left", flows=back.flows_left, agent=back.target)
    _flows_changed(files, "flow_file_put_back", json=json, has_versions=bool(back.flows))


def _flows_changed(files: Sequence[FileEdit], code: str, *, json: bool, has_versions: bool) -> None:
    change_files(files, code, remark if json else say)
    if has_versions:
        tell_engine()


def _counts(move: CustomerMove) -> dict[str, object]:
    counts = {"customers": len(move.customers), "memories": len(move.memories), "flows": len(move.flows)}
    return {"source": move.source, "target": move.target, **counts}


def _print_json(move: CustomerMove, files: Sequence[FileEdit], *, preview: bool) -> None:
    flows = [{"name": flow.name, "diff": flow.diff()} for flow in move.flows]
    print_json({"preview": preview, **asdict(move), "flows": flows, "files": [str(file.path) for file in files]})
