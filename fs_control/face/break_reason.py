"""`fs-control break-reason`: for which reasons agents take breaks (A9). In none of them a call comes."""

from __future__ import annotations

from dataclasses import asdict

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, print_table, say


@click.group(
    "break-reason",
    cls=Group,
    examples=("fs-control break-reason list", "fs-control break-reason add training --en training --zh 培训"),
)
def break_reason_group() -> None:
    """Choose a command below."""


@break_reason_group.command("list", examples=("fs-control break-reason list",))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_reasons(json: bool) -> None:
    """Print the reasons."""
    with stores() as kept:
        reasons = kept.breaks.reasons()
    if json:
        print_json({"break_reasons": [asdict(reason) for reason in reasons]})
    elif not reasons:
        say("no_break_reasons_yet")
    else:
        print_table(("break_reason", "in_english", "in_chinese"), [(each.code, each.en, each.zh) for each in reasons])


@break_reason_group.command("add", examples=("fs-control break-reason add training --en training --zh 培训",))
@click.argument("reason")
@click.option("--en", required=True, cls=Option)
@click.option("--zh", required=True, cls=Option)
def add_reason(reason: str, en: str, zh: str) -> None:
    """Name one more reason."""
    from fs_control.records import BreakReason

    with stores() as kept:
        kept.breaks.add(BreakReason(reason, en, zh))
    say("break_reason_added", reason=reason)
    tell_engine()


@break_reason_group.command("remove", examples=("fs-control break-reason remove training",))
@click.argument("reason")
def remove_reason(reason: str) -> None:
    """Take a reason away."""
    with stores() as kept:
        kept.breaks.remove(reason)
    say("break_reason_removed", reason=reason)
    tell_engine()
