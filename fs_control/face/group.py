"""`fs-control group`: skill groups, their strategies and their members (Q1).

Easy to break: flows name groups by name, so taking one out or giving it another name is asked about where an active
flow names it: the numbers of that flow would take no calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.exporting import export_sheet
from fs_control.face.group_settings import (
    line_options,
    line_settings,
    print_line_settings,
    remark_without_effect,
    sheet_cells,
)
from fs_control.face.importing import import_sheet_of, show_change
from fs_control.face.removing import flows_that_name, say_removed, say_restored, show_removed
from fs_control.face.stores import Stores, stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import given, refuse_no_change
from fs_control.face.words import print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.store.directory_plan import Configured, GroupEntry, MemberEntry


@click.group("group", cls=Group, examples=("fs-control group list", "fs-control group set sales --member 8001"))
def skill_group_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@skill_group_group.command("list", examples=("fs-control group list", "fs-control group list --agent 8001 --json"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--agent", metavar="NUMBER", cls=Option)
@click.option("--strategy", cls=Option)
@click.option("--removed", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_groups(search: tuple[str, ...], agent: str | None, strategy: str | None, removed: bool, json: bool) -> None:
    """Print the groups."""
    if removed:
        _list_removed(json=json)
        return
    with stores() as kept:
        configured = kept.editor.configured()
    found = _selected(configured, search, agent, strategy)
    if json:
        print_json({"groups": [asdict(group) for group in found]})
    elif not found:
        say("nothing_found" if configured.groups else "no_groups")
    else:
        _print_groups(found)


def _selected(
    configured: Configured, search: Sequence[str], agent: str | None, strategy: str | None
) -> list[GroupEntry]:
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_edit import unknown
    from fs_control.store.directory_plan import ItemKind
    from fs_control.store.search_words import is_found

    if agent is not None and agent not in configured.agents:
        raise unknown(ItemKind.AGENT, agent, configured.agents)
    wanted = None if strategy is None else read.strategy(strategy)
    return [
        group
        for group in configured.groups.values()
        if is_found(search, group.name)
        and (wanted is None or group.strategy is wanted)
        and (agent is None or any(member.number == agent for member in group.members))
    ]


def _print_groups(groups: Sequence[GroupEntry]) -> None:
    rows = [
        (
            group.name,
            group.strategy,
            words("story.seconds", seconds=f"{group.ring_s:g}"),
            words("yes" if group.returning_customer else "no"),
            ", ".join(map(str, group.members)),
        )
        for group in groups
    ]
    print_table(("group", "strategy", "ring", "returning_customer", "members"), rows)


@skill_group_group.command("show", examples=("fs-control group show sales", "fs-control group show sales --json"))
@click.argument("name")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_group(name: str, json: bool) -> None:
    """Print one group and its members."""
    with stores() as kept:
        configured = kept.editor.configured()
    group = _group(configured, name)
    if json:
        print_json(asdict(group))
        return
    _print_groups([group])
    click.echo()
    print_line_settings(group)
    if group.members:
        click.echo()
        agents = [(configured.agents[member.number], member.level) for member in group.members]
        rows = [(agent.number, agent.name, agent.phone, str(level)) for agent, level in agents]
        print_table(("agent", "name", "phone", "level"), rows, right=("level",))


def _group(configured: Configured, name: str) -> GroupEntry:
    from fs_control.store.directory_edit import unknown
    from fs_control.store.directory_plan import ItemKind

    if name not in configured.groups:
        raise unknown(ItemKind.GROUP, name, configured.groups)
    return configured.groups[name]


# --- changing ------------------------------------------------------------------------------------------------------


@skill_group_group.command(
    "add",
    examples=(
        "fs-control group add sales --strategy round_robin --member 8001 --member 8002:2",
        "fs-control group add sales --announce-every 30 --max-waiting 50 --overflow service:60",
    ),
)
@click.argument("name")
@click.option("--strategy", cls=Option)
@click.option("--ring", cls=Option)
@click.option("--returning-customer/--no-returning-customer", default=None, cls=Option)
@line_options
@click.option("--member", "members", metavar="NUMBER[:LEVEL]", multiple=True, cls=Option)
def add_group(
    name: str,
    strategy: str | None,
    ring: str | None,
    returning_customer: bool | None,
    members: tuple[str, ...],
    **line: Any,
) -> None:
    """Add a group."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_plan import GroupEntry

    settings = {**_settings(name, strategy, ring, returning_customer), **line_settings(line)}
    entry = GroupEntry(**settings, members=_with_members((), [read.member(member) for member in members], ()))
    with stores() as kept:
        kept.editor.add(entry)
    say("group_added", group=name)
    remark_without_effect(entry)
    tell_engine()


