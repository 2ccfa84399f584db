"""What many recordings begin and end with, and the names of the legs that the controller makes.

Owns no recording. Easy to break: a wire is read to its end, for how a switch closes a connection is a fact too.
"""

from __future__ import annotations

from tests.traces.record.lab import Lab
from tests.traces.record.wire import Wire

AGENT = "99999999-0001-3333-4444-555555555555"
SECOND_AGENT = "99999999-0002-3333-4444-555555555555"
MUSIC = "tone_stream://%(1000,500,440);loops=-1"


def answered_call(lab: Lab, number: str = "4001234567", scenario: str = "uac.xml") -> tuple[Wire, str]:
    """A caller, taken and answered: the connection, and the uuid."""
    wire = lab.call(scenario, number)
    uuid = wire.take_call()
    wire.run("answer")
    return wire, uuid


def music(wire: Wire) -> None:
    """Let the caller wait with music."""
    wire.start("playback", MUSIC)
    wire.event("CHANNEL_EXECUTE", Application="playback")


def hang_up_and_linger(wire: Wire, cause: str = "") -> None:
    """Hang up, and stay for what comes after."""
    wire.start("hangup", cause)
    wire.until_closed()
