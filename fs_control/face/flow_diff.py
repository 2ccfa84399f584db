"""`fs-control flow diff`: what changed between two versions of a flow, or what its file would change (N10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Command, Option
from fs_control.face.flow_version_page import file_of, moment, text_of_file
from fs_control.face.stores import stores
from fs_control.face.words import print_json, say, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fs_control.store.flow_versions import StoredFlow


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts; `version` None is the file."""

    title: str
    text: str
    version: int | None = None


@click.command(
    "diff",
    cls=Command,
    examples=("fs-control flow diff main", "fs-control flow diff main 2", "fs-control flow diff main 1 3"),
)
@click.argument("name")
@click.argument("older", metavar="[A]", type=click.IntRange(1), required=False)
@click.argument("newer", metavar="[B]", type=click.IntRange(1), required=False)
@click.option("--json", "json", is_flag=True, cls=Option)
def diff_command(name: str, older: int | None, newer: int | None, json: bool) -> None:
    """Compare: the active version with the file; version A with the active one; version A with version B."""
    from fs_control.store.flow_edits import diff_of

    with stores() as kept:
        versions, zone = kept.flows.versions(name), kept.time_zone
    before, after = _sides(versions, name, older, newer, zone)
    found = diff_of(before.text, after.text, before.title, after.title)
    if json:
        print_json({"name": name, "from": before.version, "to": after.version, "diff": found})
    elif not found:
        say("flow_no_difference", one=before.title, other=after.title)
    else:
        click.echo(found, nl=False)


def _sides(
    versions: Sequence[StoredFlow], name: str, older: int | None, newer: int | None, zone: str
) -> tuple[_Side, _Side]:
    from fs_control.store.flow_versions import numbered

    active = versions[0]
    if older is None:
        return _side(active, zone), _file(name)
    after = active if newer is None else numbered(versions, name, newer)
    return _side(numbered(versions, name, older), zone), _side(after, zone)


def _side(flow: StoredFlow, zone: str) -> _Side:
    at, by = moment(flow, zone), flow.about.activated_by
    title = words("flow_version_title", flow=flow.name, version=flow.version, at=at, by=by)
    return _Side(title, flow.text, flow.version)


def _file(name: str) -> _Side:
    text = text_of_file(name)
    if text is None:
        raise UserMistake("flow_file_not_comparable", flow=name, file=str(file_of(name)))
    return _Side(str(file_of(name)), text)
