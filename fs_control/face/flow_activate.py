"""`fs-control flow activate`: files of flows made the versions that answer from the next call on (N10).

All of them or none. Easy to break: what was found is told before the refusal, and an engine that runs is told only
where something has changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author
from fs_control.face.click_words import Command, Option
from fs_control.face.database import database
from fs_control.face.flow_verdict import tell_verdict, verdict_json
from fs_control.face.library import open_voice
from fs_control.face.options import load_settings
from fs_control.face.problem_words import problem_line
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, progress, remark, say, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fs_control.activating import Acceptance, Draft, FlowDoor, Judgement
    from fs_control.store.flow_versions import FlowChange

LONGEST: Final = 500
"""Characters; a reason is a sentence or two."""


@click.command(
    "activate",
    cls=Command,
    examples=(
        "fs-control flow activate ivr_flows/main.yaml",
        'fs-control flow activate ivr_flows/*.yaml --accept group_without_members --reason "they start on Monday"',
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", "activated_by", metavar="NAME", cls=Option)
@click.option("--accept", "accepted_rules", metavar="RULE", multiple=True, cls=Option)
@click.option("--reason", "activation_reason", metavar="TEXT", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def activate_command(
    files: tuple[Path, ...],
    activated_by: str | None,
    accepted_rules: tuple[str, ...],
    activation_reason: str | None,
    json: bool,
) -> None:
    """Make files the active versions of their flows."""
    from fs_control.activating import Acceptance, open_door

    by, reason = author_named(activated_by), one_line("reason", activation_reason)
    if accepted_rules and not reason:
        raise click.UsageError(words("flow_accept_needs_reason"))
    accepted = Acceptance(tuple(dict.fromkeys(accepted_rules)), reason)
    found, settings = read_files(files), load_settings()
    with database() as engine:
        door = open_door(engine, open_voice(settings), can_dial=settings.can_dial)
        with progress("progress.flow_judged"):
            judgement = door.judge(found)
        _refuse(door, judgement, accepted, json=json)
        changes = door.let_in(judgement, by, accepted)
        verdict = verdict_json(judgement)
    _tell(changes, verdict, json=json)
    if any(change.is_new for change in changes):
        tell_engine()


def read_files(paths: Sequence[Path]) -> list[Draft]:
    """Read files of flows; UserMistake where one cannot be read, or two are of one flow."""
    from fs_control.activating import Draft
    from fs_control.flow import FlowProblems

    files: dict[str, Draft] = {}
    for path in paths:
        try:
            file = Draft.at(path)
        except FlowProblems as mistakes:
            for problem in mistakes.problems:
                click.echo(problem_line(problem), err=True)
            raise UserMistake("flow_not_activated", flows=(path.stem,)) from mistakes
        if file.name in files:
            raise UserMistake("flow_given_twice", flow=file.name, files=(files[file.name].place, file.place))
        files[file.name] = file
    return list(files.values())


def author_named(by: str | None) -> str:
    """Return who does it: the one named, or whoever is logged in."""
    return author().by if by is None else one_line("by", by)


def one_line(option: str, text: str | None) -> str:
    """Return what is kept with a version for ever: one line of some length; UserMistake where it is something else."""
    shown = (text or "").strip()
    if text is not None and not shown:
        raise UserMistake("value_empty", field=option)
    if len(shown) > LONGEST or not shown.isprintable():
        raise UserMistake("flow_words_refused", option=option, most=LONGEST)
    return shown


def _refuse(door: FlowDoor, judgement: Judgement, accepted: Acceptance, *, json: bool) -> None:
    """Tell what was found, and refuse unless nothing of it speaks against the files."""
    from fs_control.flow.proof import ACCEPTABLE

    left = judgement.against(accepted)
    if not json or judgement.problems or left:
        tell_verdict(judgement)
    if not judgement.problems:
        door.refuse_idle_acceptance(judgement, accepted)
    if not (judgement.problems or left):
        return
    if json:
        print_json({"flows": [], **verdict_json(judgement)})
    if rules := tuple(sorted({each.rule.value for each in left if each.rule in ACCEPTABLE})):
        remark("flow_may_be_accepted", rules=rules)
    raise UserMistake("flow_not_activated", flows=tuple(file.name for file in judgement.files))


def _tell(changes: Sequence[FlowChange], verdict: Mapping[str, object], *, json: bool) -> None:
    if json:
        print_json({"flows": [_plain(change) for change in changes], **verdict})
        return
    for change in changes:
        flow, version = change.after.name, change.after.version
        if not change.is_new:
            say("flow_active_already", flow=flow, version=version)
        elif change.before is None:
            say("flow_activated_first", flow=flow, version=version)
        else:
            say("flow_activated", flow=flow, version=version, before=change.before.version)


def _plain(change: FlowChange) -> dict[str, object]:
    from fs_control.face.flow_version_page import plain_version

    before = change.before.version if change.before is not None else None
    return {**plain_version(change.after), "is_new": change.is_new, "before": before}
