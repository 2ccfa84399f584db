"""`fs-control agent break` and `agent stay`: taking no calls for a while, now or after the call (A7, A9)."""

from __future__ import annotations

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.client import running_engine
from fs_control.face.words import say


@click.command(
    "break",
    cls=Command,
    examples=("fs-control agent break 8001 meal", "fs-control agent break 8001 meal --after-call"),
)
@click.argument("number")
@click.argument("reason", required=False, default="")
@click.option("--after-call", is_flag=True, cls=Option)
def break_command(number: str, reason: str, after_call: bool) -> None:
    """Let an agent take no calls for a while."""
    _refuse_no_number(number)
    running_engine().act(number, "break-after-call" if after_call else "break", reason=reason)
    say("agent_break_noted" if after_call else "agent_takes_break", agent=number)


@click.command("stay", cls=Command, examples=("fs-control agent stay 8001",))
@click.argument("number")
def stay_command(number: str) -> None:
    """Take back a break that was to begin after the call."""
    _refuse_no_number(number)
    running_engine().act(number, "stay")
    say("agent_stays", agent=number)


def _refuse_no_number(text: str) -> None:
    from fs_control.store.directory_fields import agent_number

    agent_number(text)
