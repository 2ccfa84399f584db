"""The entry of the command line: `fs-control`, and `python cli.py` in a clone.

Registers the commands and imports none of them: each is a line of `COMMANDS`.
"""

from __future__ import annotations

from typing import Final

import click

import fs_control
from fs_control.face.click_words import Group, Option
from fs_control.face.words import set_language
from fs_control.texts import LANGUAGES

COMMANDS: Final = {
    "demo": "fs_control.face.demo.command:demo_command",
    "run": "fs_control.face.run:run_command",
    "status": "fs_control.face.status:status_command",
    "doctor": "fs_control.face.doctor.command:doctor_command",
    "call": "fs_control.face.call:call_group",
    "agent": "fs_control.face.agent:agent_group",
    "group": "fs_control.face.group:skill_group_group",
    "number": "fs_control.face.number:number_group",
    "customer": "fs_control.face.customer:customer_group",
    "memory": "fs_control.face.memory:memory_group",
    "directory": "fs_control.face.directory:directory_group",
    "phone": "fs_control.face.phone:phone_group",
    "freeswitch": "fs_control.face.freeswitch.command:freeswitch_group",
    "service": "fs_control.face.service.command:service_group",
    "queue": "fs_control.face.queue:queue_group",
    "live": "fs_control.face.live.command:live_command",
    "box": "fs_control.face.box_play:box_group",
    "flow": "fs_control.face.flow:flow_group",
    "prompt": "fs_control.face.prompt:prompt_group",
    "hours": "fs_control.face.hours.command:hours_group",
    "message": "fs_control.face.message:message_group",
    "token": "fs_control.face.token:token_group",
    "enterprise": "fs_control.face.enterprise:enterprise_group",
    "break-reason": "fs_control.face.break_reason:break_reason_group",
    "schedule": "fs_control.face.schedule:schedule_group",
    "supervise": "fs_control.face.supervise:supervise_group",
    "dial": "fs_control.face.dial:dial_command",
    "dialling": "fs_control.face.dialling:dialling_group",
    "dial-rule": "fs_control.face.dial_rule:dial_rule_group",
    "gateway": "fs_control.face.gateway:gateway_group",
    "outbox": "fs_control.face.outbox:outbox_group",
    "ledger": "fs_control.face.ledger.command:ledger_group",
    "replay": "fs_control.face.replay:replay_command",
}
EXAMPLES: Final = ("fs-control demo", "fs-control call list", "fs-control --lang zh call show 1f3c8a2e")


def _choose_language(_context: click.Context, _parameter: click.Parameter, language: str | None) -> None:
    if language is not None:
        set_language(language)


@click.group(cls=Group, lazy=COMMANDS, examples=EXAMPLES)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    # Before `--help`, which is to be read in this language.
    is_eager=True,
    expose_value=False,
    callback=_choose_language,
    cls=Option,
)
@click.version_option(fs_control.__version__, prog_name="fs-control", cls=Option)
def cli() -> None:
    """Run one command."""


def main() -> None:
    """Run the command line of this process and end it."""
    cli(prog_name="fs-control")
