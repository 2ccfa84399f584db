"""Questions for phones, as FreeSWITCH's mod_xml_curl asks them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from urllib.parse import urlencode

from fs_control.switch.configuration import PhoneAccount, a1_hash

DOMAIN = "pbx.example.com"
PASSWORD = "a-generated-word"
PHONE = PhoneAccount("1001", a1_hash("1001", "word"))

REGISTER = {
    "hostname": "pbx",
    "section": "directory",
    "tag_name": "domain",
    "key_name": "name",
    "key_value": DOMAIN,
    "Event-Name": "REQUEST_PARAMS",
    "action": "sip_auth",
    "sip_profile": "phones",
    "sip_auth_username": "1001",
    "sip_auth_response": "0123456789abcdef0123456789abcdef",
    "key": "id",
    "user": "1001",
    "domain": DOMAIN,
    "ip": "192.0.2.33",
}
"""What is asked when the phone 1001 registers, less what we do not read."""


def form(**changes: str | None) -> bytes:
    """Write that question with other values; None leaves one out."""
    return urlencode({name: value for name, value in (REGISTER | changes).items() if value is not None}).encode()


def credentials(password: str = PASSWORD, name: str = "fs_control") -> str:
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode()


def reading(*phones: PhoneAccount) -> Callable[[], tuple[PhoneAccount, ...]]:
    """A way of reading that always finds these."""
    return lambda: phones
