"""`fs-control flow show`: the text of a version, as it was activated; who did that and when is said beside it (N10)."""

from __future__ import annotations

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.flow_version_page import head_of, plain_version, remarks_on
from fs_control.face.stores import stores
from fs_control.face.words import print_json


@click.command(
    "show", cls=Command, examples=("fs-control flow show main", "fs-control flow show main --version 2 > main.yaml")
)
@click.argument("name")
@click.option("--version", "shown_version", type=click.IntRange(1), metavar="N", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def show_command(name: str, shown_version: int | None, json: bool) -> None:
    """Print the active version of a flow, or another one."""
    from fs_control.store.flow_versions import numbered

    with stores() as kept:
        versions, zone = kept.flows.versions(name), kept.time_zone
    flow = versions[0] if shown_version is None else numbered(versions, name, shown_version)
    if json:
        print_json({**plain_version(flow, with_text=True), "active": flow is versions[0]})
        return
    for line in (head_of(flow, zone), *remarks_on(flow.about)):
        click.echo(line, err=True)
    click.echo(flow.text, nl=not flow.text.endswith("\n"))
