"""The telephones of a run on a real switch: all agents' phones in one sipp, and all callers of a round in another.

Owns sipp's scenarios and what sipp measures: from sending the INVITE to receiving the 200. Easy to break: the phones
hang up after the talk and the callers wait for it, so a caller whom nobody serves must be given up after a while.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import gevent

from bench.house import wait_for
from bench.processes import running
from fs_control.virtual_switch.script import PhoneBehaviour
from tests.freeswitch.private_switch import PrivateSwitch, free_port
from tests.freeswitch.sipp_phone import phone_scenario, register_scenario

TALK_S = 1.5
GIVE_UP_MS = 30_000
"""A caller who has heard nothing for so long hangs up: the switch has lost the call."""
REGISTRATIONS_PER_S = 50
REGISTERED_S = 60.0
ROUND_S = 300.0

CALLER_SCENARIO = """<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="caller">
<send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[field0]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field1]@[local_ip]:[local_port]>;tag=[pid]SIPpTag00[call_number]
To: <sip:[field0]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:[field1]@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200" rtd="1" rrs="true"/>
<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field1]@[local_ip]:[local_port]>;tag=[pid]SIPpTag00[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0
]]></send>
<recv request="BYE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0
]]></send>
</scenario>
"""


@dataclass(frozen=True, slots=True)
class Telephones:
    """The agents' phones: one process listens for all of them."""

    switch: PrivateSwitch
    folder: Path
    port: int

    def register(self) -> None:
        """Register each phone, anew where it is registered already."""
        secrets = self.switch.secrets.phones
        rows = (f"{n};{self.port};[authentication username={n} password={word}]" for n, word in secrets.items())
        values = _written(self.folder / "register.csv", "\n".join(("SEQUENTIAL", *rows, "")))
        scenario = _written(self.folder / "register.xml", register_scenario())
        options = ("-sf", str(scenario), "-inf", str(values), "-m", str(len(secrets)), "-r", str(REGISTRATIONS_PER_S))
        if _sipp(self.switch, self.switch.addresses.phones_port, options, self.folder, REGISTERED_S) != 0:
            raise RuntimeError("not all phones could register")


@contextmanager
def telephones(switch: PrivateSwitch, folder: Path, talk_s: float | None = TALK_S) -> Iterator[Telephones]:
    """Let the phones listen: each answers at once and hangs up after a while, or never."""
    port = free_port()
    behaviour = PhoneBehaviour(answer_after=0.0, talk=talk_s)
    scenario = _written(folder / "phones.xml", phone_scenario((behaviour,)))
    host = switch.addresses.host
    command = ("sipp", f"{host}:{switch.addresses.phones_port}", "-i", host, "-nostdin", "-sf", str(scenario))
    with running((*command, "-p", str(port), "-mp", str(free_port())), folder / "phones.txt", folder):
        wait_for(lambda: _listens(port))
        yield Telephones(switch, folder, port)


def place_calls(switch: PrivateSwitch, folder: Path, dialled: Sequence[str], calls_per_s: float) -> tuple[float, ...]:
    """Let one caller after the other dial a number, and wait until all are over.

    Returns the milliseconds from INVITE to 200 of those who were answered.
    """
    folder.mkdir()
    rows = (f"{number};1380000{place:04}" for place, number in enumerate(dialled))
    values = _written(folder / "callers.csv", "\n".join(("SEQUENTIAL", *rows, "")))
    scenario = _written(folder / "callers.xml", CALLER_SCENARIO)
    calls = str(len(dialled))
    pace = ("-r", f"{calls_per_s:g}", "-m", calls, "-l", calls, "-recv_timeout", str(GIVE_UP_MS))
    options = ("-sf", str(scenario), "-inf", str(values), *pace, "-trace_rtt", "-rtt_freq", "1")
    _sipp(switch, switch.addresses.trunks_port, options, folder, ROUND_S)
    return tuple(time for path in folder.glob("*_rtt.csv") for time in _response_times(path))


def _sipp(switch: PrivateSwitch, port: int, options: Sequence[str], folder: Path, patience_s: float) -> int:
    """Run sipp to its end; it says 0 where every call went as its scenario says."""
    host = switch.addresses.host
    command = ("sipp", f"{host}:{port}", "-i", host, "-nostdin", "-p", str(free_port()), "-mp", str(free_port()))
    with (folder / "screen.txt").open("ab") as screen, gevent.Timeout(patience_s):
        return subprocess.run(
            (*command, *options), cwd=folder, stdin=subprocess.DEVNULL, stdout=screen, stderr=screen, check=False
        ).returncode


def _response_times(path: Path) -> Iterator[float]:
    """Read sipp's own table: when, how long in milliseconds, which timer."""
    with path.open(encoding="ascii", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            yield float(row["response_time_ms"])


def _listens(port: int) -> bool:
    """Whether a process has this UDP port; asked of the system, because a trial would take the port away."""
    lines = Path("/proc/net/udp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
