"""`fs-control agent`: who is at work and what they are doing, and their signing in and out, at a running engine."""

from __future__ import annotations

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.words import print_json, print_table, say, words


@click.group("agent", cls=Group, examples=("fs-control agent list", "fs-control agent sign-in 8001"))
def agent_group() -> None:
    """Choose a command below."""


@agent_group.command("list", examples=("fs-control agent list", "fs-control agent list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_agents(json: bool) -> None:
    """Print the agents."""
    from fs_control.face.clock_words import since_words

    engine = running_engine()
    agents = engine.agents()
    if json:
        print_json({"agents": agents})
        return
    if not agents:
        say("no_agents")
        return
    zone = engine.status()["time_zone"]
    rows = [
        (
            agent["number"],
            agent["name"],
            agent["phone"],
            ", ".join(agent["groups"]),
            words(f"agent_status.{agent['status']}"),
            words(f"agent_state.{agent['state']}"),
            since_words(agent["since"], zone),
            agent["call"] and agent["call"][:8],
        )
        for agent in agents
    ]
    print_table(("agent", "name", "phone", "groups", "status", "state", "since", "call"), rows)


@agent_group.command("sign-in", examples=("fs-control agent sign-in 8001",))
@click.argument("number")
def sign_in(number: str) -> None:
    """Let an agent take calls."""
    _refuse_no_number(number)
    running_engine().sign_in(number)
    say("agent_signed_in", agent=number)


@agent_group.command("sign-out", examples=("fs-control agent sign-out 8001",))
@click.argument("number")
def sign_out(number: str) -> None:
    """Let an agent take no more calls."""
    _refuse_no_number(number)
    running_engine().sign_out(number)
    say("agent_signed_out", agent=number)


def _refuse_no_number(text: str) -> None:
    """UserMistake where no agent can have this number; a request's path is no place for an empty or crooked one."""
    from fs_control.store.directory_fields import agent_number

    agent_number(text)
