"""An agent's SIP phone, played by one sipp process: what it does with each call in turn, as a generated scenario.

Owns the translation of a phone's behaviours into sipp's XML, the process, and the phone's registration (digest
authentication). sipp counts the calls and takes the behaviour of that number, the last one for all further calls.
Easy to break: waiting is always `recv` with a time limit and never `pause`, so that a CANCEL or BYE is heard meanwhile.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import gevent

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.freeswitch.private_switch import PrivateSwitch, free_port
from tests.freeswitch.sip import SipMessage, read_message

START_S = 20.0
FOREVER_MS = 3_600_000
_RECEIVED = re.compile(rb"message received \[(\d+)\] bytes?\s*:\r?\n\r?\n")
"""What sipp writes before a message in its -message_file."""

_HEADERS = """[last_Via:]
[last_From:]
[last_To:];tag=[pid]SIPpTag01[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>"""

_OK_TO_REQUEST = """SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0
"""

_SDP = """v=0
o=phone 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
"""

_BYE = """BYE [$contact] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$to];tag=[pid]SIPpTag01[call_number]
To:[$from]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0
"""

_REGISTER = """REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[remote_ip]>;tag=[pid]SIPpTag00[call_number]
To: <sip:[field0]@[remote_ip]>
Call-ID: [call_id]
CSeq: {sequence} REGISTER
Contact: <sip:[field0]@[local_ip]:[field1]>
{authorization}Max-Forwards: 70
Expires: 3600
Content-Length: 0
"""


class SippPhone:
    """A phone on the line: listening, unless it is unreachable, and registered, unless it is told not to be."""

    def __init__(self, switch: PrivateSwitch, folder: Path, phone: Phone) -> None:
        self._switch = switch
        self._folder = folder
        self._phone = phone
        self._port = phone.contact_port or free_port()
        self._messages = folder / f"{phone.number}-messages.txt"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port

    def start(self) -> None:
        """Plug it in; when this returns, calls reach it."""
        if _is_reachable(self._phone):
            self._listen()
        if self._phone.registered:
            self._register()

    def stop(self) -> None:
        """Pull the plug; its registration stays until the switch drops it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def invitations(self) -> list[SipMessage]:
        """The INVITEs that came, each once; a display shows what is in their From or Remote-Party-ID."""
        text = self._messages.read_bytes() if self._messages.exists() else b""
        came = (text[found.end() : found.end() + int(found[1])] for found in _RECEIVED.finditer(text))
        invites = (read_message(message) for message in came if message.startswith(b"INVITE "))
        return list({invite.get("Call-ID"): invite for invite in invites}.values())

    def _listen(self) -> None:
        scenario = self._file("phone.xml", phone_scenario(self._phone.behaviours))
        ports = ("-p", str(self._port), "-mp", str(free_port()))
        self._process = self._sipp("-sf", str(scenario), *ports, "-trace_msg", "-message_file", str(self._messages))
        deadline = monotonic() + START_S
        while not _listens(self._port):
            assert self._process.poll() is None, f"sipp ended at once: {scenario}"
            assert monotonic() < deadline, f"sipp does not listen: {scenario}"
            gevent.sleep(0.02)

    def _register(self) -> None:
        number = self._phone.number
        keys = f"[authentication username={number} password={self._switch.secrets.phones[number]}]"
        values = self._file("register.csv", f"SEQUENTIAL\n{number};{self._port};{keys}\n")
        scenario = self._file("register.xml", register_scenario())
        process = self._sipp("-sf", str(scenario), "-inf", str(values), "-m", "1", "-p", str(free_port()))
        assert process.wait(START_S) == 0, f"{number} could not register"

    def _sipp(self, *options: str) -> subprocess.Popen[bytes]:
        door = f"{self._switch.addresses.host}:{self._switch.addresses.phones_port}"
        command = ["sipp", door, "-i", self._switch.addresses.host, "-nostdin", *options]
        with (self._folder / f"{self._phone.number}.txt").open("ab") as screen:
            return subprocess.Popen(
                command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=screen, stderr=subprocess.STDOUT
            )

    def _file(self, name: str, text: str) -> Path:
        path = self._folder / f"{self._phone.number}-{name}"
        path.write_text(text, encoding="utf-8")
        return path


def _is_reachable(phone: Phone) -> bool:
    reactions = {behaviour.reaction for behaviour in phone.behaviours}
    if Reaction.UNREACHABLE not in reactions:
        return True
    assert len(reactions) == 1, "a phone listens or it does not"
    return False


