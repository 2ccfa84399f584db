"""A real FreeSWITCH as a switch of the run, with sipp for the phones and small SIP callers who follow their scripts.

Owns the switch's process, the phones' and the stage. Phones that do the same share one sipp. Easy to break: a killed
switch has forgotten every registration, and each caller's sockets must be closed when the call is over, for there are
thousands of them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

import gevent

from chaos.people import OUTSIDER, Line, phone_of
from fs_control.settings import SwitchSettings
from fs_control.virtual_switch.script import CallerScript, PhoneBehaviour
from fs_control.virtual_switch.stage import CallJournal
from tests.freeswitch.configuration import GATEWAY
from tests.freeswitch.private_switch import PrivateSwitch, SwitchProcess, free_port, missing
from tests.freeswitch.sipp_phone import phone_scenario, register_scenario
from tests.freeswitch.sipp_stage import SippStage

HOST: Final = "127.0.0.1"
LISTENS_S: Final = 20.0
REGISTERED_S: Final = 60.0
REGISTRATIONS_PER_S: Final = "50"
LONGEST_CALL_S: Final = 900.0


class Phones:
    """Some phones that treat every call the same: one sipp, all registered with its port."""

    def __init__(
        self, name: str, folder: Path, numbers: Sequence[str], behaviour: PhoneBehaviour, port: int = 0
    ) -> None:
        self.numbers = tuple(numbers)
        self._name, self._folder = name, folder
        self._port = port or free_port()
        self._scenario = folder / f"{name}.xml"
        self._scenario.write_text(phone_scenario((behaviour,)), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def plug_in(self, switch: PrivateSwitch) -> None:
        """Let them listen."""
        ports = ("-p", str(self._port), "-mp", str(free_port()))
        self._process = _sipp(switch, self._folder, self._name, ("-sf", str(self._scenario), *ports))
        deadline = monotonic() + LISTENS_S
        while not _listens(self._port):
            if self._process.poll() is not None or monotonic() > deadline:
                raise RuntimeError(f"sipp does not listen: {self._scenario}")
            gevent.sleep(0.02)

    def unplug(self) -> None:
        """Pull the plug: whoever talks with them hears nothing any more, and no BYE comes."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def register(self, switch: PrivateSwitch) -> None:
        """Register all of them, anew where they are registered already."""
        words = switch.secrets.phones
        keys = (f"[authentication username={number} password={words[number]}]" for number in self.numbers)
        rows = (f"{number};{self._port};{key}" for number, key in zip(self.numbers, keys, strict=True))
        values, scenario = self._folder / f"{self._name}.csv", self._folder / "register.xml"
        values.write_text("\n".join(("SEQUENTIAL", *rows, "")), encoding="utf-8")
        scenario.write_text(register_scenario(), encoding="utf-8")
        many = ("-m", str(len(self.numbers)), "-r", REGISTRATIONS_PER_S, "-p", str(free_port()))
        process = _sipp(switch, self._folder, self._name, ("-sf", str(scenario), "-inf", str(values), *many))
        if process.wait(REGISTERED_S) != 0:
            raise RuntimeError(f"not all of {self._name} could register")


class RealSwitch:
    """One FreeSWITCH after the other, on the same ports."""

    name = "real"

    def __init__(self, folder: Path, centre: tuple[Line, ...], media: Path) -> None:
        people = [person for line in centre for person in line.people]
        self._folder, self._media = folder / "phones", media
        self._folder.mkdir()
        self._process = SwitchProcess(folder / "switch", tuple(phone_of(person) for person in people))
        self.cdrs = folder / "switch" / "cdrs"
        self._switch = self._process.start()
        self._make_quiet()
        self._phones = list(self._make_phones(centre))
        outside = Phones("outside", self._folder, (), OUTSIDER, self._switch.addresses.gateway_port)
        for phones in (*self._phones, outside):
            phones.plug_in(self._switch)
        self._all = (*self._phones, outside)
        self._register()
        self.stage = SippStage(self._switch, folder / "callers")

    @property
    def controller_port(self) -> int:
        """Where it looks for the control plane."""
        return self._switch.controller_port

    @property
    def settings(self) -> SwitchSettings:
        """How to log in to it."""
        port, word = self._switch.addresses.event_port, self._switch.secrets.event_password
        return SwitchSettings(event_port=port, password=word, gateway=GATEWAY, media=str(self._media))

    def start(self) -> None:
        """Start it again, with every phone registered."""
        self._switch = self._process.start()
        self._make_quiet()
        self._register()
        self.stage.reconnect()

    def kill(self) -> None:
        """End it without a warning."""
        self._process.kill()

    def close(self) -> None:
        """End everything."""
        self.stage.close()
        for phones in self._all:
            phones.unplug()
        self._process.stop()

    def place_call(self, script: CallerScript) -> str:
        """Let a caller dial; returns the leg."""
        leg = self.stage.place_call(script)
        gevent.spawn(self.stage.wait_for_end, leg, LONGEST_CALL_S)
        return leg

    def journal(self, leg: str) -> CallJournal | None:
        """What a caller lived through."""
        return self.stage.journal(leg)

    def unplug(self, phone: str) -> None:
        """Pull a phone's plug."""
        self._of(phone).unplug()

    def plug_in(self, phone: str) -> None:
        """Put it back."""
        phones = self._of(phone)
        phones.plug_in(self._switch)
        phones.register(self._switch)

    def _of(self, phone: str) -> Phones:
        return next(phones for phones in self._phones if phone in phones.numbers)

    def _register(self) -> None:
        for phones in self._phones:
            phones.register(self._switch)

    def _make_quiet(self) -> None:
        with self._switch.events() as events:
            events.api("fsctl", "loglevel warning")  # the tests' own is debug

    def _make_phones(self, centre: tuple[Line, ...]) -> Iterator[Phones]:
        """One sipp for all phones that do the same; those that will be unplugged have one of their own."""
        same: dict[PhoneBehaviour, list[str]] = {}
        for line in centre:
            numbers = [phone_of(person) for person in line.people]
            if line.unplugged:
                yield Phones(line.name, self._folder, numbers, line.phone)
            else:
                same.setdefault(line.phone, []).extend(numbers)
        for place, (behaviour, numbers) in enumerate(same.items()):
            yield Phones(f"phones-{place}", self._folder, numbers, behaviour)


@contextmanager
def real(folder: Path, centre: tuple[Line, ...], media: Path) -> Iterator[RealSwitch]:
    """Run one while the block runs; RuntimeError says what the machine lacks."""
    lack = missing()
    if lack is not None:
        raise RuntimeError(lack)
    with ExitStack() as leaving:
        switch = RealSwitch(folder, centre, media)
        leaving.callback(switch.close)
        yield switch


def _sipp(switch: PrivateSwitch, folder: Path, name: str, options: Sequence[str]) -> subprocess.Popen[bytes]:
    command = ("sipp", f"{HOST}:{switch.addresses.phones_port}", "-i", HOST, "-nostdin", *options)
    with (folder / f"{name}.txt").open("ab") as screen:
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=screen, stderr=screen)


def _listens(port: int) -> bool:
    """Whether a process has this UDP port; asked of the system, because a trial would take the port away."""
    rows = Path("/proc/net/udp").read_text(encoding="ascii").splitlines()[1:]
    return any(row.split()[1].endswith(f":{port:04X}") for row in rows)
