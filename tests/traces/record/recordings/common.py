"""What many recordings begin and end with, and the names of the legs that the controller makes.

Owns no recording. Easy to break: a wire is read to its end, for how a switch closes a connection is a fact too.
"""

from __future__ import annotations

from threading import Timer

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


def press(inbound: Wire, uuid: str, keys: str, *, after_s: float) -> None:
    """Let a caller press keys in so many seconds."""
    timer = Timer(after_s, inbound.api, [f"uuid_recv_dtmf {uuid} {keys}"])
    timer.daemon = True
    timer.start()


def welcomed_call(lab: Lab, scenario: str = "uac.xml") -> tuple[Wire, str]:
    """A caller as a controller has them before it rings somebody: no key ends the music, a busy phone no call."""
    wire = lab.call(scenario)
    uuid = wire.take_call()
    welcome(wire, uuid)
    return wire, uuid


def welcome(wire: Wire, uuid: str) -> None:
    """Set what a controller sets on a caller's leg, and answer it."""
    wire.api(f"uuid_setvar_multi {uuid} playback_terminators=none;continue_on_fail=true;hangup_after_bridge=false")
    wire.api(f"uuid_setvar {uuid} transfer_ringback {MUSIC}")
    wire.api(f"uuid_answer {uuid}")


def ringing(caller: str, **more: str) -> str:
    """The variables of a bridge by which that caller rings somebody, for all legs of it."""
    variables = {
        "originate_timeout": "20",
        "ignore_early_media": "true",
        "instant_ringback": "true",
        "hangup_after_bridge": "true",
        "api_on_answer": f"'uuid_setvar {caller} socket_resume false'",
    }
    return "{" + ",".join(f"{name}={value}" for name, value in (variables | more).items()) + "}"
