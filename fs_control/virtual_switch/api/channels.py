"""Api commands about one channel (`uuid_*`), and `hupall`.

Owns their arguments and answers as in mod_commands.c; what they do is done by the channel, its session or the bridge.
Easy to break: everything that gets a uuid it does not know answers with its own words, and they differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch import bridge as bridging
from fs_control.virtual_switch.causes import NORMAL_CLEARING, cause_named
from fs_control.virtual_switch.event import to_text
from fs_control.virtual_switch.event_names import UUID_DUMP_SITE
from fs_control.virtual_switch.headers import channel_headers
from fs_control.virtual_switch.parking import park_session
from fs_control.virtual_switch.sessions import Order, Session
from fs_control.virtual_switch.transfer import transfer

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

NO_CHANNEL: Final = "-ERR No such channel!\n"
OK: Final = "+OK\n"
BROADCAST_LEAD_FRAMES: Final = 10
"""uuid_broadcast waits for 5 frames of sound, at most 10 frames; nobody sends sound here (trace hold-resume)."""


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
    """Hang everything up: `[CAUSE]`."""
    cause = cause_named(argument.split(" ")[0]) if argument else "MANAGER_REQUEST"
    for session in core.sessions:
        session.channel.hang_up(cause)
    return f"+OK hangup all channels with cause {cause}\n"


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
        return json.dumps(dict(event.headers), ensure_ascii=False, separators=(",", ":"))
    return to_text(event.serialized())


def uuid_park(core: Core, argument: str) -> str:
    """Park a channel."""
    session = core.find_session(argument)
    if session is None:
        return NO_CHANNEL
    park_session(session)
    return OK


def uuid_recv_dtmf(core: Core, argument: str) -> str:
    """Press keys on a channel: `UUID KEYS`."""
    words = argument.split()
    usage = "-USAGE: <uuid> <dtmf_data>\n"
    if len(words) < 2:
        return usage
    channel = core.find_channel(words[0])
    if channel is None:
        return "-ERR Cannot locate session!\n"
    if not channel.press(words[1].partition("@")[0], "APP"):
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
        _broadcast(core.find_session(partner.uuid), words[1])
    if legs != "bleg":
        _broadcast(session, words[1])
    return "+OK Message sent\n"


def _broadcast(session: Session | None, path: str) -> None:
    if session is None:
        return
    application, separator, argument = path.partition("::")
    if not separator:
        application, argument = "playback", path
    application, ends, cause = application.partition("!")
    session.order(Order(application, argument or None, lock=True, lead_frames=BROADCAST_LEAD_FRAMES))
    if ends:
        session.order(Order("hangup", cause or NORMAL_CLEARING, lock=True))


def uuid_transfer(core: Core, argument: str) -> str:
    """Send a channel to an extension: `UUID [-bleg|-both] EXTENSION [DIALPLAN [CONTEXT]]`."""
    words = argument.split()
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
