"""Vocabulary: how one process is set up, as one frozen value read from the environment.

`settings_from(environment)` is pure: it takes a mapping and refuses what it cannot read with the name of the
variable. Secrets are in here and therefore not in `repr`. The virtual switch is used unless FREESWITCH_HOST is set.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from fs_control.errors import UserMistake

_GATEWAY: Final = re.compile(r"[0-9A-Za-z._-]{1,64}")

LONGEST_NUMBER: Final = 9
"""Digits of a setting: nothing here is counted in thousands of millions."""


@dataclass(frozen=True, slots=True)
class SwitchSettings:
    """Where a FreeSWITCH is, and how its files and phones are named there."""

    host: str = "127.0.0.1"
    event_port: int = 8021
    password: str = field(default="", repr=False)
    domain: str = "127.0.0.1"
    media: str = ""
    """Folder of our `prompts/` and `music/` as the switch sees it; empty means the folder that we see."""
    hold_music: str = ""
    """What waiting callers hear, as FreeSWITCH names it; empty means the music that comes with us."""
    recordings: str = ""
    """Folder of the recordings as the switch sees it; empty means that none is set up."""
    directory_port: int = 8085
    """Where this machine's FreeSWITCH asks for phones (mod_xml_curl); 0 takes any that is free."""
    directory_password: str = field(default="", repr=False)
    """What it has to show there; empty means that it is not answered and reads its files alone."""
    configuration: str = ""
    """Folder that `freeswitch config` wrote, where it can be reached from here; empty means that nobody said."""
    gateway: str = ""
    """The switch's gateway to the carrier, for flows that dial outside; empty means that nothing is dialled."""
    prompts: str = ""
    """Folder of the library of prompts as the switch sees it; empty means that it has our name for it."""
    cdrs: str = ""
    """Folder of the files that the switch writes of ended legs, as it sees it; empty means that it writes none."""


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Who reads texts aloud: espeak-ng on this machine, unless there is a command or a service for it."""

    voices: Mapping[str, str] = field(default_factory=dict)
    """Language -> voice, as whoever reads names it; a language that is left out has the usual one."""
    command: tuple[str, ...] = ()
    """A program and its arguments, `{language}` and `{voice}` in them replaced."""
    url: str = ""
    header: str = field(default="", repr=False)
    """A line such as `Authorization: Bearer ...` for the service."""
    header_file: str = ""
    """The file that holds this line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a process needs to know before it starts."""

    var: str = "var"
    """Folder for journal, control socket and the embedded PostgreSQL."""
    recordings: str = ""
    """Folder of the recordings as this machine sees it; empty means that it has the switch's name for it."""
    flows: str = "ivr_flows"
    database_url: str | None = None
    """None means: the embedded PostgreSQL."""
    listen_host: str = "127.0.0.1"
    listen_port: int = 8084
    max_calls: int = 2000
    linger_s: int = 5
    command_deadline_s: float = 5.0
    switch: SwitchSettings | None = None
    """None means: the virtual switch."""
    prompts: str = ""
    """Folder of the library of prompts as this machine sees it; empty means `prompts` in `var`."""
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    http_hosts: tuple[str, ...] = ()
    """The hosts that flows may ask, and nobody else; one that is not of the open Internet by its address, too."""
    http_headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """What each host is sent besides: names and values of headers, which may be passwords."""
    api_host: str = "127.0.0.1"
    api_port: int | None = None
    """Where programs of others ask (the HTTP API); None means nowhere, 0 takes any port that is free."""
    cdrs: str = ""
    """Folder of the files of ended legs as this machine sees it; empty means that it has the switch's name for it."""
    outbox_mb: int = 2048
    """How much may lie on disk, in millions of bytes, that waits for the database; with more no new call is taken."""

    @property
    def can_dial(self) -> bool:
        """Tell whether flows can call numbers outside: by the virtual switch, or by a gateway."""
        return self.switch is None or bool(self.switch.gateway)


def recordings_here(settings: Settings, switch: SwitchSettings | None = None) -> str:
    """Return the folder of recordings as this machine sees it; where none is set up, it is in the folder `var`."""
    switch = switch or settings.switch
    return settings.recordings or (switch.recordings if switch is not None else "") or f"{settings.var}/recordings"


