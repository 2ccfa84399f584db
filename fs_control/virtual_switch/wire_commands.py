"""The commands of the event socket; all of them are in one table at the end.

Owns reading a frame as a command and what each verb answers, in the words of mod_event_socket (traces
originate-results, header-traps). Nothing here touches a socket: a command gets the wire and returns its reply. Easy to
break: an unauthenticated wire knows only `auth` and `exit`, and every other verb is a "command not found" to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fs_control.esl.frames import Frame
from fs_control.virtual_switch.event import to_bytes, to_text
from fs_control.virtual_switch.headers import channel_headers, profile_headers
from fs_control.virtual_switch.sessions import Order
from fs_control.virtual_switch.variables import is_true

if TYPE_CHECKING:
    from fs_control.virtual_switch.wires import Wire

Reply = str | bytes | None
NOT_FOUND: Final = "-ERR command not found"
NOT_CONTROLLING: Final = "-ERR not controlling a session"
MAX_LINGER_SECONDS: Final = 86400 * 365


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its verb, the rest of the first line, headers by lower-case name, and the body."""

    verb: str
    rest: str
    headers: Mapping[str, str]
    body: str
    lines: tuple[tuple[str, str], ...] = ()
    """The headers as they were spelled, in their order; what comes back in an event of `sendevent`."""


def parse_command(frame: Frame) -> Command:
    """Read a frame; lines without a colon after the first are passed over, as in read_packet."""
    first, *lines = (to_text(line) for line in frame.lines)
    split = (line.partition(":") for line in lines)
    spelled = tuple((name, value.lstrip(" ")) for name, colon, value in split if colon)
    headers: dict[str, str] = {}
    for name, value in spelled:
        headers.setdefault(name.lower(), value)
    verb, _, rest = first.partition(" ")
    return Command(verb.lower(), rest.strip(), headers, to_text(frame.body), spelled)


def run_command(wire: Wire, command: Command) -> Reply:
    """Carry a command out and return what to answer."""
    if command.verb in ("exit", "..."):
        wire.stop()
        return "+OK bye"
    if not wire.authenticated:
        return _authenticate(wire, command) if command.verb == "auth" else NOT_FOUND
    handler = COMMANDS.get(command.verb)
    if handler is None or (command.verb in NEEDS_FULL and not wire.full):
        return NOT_FOUND
    return handler(wire, command)


def _authenticate(wire: Wire, command: Command) -> Reply:
    if wire.core.password_is(command.rest):
        wire.authenticated = True
        return "+OK accepted"
    wire.stop()
    return "-ERR invalid"


def _connect(wire: Wire, _command: Command) -> Reply:
    if wire.session is None:
        return NOT_FOUND
    channel = wire.session.channel
    profile = [] if channel.profile is None else profile_headers("Channel", channel.profile)
    event = wire.core.bus.describe(
        "CHANNEL_DATA",
        [
            *profile,
            *channel_headers(channel, "CHANNEL_DATA"),
            ("Content-Type", "command/reply"),
            ("Reply-Text", "+OK\n"),
            ("Socket-Mode", "async"),
            ("Control", "full" if wire.full else "single-channel"),
        ],
    )
    wire.meet()
    return event.serialized()


def _getvar(wire: Wire, command: Command) -> Reply:
    if wire.session is None:
        return NOT_FOUND
    return wire.session.channel.lookup(command.rest) or NOT_FOUND


def _myevents(wire: Wire, command: Command) -> Reply:
    if wire.subscription.channel is not None:
        return "-ERR aready enabled."
    uuid = command.rest.split(" ")[0] if wire.session is None else wire.session.channel.uuid
    if wire.core.find_session(uuid) is None:
        return "-ERR invalid uuid"
    wire.subscription.add_my_events()
    wire.follow(uuid)
    return "+OK Events Enabled"


def _event(wire: Wire, command: Command) -> Reply:
    words = command.rest.split()
    if words and words[0].lower() in ("xml", "json"):
        return f"-ERR {words[0].lower()} events are not supported, use plain"
    names = words[1:] if words and words[0].lower() == "plain" else words
    if not wire.subscription.add(names):
        return "-ERR no keywords supplied"
    if wire.subscription.channel is None:
        wire.follow(None, everything=True)
    return "+OK event listener enabled plain"


def _nixevent(wire: Wire, command: Command) -> Reply:
    return "+OK events nixed" if wire.subscription.remove(command.rest.split()) else "-ERR no keywords supplied"


def _noevents(wire: Wire, _command: Command) -> Reply:
    if not wire.subscription.names:
        return "-ERR not listening for events"
    wire.subscription.clear()
    wire.drop_events()
    return "+OK no longer listening for events"