@skill_group_group.command(
    "set",
    examples=(
        "fs-control group set sales --strategy top_down --member 8001:1 --member 8002:2",
        "fs-control group set sales --without 8003 --ring 15",
        "fs-control group set sales --own-agent-wait 30 --no-overflow",
    ),
)
@click.argument("group", metavar="NAME")
@click.option("--name", cls=Option)
@click.option("--strategy", cls=Option)
@click.option("--ring", cls=Option)
@click.option("--returning-customer/--no-returning-customer", default=None, cls=Option)
@line_options
@click.option("--member", "members", metavar="NUMBER[:LEVEL]", multiple=True, cls=Option)
@click.option("--without", metavar="NUMBER", multiple=True, cls=Option)
@click.option("--yes", is_flag=True, cls=Option)
def set_group(
    group: str,
    name: str | None,
    strategy: str | None,
    ring: str | None,
    returning_customer: bool | None,
    members: tuple[str, ...],
    without: tuple[str, ...],
    yes: bool,
    **line: Any,
) -> None:
    """Change a group."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_plan import GroupEntry

    settings = {**_settings(name, strategy, ring, returning_customer), **line_settings(line)}
    added = [read.member(member) for member in members]
    refuse_no_change(settings or added or without)

    def edit(entry: GroupEntry) -> GroupEntry:
        return replace(entry, **settings, members=_with_members(entry.members, added, without))

    with stores() as kept:
        if name not in (None, group):
            _be_sure_of_flows(kept, group, yes=yes)
        item = kept.editor.change(GroupEntry, group, edit)
        entry = kept.editor.configured().groups[item.key]
    show_change(item)
    remark_without_effect(entry)
    tell_engine()


def _settings(
    name: str | None, strategy: str | None, ring: str | None, returning_customer: bool | None
) -> dict[str, Any]:
    from fs_control.store import directory_fields as read

    settings = given(name=(name, read.name), strategy=(strategy, read.strategy), ring_s=(ring, read.ring_seconds))
    return settings if returning_customer is None else {**settings, "returning_customer": returning_customer}


def _with_members(
    before: Sequence[MemberEntry], added: Sequence[MemberEntry], without: Sequence[str]
) -> tuple[MemberEntry, ...]:
    """Return the members with some taken out, and with others put in at the end or on another level."""
    from fs_control.store.directory_edit import unknown
    from fs_control.store.directory_plan import ItemKind

    members = {member.number: member for member in before}
    for number in without:
        if number not in members:
            raise unknown(ItemKind.AGENT, number, members)
        del members[number]
    members.update({member.number: member for member in added})
    return tuple(members.values())


@skill_group_group.command("remove", examples=("fs-control group remove sales", "fs-control group remove sales --yes"))
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_groups(names: tuple[str, ...], yes: bool) -> None:
    """Remove groups; their members stay agents."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        configured = kept.editor.configured()
        _print_groups([_group(configured, name) for name in names])
        for name in names:
            _be_sure_of_flows(kept, name, yes=yes)
        be_sure(yes, "remove_groups_really", groups=names)
        kept.removals.remove(ItemKind.GROUP, names, author())
    say_removed(ItemKind.GROUP, names)
    tell_engine()


def _be_sure_of_flows(kept: Stores, name: str, *, yes: bool) -> None:
    """Ask where active flows name the group."""
    from fs_control.store.directory_plan import ItemKind

    _, flows = kept.directory.load()
    naming = flows_that_name(flows, ItemKind.GROUP, name)
    if naming:
        be_sure(yes, "group_in_flows_really", group=name, flows=naming)


@skill_group_group.command("restore", examples=("fs-control group restore sales",))
@click.argument("name")
def restore_group(name: str) -> None:
    """Bring a removed group back."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        kept.removals.restore(ItemKind.GROUP, name, author().now)
    say_restored(ItemKind.GROUP, name)
    tell_engine()


def _list_removed(*, json: bool) -> None:
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        steps, zone = kept.removals.removed(ItemKind.GROUP, author().now), kept.time_zone
    show_removed(steps, zone, json=json)


# --- files ---------------------------------------------------------------------------------------------------------


@skill_group_group.command("import", examples=("fs-control group import groups.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_groups(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of groups."""
    from fs_control.store.directory_plan import ItemKind

    import_sheet_of(ItemKind.GROUP, file, dry_run=dry_run, json=json)


@skill_group_group.command("export", examples=("fs-control group export --out groups.csv",))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_groups(out: Path | None) -> None:
    """Write the groups as a CSV sheet."""
    from fs_control.store.directory_csv import columns_of
    from fs_control.store.directory_plan import ItemKind

    columns = columns_of(ItemKind.GROUP)
    with stores() as kept:
        groups = kept.editor.configured().groups.values()
    export_sheet(columns, [[sheet_cells(group)[column] for column in columns] for group in groups], out)
