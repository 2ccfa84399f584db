"""The laboratory: a switch, a controller that listens, one inbound connection, phones and callers.

Owns everything that one recording starts, and its end. A phone or caller is a sipp process with a scenario of sipp/,
or a `DeskPhone` where one that knows of several calls is needed. Easy to break: a phone that vanishes is stopped and
not killed, for the ports of a dead process answer (ICMP), and a phone without power does not.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from time import sleep

from tests.traces.record.desk_phone import DeskPhone
from tests.traces.record.switch import (
    CONTROLLER_PORT,
    EVENT_PORT,
    GATEWAY_PORT,
    HOST,
    PASSWORD,
    SIP_PORT,
    SwitchSettings,
    listens,
    running_switch,
)
from tests.traces.record.trace import Trace, pack
from tests.traces.record.wire import Wire

SIPP = Path(__file__).with_name("sipp")
CONNECT_S = 20.0
SETTLE_S = 0.6
"""What still comes after the last act is part of the trace."""

Sipp = subprocess.Popen[bytes]


class Lab:
    """One recording under way."""

    def __init__(self, trace: Trace, folder: Path) -> None:
        self.trace = trace
        self._folder = folder
        self._wires: Queue[Wire] = Queue()
        self._processes: list[Sipp] = []
        self._desk_phones: list[DeskPhone] = []
        self._media_port = 10_000
        self._listener = socket.create_server((HOST, CONTROLLER_PORT))
        Thread(target=self._accept, daemon=True).start()

    def inbound(self, events: str = "") -> Wire:
        """Connect to the event socket and subscribe; the first connection of a trace is `inbound`."""
        wire = Wire("inbound", socket.create_connection((HOST, EVENT_PORT)), self.trace)
        wire.log_in(PASSWORD, events)
        return wire

    def next_wire(self) -> Wire:
        """The next connection that the switch makes to the controller."""
        return self._wires.get(timeout=CONNECT_S)

    # --- callers and phones ----------------------------------------------------------------------------------------

    def caller(self, scenario: str = "uac.xml", number: str = "4001234567", port: int = 5099) -> Sipp:
        """Somebody calls."""
        self.trace.add_act("caller", "dials", number=number, scenario=scenario, port=port)
        return self._sipp(scenario, port, "-s", number, "-m", "1")

    def call(self, scenario: str = "uac.xml", number: str = "4001234567") -> Wire:
        """Somebody calls, and the switch connects to the controller."""
        self.caller(scenario, number)
        return self.next_wire()

    def phone(self, number: str, scenario: str) -> Sipp:
        """An agent's phone, registered at port 5000 + its number."""
        port = 5000 + int(number)
        self.trace.add_act(f"phone {number}", "listens", scenario=scenario, port=port)
        process = self._sipp(scenario, port)
        while not listens("udp", port):
            sleep(0.02)
        self.register(number, port)
        return process

    def party(self, scenario: str) -> Sipp:
        """Whoever is dialled through the gateway `carrier`, at its port."""
        self.trace.add_act("party", "listens", scenario=scenario, port=GATEWAY_PORT)
        process = self._sipp(scenario, GATEWAY_PORT)
        while not listens("udp", GATEWAY_PORT):
            sleep(0.02)
        return process

    def desk_phone(self, number: str) -> DeskPhone:
        """An agent's phone with several lines, registered at port 5000 + its number."""
        port = 5000 + int(number)
        self.trace.add_act(f"phone {number}", "listens", scenario="desk_phone.py", port=port)
        self._desk_phones.append(DeskPhone(number, port, self.trace))
        self.register(number, port)
        return self._desk_phones[-1]

    def register(self, number: str, port: int, expires_s: int = 3600) -> None:
        """Register a phone whose contact is at `port`; 0 seconds: unregister."""
        self.trace.add_act(f"phone {number}", "registers", port=port, expires=expires_s)
        values = self._folder / "register.csv"
        values.write_text(f"SEQUENTIAL\n{number};{port};{expires_s}\n", encoding="ascii")
        process = self._sipp("register.xml", 6000 + int(number), "-inf", str(values), "-m", "1")
        assert process.wait(CONNECT_S) == 0, f"{number} could not register"

    def vanish(self, who: str, process: Sipp) -> None:
        """No answer and no BYE any more."""
        self.trace.add_act(who, "vanishes")
        process.send_signal(signal.SIGSTOP)

    # --- the end ---------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """End all that was started here; the switch goes on."""
        for process in self._processes:
            process.kill()
            process.wait()
        for phone in self._desk_phones:
            phone.close()
        self._listener.close()

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed: the recording is over
                return
            number += 1
            self._wires.put(Wire(f"outbound-{number}", connection, self.trace))

    def _sipp(self, scenario: str, port: int, *options: str) -> Sipp:
        self._media_port += 20
        media = ["-mp", str(self._media_port)]
        command = ["sipp", f"{HOST}:{SIP_PORT}", "-sf", str(SIPP / scenario), "-i", HOST, "-p", str(port), *media]
        with (self._folder / "sipp.txt").open("ab") as screen:
            process = subprocess.Popen(
                [*command, "-nostdin", *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=screen,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        return process


@contextmanager
def laboratory(trace: Trace, folder: Path, settings: SwitchSettings) -> Iterator[Lab]:
    """Start a switch in an empty folder and everything around it; at the end all of it has ended."""
    with running_switch(folder, settings):
        trace.restart()
        lab = Lab(trace, folder)
        try:
            yield lab
            sleep(SETTLE_S)
        finally:
            trace.over = True
            lab.leave()


def keep_call_records(folder: Path, trace: Trace, to: Path) -> None:
    """Keep what mod_json_cdr wrote as NAME-caller.json.gz and NAME-agent.json.gz."""
    for path in sorted((folder / "cdr").glob("*.json")):
        text = path.read_bytes()
        direction = json.loads(text)["variables"]["direction"]
        leg = {"inbound": "caller", "outbound": "agent"}[direction]
        (to / f"{trace.name}-{leg}.json.gz").write_bytes(pack(text))
