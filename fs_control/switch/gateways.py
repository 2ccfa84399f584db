"""The gateways to carriers, as the text that FreeSWITCH reads: one file in the carriers' folder of the trunks' profile.

Pure, and without an opinion on which gateways there are. Easy to break: this is the one text that holds passwords which
are not hashed, because the switch has to log in with them; and FreeSWITCH puts its variables in where it reads `$$`, so
that never gets in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import quoteattr

from fs_control.errors import UserMistake

GATEWAYS_FILE: Final = "conf/sip_profiles/carriers/fs_control.xml"
PROFILE: Final = "trunks"
RETRY_S: Final = 30
"""How long after a failed registration the switch tries again."""


@dataclass(frozen=True, slots=True)
class GatewayLogin:
    """What FreeSWITCH has to know of a gateway."""

    name: str
    proxy: str
    realm: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    register: bool = False
    ping_s: int | None = None


def gateways_text(gateways: Iterable[GatewayLogin]) -> str:
    """Return the file; UserMistake where a value would not stay what it is in it."""
    lines = [line for gateway in gateways for line in _gateway(gateway)]
    why = "  <!-- Generated; holds what gateways log in with. Your own gateways belong into another file. -->"
    return "\n".join(("<include>", why, *lines, "</include>", ""))


def _gateway(gateway: GatewayLogin) -> Iterator[str]:
    """A number of ours as the sender (`caller-id-in-from`), and not the user's name, is what the far end is shown."""
    yield f"  <gateway name={_value(gateway.name)}>"
    parameters = {
        "proxy": gateway.proxy,
        "realm": gateway.realm,
        "username": gateway.username,
        "password": gateway.password,
        "register": "true" if gateway.register else "false",
        "ping": None if gateway.ping_s is None else str(gateway.ping_s),
        "retry-seconds": str(RETRY_S),
        "caller-id-in-from": "true",
    }
    for name, value in parameters.items():
        if value is not None:
            yield f'    <param name="{name}" value={_value(value)}/>'
    yield "  </gateway>"


def _value(text: str) -> str:
    if "$$" in text or "${" in text or not text.isprintable():
        raise UserMistake("gateway_not_sayable")
    return quoteattr(text, {"'": "&apos;"})
