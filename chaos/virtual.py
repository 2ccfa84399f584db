"""The virtual switch as a switch of the run: killed and started again on the same ports, with the same phones.

Owns its process and the way onto its stage. Easy to break: a new process knows no phone, so all are set again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from chaos.people import OUTSIDE, OUTSIDER, UNPLUGGED_PHONE, Line, phone_of
from fs_control.errors import FsControlError
from fs_control.face.box import free_port
from fs_control.settings import SwitchSettings
from fs_control.virtual_switch.place import GATEWAY
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from fs_control.virtual_switch.stage import CallJournal, Stage

HOST: Final = "127.0.0.1"
MANY: Final = 1000
"""Calls and legs a second that it takes: more than any run has."""


class VirtualSwitch:
    """One virtual switch after the other."""

    name = "virtual"

    def __init__(self, controller_port: int, centre: tuple[Line, ...], media: Path) -> None:
        self.controller_port = controller_port
        self.cdrs = media / "cdrs"
        self._controller = f"{HOST}:{controller_port}"
        self._centre, self._media = centre, media
        self._password = secrets.token_urlsafe(24)
        self._ports = (free_port(), free_port())
        self._process: VirtualSwitchProcess
        self.stage: Stage
        self.start()

    @property
    def settings(self) -> SwitchSettings:
        """How to log in to it."""
        return SwitchSettings(
            event_port=self._ports[0], password=self._password, gateway=GATEWAY, media=str(self._media)
        )

    def start(self) -> None:
        """Start one, with every phone registered."""
        event_port, stage_port = self._ports
        self._process = start_virtual_switch(
            self._controller,
            self._password,
            event_port=event_port,
            stage_port=stage_port,
            sound_folder=self._media,
            cdr_folder=self.cdrs,
            sessions_per_second=MANY,
            max_sessions=MANY,
        )
        self.stage = self._process.stage()
        for line in self._centre:
            for person in line.people:
                self.stage.set_phone(Phone(phone_of(person), (self._behaviour(line),)))
        self.stage.set_outsider(OUTSIDE, OUTSIDER)

    def kill(self) -> None:
        """Let it die as in a power cut."""
        self._process.kill()
        with suppress(OSError):
            self.stage.close()

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self.stage.close()
        self._process.stop()

    def place_call(self, script: CallerScript) -> str:
        """Let a caller dial; returns the leg."""
        return self.stage.place_call(script)

    def journal(self, leg: str) -> CallJournal | None:
        """What a caller lived through; None of one from before the switch's death."""
        with suppress(FsControlError):
            return self.stage.journal(leg)
        return None

    def unplug(self, phone: str) -> None:
        """Its script does that by itself, in every talk."""

    def plug_in(self, phone: str) -> None:
        """It can be rung again at once."""

    @staticmethod
    def _behaviour(line: Line) -> PhoneBehaviour:
        return UNPLUGGED_PHONE if line.unplugged else line.phone


@contextmanager
def virtual(controller_port: int, centre: tuple[Line, ...], media: Path) -> Iterator[VirtualSwitch]:
    """Run one while the block runs."""
    switch = VirtualSwitch(controller_port, centre, media)
    try:
        yield switch
    finally:
        switch.close()
