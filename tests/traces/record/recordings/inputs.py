"""What a caller puts in: keys before, during and after prompts, inputs that end in every way, and messages.

Owns those recordings. Easy to break: keys come from the controller (`uuid_recv_dtmf`), several at once where that is
quicker than anybody types; `%[name=value]` before an argument sets a variable for that application alone.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import hang_up_and_linger, press, welcomed_call
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

LONG_TONE = "tone_stream://%(3000,0,440)"
BEEP = "tone_stream://%(400,100,850)"
LOCKED = "event-lock: true"
"""What is ordered meanwhile waits for the end of this application; without it, it would run inside it."""


def _name(number: int) -> str:
    return f"Event-UUID: bbbb0000-0000-0000-0000-{number:012}"


def _run(wire: Wire, application: str, argument: str, number: int) -> None:
    """Run an application under a name of ours until it is over."""
    wire.start(application, argument, _name(number))
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application=application)


@recording(
    "keys-skip-prompt",
    "Prompts that any key ends (playback_terminators=any for that application alone): no key, one key, two keys at"
    " once, then a key while nothing plays; and one that no key ends, behind them.",
)
def keys_skip_prompt(lab: Lab) -> None:
    inbound = lab.inbound("DTMF")
    wire, uuid = welcomed_call(lab)
    _run(wire, "playback", "%[playback_terminators=any]tone_stream://%(500,0,440)", 1)
    press(inbound, uuid, "1", after_s=0.6)
    _run(wire, "playback", f"%[playback_terminators=any]{LONG_TONE}", 2)
    press(inbound, uuid, "23", after_s=0.6)
    _run(wire, "playback", f"%[playback_terminators=any]{LONG_TONE}", 3)
    sleep(0.3)
    inbound.api(f"uuid_recv_dtmf {uuid} 4")
    sleep(0.3)
    press(inbound, uuid, "5", after_s=0.3)
    _run(wire, "playback", "tone_stream://%(1000,0,440)", 4)
    hang_up_and_linger(wire)


@recording(
    "collect-ends",
    "Inputs with no prompt at all: by length; by #; # at once; too few, then silence; nothing; and keys that are there"
    " before it begins.",
)
def collect_ends(lab: Lab) -> None:
    inbound = lab.inbound("DTMF")
    wire, uuid = welcomed_call(lab)
    for number, keys in enumerate(("123", "45#", "#", "6", "")):
        if keys:
            press(inbound, uuid, keys, after_s=0.4)
        ends = "none" if number == 0 else "#"
        argument = f"1 3 1 1500 {ends} silence silence_stream://10 fsc_digits .+ 1000"
        _run(wire, "play_and_get_digits", argument, 10 + number)
    press(inbound, uuid, "789", after_s=0.5)
    wire.start("playback", "%[playback_terminators=any]tone_stream://%(2000,0,440)", LOCKED, _name(20))
    _run(wire, "play_and_get_digits", "1 2 1 1500 none silence silence_stream://10 fsc_digits .+ 1000", 21)
    hang_up_and_linger(wire)


@recording(
    "collect-secret",
    "An input that nobody is to know: sensitive_dtmf for that application alone, a variable of its own that is unset at"
    " once, no pattern; then an ordinary one.",
)
def collect_secret(lab: Lab) -> None:
    inbound = lab.inbound("DTMF")
    wire, uuid = welcomed_call(lab)
    press(inbound, uuid, "4711#", after_s=0.8)
    secret = f"%[sensitive_dtmf=true]1 8 1 3000 # {LONG_TONE} silence_stream://10 fsc_secret '' 1000"
    wire.start("play_and_get_digits", secret, LOCKED, _name(30))
    wire.run("unset", "fsc_secret")
    press(inbound, uuid, "12", after_s=0.5)
    _run(wire, "play_and_get_digits", "1 2 1 3000 none silence silence_stream://10 fsc_digits .+ 1000", 31)
    hang_up_and_linger(wire)


def _record(wire: Wire, number: int, ends: str, silence_s: int = 2) -> None:
    wire.start("playback", BEEP, LOCKED, _name(number))
    argument = f"%[playback_terminators={ends}]${{recordings_dir}}/message-{number}.wav 30 200 {silence_s}"
    wire.start("record", argument, _name(number + 1))


@recording(
    "message",
    "A tone and a recording behind it, twice: one that silence ends, one that the caller ends with #; other keys end"
    " nothing. The caller sends no sound.",
)
def message(lab: Lab) -> None:
    inbound = lab.inbound("DTMF RECORD_START RECORD_STOP")
    wire, uuid = welcomed_call(lab)
    _record(wire, 40, "#")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="record")
    press(inbound, uuid, "1#", after_s=1.5)
    _record(wire, 42, "#")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="record")
    hang_up_and_linger(wire)


@recording("message-caller-hangs-up", "The caller hangs up while a message is recorded.")
def message_caller_hangs_up(lab: Lab) -> None:
    lab.inbound("DTMF RECORD_START RECORD_STOP")
    wire, _ = welcomed_call(lab, "uac_hangs.xml")
    _record(wire, 50, "none", silence_s=9)
    wire.until_closed()
