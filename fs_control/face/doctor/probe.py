"""Asking a running switch, over one connection of the doctor's own that is closed at the end.

Owns the questions and their order; what an answer means is in `reading`, whether it is well in `checks`. Easy to break:
only questions that change nothing are asked, and of a configuration file, which holds passwords, only what is named
here is kept. The process is patched (`fs_control.face.patched`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from fs_control.errors import SwitchRefused
from fs_control.esl import Api, ApiResponse, Subscribe
from fs_control.face.doctor import questions, reading
from fs_control.face.doctor.facts import CdrProbe, ClockSample, Door, Profile, RecordingsProbe, SwitchFacts
from fs_control.face.doctor.probe_file import ProbeFile
from fs_control.ports import Clock
from fs_control.runtime.inbound_link import InboundLink
from fs_control.runtime.wire import WireLimits
from fs_control.settings import SwitchSettings
from fs_control.switch.configuration import DIRECTORY_USER

STRANGER: Final = "192.0.2.1"
"""An address that nobody has (RFC 5737): an access list that lets it in lets everybody in."""

CLOCK_SAMPLES: Final = 5

DEFAULT_LIST: Final = "loopback.auto"
"""What mod_event_socket takes where no list is named (mod_event_socket.c 1.10.12, `config`)."""

DEFAULT_ADDRESS: Final = "127.0.0.1"


def examine(
    switch: SwitchSettings,
    clock: Clock,
    deadline_s: float,
    probe_file: ProbeFile | None = None,
    prompts: tuple[str, ...] = (),
    cdrs: tuple[ProbeFile, CdrProbe] | None = None,
) -> SwitchFacts:
    """Ask a switch everything; RemoteFault where it cannot be reached, or goes silent under way.

    `probe_file`: what was put into the folder of recordings, for the switch to see it. `prompts`: the files that
    callers are to hear, as it sees them. `cdrs`: what was put into the folder of ended legs, and what lies there.
    """
    link = InboundLink(
        switch.host,
        switch.event_port,
        switch.password,
        Subscribe(("HEARTBEAT",)),  # never sent: the link is not started
        on_found=lambda _core, _legs: None,
        on_lost=lambda _reason: None,
        on_event=lambda _event: None,
        chance=random.random,
        limits=WireLimits(deadline_s=deadline_s),
    )
    try:
        link.connect()
        examination = _Examination(link, clock)
        return replace(examination.facts(switch, probe_file, prompts), cdrs=examination.cdrs(switch, cdrs))
    finally:
        link.stop()


class _Examination:
    def __init__(self, link: InboundLink, clock: Clock) -> None:
        self._link = link
        self._clock = clock

    def facts(self, switch: SwitchSettings, probe_file: ProbeFile | None, prompts: tuple[str, ...]) -> SwitchFacts:
        modules = (
            *questions.needed_modules(switch),
            *questions.CODEC_MODULES.values(),
            questions.DIRECTORY_MODULE,
            questions.CDR_MODULE,
        )
        credentials = f"{DIRECTORY_USER}:{switch.directory_password}"
        return SwitchFacts(
            version=reading.version_of(self._ask("version")),
            limits=reading.limits_of(self._ask("status")),
            modules=self._truths("module_exists", modules),
            door=self._door(),
            running=self._running(),
            configured=reading.configured_profiles(self._configuration("sofia.conf")),
            actions=reading.actions_of(self._ask("xml_locate", "dialplan")),
            media_timeout=self._variable("media_timeout") or self._variable("media_timeout_audio"),
            clock=self._clock_sample(),
            files=self._truths("file_exists", (*prompts, *_music(switch))),
            gateways=reading.gateways_of(self._ask("sofia", "xmlstatus gateway")),
            bindings=reading.directory_bindings(self._configuration("xml_curl.conf"), credentials),
            recordings=None if probe_file is None else self._recordings(probe_file, switch.recordings),
            prompts=prompts,
        )

    def _ask(self, command: str, argument: str = "") -> str:
        """Return what an api command printed, nothing where the switch will not run it."""
        try:
            answer = self._link.call(Api(command, argument))
        except SwitchRefused:
            return ""
        return answer.text if isinstance(answer, ApiResponse) else ""

    def _configuration(self, file: str) -> str:
        return self._ask("xml_locate", f"configuration configuration name {file}")

    def _variable(self, name: str) -> str | None:
        return self._ask("global_getvar", name).strip() or None

    def _truths(self, command: str, names: Iterable[str]) -> dict[str, bool]:
        answers = {name: reading.truth_of(self._ask(command, name)) for name in names}
        return {name: truth for name, truth in answers.items() if truth is not None}

    def _door(self) -> Door | None:
        settings = reading.settings_of(self._configuration("event_socket.conf"))
        if settings is None:
            return None
        addresses = [value for name, value in settings if name == "listen-ip"]
        lists = tuple(value for name, value in settings if name == "apply-inbound-acl" and value) or (DEFAULT_LIST,)
        # Each list has to let a visitor in (mod_event_socket.c, `listener_run`), so one that keeps strangers out does.
        passes = all(reading.truth_of(self._ask("acl", f"{STRANGER} {name}")) is not False for name in lists)
        return Door((addresses or [DEFAULT_ADDRESS])[-1], lists, passes)

    def _running(self) -> tuple[Profile, ...] | None:
        names = reading.running_profiles(self._ask("sofia", "xmlstatus"))
        if names is None:
            return None
        pages = ((name, self._ask("sofia", f"xmlstatus profile {name}")) for name in names)
        return tuple(profile for name, page in pages if (profile := reading.profile_of(name, page)) is not None)

    def _recordings(self, probe_file: ProbeFile, folder: str) -> RecordingsProbe:
        probe = RecordingsProbe(str(probe_file.folder), probe_file.reason)
        if probe_file.reason is not None:
            return probe
        return replace(probe, is_seen=reading.truth_of(self._ask("file_exists", f"{folder}/{probe_file.name}")))

    def cdrs(self, switch: SwitchSettings, put: tuple[ProbeFile, CdrProbe] | None) -> CdrProbe | None:
        if put is None:
            return None
        file, probe = put
        if file.reason is not None:
            return replace(probe, reason=file.reason)
        return replace(probe, is_seen=reading.truth_of(self._ask("file_exists", f"{switch.cdrs}/{file.name}")))

    def _clock_sample(self) -> ClockSample | None:
        samples = [sample for _ in range(CLOCK_SAMPLES) if (sample := self._look_at_clock()) is not None]
        return min(samples, key=lambda sample: sample.round_trip_us, default=None)

    def _look_at_clock(self) -> ClockSample | None:
        sent = self._clock.now()
        theirs = reading.micros_of(self._ask("strmicroepoch"))
        return None if theirs is None else ClockSample(sent, theirs, self._clock.now())


def _music(switch: SwitchSettings) -> tuple[str, ...]:
    """Return the file of the hold music, where it is one."""
    music = questions.hold_music(switch)
    return () if questions.is_stream(music) else (music,)
