"""The FreeSWITCH of the laboratory: a process of our own, on the ports that every trace shows.

Owns the process, its folder and what a recording may set (`SwitchSettings`). The ports are fixed, so that traces can
be compared with one another; where they are taken, record in a network namespace (README.md of tests/traces). Easy to
break: it needs `-np` (no priorities) to run without rights, and takes some seconds to leave.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from time import monotonic, sleep

from tests.traces.record.sounds import write_sounds
from tests.traces.record.trace import Trace
from tests.traces.record.wire import Wire

HOST = "127.0.0.1"
SIP_PORT = 5060
EVENT_PORT = 8021
CONTROLLER_PORT = 8084
GATEWAY_PORT = 6100
"""Where the gateway `carrier` of freeswitch-lab.xml leads."""
PASSWORD = "ClueCon"
START_S = 60.0
STOP_S = 20.0
FOLDERS = ("conf", "log", "db", "run", "storage", "temp", "recordings", "sounds")
LABORATORY = Path(__file__).with_name("freeswitch-lab.xml")
DIALPLAN = Path(__file__).parents[3] / "dialplan"


@dataclass(frozen=True, slots=True)
class SwitchSettings:
    """What a recording may want other than usual; each field is a variable lab_FIELD of freeswitch-lab.xml."""

    context: str = "default"
    """Where callers arrive: `default` is the laboratory's, `fs_control` the shipped dialplan's."""
    media_timeout_ms: int = 0
    """A leg without sound for so long ends; 0: never."""
    sessions_per_second: int = 1000
    session_timeout_s: int = 0
    """What FreeSWITCH asks for as Session-Expires; 0: nothing."""
    late_margin_s: int = 60
    """A registration is forgotten so long after its end."""
    cdr_of_agents: bool = False
    """Whether mod_json_cdr writes the legs that we make, besides those of callers."""
    auth_calls: bool = False
    """Whether who calls is asked for a password, as at the shipped phones' door."""
    transfer_events: bool = False
    """Whether a transfer key is an event of its own, as at the shipped phones' door."""

    def unusual(self) -> dict[str, object]:
        """The fields that are not as by default."""
        return {
            each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) != each.default
        }


@contextmanager
def running_switch(folder: Path, settings: SwitchSettings) -> Iterator[None]:
    """Run FreeSWITCH in an empty folder; at the end of the block it has ended, its call records are written."""
    binary = os.environ.get("FREESWITCH_BIN") or shutil.which("freeswitch")
    if binary is None:
        raise SystemExit("no freeswitch on the PATH, and FREESWITCH_BIN is not set")
    _refuse_taken_ports()
    process = _start(binary, folder, settings)
    try:
        _wait_until_ready(process, folder)
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start(binary: str, folder: Path, settings: SwitchSettings) -> subprocess.Popen[bytes]:
    options = ["-np", "-nf", "-nc", "-nonat"]
    for name in FOLDERS:
        (folder / name).mkdir()
        options += [f"-{name}", str(folder / name)]
    write_sounds(folder / "sounds")
    shutil.copy(LABORATORY, folder / "conf" / "freeswitch.xml")
    (folder / "conf" / "vars.xml").write_text(_variables(folder, settings), encoding="utf-8")
    with (folder / "console.txt").open("wb") as console:
        return subprocess.Popen([binary, *options], stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)


def _variables(folder: Path, settings: SwitchSettings) -> str:
    values = {f"lab_{each.name}": getattr(settings, each.name) for each in fields(settings)}
    values |= {"lab_folder": folder, "lab_dialplan": DIALPLAN, "lab_cdr_of_agents": _word(settings.cdr_of_agents)}
    values |= {"lab_auth_calls": _word(settings.auth_calls), "lab_blind_auth": _word(not settings.auth_calls)}
    values |= {"lab_transfer_events": _word(settings.transfer_events)}
    if settings.media_timeout_ms:  # a global variable is one of every channel
        values["media_timeout"] = settings.media_timeout_ms
    lines = (f'<X-PRE-PROCESS cmd="set" data="{name}={value}"/>' for name, value in values.items())
    return "\n".join(("<include>", *lines, "</include>", ""))


def _word(wish: bool) -> str:
    return str(wish).lower()


def _refuse_taken_ports() -> None:
    for port in (SIP_PORT, EVENT_PORT, CONTROLLER_PORT):
        with socket.socket() as tcp:
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tcp.bind((HOST, port))
            except OSError as error:
                raise SystemExit(f"port {port} is taken; see README.md for a network of your own") from error


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """SIP is the last door to open; and the first event of presence holds up all events, so it comes now."""
    deadline = monotonic() + START_S
    while not (listens("tcp", EVENT_PORT) and listens("udp", SIP_PORT)):
        if process.poll() is not None or monotonic() > deadline:
            raise SystemExit(f"FreeSWITCH does not start, see {folder}")
        sleep(0.1)
    wire = Wire("inbound", socket.create_connection((HOST, EVENT_PORT)), Trace("warm-up", "", {}))
    wire.log_in(PASSWORD, "CUSTOM laboratory::ready")
    wire.api("presence in nobody unknown started")
    wire.command("sendevent CUSTOM\nEvent-Subclass: laboratory::ready")
    wire.event("CUSTOM")
    wire.command("exit")
    wire.until_closed()


def listens(protocol: str, port: int) -> bool:
    """Whether a process has this tcp or udp port; asked of the system, because a trial would take the port away."""
    lines = Path(f"/proc/net/{protocol}").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)
