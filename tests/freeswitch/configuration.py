"""The configuration that we ship, filled in for one private FreeSWITCH.

Owns the two generated parts, vars.xml and the phones of the directory; everything else is copied from conf/freeswitch
and dialplan/ as it ships, so that what the tests run on is what an operator gets. Easy to break: a value ends up in an
attribute twice (in vars.xml, and where FreeSWITCH puts it in), and FreeSWITCH takes the text as it stands, so a value
is escaped exactly once.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from xml.sax.saxutils import escape

FOLDERS = ("log", "db", "run", "recordings", "storage", "cache", "temp")
"""Named like the options by which FreeSWITCH is told of them."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a private switch listens, all of it on the loopback address."""

    event_port: int
    phones_port: int
    trunks_port: int
    rtp_first_port: int
    rtp_last_port: int
    host: str = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What was generated for one switch."""

    event_password: str = field(repr=False)
    phones: Mapping[str, str] = field(repr=False)
    """Number of a phone to its password."""


def write_configuration(folder: Path, addresses: Addresses, secrets: Secrets, controller: str) -> None:
    """Write everything a FreeSWITCH needs into a folder that only its owner may look into."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    folder.chmod(0o700)
    package = files("fs_control")
    with as_file(package / "conf" / "freeswitch") as shipped:
        shutil.copytree(shipped, folder / "conf")
    with as_file(package / "dialplan") as shipped:
        shutil.copytree(shipped, folder / "conf" / "dialplan")
    (folder / "conf" / "vars.xml").write_text(_variables(folder, addresses, secrets, controller), encoding="utf-8")
    (folder / "conf" / "directory").mkdir()
    (folder / "conf" / "directory" / "phones.xml").write_text(_directory(addresses, secrets), encoding="utf-8")


def _variables(folder: Path, addresses: Addresses, secrets: Secrets, controller: str) -> str:
    values = {
        "domain": addresses.host,
        "fs_control_controller": controller,
        "fs_control_controllers": "127.0.0.1/32",
        "fs_control_carriers": "127.0.0.1/32",
        "fs_control_db_folder": str(folder / "db"),
        "fs_control_event_ip": addresses.host,
        "fs_control_event_password": secrets.event_password,
        "fs_control_event_port": str(addresses.event_port),
        "fs_control_log_level": "debug",
        "fs_control_max_sessions": "1000",
        "fs_control_phones_port": str(addresses.phones_port),
        "fs_control_rtp_first_port": str(addresses.rtp_first_port),
        "fs_control_rtp_last_port": str(addresses.rtp_last_port),
        "fs_control_sessions_per_second": "500",
        "fs_control_sip_ip": addresses.host,
        "fs_control_trunks_port": str(addresses.trunks_port),
    }
    lines = (f'  <X-PRE-PROCESS cmd="set" data="{_attribute(f"{name}={value}")}"/>' for name, value in values.items())
    return "\n".join(("<include>", *lines, "</include>", ""))


def _directory(addresses: Addresses, secrets: Secrets) -> str:
    """The phones; a phone is rung where it registered at the phones' door, and nowhere else."""
    users = (
        f'        <user id="{_attribute(number)}">'
        f'<params><param name="password" value="{_attribute(password)}"/></params></user>'
        for number, password in secrets.phones.items()
    )
    ring = "${sofia_contact(phones/${dialed_user}@${dialed_domain})}"
    return "\n".join(
        (
            "<include>",
            f'  <domain name="{_attribute(addresses.host)}">',
            f'    <params><param name="dial-string" value="{ring}"/></params>',
            "    <groups>",
            '      <group name="phones"><users>',
            *users,
            "      </users></group>",
            "    </groups>",
            "  </domain>",
            "</include>",
            "",
        )
    )


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
