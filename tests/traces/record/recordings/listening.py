"""A caller who listens: keys in hold music and while somebody is rung, and sentences of several files.

Owns those recordings. Easy to break: the sounds are files of known lengths (`sounds.py`), and what is pressed or broken
off lies in the middle of one of them.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, SECOND_AGENT, hang_up_and_linger, press, ringing, welcomed_call
from tests.traces.record.registry import recording

SENTENCE = "file_string://one.wav!two.wav!three.wav"
FACTS = (
    "CHANNEL_PROGRESS",
    "CHANNEL_PROGRESS_MEDIA",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_HANGUP",
    "DTMF",
)
LISTENING = "CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START PLAYBACK_STOP DTMF CUSTOM"
FILES = "filestring::open filestring::close filestring::fail"


def _name(number: int) -> str:
    return f"aaaa0000-0000-0000-0000-00000000000{number}"


@recording(
    "keys-in-hold-music",
    "A caller presses * and 1 in hold music (a file, loops: -1, playback_terminators=none), 9 in its second turn, then"
    " the music is broken off; the inbound connection is told by filters.",
)
def keys_in_hold_music(lab: Lab) -> None:
    inbound = lab.inbound(f"{' '.join(FACTS)} CHANNEL_EXECUTE_COMPLETE")
    for name in FACTS:
        inbound.command(f"filter Event-Name {name}")
    inbound.command("filter Application playback")
    wire, uuid = welcomed_call(lab)
    wire.start("playback", "music.wav", f"Event-UUID: {_name(1)}", "loops: -1")
    for key in "*1":
        sleep(0.6)
        inbound.api(f"uuid_recv_dtmf {uuid} {key}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    sleep(0.8)
    inbound.api(f"uuid_recv_dtmf {uuid} 9")
    sleep(0.6)
    wire.api(f"uuid_break {uuid} all")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    hang_up_and_linger(wire)


@recording(
    "keys-while-ringing",
    "A caller presses * and 1 while a bridge rings that nobody answers, hears a prompt afterwards, presses 2 while a"
    " second bridge rings, which is answered, and 3 in the talk.",
)
def keys_while_ringing(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(f"{' '.join(FACTS)} CHANNEL_EXECUTE_COMPLETE")
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid, originate_timeout='3', origination_uuid=AGENT)}user/1001@127.0.0.1")
    for key in "*1":
        sleep(0.7)
        inbound.api(f"uuid_recv_dtmf {uuid} {key}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    sleep(0.5)
    wire.run("playback", "one.wav")
    leg = SECOND_AGENT
    wire.start("bridge", f"{ringing(uuid, origination_uuid=leg)}user/1002@127.0.0.1")
    wire.event("CHANNEL_EXECUTE", Application="bridge")
    sleep(0.2)
    inbound.api(f"uuid_recv_dtmf {uuid} 2")
    wire.event("CHANNEL_BRIDGE")
    sleep(0.6)
    inbound.api(f"uuid_recv_dtmf {uuid} 3")
    sleep(0.6)
    inbound.api(f"uuid_kill {leg}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "sentence",
    "Three files played as one (file_string://): to the end, broken off by uuid_break UUID all in the second, a file"
    " that is not there in the middle, and no file at all.",
)
def sentence(lab: Lab) -> None:
    lab.inbound(f"{LISTENING} {FILES}")
    wire, uuid = welcomed_call(lab)
    wire.start("playback", SENTENCE, f"Event-UUID: {_name(1)}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("playback", SENTENCE, f"Event-UUID: {_name(2)}")
    sleep(1.8)
    wire.api(f"uuid_break {uuid} all")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("playback", "file_string://one.wav!nosuch.wav!three.wav", f"Event-UUID: {_name(3)}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("playback", "file_string://nosuch.wav!neither.wav", f"Event-UUID: {_name(4)}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("playback", "nosuch.wav", f"Event-UUID: {_name(5)}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    hang_up_and_linger(wire)


@recording(
    "sentence-digits",
    "Three files as one prompt of play_and_get_digits: 1 pressed in the second file, 2 after the last, nothing pressed,"
    " and the prompt broken off by uuid_break UUID all before 3 is pressed.",
)
def sentence_digits(lab: Lab) -> None:
    inbound = lab.inbound(f"{LISTENING} {FILES}")
    wire, uuid = welcomed_call(lab)
    argument = f"1 1 1 1500 none {SENTENCE} silence_stream://10 choice .+ 1500"
    for number, (key, after_s) in enumerate((("1", 1.8), ("2", 4.2), ("", 0.0), ("3", 2.6)), 1):
        wire.start("play_and_get_digits", argument, f"Event-UUID: {_name(number)}")
        if key:
            press(inbound, uuid, key, after_s=after_s)
        if key == "3":
            sleep(1.8)
            wire.api(f"uuid_break {uuid} all")
        wire.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")
    hang_up_and_linger(wire)


@recording(
    "keys-told-while-ringing",
    "origination_cancel_key on the caller's channel lets keys be told while a bridge rings: with `none` * and 1 end"
    " nothing, then with `*` 1 ends nothing and * ends the ringing.",
)
def keys_told_while_ringing(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    inbound = lab.inbound(f"{' '.join(FACTS)} CHANNEL_EXECUTE_COMPLETE")
    wire, uuid = welcomed_call(lab)
    for leg, cancel, keys in ((AGENT, "none", "*1"), (SECOND_AGENT, "*", "1*")):
        wire.api(f"uuid_setvar {uuid} origination_cancel_key {cancel}")
        wire.start("bridge", f"{ringing(uuid, origination_uuid=leg)}user/1001@127.0.0.1")
        for key in keys:
            sleep(0.7)
            inbound.api(f"uuid_recv_dtmf {uuid} {key}")
        if cancel == "none":
            sleep(0.7)
            inbound.api(f"uuid_kill {leg} PICKED_OFF")
        wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    sleep(0.3)
    hang_up_and_linger(wire)
