"""`fs-control supervise`: a leader on the call of an agent (C7), and the log of all who were.

What is done is a running engine's, the log is the database's. Easy to break: the first command rings the leader's
phone; whoever is on the call already is not rung again, only heard by others than before.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.stores import stores
from fs_control.face.words import print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fs_control.records import SupervisionEntry

MOST_LISTED: Final = 100_000
HEADINGS: Final = ("began_at", "ended_at", "leader", "supervise_mode", "agent", "call", "asked_by")


@click.group(
    "supervise",
    cls=Group,
    examples=("fs-control supervise listen 8001 --as 8100", "fs-control supervise log --agent 8001"),
)
def supervise_group() -> None:
    """Choose a command below."""


def _command(wish: str) -> Callable[[Callable[[str, str], None]], click.Command]:
    """Make a command of a wish: they differ in nothing but their names."""

    def make(run: Callable[[str, str], None]) -> click.Command:
        asked = click.option("--as", "leader", metavar="LEADER", required=True, cls=Option)(run)
        named = click.argument("agent")(asked)
        return supervise_group.command(wish, examples=(f"fs-control supervise {wish} 8001 --as 8100",))(named)

    return make


@_command("listen")
def listen(agent: str, leader: str) -> None:
    """Listen to both."""
    _supervise("listen", agent, leader)


@_command("whisper")
def whisper(agent: str, leader: str) -> None:
    """Be heard by the agent."""
    _supervise("whisper", agent, leader)


@_command("join")
def join(agent: str, leader: str) -> None:
    """Be heard by both."""
    _supervise("join", agent, leader)


@_command("take")
def take(agent: str, leader: str) -> None:
    """Have the customer in the agent's place."""
    _supervise("take", agent, leader)


@_command("stop")
def stop(agent: str, leader: str) -> None:
    """Leave."""
    _supervise("stop", agent, leader)


def _supervise(wish: str, agent: str, leader: str) -> None:
    from fs_control.store.directory_fields import agent_number

    for number in (agent, leader):
        agent_number(number)
    running_engine().supervise(leader, agent, wish)
    say(f"supervise_done.{wish}", leader=leader, agent=agent)


@supervise_group.command("log", examples=("fs-control supervise log", "fs-control supervise log --leader 8100 --json"))
@click.option("--leader", cls=Option)
@click.option("--agent", cls=Option)
@click.option("--call", "call", cls=Option)
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=100, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def show_log(leader: str | None, agent: str | None, call: str | None, limit: int, json: bool) -> None:
    """Print what leaders did."""
    with stores() as kept:
        found, zone = kept.supervision.newest(limit + 1, leader, agent, call), kept.time_zone
    if json:
        print_json({"entries": [asdict(one) for one in found[:limit]], "are_all": len(found) <= limit})
    elif not found:
        say("nothing_found" if leader or agent or call else "no_supervision")
    else:
        _print_log(found[:limit], zone)
        if len(found) > limit:
            remark("more_there_are", limit=limit)


def _print_log(entries: Sequence[SupervisionEntry], zone: str) -> None:
    from fs_control.face.clock_words import local_time

    rows = [
        (
            f"{local_time(one.began_at, zone):%m-%d %H:%M:%S}",
            f"{local_time(one.ended_at, zone):%H:%M:%S}",
            one.leader_number,
            words(f"supervise_mode.{one.mode}"),
            one.agent_number,
            one.call[:8],
            one.by,
        )
        for one in entries
    ]
    print_table(HEADINGS, rows)
