"""Api commands about the switch itself, and what its heartbeat says.

Owns the words of status, version, hostname, uptime, sofia_contact and reloadxml as in the traces originate-results and
live-state, and those of the other commands as in mod_commands.c. Easy to break: the version is the one whose behaviour
is imitated; a controller may look at it.
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.dial_string import split_user
from fs_control.virtual_switch.place import HOST

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

USER_COLUMNS: Final = (
    "userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number\n"
)
VERSION: Final = "1.10.12-release git a88d069 2024-08-02 21:02:27Z 64bit"
BUILD: Final = "1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit"
VERSION_LINE: Final = f"FreeSWITCH Version {BUILD} (git a88d069 2024-08-02 21:02:27Z 64bit)\n"
MODULES: Final = frozenset(
    (
        *("mod_event_socket", "mod_commands", "mod_dptools", "mod_dialplan_xml", "mod_sndfile", "mod_tone_stream"),
        *("mod_local_stream", "mod_sofia"),
    )
)
"""Those that are imitated, as far as a call of ours needs them."""


def hostname(core: Core, _argument: str) -> str:
    """The name of the machine, without a newline."""
    return core.settings.hostname


def global_getvar(core: Core, argument: str) -> str:
    """A global variable, without a newline, empty where it is not set; all of them without a name (mod_commands.c)."""
    if not argument:
        return "".join(f"{name}={value}\n" for name, value in core.variables.items())
    return core.variables.get(argument, "")


def version(_core: Core, _argument: str) -> str:
    """The version that is imitated."""
    return VERSION_LINE


def reloadxml(_core: Core, _argument: str) -> str:
    """Nothing is read from files here; the answer is the same."""
    return "+OK [Success]\n"


def strepoch(core: Core, _argument: str) -> str:
    """The switch's clock in seconds since 1970 UTC."""
    return str(core.timing.now_us() // 1_000_000)


def strmicroepoch(core: Core, _argument: str) -> str:
    """The switch's clock in microseconds since 1970 UTC."""
    return str(core.timing.now_us())


def module_exists(_core: Core, argument: str) -> str:
    """Whether a module is loaded; no words at all for no name (mod_commands.c)."""
    return _truth(argument in MODULES) if argument else ""


def file_exists(_core: Core, argument: str) -> str:
    """Whether the switch sees a file or folder."""
    return _truth(bool(argument) and Path(argument).exists())


def acl(_core: Core, argument: str) -> str:
    """Whether a list lets an address in: `ADDRESS LIST`; there is only the list that every switch has for loopback."""
    words = argument.split()
    return _truth(len(words) > 1 and words[1] == "loopback.auto" and _is_loopback(words[0]))


def xml_locate(_core: Core, argument: str) -> str:
    """A piece of the configuration; nothing is read from files here, so there never is one (mod_commands.c)."""
    return "can't find anything\n" if len(argument.split()) in (1, 4) else "-ERR bad args\n"


def _truth(holds: bool) -> str:
    return "true" if holds else "false"


def _is_loopback(address: str) -> bool:
    try:
        return IPv4Address(address).is_loopback
    except AddressValueError:
        return False


def uptime(core: Core, _argument: str) -> str:
    """Seconds since the start."""
    return f"{(core.timing.now_us() - core.started_us) // 1_000_000}\n"


def status(core: Core, _argument: str) -> str:
    """The page that a person reads."""
    throttle = core.throttle
    throttle.look()
    return (
        f"UP {_up_time(core)}\n"
        f"FreeSWITCH (Version {VERSION}) is ready\n"
        f"{core.sessions_since_start} session(s) since startup\n"
        f"{len(core.sessions)} session(s) - peak {core.peak_sessions}, last 5min {core.peak_sessions} \n"
        f"{throttle.last} session(s) per Sec out of max {throttle.per_second}, peak {throttle.peak},"
        f" last 5min {throttle.peak} \n"
        f"{throttle.at_once} session(s) max\n"
        "min idle cpu 0.00/100.00\n"
        "Current Stack Size/Max 240K/8192K\n"
    )


def sofia_contact(core: Core, argument: str) -> str:
    """Where a phone is registered: `[PROFILE/]USER[@DOMAIN]`."""
    user, _ = split_user(argument.rpartition("/")[2])
    entry = core.phones.find(user)
    if entry is None or entry.registration is None:
        return "error/user_not_registered"
    return entry.contact


def list_users(core: Core, _argument: str) -> str:
    """The directory and where each user is registered."""
    entries = sorted(core.phones.all(), key=lambda entry: entry.phone.number)
    lines = [
        f"{entry.phone.number}||{HOST}|default|{sofia_contact(core, entry.phone.number)}|||\n" for entry in entries
    ]
    return "".join((USER_COLUMNS, *lines, "\n+OK\n"))


def heartbeat_headers(core: Core) -> list[tuple[str, str]]:
    """What HEARTBEAT says."""
    up_ms = (core.timing.now_us() - core.started_us) // 1000
    return [
        ("Event-Info", "System Ready"),
        ("Up-Time", _up_time(core)),
        ("FreeSWITCH-Version", BUILD),
        ("Uptime-msec", str(up_ms)),
        ("Session-Count", str(len(core.sessions))),
        ("Max-Sessions", str(core.throttle.at_once)),
        ("Session-Per-Sec", str(core.throttle.per_second)),
        ("Session-Per-Sec-Last", str(core.throttle.last)),
        ("Session-Per-Sec-Max", str(core.throttle.peak)),
        ("Session-Per-Sec-FiveMin", str(core.throttle.peak)),
        ("Session-Since-Startup", str(core.sessions_since_start)),
        ("Session-Peak-Max", str(core.peak_sessions)),
        ("Session-Peak-FiveMin", str(core.peak_sessions)),
        ("Idle-CPU", "100.000000"),
    ]


def _up_time(core: Core) -> str:
    left = core.timing.now_us() - core.started_us
    parts = []
    for name, size in (
        ("year", 31_536_000_000_000),
        ("day", 86_400_000_000),
        ("hour", 3_600_000_000),
        ("minute", 60_000_000),
        ("second", 1_000_000),
        ("millisecond", 1000),
        ("microsecond", 1),
    ):
        count, left = divmod(left, size)
        parts.append(f"{count} {name}{'' if count == 1 else 's'}")
    return ", ".join(parts)
