"""A caller alone with the controller: prompts, keys, recording, values that are hard to read, and hanging up.

Owns those recordings. Easy to break: keys come from the controller (`uuid_recv_dtmf`), at a time after the prompt has
begun, so the pauses are part of what is recorded.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, answered_call, hang_up_and_linger, press
from tests.traces.record.registry import recording

LONG_TONE = "tone_stream://%(20000,0,440)"


@recording(
    "ivr-digits",
    "Caller dials in; connect, linger, myevents; answer; playback; one digit collected with play_and_get_digits; set;"
    " say; sleep; switch hangs up with linger.",
)
def ivr_digits(lab: Lab) -> None:
    inbound = lab.inbound()
    wire, uuid = answered_call(lab)
    wire.run("playback", "tone_stream://%(500,0,440)")
    press(inbound, uuid, "1", after_s=1.2)
    prompts = "tone_stream://%(800,0,500) silence_stream://250"
    wire.run("play_and_get_digits", f"1 1 3 5000 # {prompts} menu_choice [12] 3000")
    wire.run("set", "menu=sales")
    wire.run("say", "en number iterated 42")
    wire.run("sleep", "200")
    hang_up_and_linger(wire, "NORMAL_CLEARING")


@recording(
    "ivr-digits-timeout",
    "play_and_get_digits with no digit at all (2 tries), then a multi-digit collect ended by #, then an invalid digit"
    " retried.",
)
def ivr_digits_timeout(lab: Lab) -> None:
    inbound = lab.inbound()
    wire, uuid = answered_call(lab)
    short = "tone_stream://%(200,0,500) silence_stream://100"
    long = "tone_stream://%(1500,0,500) silence_stream://100"
    wire.run("play_and_get_digits", f"1 1 2 800 # {short} menu_choice [12] 500")
    press(inbound, uuid, "520123#", after_s=0.6)
    wire.run("play_and_get_digits", rf"1 18 1 5000 # {long} id_number \d+ 2000")
    press(inbound, uuid, "9", after_s=0.5)
    press(inbound, uuid, "2", after_s=2.0)
    wire.run("play_and_get_digits", f"1 1 3 1500 # {short} menu_choice [12] 1500")
    hang_up_and_linger(wire)


@recording(
    "caller-hangs-up-in-playback",
    "The caller hangs up while a prompt plays: what arrives, and what a late command gets.",
)
def caller_hangs_up_in_playback(lab: Lab) -> None:
    wire = lab.call("uac_hangs.xml")
    wire.command("connect")
    wire.command("linger")
    wire.command("myevents")
    wire.run("answer")
    wire.run("playback", LONG_TONE)
    wire.event("text/disconnect-notice")
    wire.start("playback", "tone_stream://%(100,0,440)")
    wire.command("getvar hangup_cause")
    wire.command("exit")
    wire.until_closed()


@recording("caller-hangs-up-no-linger", "The same with no linger: the socket closes.")
def caller_hangs_up_no_linger(lab: Lab) -> None:
    wire = lab.call("uac_hangs.xml")
    wire.take_call(linger_s=None)
    wire.run("answer")
    wire.start("playback", LONG_TONE)
    wire.until_closed()


@recording(
    "dtmf-events",
    "DTMF events while music plays: a queued caller presses a key to leave the queue; uuid_break stops the music;"
    " several apps queued with event-lock and an Event-UUID.",
)
def dtmf_events(lab: Lab) -> None:
    inbound = lab.inbound()
    wire, uuid = answered_call(lab)
    wire.start("playback", MUSIC, "Event-UUID: aaaa0000-0000-0000-0000-000000000001")
    sleep(0.6)
    inbound.api(f"uuid_recv_dtmf {uuid} 9")
    wire.event("DTMF")
    wire.api(f"uuid_break {uuid} all")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    for number in range(3):
        name = f"Event-UUID: aaaa0000-0000-0000-0000-00000000001{number}"
        wire.start("playback", "tone_stream://%(100,0,440)", "event-lock: true", name)
    for _ in range(3):
        wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    hang_up_and_linger(wire, "USER_BUSY")


@recording(
    "header-traps",
    "Values that break naive parsers: a caller name with an encoded newline and colon, UTF-8, percent signs, an event"
    " with a body (two Content-Lengths), log lines, and a multi-line variable.",
)
def header_traps(lab: Lab) -> None:
    inbound = lab.inbound("CHANNEL_CREATE CUSTOM my::thing MESSAGE")
    name = "origination_caller_id_name='Eve%0AEvent-Name: CHANNEL_HANGUP'"
    odd = r"origination_caller_id_number=1%0a2,odd='a: b',pct=100%,zh=张三\,李四"
    inbound.command(f"bgapi originate {{{name},{odd}}}loopback/4001234567/default &park()")
    wire = lab.next_wire()
    wire.take_call(linger_s=None)
    for value in (r"multi=line1\nline2", "zh=中文 提示", "enc=%0AEvil: yes"):
        wire.run("set", value)
    wire.run("log", "INFO hello")
    wire.command("log 7")
    wire.run("log", "INFO hello again")
    for command in ("nolog", "getvar zh", "getvar multi", "getvar enc"):
        wire.command(command)
    event = "sendevent CUSTOM\nEvent-Subclass: my::thing\nX-Name: 张三"
    inbound.command(f"{event}\nContent-Length: 27\n\nbody line 1\n\nbody line 3: x\n")
    sleep(0.5)
    in_body = "content-type: text/plain\ncontent-length: 22\n\nlong=argument, in body"
    wire.command(f"sendmsg\ncall-command: execute\nexecute-app-name: set\n{in_body}")
    sleep(0.4)
    wire.command("getvar long")
    inbound.api("hupall")


@recording(
    "record-call",
    "record_session started before the bridge, stopped with stop_record_session; a voicemail style record with a"
    " silence limit and a # terminator.",
)
def record_call(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound("RECORD_START RECORD_STOP")
    wire, uuid = answered_call(lab)
    wire.run("set", "RECORD_STEREO=true")
    wire.run("set", "hangup_after_bridge=false")
    wire.run("record_session", f"${{recordings_dir}}/{uuid}.wav")
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    sleep(1.2)
    inbound.api(f"uuid_record {uuid} stop all")
    sleep(0.2)
    inbound.api(f"uuid_kill {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.run("set", "playback_terminators=#")
    press(inbound, uuid, "#", after_s=1.5)
    wire.run("record", f"${{recordings_dir}}/vm-{uuid}.wav 30 200 5")
    hang_up_and_linger(wire)
