"""`fs-control agent`: who the agents are, what they are doing, and their signing in and out.

Agents are kept in the database; what they are doing and signing in is a running engine's. Easy to break: a listing
works without an engine too, and then says nothing about what anybody does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.agent_break import break_command, stay_command
from fs_control.face.agent_settings import desk_options, desk_settings, print_settings, settings_of, sheet_row
from fs_control.face.agent_talk import TALK_COMMANDS
from fs_control.face.agent_terminals import (
    are_given,
    ask_pin,
    plain_terminals,
    print_terminals,
    remark_missing,
    terminal_options,
    with_terminals,
)
from fs_control.face.agent_words import state_words, status_words
from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.exporting import export_sheet
from fs_control.face.importing import import_sheet_of, show_change
from fs_control.face.removing import flows_that_name, say_removed, say_restored, show_removed
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import given, given_or_none, refuse_no_change
from fs_control.face.words import print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.store.removals import AgentWeight

AT_WORK: Final = (
    *("status", "state", "since", "call", "misses", "break_cause"),
    *("break_reason", "break_after_call", "wrap_up_until", "is_phone_there", "break_names", "rings"),
)
"""What only a running engine knows of an agent (`centre.views.AgentView`)."""


@click.group("agent", cls=Group, examples=("fs-control agent list 王", "fs-control agent sign-in 8001"))
def agent_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@agent_group.command("list", examples=("fs-control agent list", "fs-control agent list 王 --group sales --json"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--group", "group", metavar="NAME", cls=Option)
@click.option("--without-phone", is_flag=True, cls=Option)
@click.option("--removed", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_agents(search: tuple[str, ...], group: str | None, without_phone: bool, removed: bool, json: bool) -> None:
    """Print the agents."""
    if removed:
        _list_removed(json=json)
        return
    agents, groups, zone = _agents()
    found = _selected(agents, groups, search, group, without_phone=without_phone)
    if json:
        print_json({"agents": found})
    elif not agents:
        say("no_agents")
    elif not found:
        say("nothing_found")
    else:
        _print_agents(found, zone)


def _agents() -> tuple[list[dict[str, Any]], list[str], str]:
    """Return the agents, the names of the groups, and the time zone: of a running engine, else of the database."""
    engine = running_engine()
    try:
        status = engine.status()
    except UserMistake as mistake:
        if mistake.code != "engine_not_running":
            raise
        return _stored_agents()
    return engine.agents(), [line["group"] for line in status["lines"]], status["time_zone"]


def _stored_agents() -> tuple[list[dict[str, Any]], list[str], str]:
    with stores() as kept:
        configured = kept.editor.configured()
    unknown = dict.fromkeys(AT_WORK)
    agents = [
        {
            **asdict(agent),
            "groups": [
                group.name
                for group in configured.groups.values()
                if any(member.number == agent.number for member in group.members)
            ],
            **unknown,
        }
        for agent in configured.agents.values()
    ]
    return agents, list(configured.groups), configured.enterprise.time_zone


def _selected(
    agents: Sequence[dict[str, Any]],
    groups: Sequence[str],
    search: Sequence[str],
    group: str | None,
    *,
    without_phone: bool,
) -> list[dict[str, Any]]:
    from fs_control.store.directory_check import nearest
    from fs_control.store.search_words import is_found

    if group is not None and group not in groups:
        raise UserMistake("group_unknown", group=group, nearest=nearest(group, groups))
    return [
        agent
        for agent in agents
        if is_found(search, agent["number"], agent["name"], agent["phone"])
        and (group is None or group in agent["groups"])
        and not (without_phone and agent["phone"])
    ]


def _print_agents(agents: Sequence[dict[str, Any]], zone: str) -> None:
    from fs_control.face.clock_words import since_words

    rows = [
        (
            agent["number"],
            agent["name"],
            agent["rings"] or agent["phone"],
            ", ".join(agent["groups"]),
            status_words(agent),
            state_words(agent, zone),
            since_words(agent["since"], zone),
            agent["call"] and agent["call"][:8],
        )
        for agent in agents
    ]
    print_table(("agent", "name", "phone", "groups", "status", "state", "since", "call"), rows)


@agent_group.command("show", examples=("fs-control agent show 8001", "fs-control agent show 8001 --json"))
@click.argument("number")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_agent(number: str, json: bool) -> None:
    """Print one agent with what hangs on them, and what they are doing where an engine runs."""
    with stores() as kept:
        weights, configured = kept.removals.weigh([number]), kept.editor.configured()
    agents, _, zone = _agents()
    settings, entry = settings_of(configured, number), configured.agents[number]
    at_work = [agent for agent in agents if agent["number"] == number and agent["status"]]
    if json:
        doing = {name: at_work[0][name] if at_work else None for name in AT_WORK}
        told = {"settings": [asdict(each) for each in settings], "terminals": plain_terminals(entry)}
        print_json({**asdict(weights[0]), **told, **doing})
        return
    _print_weights(weights)
    click.echo()
    print_settings(settings)
    click.echo()
    print_terminals(entry)
    if at_work:
        click.echo()
        _print_agents(at_work, zone)


def _print_weights(weights: Sequence[AgentWeight]) -> None:
    rows = [
        (
            *(one.number, one.name, one.phone, ", ".join(one.groups), str(one.customers), str(one.memories)),
            ", ".join(one.flows),
        )
        for one in weights
    ]
    headings = ("agent", "name", "phone", "groups", "customers", "memories", "flows")
    print_table(headings, rows, right=("customers", "memories"))


# --- changing ------------------------------------------------------------------------------------------------------


@agent_group.command("add", examples=("fs-control agent add 8001 --name 王芳 --phone 1001 --group sales",))
@click.argument("number")
@click.option("--name", required=True, cls=Option)
@click.option("--phone", cls=Option)
@desk_options
@click.option("--group", "groups", metavar="NAME", multiple=True, cls=Option)
@terminal_options
def add_agent(number: str, name: str, phone: str | None, groups: tuple[str, ...], **options: Any) -> None:
    """Add an agent."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_plan import AgentEntry

    fields = given(number=(number, read.agent_number), name=(name, read.name), phone=(phone, read.extension))
    fields |= desk_settings(options)
    entry = with_terminals(AgentEntry(**fields), options)
    with stores() as kept:
        kept.editor.add_agent(entry, groups)
    say("agent_added", agent=number)
    remark_missing(entry)
    tell_engine()


