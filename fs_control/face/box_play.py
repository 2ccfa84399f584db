"""`fs-control box`: callers and phones for the switch in the box, so that `make run` can be tried without a telephone.

A running engine leaves the port of its switch's stage in `box.port` of the var folder. It must not know what becomes
of a call: that is shown by `live` and `call`. Easy to break: a port that was left by a killed engine leads nowhere, and
that is said as it is where no such engine runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.options import load_settings
from fs_control.face.words import say

if TYPE_CHECKING:
    from fs_control.settings import Settings
    from fs_control.virtual_switch.script import Step
    from fs_control.virtual_switch.stage import Stage

REACTIONS: Final = ("answer", "no_answer", "busy", "decline", "unreachable")
MENU: Final = "main-menu"
TONE: Final = "tone_stream"
"""What the switch plays before it records a message."""
LONGEST_S: Final = 86_400.0

_seconds = click.FloatRange(0, LONGEST_S)


def stage_port_file(settings: Settings) -> Path:
    """Return the file in which a running engine says where its switch in the box is directed."""
    return Path(settings.var) / "box.port"


def plug_in(stage: Stage, extensions: Iterable[str]) -> None:
    """Register phones that answer after 2 s and leave it to the caller to hang up."""
    from fs_control.virtual_switch.script import Phone, PhoneBehaviour

    for extension in extensions:
        stage.set_phone(Phone(extension, (PhoneBehaviour(answer_after=2.0),)))


@click.group(
    "box", cls=Group, examples=("fs-control box call 4008000001", "fs-control box phone 1001 --does no_answer")
)
def box_group() -> None:
    """Choose a command below."""


@box_group.command(
    "call",
    examples=("fs-control box call 4001234567 --from 13800138000 --press 1", "fs-control box call 4008000001 --wait 5"),
)
@click.argument("number")
@click.option("--from", "caller", default="13800138000", show_default=True, metavar="NUMBER", cls=Option)
@click.option("--press", "keys", multiple=True, metavar="[PROMPT:]KEYS", cls=Option)
@click.option("--speak", "speak_s", type=_seconds, metavar="SECONDS", cls=Option)
@click.option("--talk", "talk_s", type=_seconds, default=20.0, show_default=True, metavar="SECONDS", cls=Option)
@click.option("--wait", "wait_s", type=_seconds, metavar="SECONDS", cls=Option)
def place_call(
    number: str, caller: str, keys: tuple[str, ...], speak_s: float | None, talk_s: float, wait_s: float | None
) -> None:
    """Let a caller dial."""
    from fs_control.virtual_switch.script import CallerScript, HangUp, Wait, WaitForAnswer, WaitForTalk

    stay: tuple[Step, ...] = (WaitForTalk(), Wait(talk_s)) if wait_s is None else (Wait(wait_s),)
    steps = (WaitForAnswer(), *_pressed(keys), *_spoken(speak_s), *stay, HangUp())
    with _stage() as stage:
        stage.place_call(CallerScript(number, caller, b"", steps))
    say("box_called", caller=caller, number=number)


@box_group.command(
    "phone", examples=("fs-control box phone 1001 --does decline", "fs-control box phone 1001 --unplugged")
)
@click.argument("extension")
@click.option("--does", "reaction", type=click.Choice(REACTIONS), default="answer", show_default=True, cls=Option)
@click.option("--after", "after_s", type=_seconds, default=2.0, show_default=True, metavar="SECONDS", cls=Option)
@click.option("--unplugged", is_flag=True, cls=Option)
def set_phone(extension: str, reaction: str, after_s: float, unplugged: bool) -> None:
    """Say what a phone does from now on."""
    from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction

    behaviour = PhoneBehaviour(Reaction(reaction), answer_after=after_s)
    with _stage() as stage:
        stage.set_phone(Phone(extension, (behaviour,), registered=not unplugged))
    say("box_phone_gone" if unplugged else "box_phone_set", extension=extension)


def _pressed(keys: Iterable[str]) -> Iterator[Step]:
    """Yield the steps of a caller who presses each key a second after its prompt has begun."""
    from fs_control.virtual_switch.script import Press, Wait, WaitForPrompt

    for each in keys:
        prompt, _, key = each.rpartition(":")
        yield from (WaitForPrompt(prompt or MENU), Wait(1.0), Press(key))


def _spoken(seconds: float | None) -> Iterator[Step]:
    """Yield the steps of a caller who leaves a message."""
    from fs_control.virtual_switch.script import Speak, Wait, WaitForPrompt

    if seconds is not None:
        yield from (WaitForPrompt(TONE), Wait(0.5), Speak(seconds))


@contextmanager
def _stage() -> Iterator[Stage]:
    """Give the block the stage of the running engine; UserMistake `box_not_running` where there is none."""
    from fs_control.virtual_switch.stage import Stage

    try:
        stage = Stage(int(stage_port_file(load_settings()).read_text(encoding="ascii")))
    except (OSError, ValueError) as nobody:
        raise UserMistake("box_not_running") from nobody
    with stage:
        yield stage
