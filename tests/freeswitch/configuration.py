"""The configuration that `fs-control freeswitch config` writes, with the values of one private FreeSWITCH.

Owns those values and no text: what the tests run on is written by the command's own code. Easy to break: ports are
free ones and everything is on the loopback address.
"""

from __future__ import annotations

import secrets as chance
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fs_control.face.box import free_port
from fs_control.face.freeswitch.files import write_configuration as write_files
from fs_control.face.freeswitch.files import write_phones
from fs_control.media.prompts import prompts_folder
from fs_control.switch.configuration import PhoneAccount, SwitchSetup, a1_hash, checked

RETRY_S = 2
"""Between two tries to hand a call over: the shortest that FreeSWITCH knows, so that the last of 20 comes soon."""


GATEWAY = "carrier"
"""The name of the gateway."""

_GATEWAY = """<include>
  <gateway name="{name}">
    <param name="proxy" value="{proxy}"/>
    <param name="register" value="false"/>
    <param name="caller-id-in-from" value="true"/>
  </gateway>
</include>
"""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a private switch listens, all of it on the loopback address."""

    event_port: int
    phones_port: int
    trunks_port: int
    rtp_first_port: int
    rtp_last_port: int
    host: str = "127.0.0.1"
    directory_port: int = field(default_factory=free_port)
    """Where it asks for phones; nobody answers there but in the tests of just that."""
    gateway_port: int = field(default_factory=free_port)
    """Where its gateway leads: whoever is dialled outside."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What was generated for one switch."""

    event_password: str = field(repr=False)
    phones: Mapping[str, str] = field(repr=False)
    """Number of a phone to its password."""
    directory_password: str = field(default_factory=lambda: chance.token_urlsafe(24), repr=False)


def write_configuration(folder: Path, addresses: Addresses, secrets: Secrets, *controllers: str) -> None:
    """Write everything a FreeSWITCH needs into a folder that only its owner may look into.

    `controllers`: where it looks for us, as address:port, in turn.
    """
    setup = SwitchSetup(
        controllers=controllers,
        event_port=addresses.event_port,
        phones_port=addresses.phones_port,
        trunks_port=addresses.trunks_port,
        rtp_first_port=addresses.rtp_first_port,
        rtp_last_port=addresses.rtp_last_port,
        media=str(prompts_folder().parent),
        recordings=str(folder / "recordings"),
        db_folder=str(folder / "db"),
        cdrs=str(folder / "cdrs"),
        retry_s=RETRY_S,
        log_level="debug",
        event_password=secrets.event_password,
        directory_port=addresses.directory_port,
        directory_password=secrets.directory_password,
    )
    write_files(folder, checked(setup))
    gateways = folder / "conf" / "sip_profiles" / "carriers" / "carrier.xml"
    gateways.write_text(_GATEWAY.format(name=GATEWAY, proxy=f"{addresses.host}:{addresses.gateway_port}"))
    write_phones(folder, (PhoneAccount(number, a1_hash(number, word)) for number, word in secrets.phones.items()))
