"""A FreeSWITCH that works for fs_control, as texts: the files that ship, and those generated for one machine.

Pure: texts come in and go out as {path: text}; whoever calls reads and writes them. Easy to break: a value ends up in
an attribute twice (in vars.xml, and where FreeSWITCH puts it in), and FreeSWITCH takes the text as it stands, so a
value is escaped exactly once; and values come from people, so `checked` refuses what FreeSWITCH would give a meaning.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import md5
from ipaddress import ip_address, ip_network
from types import MappingProxyType
from typing import Any, Final
from xml.sax.saxutils import escape, unescape

from fs_control.errors import UserMistake

FOLDERS: Final = ("log", "db", "run", "recordings", "storage", "cache", "temp")
"""Beside `conf`; named like the options by which FreeSWITCH is told of them."""

CDRS_FOLDER: Final = "cdrs"
"""Beside `conf`, too, where nobody says otherwise: the files of the legs that are over (mod_json_cdr)."""

VARIABLES_FILE: Final = "conf/vars.xml"
PHONES_FILE: Final = "conf/directory/phones.xml"
ENVIRONMENT_FILE: Final = "fs_control.env"
START_FILE: Final = "start-freeswitch"
MARK_FILE: Final = ".fs_control"

REALM: Final = "fs_control"
"""What phones are asked a password for. A hash of a password is good for one realm, so it names no address."""

DIRECTORY_USER: Final = "fs_control"
"""The name by which FreeSWITCH asks us for a phone; its password is generated (xml_curl.conf.xml)."""


@dataclass(frozen=True, slots=True)
class SwitchSetup:
    """What differs from one machine to the next; each field is a variable of vars.xml (`_NAMES`)."""

    controllers: tuple[str, ...] = ("127.0.0.1:8084",)
    """Where fs_control listens, as address:port; tried in turn."""
    domain: str = "127.0.0.1"
    sip_ip: str = "127.0.0.1"
    rtp_ip: str = "127.0.0.1"
    external_ip: str = "127.0.0.1"
    event_ip: str = "127.0.0.1"
    event_port: int = 8021
    phones_port: int = 5060
    trunks_port: int = 5080
    rtp_first_port: int = 16384
    rtp_last_port: int = 32768
    carriers: tuple[str, ...] = ("127.0.0.1/32",)
    """The networks from which calls come without a password."""
    media: str = ""
    """Folder of our `prompts/` and `music/` as the switch sees it."""
    recordings: str = ""
    db_folder: str = ""
    hold_music: str = "local_stream://fs_control"
    sessions_per_second: int = 500
    max_sessions: int = 5000
    retry_s: int = 3
    """Between two tries to hand a call over; FreeSWITCH takes 2 at least for a limit."""
    log_level: str = "info"
    event_password: str = field(default="", repr=False)
    directory_port: int = 8085
    """Where the switch asks this machine's fs_control for phones, on 127.0.0.1."""
    directory_password: str = field(default="", repr=False)
    cdrs: str = ""
    """Folder of the files of the legs that are over, as the switch sees it."""


@dataclass(frozen=True, slots=True)
class PhoneAccount:
    """A phone that may register."""

    number: str
    a1_hash: str = field(repr=False)


_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {each.name: "domain" if each.name == "domain" else f"fs_control_{each.name}" for each in fields(SwitchSetup)}
)
_SEPARATORS: Final[Mapping[str, str]] = MappingProxyType({"controllers": "|", "carriers": ","})
_ADDRESSES: Final = ("sip_ip", "rtp_ip", "external_ip", "event_ip")
_PORTS: Final = ("event_port", "phones_port", "trunks_port", "rtp_first_port", "rtp_last_port", "directory_port")
_VALUE: Final = re.compile(r"[^\x00-\x1f\x7f$'\"\\<>&|]+")
_DOMAIN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,253}")
_CONTROLLER: Final = re.compile(r"(?P<ip>[0-9.]{7,15}):(?P<port>[0-9]{1,5})")
_SET: Final = re.compile(r'<X-PRE-PROCESS cmd="set" data="([^"=]+)=([^"]*)"/>')
_QUOTE: Final = {'"': "&quot;"}
_UNQUOTE: Final = {"&quot;": '"'}


