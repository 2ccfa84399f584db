"""`fs-control agent hold` and its kin: what an agent does in a call, for those whose hands are at a keyboard.

Owns no rule: which action is possible is the engine's to say, and its reason is what is printed. Easy to break: the
number stands in the path of a request, so what no agent can have is refused before it is sent.
"""

from __future__ import annotations

from typing import Final

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.client import running_engine
from fs_control.face.words import say
from fs_control.records import Action

ALONE: Final = (
    *(Action.HOLD, Action.RESUME, Action.MUTE, Action.UNMUTE, Action.HANG_UP),
    *(Action.COMPLETE, Action.CANCEL, Action.SWAP, Action.JOIN),
)
"""What needs nobody else to be named."""


def _alone(action: Action) -> click.Command:
    """Return the command of an action that has no values."""
    name = action.replace("_", "-")

    @click.command(name, cls=Command, examples=(f"fs-control agent {name} 8001",))
    @click.argument("number")
    def command(number: str) -> None:
        _act(number, action)
        say(f"acted.{action}", agent=number)

    return command


@click.command(
    "transfer",
    cls=Command,
    examples=("fs-control agent transfer 8001 8002 --note 退货", "fs-control agent transfer 8001 sales"),
)
@click.argument("number")
@click.argument("to")
@click.option("--note", default="", cls=Option)
def _transfer(number: str, to: str, note: str) -> None:
    """Hand the customer to somebody else."""
    _act(number, Action.TRANSFER, to=to, note=note)
    say("acted.transfer", agent=number, to=to)


@click.command("consult", cls=Command, examples=("fs-control agent consult 8001 8002",))
@click.argument("number")
@click.argument("to")
@click.option("--note", default="", cls=Option)
def _consult(number: str, to: str, note: str) -> None:
    """Ask a colleague while the customer waits."""
    _act(number, Action.CONSULT, to=to, note=note)
    say("acted.consult", agent=number, to=to)


TALK_COMMANDS: Final = (*map(_alone, ALONE), _transfer, _consult)


def _act(number: str, action: Action, **values: str) -> None:
    from fs_control.store.directory_fields import agent_number

    running_engine().act(agent_number(number), action.value, **values)
