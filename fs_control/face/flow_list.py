"""`fs-control flow list`: the active flows with the numbers they answer, or every version of one flow (N1, N10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.flow_version_page import moment, names, plain_version, remark_cell
from fs_control.face.stores import stores
from fs_control.face.words import print_json, print_table, say

if TYPE_CHECKING:
    from fs_control.store.flow_versions import StoredFlow


@click.command("list", cls=Command, examples=("fs-control flow list", "fs-control flow list main --json"))
@click.argument("name", required=False)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_command(name: str | None, json: bool) -> None:
    """Print the active flows, or the versions of one."""
    if name is not None:
        _list_versions(name, json=json)
    else:
        _list_active(json=json)


def _list_active(*, json: bool) -> None:
    with stores() as kept:
        flows, numbers, zone = kept.flows.active(), kept.editor.configured().numbers, kept.time_zone
    answers = {
        name: [number.number for number in numbers.values() if name in (number.flow, number.absent_flow)]
        for name in flows
    }
    if json:
        print_json({"flows": [{**plain_version(flow), "numbers": answers[name]} for name, flow in flows.items()]})
    elif not flows:
        say("no_flows_active")
    else:
        _print_active(flows, answers, zone)


def _print_active(flows: Mapping[str, StoredFlow], answers: Mapping[str, Sequence[str]], zone: str) -> None:
    rows = [
        (
            name,
            str(flow.version),
            moment(flow, zone),
            flow.about.activated_by,
            names(answers[name]) or None,
            remark_cell(flow.about),
        )
        for name, flow in flows.items()
    ]
    columns = ("flow", "flow_version", "activated_at", "activated_by", "flow_numbers", "remarks")
    print_table(columns, rows, right=("flow_version",))


def _list_versions(name: str, *, json: bool) -> None:
    with stores() as kept:
        versions, zone = kept.flows.versions(name), kept.time_zone
    changes = [_changes(flow, before) for flow, before in zip(versions, [*versions[1:], None], strict=True)]
    if json:
        plain = [
            {**plain_version(flow), "added": added, "removed": removed}
            for flow, (added, removed) in zip(versions, changes, strict=True)
        ]
        print_json({"name": name, "versions": plain})
        return
    rows = [
        (
            str(flow.version),
            moment(flow, zone),
            flow.about.activated_by,
            f"+{added} -{removed}",
            remark_cell(flow.about),
        )
        for flow, (added, removed) in zip(versions, changes, strict=True)
    ]
    columns = ("flow_version", "activated_at", "activated_by", "lines", "remarks")
    print_table(columns, rows, right=("flow_version",))


def _changes(flow: StoredFlow, before: StoredFlow | None) -> tuple[int, int]:
    """Return how many lines a version added to the one before it, and how many it removed."""
    from fs_control.store.flow_edits import diff_of

    lines = diff_of(before.text if before is not None else "", flow.text, "", "").splitlines()[2:]
    return sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines)