def checked(setup: SwitchSetup) -> SwitchSetup:
    """Return the setup; UserMistake names the first value that FreeSWITCH could not be told or would not start with."""
    for name in _ADDRESSES:
        _check_address(name, getattr(setup, name))
    for name in _PORTS:
        _check_port(name, getattr(setup, name))
    for controller in setup.controllers:
        _controller_ip(controller)
    for network in setup.carriers:
        _check_network(network)
    if not _DOMAIN.fullmatch(setup.domain):
        raise UserMistake("freeswitch_value_bad", name="domain", value=setup.domain)
    for name in ("media", "recordings", "db_folder", "hold_music", "cdrs"):
        if not _VALUE.fullmatch(getattr(setup, name)):
            raise UserMistake("freeswitch_value_bad", name=name, value=getattr(setup, name))
    return setup


def _check_address(name: str, value: str) -> None:
    """A single address: fs_control and the phones have to be told one."""
    try:
        is_one = not ip_address(value).is_unspecified
    except ValueError:
        is_one = False
    if not is_one:
        raise UserMistake("freeswitch_value_bad", name=name, value=value)


def _check_port(name: str, value: int) -> None:
    if not 1 <= value <= 65535:
        raise UserMistake("freeswitch_value_bad", name=name, value=value)


def _check_network(value: str) -> None:
    try:
        ip_network(value)
    except ValueError:
        raise UserMistake("freeswitch_value_bad", name="carrier", value=value) from None


def _controller_ip(controller: str) -> str:
    """Return the address of a controller; the event socket lets in addresses, so a name will not do."""
    told = _CONTROLLER.fullmatch(controller)
    if told is None:
        raise UserMistake("freeswitch_value_bad", name="controller", value=controller)
    _check_address("controller", told["ip"])
    _check_port("controller", int(told["port"]))
    return told["ip"]


