"""`fs-control queue`: who waits for which group at this moment, and what became of those who did today.

The numbers are those of the board. Easy to break: the callers of a line are shown with their whole numbers, because
whoever asks for one line may have to call somebody back; the board shows the last digits only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.punctuation import listed
from fs_control.face.words import language, print_json, print_table, say, wide_console, words


@click.group("queue", cls=Group, examples=("fs-control queue list", "fs-control queue show sales"))
def queue_group() -> None:
    """Choose a command below."""


@queue_group.command("list", examples=("fs-control queue list", "fs-control queue list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_queues(json: bool) -> None:
    """Print every group with its line."""
    from fs_control.face.live.groups import groups_section

    groups = running_engine().board()["groups"]
    if json:
        print_json({"queues": groups})
        return
    console = wide_console()
    section = groups_section(groups, console.width)
    for line in section.lines(section.height):
        console.print(line, no_wrap=True, highlight=False)


@queue_group.command("show", examples=("fs-control queue show sales", "fs-control queue show sales --json"))
@click.argument("group")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_queue(group: str, json: bool) -> None:
    """Print the line of one group with everybody in it."""
    queue = running_engine().queue(group)
    if json:
        print_json(queue)
        return
    _say_now(queue["group"])
    if queue["callers"]:
        _print_callers(queue)
    click.echo()
    _say_today(queue["group"]["today"])


def _say_now(group: Mapping[str, Any]) -> None:
    from fs_control.face.live.cells import length_words

    if group["waiting"]:
        longest = length_words(group["longest_wait"] or 0)
        say("queue_waits", group=group["group"], waiting=group["waiting"], longest=longest)
    else:
        say("queue_is_empty", group=group["group"])
    say("queue_agents", **{name: group[name] for name in ("ready", "idle", "ringing", "talking")})


def _print_callers(queue: Mapping[str, Any]) -> None:
    from fs_control.face.clock_words import since_words
    from fs_control.face.live.cells import length_words

    rows = [
        (
            str(each["position"]),
            each["caller"],
            each["caller_name"],
            since_words(each["joined_at"], queue["time_zone"]),
            None if each["joined_at"] is None else length_words(queue["at"] - each["joined_at"]),
            ", ".join(each["rung"]),
            each["call"][:8],
        )
        for each in queue["callers"]
    ]
    click.echo()
    headings = ("position", "caller", "name", "since", "waited", "rung", "call")
    print_table(headings, rows, right=("position", "waited"))


def _say_today(today: Mapping[str, Any]) -> None:
    from fs_control.face.live.cells import length_words

    longest = length_words(today["longest_wait"])
    say(
        "queue_today",
        entered=today["entered"],
        answered=today["answered"],
        in_time=today["answered_in_time"],
        longest=longest,
    )
    if today["abandoned"]:
        where = today["abandoned"]
        say("queue_abandoned", line=where.get("line", 0), ringing=where.get("ringing", 0))
    if today["left"]:
        say("queue_left", count=sum(today["left"].values()), how=_kinds("line_exit", today["left"]))
    if today["lost"]:
        say("queue_lost", count=today["lost"])
    if today["not_taken"]:
        say("queue_not_taken", count=sum(today["not_taken"].values()), how=_kinds("offer", today["not_taken"]))


def _kinds(family: str, counts: Mapping[str, int]) -> str:
    return listed((f"{words(f'{family}.{kind}')}: {count}" for kind, count in counts.items()), language())
