"""The files of the systemd service as text: the unit, and the environment file that an operator fills in.

Pure: what the installation is like comes in as a value, text goes out; nothing here looks at this machine.
Easy to break: systemd has several ways to read a value. Command lines, environments and lists of paths are words in
quotes, `EnvironmentFile=` is the rest of its line; `%` is special everywhere and `$` only in arguments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from fs_control.errors import UserMistake

UNIT_NAME: Final = "fs_control.service"
STATE_NAME: Final = "fs_control/service"
"""Below /var/lib/fs_control and not that folder itself: systemd gives a state folder to the service's user with all
that is in it, and root's Python environments and clones are in that one (docs/adr/0002)."""
STATE_FOLDER: Final = PurePosixPath("/var/lib") / STATE_NAME
MARK: Final = '# Written by "fs-control service install".'
"""How our unit is known again. What does not begin with it was written by somebody else."""

REFUSABLE_CALLS: Final = 200
"""Callers over the limit who are being told so: files like the others (`runtime.engine.REFUSABLE_CALLS`)."""
CONNECTIONS_PER_CALL: Final = 4
"""A caller who was on hold has as many connections as joins, up to this (`runtime.engine.CONNECTIONS_PER_CALL`)."""
OTHER_FILES: Final = 512
"""Room for what is no caller: links, database, journal, control socket, log, libraries."""
TIMEOUT_STOP_S: Final = 90
"""Seconds for an orderly stop: 5 for the calls, then the flush of inbox and outbox, then PostgreSQL in the box."""

HOMES: Final = tuple(map(PurePosixPath, ("/home", "/root", "/run/user")))
"""What `ProtectHome=` hides."""
USER_NAME: Final = re.compile(r"[a-z_][a-z0-9_-]{0,30}")


@dataclass(frozen=True, slots=True)
class Service:
    """What the unit must know: whom it runs as, what it starts, and where its things are; paths are absolute."""

    user: str
    python: PurePosixPath
    entry: PurePosixPath
    flows: PurePosixPath
    environment: PurePosixPath
    max_calls: int
    cdrs: PurePosixPath | None = None
    """The folder from which it takes the files of ended legs, where that is none of its own."""


def check_user(name: str) -> str:
    """Return a name that a system user may have; UserMistake for root and for what useradd would not take."""
    if name == "root" or not USER_NAME.fullmatch(name):
        raise UserMistake("service_user_refused", user=name)
    return name


def unit_text(service: Service) -> str:
    """Return the whole unit; UserMistake where a path cannot be written into one."""
    for path in (service.python, service.entry, service.flows, service.environment, service.cdrs):
        if path is not None:
            _refuse_unwritable(path)
    return UNIT.format(
        mark=MARK,
        user=service.user,
        command=f"{_quoted(service.python)} {_quoted_argument(service.entry)} run",
        environment=_escaped(service.environment),
        flows=_quoted(f"FS_CONTROL_FLOWS={service.flows}"),
        state_name=STATE_NAME,
        state=STATE_FOLDER,
        writes=" ".join((str(STATE_FOLDER), *(_quoted(f"-{path}") for path in (service.cdrs,) if path is not None))),
        max_calls=service.max_calls,
        refusable=REFUSABLE_CALLS,
        other=OTHER_FILES,
        open_files=open_files(service.max_calls),
        stop=TIMEOUT_STOP_S,
        homes=home_protection(service),
    )


def open_files(max_calls: int) -> int:
    """Return the limit of open files: the callers', those who are refused, and our own; up to a power of two."""
    needed = max_calls * CONNECTIONS_PER_CALL + REFUSABLE_CALLS + OTHER_FILES
    return 1 << (needed - 1).bit_length()


def home_protection(service: Service) -> str:
    """Return the value of `ProtectHome=`: hidden, or only read where the installation itself is in a home."""
    ours = (service.python, service.entry, service.flows)
    return "read-only" if any(path.is_relative_to(home) for path in ours for home in HOMES) else "yes"


def environment_text() -> str:
    """Return a new environment file: every setting with its meaning, each switched off, and no secret made up."""
    settings = "\n".join(f"# {meaning}\n#{name}={example}\n" for name, example, meaning in VARIABLES)
    return f"{ENVIRONMENT_HEAD}\n{settings}"


def read_environment(text: str) -> Mapping[str, str]:
    """Return the variables of an environment file, as far as plain lines NAME=VALUE go; quotes around go away."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;")
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs}


# --- how systemd reads -----------------------------------------------------------------------------------------------


def _refuse_unwritable(path: PurePosixPath) -> None:
    """A line end would begin a setting of its own, blanks at the ends are not kept, and systemd refuses the others."""
    text = str(path)
    if not text.isprintable() or text != text.strip() or any(sign in text for sign in "\"'\\"):
        raise UserMistake("service_path_refused", path=repr(text))


def _escaped(value: object) -> str:
    """Return a value that is the rest of its line (systemd.unit(5), Specifiers)."""
    return str(value).replace("%", "%%")


def _quoted(value: object) -> str:
    """Return one word of a list (systemd.syntax(7), Quoting); in quotes only where that is needed."""
    text = _escaped(value)
    return text if re.fullmatch(r"[\w%+,./:=@-]+", text) else f'"{text}"'


def _quoted_argument(value: object) -> str:
    """Return one argument of a command; what follows a dollar would be a variable (systemd.service(5))."""
    return _quoted(value).replace("$", "$$")


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


# --- the texts -------------------------------------------------------------------------------------------------------

UNIT: Final = """\
{mark}
# The next install writes it again: changes of yours belong into "systemctl edit fs_control".

