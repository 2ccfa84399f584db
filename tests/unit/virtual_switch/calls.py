"""Calls as most tests need them: dialled, connected, answered, in a word or two."""

from __future__ import annotations

from fs_control.virtual_switch.script import CallerScript, Step
from tests.unit.virtual_switch.box import Box, Line

NUMBER = "4001234567"
CALLER = "13800138000"
MUSIC = "tone_stream://%(1000,500,440);loops=-1"


def call(box: Box, *steps: Step, number: str = NUMBER, linger: str = "linger 1") -> tuple[str, Line]:
    """A caller dials and the controller has said connect, linger and myevents: the uuid and the line."""
    uuid, line = box.call(CallerScript(number, CALLER, b"Zhang San", tuple(steps)))
    line.send("connect")
    line.reply()
    if linger:
        line.ask(linger)
    assert line.ask("myevents") == "+OK Events Enabled"
    return uuid, line


def answered_call(box: Box, *steps: Step, number: str = NUMBER) -> tuple[str, Line]:
    """The same, answered."""
    uuid, line = call(box, *steps, number=number)
    line.app("answer")
    return uuid, line


def agent_leg(box: Box, inbound: Line, uuid: str, dial: str = "user/1001@127.0.0.1") -> str:
    """Dial an agent's phone and wait for the end of the job; its words."""
    inbound.ask(f"bgapi originate {{origination_uuid={uuid},hangup_after_bridge=true}}{dial} &park()")
    return inbound.event("BACKGROUND_JOB")["body"]