@agent_group.command(
    "set", examples=("fs-control agent set 8001 --phone 1002", "fs-control agent set 8001 --phone - --wrap-up 30")
)
@click.argument("agent", metavar="NUMBER")
@click.option("--number", "new_number", cls=Option)
@click.option("--name", cls=Option)
@click.option("--phone", cls=Option)
@desk_options
@terminal_options
def set_agent(agent: str, new_number: str | None, name: str | None, phone: str | None, **options: Any) -> None:
    """Change an agent."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_plan import AgentEntry, ItemKind

    changes = {
        **given(number=(new_number, read.agent_number), name=(name, read.name)),
        **given_or_none(phone=(phone, read.extension)),
        **desk_settings(options),
    }
    refuse_no_change(changes or are_given(options))

    def changed(entry: AgentEntry) -> AgentEntry:
        return with_terminals(replace(entry, **changes), options)

    with stores() as kept:
        item = kept.editor.change(AgentEntry, agent, changed)
        naming = () if item.key == agent else flows_that_name(kept.directory.load()[1], ItemKind.AGENT, agent)
    show_change(item)
    _remark_flows(agent, naming)
    tell_engine()


@agent_group.command("pin", examples=("fs-control agent pin 8001", "fs-control agent pin 8001 --remove"))
@click.argument("number")
@click.option("--remove", "remove_pin", is_flag=True, cls=Option)
def set_pin(number: str, remove_pin: bool) -> None:
    """Give an agent the PIN that they type after 0000 on a phone (A17)."""
    _refuse_no_number(number)
    pin = None if remove_pin else ask_pin()
    with stores() as kept:
        kept.pins.set(number, pin)
    say("pin_removed" if remove_pin else "pin_set", agent=number)


@agent_group.command("remove", examples=("fs-control agent remove 8001", "fs-control agent remove 8001 8002 --yes"))
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_agents(numbers: tuple[str, ...], yes: bool) -> None:
    """Remove agents with everything that hangs on them."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        weights = kept.removals.weigh(numbers)
        _print_weights(weights)
        for one in weights:
            if one.could_be_moved:
                say("agents_have_customers", agent=one.number)
        be_sure(yes, "remove_agents_really", agents=numbers)
        kept.removals.remove(ItemKind.AGENT, numbers, author())
    say_removed(ItemKind.AGENT, numbers)
    for one in weights:
        _remark_flows(one.number, one.flows)
    tell_engine()


