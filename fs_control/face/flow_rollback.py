"""`fs-control flow rollback`: an earlier version of a flow made active again, as a new version (N10).

Nothing is taken out of the history. Easy to break: the admin's file still says what did not work, so the command names
it, and a start leaves it alone until it is changed (docs/adr/0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.database import database
from fs_control.face.flow_activate import author_named, one_line
from fs_control.face.flow_verdict import tell_verdict, verdict_json
from fs_control.face.flow_version_page import file_of, plain_version, text_of_file
from fs_control.face.library import open_voice
from fs_control.face.options import load_settings
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, progress, remark, say, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fs_control.store.flow_versions import FlowChange


@click.command(
    "rollback",
    cls=Command,
    examples=("fs-control flow rollback main", 'fs-control flow rollback main --to 2 --reason "key 3 led nowhere"'),
)
@click.argument("name")
@click.option("--to", "to_version", type=click.IntRange(1), metavar="N", cls=Option)
@click.option("--by", "activated_by", metavar="NAME", cls=Option)
@click.option("--reason", "activation_reason", metavar="TEXT", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def rollback_command(
    name: str, to_version: int | None, activated_by: str | None, activation_reason: str | None, json: bool
) -> None:
    """Make an earlier version active again."""
    from fs_control.activating import Draft, open_door
    from fs_control.store.flow_versions import before_active, numbered

    by, reason, settings = author_named(activated_by), one_line("reason", activation_reason), load_settings()
    with database() as engine:
        door = open_door(engine, open_voice(settings), can_dial=settings.can_dial)
        versions = door.history.versions(name)
        old = before_active(versions, name) if to_version is None else numbered(versions, name, to_version)
        place = words("flow_version_place", flow=name, version=old.version)
        with progress("progress.flow_judged"):
            judgement = door.judge([Draft(name, old.text, place)])
        tell_verdict(judgement)
        verdict = verdict_json(judgement)
        if judgement.problems and json:
            print_json(verdict)
        change = door.roll_back(old, judgement, by, reason)
    _tell(change, verdict, json=json)
    tell_engine()


def _tell(change: FlowChange, verdict: Mapping[str, object], *, json: bool) -> None:
    from fs_control.store.flow_edits import diff_of

    before, after = change.before, change.after
    assert before is not None  # there is something to come from
    titles = [words("flow_version_place", flow=each.name, version=each.version) for each in (before, after)]
    diff = diff_of(before.text, after.text, *titles)
    if json:
        print_json({**plain_version(after), "before": before.version, "diff": diff, **verdict})
    else:
        click.echo(diff, nl=False)
        say("flow_rolled_back", flow=after.name, version=after.version, origin=after.about.from_version)
    if text_of_file(after.name) not in (None, after.text):
        remark("flow_file_differs", file=str(file_of(after.name)))