def _filter(wire: Wire, command: Command) -> Reply:
    name, _, value = command.rest.partition(" ")
    if name.lower() == "delete" and value:
        name, _, value = value.partition(" ")
        if name.lower() == "all":
            wire.subscription.filters.clear()
        else:
            wire.subscription.remove_filter(name, value or None)
        return f"+OK filter deleted. [{name}][{value}]"
    if name.lower() == "add" and value:
        name, _, value = value.partition(" ")
    if not name or not value:
        return "-ERR invalid syntax"
    wire.subscription.filters.append((name, value))
    return f"+OK filter added. [{name}]=[{value}]"


def _linger(wire: Wire, command: Command) -> Reply:
    if wire.session is None:
        return NOT_CONTROLLING
    if not command.rest:
        wire.linger = math.inf
        return "+OK will linger"
    seconds = int(command.rest) if command.rest.isdecimal() and len(command.rest) < 10 else 0
    wire.linger = min(seconds, MAX_LINGER_SECONDS)
    return f"+OK will linger {seconds} seconds"


def _nolinger(wire: Wire, _command: Command) -> Reply:
    if wire.session is None:
        return NOT_CONTROLLING
    wire.linger = None
    return "+OK will not linger"


def _resume(wire: Wire, _command: Command) -> Reply:
    if wire.session is None:
        return NOT_FOUND
    wire.session.channel.variables.set("socket_resume", "true")
    return "+OK"


def _sendmsg(wire: Wire, command: Command) -> Reply:
    uuid = command.rest or command.headers.get("session-id", "")
    session = wire.core.find_session(uuid) if uuid else wire.session
    if session is None:
        return f"-ERR invalid session id [{uuid}]"
    order = _order(command)
    if order is not None:
        session.order(order)
    return "+OK"


def _order(command: Command) -> Order | None:
    """Read a message; None when it orders nothing (FreeSWITCH takes it, and logs an error)."""
    headers = command.headers
    match headers.get("call-command", "").lower():
        case "execute":
            name = headers.get("execute-app-name")
            argument = headers.get("execute-app-arg")
            if not argument and headers.get("content-type", "").lower() == "text/plain":
                argument = command.body
            if not name:
                return None
            return Order(
                name,
                argument or None,
                headers.get("event-uuid"),
                _loops(headers.get("loops")),
                is_true(headers.get("event-lock")),
            )
        case "hangup":
            return Order("", headers.get("hangup-cause"))
    return None


def _loops(text: str | None) -> int:
    if text is None:
        return 1
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return sign * int(digits) if digits.isdecimal() and len(digits) < 7 else 0


def _sendevent(wire: Wire, command: Command) -> Reply:
    uuid = wire.core.new_uuid()
    name = command.rest.upper() or "CUSTOM"
    subclass = command.headers.get("event-subclass") if name == "CUSTOM" else None
    spelled = [(header, value) for header, value in command.lines if not subclass or header.lower() != "event-subclass"]
    headers = [("Command", f"{command.verb} {command.rest}".strip()), *spelled, ("Event-UUID", uuid)]
    channel = command.headers.get("unique-id")
    wire.core.bus.fire(name, tuple, first=headers, channel=channel, subclass=subclass, body=command.body or None)
    return f"+OK {uuid}"


def _api(wire: Wire, command: Command) -> Reply:
    if not command.rest:
        return NOT_FOUND
    answer = to_bytes(wire.core.run_api(command.rest) or "-ERR no reply\n")
    return b"Content-Type: api/response\nContent-Length: %d\n\n%b" % (len(answer), answer)


def _bgapi(wire: Wire, command: Command) -> Reply:
    if not command.rest:
        return NOT_FOUND
    job = command.headers.get("job-uuid") or wire.core.new_uuid()
    owner = None if wire.session is None else wire.session.channel.uuid
    wire.core.run_job(command.rest, job, owner)
    return f"+OK Job-UUID: {job}\nJob-UUID: {job}"


def _log(_wire: Wire, command: Command) -> Reply:
    level = command.rest.split(" ")[0]
    return f"+OK log level {level} [{level if level.isdecimal() else 7}]"


def _nolog(_wire: Wire, _command: Command) -> Reply:
    return "+OK no longer logging"


NEEDS_FULL: Final = frozenset(("api", "bgapi", "sendevent", "event", "nixevent", "noevents", "log", "nolog"))

COMMANDS: Final[dict[str, Callable[[Wire, Command], Reply]]] = {
    "api": _api,
    "bgapi": _bgapi,
    "connect": _connect,
    "event": _event,
    "events": _event,
    "filter": _filter,
    "getvar": _getvar,
    "linger": _linger,
    "log": _log,
    "myevents": _myevents,
    "nixevent": _nixevent,
    "noevents": _noevents,
    "nolinger": _nolinger,
    "nolog": _nolog,
    "resume": _resume,
    "sendevent": _sendevent,
    "sendmsg": _sendmsg,
}