[Unit]
Description=fs_control, the call centre on FreeSWITCH
# After them where they are on this machine, but never with them: fs_control outlives both.
Wants=network-online.target
After=network-online.target postgresql.service freeswitch.service
# Who cannot start 120 times in ten minutes will not at the next: the unit fails, and a monitor sees it.
StartLimitIntervalSec=600
StartLimitBurst=120

[Service]
Type=exec
User={user}
ExecStart={command}
WorkingDirectory={state}
StateDirectory={state_name}
StateDirectoryMode=0711
Environment=FS_CONTROL_VAR={state}
Environment={flows}
# Read later, so what it sets goes before the two above.
EnvironmentFile={environment}
UMask=0077
SyslogIdentifier=fs_control

# Four for each of {max_calls} callers, {refusable} for those being told that it is full, {other} for
# everything else; up to the next power of two.
# After a change of FS_CONTROL_MAX_CALLS: "fs-control service install" again.
LimitNOFILE={open_files}

# Callers who wait hear music for a minute: be back long before. Wrong use (2) does not get better by repeating it.
Restart=always
RestartSec=2
RestartPreventExitStatus=2

# The engine alone is told to stop: it needs the processes beside it, PostgreSQL in the box above all, to the end.
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec={stop}

NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ReadWritePaths={writes}
ProtectHome={homes}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
"""

ENVIRONMENT_HEAD: Final = """\
# The settings of the service fs_control, one NAME=VALUE in a line; docs/operators.md explains them.
# There are secrets in here: keep the mode 0600. After a change: systemctl restart fs_control
# FS_CONTROL_VAR is set by the unit, which lets the service write in that folder only.
"""

VARIABLES: Final = (
    ("FREESWITCH_HOST", "127.0.0.1", "The FreeSWITCH to work with. Without it: the virtual switch, for a first look."),
    ("FREESWITCH_PASSWORD", "", "The password of its event socket."),
    ("FREESWITCH_PORT", "8021", "The port of its event socket."),
    ("FREESWITCH_DOMAIN", "", "The domain under which phones register, if it is not FREESWITCH_HOST."),
    ("FREESWITCH_MEDIA", "", "The folder of prompts/ and music/ as FreeSWITCH sees it, if it is another than ours."),
    ("FREESWITCH_GATEWAY", "", "The gateway to the carrier by which flows may dial outside numbers."),
    ("FREESWITCH_HOLD_MUSIC", "local_stream://moh", "What waiting callers hear, if it is not our music."),
    ("FREESWITCH_RECORDINGS", "", "The folder of recordings as FreeSWITCH sees it."),
    ("FREESWITCH_CDRS", "", "The folder in which FreeSWITCH leaves a file of each ended leg, as it sees it."),
    ("FREESWITCH_DIRECTORY_PORT", "8085", "Where FreeSWITCH on this machine asks for phones (mod_xml_curl)."),
    (
        "FREESWITCH_DIRECTORY_PASSWORD",
        "",
        "What it shows there. Without it: phones come from FreeSWITCH's files alone.",
    ),
    (
        "FREESWITCH_PROMPTS",
        "",
        "The folder of the library of prompts as FreeSWITCH sees it, if not as we do.",
    ),
    ("FREESWITCH_CONFIGURATION", "", "The folder that freeswitch config wrote; the phone commands keep its files."),
    ("DATABASE_URL", "", "postgresql://user:password@host/database. Without it: PostgreSQL in the box."),
    ("FS_CONTROL_LISTEN_HOST", "127.0.0.1", "Where FreeSWITCH hands calls over; a loopback address."),
    ("FS_CONTROL_LISTEN_PORT", "8084", "The port of that."),
    ("FS_CONTROL_MAX_CALLS", "2000", "How many calls at once. After a change: fs-control service install"),
    ("FS_CONTROL_RECORDINGS", "", "The folder of recordings as this machine sees it, if it is another than there."),
    (
        "FS_CONTROL_CDRS",
        "",
        "That folder as this machine sees it. After a change of either: fs-control service install",
    ),
    ("FS_CONTROL_OUTBOX_MB", "2048", "How many MB of records may wait on disk while the database is away."),
    ("FS_CONTROL_API_PORT", "8080", "The port of the HTTP API; without it there is none."),
    ("FS_CONTROL_API_HOST", "127.0.0.1", "The address of the HTTP API; behind a proxy with TLS leave it."),
    ("FS_CONTROL_HTTP_HOSTS", "crm.example.com", "The hosts that flows may ask, parted by blanks; else nobody."),
    ("FS_CONTROL_HTTP_HEADERS", "", "JSON: host to headers that it is sent, such as passwords."),
    (
        "FS_CONTROL_FLOWS",
        "/etc/fs_control/flows",
        "Your folder of flows, not in a home. Without it: the flows that come with us.",
    ),
    ("FS_CONTROL_PROMPTS", "", "The folder of the library of prompts, if it is not prompts in FS_CONTROL_VAR."),
    ("FS_CONTROL_SPEECH_VOICES", "", "The voices that read sentences aloud, as zh=NAME en=NAME."),
    (
        "FS_CONTROL_SPEECH_COMMAND",
        "",
        "The program that does it instead of espeak-ng: text on its standard input.",
    ),
    ("FS_CONTROL_SPEECH_URL", "", "The service that does it, over https, instead of espeak-ng."),
    ("FS_CONTROL_SPEECH_HEADER", "", "A line such as Authorization: Bearer WORD for that service."),
    ("FS_CONTROL_SPEECH_HEADER_FILE", "", "The file that holds this line."),
)
"""Name, what stands behind the sign of equality, meaning: all variables of `fs_control.settings` but FS_CONTROL_VAR."""
