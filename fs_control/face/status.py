"""`fs-control status`: how a running engine is doing, in a few lines."""

from __future__ import annotations

from typing import Any

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.client import running_engine
from fs_control.face.journal_status import say_journal
from fs_control.face.outbox_page import say_outbox
from fs_control.face.words import print_json, print_table, say, words


@click.command("status", cls=Command, examples=("fs-control status", "fs-control status --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def status_command(json: bool) -> None:
    """Print the state of a running engine."""
    engine = running_engine()
    status, outbox = engine.status(), engine.outbox()
    if json:
        print_json({**status, "outbox": outbox})
        return
    say("status_switch_there" if status["is_switch_there"] else "status_switch_away")
    if status["is_draining"]:
        say("status_draining")
    say("status_calls", calls=status["calls"], most=status["max_calls"])
    say("status_agents", ready=status["agents_ready"], agents=status["agents"])
    if status["not_answering"]:
        say("status_not_answering", agents=status["not_answering"])
    say("status_numbers", numbers=status["numbers"], flows=status["flows"] or None)
    say_outbox(outbox, status["time_zone"])
    for alarm in status.get("alarms", ()):
        say("status.alarm", alarm=words(alarm["code"], **alarm["values"]))
    if status.get("ghosts"):
        say("status_ghosts", ghosts=status["ghosts"])
    say_journal(status)
    _print_lines(status)


def _print_lines(status: dict[str, Any]) -> None:
    from fs_control.face.clock_words import since_words

    lines = status["lines"]
    if not lines:
        return
    rows = [
        (
            line["group"],
            str(line["waiting"]),
            since_words(line["first_joined_at"], status["time_zone"]),
            str(line["ready_agents"]),
            str(line["idle_agents"]),
        )
        for line in lines
    ]
    click.echo()
    print_table(("group", "waiting", "first_since", "ready", "idle"), rows, right=("waiting", "ready", "idle"))
