"""Api commands about one channel (`uuid_*`), and `hupall`.

Owns their arguments and answers as in mod_commands.c; what they do is done by the channel, its session or the bridge.
Easy to break: everything that gets a uuid it does not know answers with its own words, and they differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch import uuid_bridge as bridging
from fs_control.virtual_switch.broadcast import broadcast
from fs_control.virtual_switch.causes import NORMAL_CLEARING, cause_named
from fs_control.virtual_switch.channel import DIGITS
from fs_control.virtual_switch.dial_string import separate
from fs_control.virtual_switch.event import to_text
from fs_control.virtual_switch.event_names import UUID_DUMP_SITE
from fs_control.virtual_switch.headers import channel_headers
from fs_control.virtual_switch.holding import hold, unhold
from fs_control.virtual_switch.parking import park_session
from fs_control.virtual_switch.recording import start_recording, stop_recording
from fs_control.virtual_switch.states import CallState
from fs_control.virtual_switch.transfer import transfer
from fs_control.virtual_switch.variables import ARRAY_JOIN, ARRAY_START

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

NO_CHANNEL: Final = "-ERR No such channel!\n"
OK: Final = "+OK\n"


def uuid_bridge(core: Core, argument: str) -> str:
    """Join two channels: `A B`."""
    words = argument.split()
    if len(words) < 2:
        return "-USAGE: <uuid> <other_uuid>\n"
    first, second = core.find_session(words[0]), core.find_session(words[1])
    if first is None or second is None or not bridging.uuid_bridge(first, second):
        return "-ERR Invalid uuid\n"
    return f"+OK {words[1]}\n"


def uuid_kill(core: Core, argument: str) -> str:
    """Hang a channel up: `UUID [CAUSE]`."""
    if not argument:
        return "-USAGE: <uuid> [cause]\n"
    uuid, _, cause = argument.partition(" ")
    channel = core.find_channel(uuid)
    if channel is None:
        return NO_CHANNEL
    channel.hang_up(cause_named(cause) if cause else NORMAL_CLEARING)
    return OK


def hupall(core: Core, argument: str) -> str:
    """Hang everything up: `[CAUSE]`, the youngest first (FreeSWITCH's order is that of a hash table)."""
    cause = cause_named(argument.split(" ")[0]) if argument else "MANAGER_REQUEST"
    for session in reversed(core.sessions):
        session.channel.hang_up(cause)
    return f"+OK hangup all channels with cause {cause}\n"


def uuid_answer(core: Core, argument: str) -> str:
    """Answer a channel: `UUID`."""
    session = core.find_session(argument)
    if session is None or session.channel.down:
        return "-ERROR\n"
    core.sip.answer(session)
    return OK


def uuid_pre_answer(core: Core, argument: str) -> str:
    """Let sound flow to a channel that is not answered: `UUID`."""
    session = core.find_session(argument)
    if session is None or session.channel.down:
        return "-ERROR\n"
    core.sip.pre_answer(session)
    return OK


def uuid_break(core: Core, argument: str) -> str:
    """End what plays: `UUID [all]`; with `all` what is queued falls away too."""
    if not argument:
        return "-USAGE: <uuid> [all]\n"
    uuid, _, flag = argument.partition(" ")
    session = core.find_session(uuid)
    if session is None:
        return NO_CHANNEL
    if "all" in flag:
        session.forget_orders()
    session.channel.request_break()
    return OK


def uuid_setvar(core: Core, argument: str) -> str:
    """Set a variable: `UUID NAME [VALUE]`."""
    words = argument.split(" ", 2)
    if len(words) < 2:
        return "-USAGE: <uuid> <var> [value]\n"
    channel = core.find_channel(words[0])
    if channel is None:
        return NO_CHANNEL
    channel.variables.set(words[1], words[2] if len(words) == 3 else None)
    return OK


def uuid_setvar_multi(core: Core, argument: str) -> str:
    """Set several variables: `UUID NAME=VALUE;NAME=VALUE`."""
    usage = "-USAGE: <uuid> <var>=<value>;<var>=<value>...\n"
    uuid, _, pairs = argument.partition(" ")
    if not pairs:
        return usage
    channel = core.find_channel(uuid)
    if channel is None:
        return NO_CHANNEL + usage
    for pair in pairs.split(";"):
        name, _, value = pair.partition("=")
        if name:
            channel.variables.set(name, value)
    return OK


def uuid_getvar(core: Core, argument: str) -> str:
    """A variable: `UUID NAME`; `_undef_` when there is none."""
    words = argument.split()
    if len(words) < 2:
        return "-USAGE: <uuid> <var>\n"
    channel = core.find_channel(words[0])
    if channel is None:
        return NO_CHANNEL
    return channel.lookup(words[1]) or "_undef_"


def uuid_exists(core: Core, argument: str) -> str:
    """Whether there is such a channel."""
    return "true" if core.find_session(argument) is not None else "false"


def uuid_dump(core: Core, argument: str) -> str:
    """The whole channel as headers: `UUID [json]`."""
    uuid, _, form = argument.partition(" ")
    channel = core.find_channel(uuid)
    if not uuid:
        return "-USAGE: <uuid> [format]\n"
    if channel is None:
        return NO_CHANNEL
    event = core.bus.describe("CHANNEL_DATA", channel_headers(channel, "CHANNEL_DATA"), UUID_DUMP_SITE)
    if form.strip().lower() == "json":
        values = {name: _list_or_text(value) for name, value in event.headers}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return to_text(event.serialized())


def _list_or_text(value: str) -> str | list[str]:
    """JSON has lists for variables that were pushed to."""
    return value.removeprefix(ARRAY_START).split(ARRAY_JOIN) if value.startswith(ARRAY_START) else value


def uuid_park(core: Core, argument: str) -> str:
    """Park a channel."""
    session = core.find_session(argument)
    if session is None:
        return NO_CHANNEL
    park_session(session)
    return OK


def uuid_recv_dtmf(core: Core, argument: str) -> str:
    """Press keys on a channel: `UUID KEYS`; with `~` before them as if its phone had sent them."""
    words = argument.split()
    usage = "-USAGE: <uuid> <dtmf_data>\n"
    if len(words) < 2:
        return usage
    channel = core.find_channel(words[0])
    if channel is None:
        return "-ERR Cannot locate session!\n"
    by_phone = words[1].startswith("~")
    if not channel.press(words[1].removeprefix("~").partition("@")[0], "APP", by_phone=by_phone):
        return usage
    return f"+OK {words[0]} received DTMF {words[1]}.\n"


def uuid_broadcast(core: Core, argument: str) -> str:
    """Play on a channel or on both: `UUID PATH [aleg|bleg|both]`; PATH may be `application::argument`."""
    words = argument.split()
    if len(words) < 2:
        return "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n"
    session = core.find_session(words[0])
    if session is None:
        return "-ERR invalid uuid\n"
    legs = words[2].lower() if len(words) > 2 else "aleg"
    partner = session.channel.partner
    if legs in ("bleg", "both") and partner is not None:
        other = core.find_session(partner.uuid)
        if other is not None:
            broadcast(other, words[1])
    if legs != "bleg":
        broadcast(session, words[1])
    return "+OK Message sent\n"


def uuid_transfer(core: Core, argument: str) -> str:
    """Send a channel to an extension: `UUID [-bleg|-both] EXTENSION [DIALPLAN [CONTEXT]]`."""
    words = separate(argument, " ")
    if not 2 <= len(words) <= 5:
        return "-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n"
    session = core.find_session(words[0])
    if session is None:
        return NO_CHANNEL
    which, target = ("", words[1:]) if not words[1].startswith("-") else (words[1][1:].lower(), words[2:])
    if not target:
        return "-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n"
    other = core.find_session(session.channel.variables.get("bridge_to") or "")
    if which == "both" and other is not None:
        other.channel.flags.redirect = session.channel.flags.redirect = True
        transfer(other, *target[:3])
    if which == "bleg" and other is not None:
        session = other
    return OK if transfer(session, *target[:3]) else "-ERR\n"


def uuid_hold(core: Core, argument: str) -> str:
    """Hold a leg, so that the other one hears music: `[off|toggle] UUID`; a uuid that nobody has is no mistake."""
    words = argument.split()
    if not words:
        return "-USAGE: [off|toggle] <uuid> [<display>]\n"
    word = words[0].lower()
    session = core.find_session(words[1] if word in ("off", "toggle") and len(words) > 1 else words[0])
    if session is None:
        return "+OK Success\n"
    held = session.channel.call_state is CallState.HELD
    if word == "off" or (word == "toggle" and held):
        done = unhold(session)
    else:
        done = hold(session)
    return "+OK Success\n" if done else "-ERR Operation failed\n"


def uuid_display(core: Core, argument: str) -> str:
    """Tell a phone whom it talks with: `UUID NAME[|NUMBER]`; the leg notes it, whatever its phone makes of it."""
    uuid, _, shown = argument.partition(" ")
    if not uuid or not shown.strip():
        return "-USAGE: <uuid> <display>\n"
    channel = core.find_channel(uuid)
    if channel is None or channel.down:
        return "-ERR Operation failed\n"
    name, _, number = shown.strip().partition("|")
    profile = channel.profile
    channel.show(name, number or ("" if profile is None else profile.destination_number))
    return "+OK Success\n"


def uuid_record(core: Core, argument: str) -> str:
    """Record a call: `UUID start|stop PATH [SECONDS]`; `stop all` stops every recording of it."""
    words = argument.split()
    usage = "-USAGE: <uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]\n"
    if len(words) < 3:
        return usage
    session = core.find_session(words[0])
    if session is None:
        return "-ERR Cannot locate session!\n"
    match words[1].lower():
        case "start":
            limit = int(words[3]) if len(words) > 3 and words[3].isdecimal() and len(words[3]) < 7 else 0
            return "+OK Success\n" if start_recording(session, words[2], limit) else "-ERR Cannot record session!\n"
        case "stop":
            return "+OK Success\n" if stop_recording(session, words[2]) else "-ERR Cannot stop record session!\n"
        case "mask" | "unmask" as word:
            known = words[2] in session.recordings or words[2] == "all"
            return "+OK Success\n" if known else f"-ERR Cannot {word} recording session!\n"
    return usage


def uuid_send_dtmf(core: Core, argument: str) -> str:
    """Send keys to the phone of a leg: `UUID KEYS`; the phone hears them, nothing here does."""
    words = argument.split()
    if len(words) < 2:
        return "-USAGE: <uuid> <dtmf_data>\n"
    session = core.find_session(words[0])
    if session is None:
        return "-ERR Cannot locate session!\n"
    keys = words[1].partition("@")[0]
    if session.channel.down or not set(keys) <= DIGITS | set("wW"):
        return "-ERR Operation failed\n"
    return f"+OK {words[0]} sent DTMF {words[1]}.\n"