def cdrs_here(settings: Settings, switch: SwitchSettings | None = None) -> str:
    """Return the folder of the files of ended legs as this machine sees it; where none is set up, it is in `var`."""
    switch = switch or settings.switch
    return settings.cdrs or (switch.cdrs if switch is not None else "") or f"{settings.var}/cdrs"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; `UserMistake` names the variable that cannot be read."""
    defaults = Settings()
    return Settings(
        var=environment.get("FS_CONTROL_VAR", defaults.var),
        recordings=environment.get("FS_CONTROL_RECORDINGS", ""),
        flows=environment.get("FS_CONTROL_FLOWS", defaults.flows),
        database_url=environment.get("DATABASE_URL") or None,
        listen_host=environment.get("FS_CONTROL_LISTEN_HOST", defaults.listen_host),
        listen_port=_port(environment, "FS_CONTROL_LISTEN_PORT", defaults.listen_port),
        max_calls=_count(environment, "FS_CONTROL_MAX_CALLS", defaults.max_calls),
        switch=_switch_from(environment),
        prompts=environment.get("FS_CONTROL_PROMPTS", defaults.prompts),
        speech=_speech_from(environment),
        http_hosts=tuple(environment.get("FS_CONTROL_HTTP_HOSTS", "").replace(",", " ").split()),
        http_headers=_headers(environment, "FS_CONTROL_HTTP_HEADERS"),
        api_host=_address(environment, "FS_CONTROL_API_HOST", defaults.api_host),
        api_port=_port(environment, "FS_CONTROL_API_PORT", 0) if environment.get("FS_CONTROL_API_PORT") else None,
        cdrs=environment.get("FS_CONTROL_CDRS", ""),
        outbox_mb=_some(environment, "FS_CONTROL_OUTBOX_MB", defaults.outbox_mb),
    )


def _speech_from(environment: Mapping[str, str]) -> SpeechSettings:
    return SpeechSettings(
        voices=_pairs(environment, "FS_CONTROL_SPEECH_VOICES"),
        command=_words(environment, "FS_CONTROL_SPEECH_COMMAND"),
        url=environment.get("FS_CONTROL_SPEECH_URL", ""),
        header=environment.get("FS_CONTROL_SPEECH_HEADER", ""),
        header_file=environment.get("FS_CONTROL_SPEECH_HEADER_FILE", ""),
    )


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read a command line as a shell splits it."""
    try:
        return tuple(shlex.split(environment.get(name, "")))
    except ValueError:  # a quote that is never closed
        raise UserMistake("setting_not_a_command", name=name, value=environment[name]) from None


def _pairs(environment: Mapping[str, str], name: str) -> Mapping[str, str]:
    """Read pairs such as `zh=cmn en=en-us`."""
    pairs = [word.partition("=") for word in environment.get(name, "").split()]
    if not all(key and value for key, _, value in pairs):
        raise UserMistake("setting_not_pairs", name=name, value=environment[name])
    return {key: value for key, _, value in pairs}


def _switch_from(environment: Mapping[str, str]) -> SwitchSettings | None:
    host = environment.get("FREESWITCH_HOST")
    if not host:
        return None
    password = environment.get("FREESWITCH_PASSWORD", "")
    if not password:
        raise UserMistake("setting_missing", name="FREESWITCH_PASSWORD")
    defaults = SwitchSettings()
    return SwitchSettings(
        host=host,
        event_port=_port(environment, "FREESWITCH_PORT", defaults.event_port),
        password=password,
        domain=environment.get("FREESWITCH_DOMAIN", host),
        media=environment.get("FREESWITCH_MEDIA", ""),
        hold_music=environment.get("FREESWITCH_HOLD_MUSIC", ""),
        recordings=environment.get("FREESWITCH_RECORDINGS", ""),
        directory_port=_port(environment, "FREESWITCH_DIRECTORY_PORT", defaults.directory_port),
        directory_password=environment.get("FREESWITCH_DIRECTORY_PASSWORD", ""),
        configuration=environment.get("FREESWITCH_CONFIGURATION", ""),
        gateway=_gateway(environment),
        prompts=environment.get("FREESWITCH_PROMPTS", ""),
        cdrs=environment.get("FREESWITCH_CDRS", ""),
    )


def _gateway(environment: Mapping[str, str]) -> str:
    """Read the name of a gateway, which stands in a dial string."""
    name = environment.get("FREESWITCH_GATEWAY", "")
    if name and not _GATEWAY.fullmatch(name):
        raise UserMistake("setting_not_a_gateway", name="FREESWITCH_GATEWAY", value=name)
    return name


def _headers(environment: Mapping[str, str], name: str) -> Mapping[str, Mapping[str, str]]:
    """Read JSON: host to header to value. What is wrong with it is not shown, because it holds passwords."""
    text = environment.get(name, "")
    if not text:
        return {}
    try:
        headers = json.loads(text)
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(map(_are_headers, headers.values())):
        raise UserMistake("setting_not_headers", name=name)
    return headers


def _are_headers(found: object) -> bool:
    texts = [*found, *found.values()] if isinstance(found, dict) else [None]
    return all(isinstance(text, str) and text.isprintable() and text.isascii() for text in texts)


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise UserMistake("setting_not_a_number", name=name, value=text)
    return int(text)


def _some(environment: Mapping[str, str], name: str, default: int) -> int:
    """Read a number of something of which there has to be one at least."""
    count = _count(environment, name, default)
    if count == 0:
        raise UserMistake("setting_zero", name=name)
    return count


def _address(environment: Mapping[str, str], name: str, default: str) -> str:
    """Read an address of this machine; a name could be anybody's."""
    text = environment.get(name) or default
    try:
        return str(ip_address(text))
    except ValueError:
        raise UserMistake("setting_not_an_address", name=name, value=text) from None


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    port = _count(environment, name, default)
    if not 0 <= port <= 65535:
        raise UserMistake("setting_not_a_port", name=name, value=str(port))
    return port