def _listens(port: int) -> bool:
    """Whether a process has this UDP port; asked of the system, because a trial would take the port away."""
    lines = Path("/proc/net/udp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)


# --- scenarios -----------------------------------------------------------------------------------------------------


def phone_scenario(behaviours: Sequence[PhoneBehaviour]) -> str:
    """Write what a phone does with its first call, its second call, and so on."""
    last = len(behaviours) - 1
    tests = (f'<test assign_to="is_{n}" variable="calls" compare="equal" value="{n + 1}"/>' for n in range(last))
    jumps = (f'<nop next="call_{n}" test="is_{n}"/>' for n in range(last))
    names = ("from", "to", "contact", "calls", *(f"is_{n}" for n in range(last)))
    parts = (part for n, behaviour in enumerate(behaviours) for part in _call(n, behaviour))
    return _scenario(
        "phone",
        '<Global variables="calls"/>',
        '<recv request="INVITE"><action>',
        '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>',
        '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>',
        '<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="contact"/>',
        '<add assign_to="calls" value="1"/>',
        *tests,
        "</action></recv>",
        *jumps,
        f'<nop next="call_{last}"/>',
        *parts,
        '<label id="over"/>',
        f'<Reference variables="{",".join(names)}"/>',  # sipp refuses a variable that is set and not used
    )


def register_scenario() -> str:
    """Write a registration with a password."""
    return _scenario(
        "register",
        _send(_REGISTER.format(sequence=1, authorization="")),
        '<recv response="401" auth="true"/>',
        _send(_REGISTER.format(sequence=2, authorization="[field2]\n")),
        '<recv response="200"/>',
    )


def _call(n: int, behaviour: PhoneBehaviour) -> list[str]:
    """What happens in one call, from the INVITE to the end of the scenario."""
    steps = [f'<label id="call_{n}"/>']
    if behaviour.ring_after > 0:
        steps += _wait(n, "CANCEL", behaviour.ring_after, f"ring_{n}", f"cancelled_{n}")
    match behaviour.reaction:
        case Reaction.BUSY:
            return [*steps, *_refuse("486 Busy Here"), *_cancelled(n)]
        case Reaction.DECLINE:
            return [*steps, *_refuse("603 Decline"), *_cancelled(n)]
        case Reaction.NO_ANSWER:
            ringing = _send(f"SIP/2.0 180 Ringing\n{_HEADERS}\nContent-Length: 0\n", retrans=False)
            return [*steps, ringing, '<recv request="CANCEL"/>', *_cancelled(n)]
        case Reaction.ANSWER:
            return [*steps, *_answer(n, behaviour), *_cancelled(n)]
        case other:
            raise AssertionError(other)


def _wait(n: int, request: str, seconds: float, then: str, instead: str) -> list[str]:
    """Wait for a time, and go elsewhere should a request come meanwhile."""
    limit = max(1, round(seconds * 1000))
    heard = f'<recv request="{request}" timeout="{limit}" ontimeout="{then}" next="{instead}"/>'
    return [heard, f'<label id="{then}"/>']


def _refuse(status: str) -> list[str]:
    return [
        _send(f"SIP/2.0 {status}\n{_HEADERS}\nContent-Length: 0\n"),
        '<recv request="ACK" next="over"/>',
    ]


def _answer(n: int, behaviour: PhoneBehaviour) -> list[str]:
    hangs_up = behaviour.talk is not None
    talk = behaviour.talk if behaviour.talk is not None else FOREVER_MS / 1000
    return [
        _send(f"SIP/2.0 180 Ringing\n{_HEADERS}\nContent-Length: 0\n", retrans=False),
        *_wait(n, "CANCEL", behaviour.answer_after, f"answer_{n}", f"cancelled_{n}"),
        _send(f"SIP/2.0 200 OK\n{_HEADERS}\nContent-Type: application/sdp\nContent-Length: [len]\n\n{_SDP}"),
        '<recv request="ACK"/>',
        *_wait(n, "BYE", talk, f"bye_{n}", f"left_{n}"),
        *([_send(_BYE), '<recv response="200" next="over"/>'] if hangs_up else ['<nop next="over"/>']),
        f'<label id="left_{n}"/>',
        _send(_OK_TO_REQUEST, retrans=False),
        '<nop next="over"/>',
    ]


def _cancelled(n: int) -> list[str]:
    terminated = _HEADERS.replace("[last_CSeq:]", "CSeq: [cseq] INVITE")
    return [
        f'<label id="cancelled_{n}"/>',
        _send(_OK_TO_REQUEST, retrans=False),
        _send(f"SIP/2.0 487 Request Terminated\n{terminated}\nContent-Length: 0\n"),
        '<recv request="ACK" next="over"/>',
    ]


def _send(message: str, *, retrans: bool = True) -> str:
    attribute = ' retrans="500"' if retrans else ""
    return f"<send{attribute}><![CDATA[\n{message}\n]]></send>"


def _scenario(name: str, *parts: str) -> str:
    opening = ('<?xml version="1.0" encoding="UTF-8" ?>', f'<scenario name="{name}">')
    return "\n".join((*opening, *parts, "</scenario>", ""))