def _remark_flows(number: str, flows: Sequence[str]) -> None:
    """Name the active flows that name a number which no agent has any more; they are the admin's to change."""
    if flows:
        remark("flows_name_it", kind=words("item_kind.agent"), name=number, flows=tuple(flows))


@agent_group.command("restore", examples=("fs-control agent restore 8001",))
@click.argument("number")
def restore_agent(number: str) -> None:
    """Bring a removed agent back."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        kept.removals.restore(ItemKind.AGENT, number, author().now)
        weights = kept.removals.weigh([number])
    say_restored(ItemKind.AGENT, number)
    _print_weights(weights)
    tell_engine()


def _list_removed(*, json: bool) -> None:
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        steps, zone = kept.removals.removed(ItemKind.AGENT, author().now), kept.time_zone
    show_removed(steps, zone, json=json)


# --- files ---------------------------------------------------------------------------------------------------------


@agent_group.command("import", examples=("fs-control agent import agents.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_agents(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of agents."""
    from fs_control.store.directory_plan import ItemKind

    import_sheet_of(ItemKind.AGENT, file, dry_run=dry_run, json=json)


@agent_group.command("export", examples=("fs-control agent export --out agents.csv",))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_agents(out: Path | None) -> None:
    """Write the agents as a CSV sheet."""
    from fs_control.store.directory_csv import columns_of
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        agents = kept.editor.configured().agents
    export_sheet(columns_of(ItemKind.AGENT), [sheet_row(agent) for agent in agents.values()], out)


# --- at work -------------------------------------------------------------------------------------------------------


@agent_group.command(
    "sign-in", examples=("fs-control agent sign-in 8001", "fs-control agent sign-in 8001 --terminal phone")
)
@click.argument("number")
@click.option("--terminal", "at_terminal", metavar="KIND", default="", cls=Option)
def sign_in(number: str, at_terminal: str) -> None:
    """Let an agent take calls, at one of their terminals."""
    _refuse_no_number(number)
    running_engine().act(number, "sign-in", **({"terminal": at_terminal} if at_terminal else {}))
    say("agent_signed_in", agent=number)


@agent_group.command("sign-out", examples=("fs-control agent sign-out 8001",))
@click.argument("number")
def sign_out(number: str) -> None:
    """Let an agent take no more calls."""
    _refuse_no_number(number)
    running_engine().act(number, "sign-out")
    say("agent_signed_out", agent=number)


@agent_group.command("ready", examples=("fs-control agent ready 8001",))
@click.argument("number")
def make_ready(number: str) -> None:
    """Let an agent who is on a break take calls again."""
    _refuse_no_number(number)
    running_engine().act(number, "ready")
    say("agent_made_ready", agent=number)


agent_group.add_command(break_command)
agent_group.add_command(stay_command)


def _refuse_no_number(text: str) -> None:
    """UserMistake where no agent can have this number; a request's path is no place for an empty or crooked one."""
    from fs_control.store.directory_fields import agent_number

    agent_number(text)


# --- in a call -----------------------------------------------------------------------------------------------------

for _command in TALK_COMMANDS:
    agent_group.add_command(_command)