def configuration_texts(setup: SwitchSetup, shipped: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return every file of a configuration but the phones, by path below `folder`.

    `shipped`: the files that come with us, by path below `conf`; they are taken as they are.
    """
    return {
        MARK_FILE: "Written by `fs-control freeswitch config`, which writes here again and nowhere else.\n",
        **{f"conf/{path}": text for path, text in shipped.items()},
        VARIABLES_FILE: variables_text(setup),
        ENVIRONMENT_FILE: environment_text(setup, folder),
        START_FILE: start_text(folder),
    }


def variables_text(setup: SwitchSetup) -> str:
    """Return vars.xml: the values of one machine, its secrets among them."""
    values = {name: _written(field_name, getattr(setup, field_name)) for field_name, name in _NAMES.items()}
    local = {"127.0.0.1": None}
    addresses = dict.fromkeys(_controller_ip(each) for each in setup.controllers)
    values["fs_control_controller_networks"] = ",".join(f"{ip}/32" for ip in {**local, **addresses})
    values["fs_control_realm"] = REALM
    lines = (f'  <X-PRE-PROCESS cmd="set" data="{_attribute(f"{name}={value}")}"/>' for name, value in values.items())
    why = "  <!-- Generated for this machine; holds two passwords (event socket, phones). Keep it closed. -->"
    return "\n".join(("<include>", why, *lines, "</include>", ""))


def setup_from(variables: str) -> SwitchSetup:
    """Read vars.xml back; what it does not name is as by default. UserMistake where a number is none."""
    found = {name: unescape(value, _UNQUOTE) for name, value in _SET.findall(variables)}
    values: dict[str, Any] = {}
    for each in fields(SwitchSetup):
        text = found.get(_NAMES[each.name])
        if text is not None:
            values[each.name] = _read(each.name, each.default, text)
    return SwitchSetup(**values)


def _written(name: str, value: object) -> str:
    return _SEPARATORS[name].join(value) if isinstance(value, tuple) else str(value)


def _read(name: str, default: object, text: str) -> object:
    match default:
        case tuple():
            return tuple(text.split(_SEPARATORS[name]))
        case int():
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise UserMistake("freeswitch_value_bad", name=name, value=text)
            return int(text)
        case _:
            return text


def accounts_of(hashes: Mapping[str, str | None]) -> list[PhoneAccount]:
    """Return the phones that may register: those whose number has the hash of a password."""
    return [PhoneAccount(number, hashed) for number, hashed in hashes.items() if hashed is not None]


def phones_text(phones: Iterable[PhoneAccount]) -> str:
    """Return directory/phones.xml; a phone is rung where it registered at the phones' door, and nowhere else."""
    return "\n".join(
        (
            "<include>",
            "  <!-- Generated: the phones that may register. No password is here, but a hash opens the same door. -->",
            *_domain_lines("$${domain}", phones),
            "</include>",
            "",
        )
    )


def directory_answer(domain: str, phones: Iterable[PhoneAccount]) -> str:
    """Return what mod_xml_curl is told of these phones, in the words of the file.

    Without phones it is a final no: FreeSWITCH looks into its files only where the domain is not found
    (switch_xml.c 1.10.12, `switch_xml_locate`), so a phone that was removed is not found in an old file.
    """
    return _document("directory", _domain_lines(_attribute(domain), phones))


def not_found_answer() -> str:
    """Return what mod_xml_curl is told where we have nothing to say; FreeSWITCH then looks into its files."""
    return _document("result", ('    <result status="not found"/>',))


def _document(section: str, lines: Iterable[str]) -> str:
    opening = ('<document type="freeswitch/xml">', f'  <section name="{section}">')
    return "\n".join((*opening, *lines, "  </section>", "</document>", ""))


def _domain_lines(name: str, phones: Iterable[PhoneAccount]) -> list[str]:
    """Return the domain with these phones; `name` is text of an attribute."""
    users = (
        f'        <user id="{_attribute(phone.number)}">'
        f'<params><param name="a1-hash" value="{_attribute(phone.a1_hash)}"/></params></user>'
        for phone in phones
    )
    ring = "${sofia_contact(phones/${dialed_user}@${dialed_domain})}"
    return [
        f'  <domain name="{name}">',
        f'    <params><param name="dial-string" value="{ring}"/></params>',
        "    <groups>",
        '      <group name="phones"><users>',
        *users,
        "      </users></group>",
        "    </groups>",
        "  </domain>",
    ]


def a1_hash(number: str, password: str) -> str:
    """Return what SIP's digest authentication makes of a password (HA1, RFC 2617, 3.2.2.2), in hexadecimal."""
    return md5(f"{number}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()


def environment_text(setup: SwitchSetup, folder: str) -> str:
    """Return the variables with which fs_control finds this switch; its first controller's port is ours.

    `folder`: where this configuration is written.
    """
    values = {
        "FREESWITCH_HOST": setup.event_ip,
        "FREESWITCH_PORT": str(setup.event_port),
        "FREESWITCH_PASSWORD": setup.event_password,
        "FREESWITCH_DOMAIN": setup.domain,
        "FREESWITCH_MEDIA": setup.media,
        "FREESWITCH_RECORDINGS": setup.recordings,
        "FREESWITCH_CDRS": setup.cdrs,
        "FREESWITCH_DIRECTORY_PORT": str(setup.directory_port),
        "FREESWITCH_DIRECTORY_PASSWORD": setup.directory_password,
        "FREESWITCH_CONFIGURATION": folder,
        "FS_CONTROL_LISTEN_PORT": setup.controllers[0].rpartition(":")[2],
    }
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items())


def start_text(folder: str) -> str:
    """Return the script that starts FreeSWITCH with this configuration; what it is given, it passes on."""
    options = " ".join(f"-{name} {shlex.quote(f'{folder}/{name}')}" for name in ("conf", *FOLDERS))
    # A proxy of the environment must not be asked for phones, and must not see the password for it.
    direct = 'export no_proxy="127.0.0.1${no_proxy:+,$no_proxy}"'
    start = f'exec "${{FREESWITCH_BIN:-freeswitch}}" -nonat {options} "$@"'
    return "\n".join(("#!/bin/sh", "# In the foreground: -nf. Without a terminal: -nc.", direct, start, ""))


def _attribute(text: str) -> str:
    return escape(text, _QUOTE)
