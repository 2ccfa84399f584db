"""What FreeSWITCH's answers mean: its words in, facts out, None where they are not what they should be.

Knows the words of 1.10.12 (mod_commands.c, mod_sofia.c) and asks nothing. Easy to break: what answers may be another
version or no FreeSWITCH at all, so nothing here raises because of its input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

from fs_control.face.doctor.facts import Binding, Limits, Profile, Version

_VERSION: Final = re.compile(r"Version ((\d{1,9})\.(\d{1,9})\.(\d{1,9})[^\s~+]*)")
_PER_SECOND: Final = re.compile(r"session\(s\) per Sec out of max (\d{1,9})")
_MOST: Final = re.compile(r"^(\d{1,9}) session\(s\) max", re.MULTILINE)
_READY: Final = re.compile(r"\) is (ready|not ready)")
_TIMEOUT: Final = re.compile(r"\bmedia_timeout(?:_audio)?=0*[1-9]")


def version_of(text: str) -> Version | None:
    """Read the answer to `version`."""
    found = _VERSION.search(text)
    if found is None:
        return None
    return Version((int(found[2]), int(found[3]), int(found[4])), found[1])


def limits_of(status: str) -> Limits | None:
    """Read the answer to `status`."""
    ready, per_second, most = _READY.search(status), _PER_SECOND.search(status), _MOST.search(status)
    if ready is None or per_second is None or most is None:
        return None
    return Limits(ready[1] == "ready", int(per_second[1]), int(most[1]))


def truth_of(text: str) -> bool | None:
    """Read `true` or `false`."""
    return {"true": True, "false": False}.get(text.strip())


def micros_of(text: str) -> int | None:
    """Read a moment in microseconds."""
    digits = text.strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else None


def running_profiles(xml: str) -> tuple[str, ...] | None:
    """Read the names of the answer to `sofia xmlstatus`, which lists what runs; one with TLS is there twice."""
    root = _root(xml, "profiles")
    if root is None:
        return None
    names = (profile.findtext("name", "") for profile in root.iter("profile"))
    return tuple(dict.fromkeys(names))


def profile_of(name: str, xml: str) -> Profile | None:
    """Read the answer to `sofia xmlstatus profile NAME`."""
    root = _root(xml, "profile")
    information = None if root is None else root.find("profile-info")
    if information is None:
        return None
    timeout = information.findtext("session-to", "")
    codecs = (
        re.split(r"[@~]", codec.strip())[0].upper() for codec in information.findtext("inbound-codecs", "").split(",")
    )
    return Profile(
        name, tuple(codec for codec in codecs if codec), int(timeout) if re.fullmatch(r"\d{1,9}", timeout) else 0
    )


def gateways_of(xml: str) -> dict[str, str] | None:
    """Read the answer to `sofia xmlstatus gateway`: name and state of each; DOWN where it is not reached by pings."""
    root = _root(xml, "gateways")
    if root is None:
        return None
    return {gateway.findtext("name", ""): _state_of(gateway) for gateway in root.iter("gateway")}


def _state_of(gateway: ElementTree.Element) -> str:
    state = gateway.findtext("state", "")
    is_unreached = state in ("REGED", "NOREG") and gateway.findtext("status", "") == "DOWN"
    return "DOWN" if is_unreached else state


def directory_bindings(xml: str, credentials: str) -> tuple[Binding, ...] | None:
    """Read where xml_curl.conf asks for the directory, and whether it shows these credentials there."""
    root = _root(xml, "configuration")
    if root is None:
        return None
    found = []
    for binding in root.iter("binding"):
        named = {each.get("name", ""): each for each in binding.findall("param")}
        url, shown = named.get("gateway-url"), named.get("gateway-credentials")
        if url is not None and "directory" in url.get("bindings", "directory"):
            found.append(Binding(url.get("value", ""), shown is not None and shown.get("value") == credentials))
    return tuple(found)


def settings_of(xml: str) -> list[tuple[str, str]] | None:
    """Read the settings of one configuration file; a name may stand there several times."""
    root = _root(xml, "configuration")
    return None if root is None else list(_parameters(root))


def configured_profiles(xml: str) -> dict[str, Mapping[str, str]] | None:
    """Read the profiles of sofia.conf with their parameters."""
    root = _root(xml, "configuration")
    if root is None:
        return None
    return {profile.get("name", ""): dict(_parameters(profile)) for profile in root.iter("profile")}


def actions_of(xml: str) -> tuple[tuple[str, str], ...] | None:
    """Read application and data of every action of the dialplan."""
    root = _root(xml, "section")
    if root is None:
        return None
    return tuple((action.get("application", ""), action.get("data", "")) for action in root.iter("action"))


def sets_media_timeout(application: str, data: str) -> bool:
    """Whether an action gives the caller's leg a media time-out."""
    return application in ("set", "multiset", "export") and _TIMEOUT.search(data) is not None


def is_true(word: str) -> bool:
    """FreeSWITCH's idea of a true word (`switch_true`)."""
    return word.lower() in ("yes", "on", "true", "t", "enabled", "active", "allow") or is_positive(word)


def is_positive(word: str) -> bool:
    """Whether a parameter is a number above zero."""
    return re.fullmatch(r"0*[1-9][0-9]*", word.strip()) is not None


def listening_ports(table: str) -> frozenset[int]:
    """Read the TCP ports on which somebody listens from /proc/net/tcp; 0A is LISTEN."""
    found = re.findall(r"^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A ", table, re.MULTILINE)
    return frozenset(int(port, 16) for port in found)


def open_files_of(limits: str) -> int | None:
    """Read the soft limit of open files from /proc/PID/limits; None is without limit."""
    found = re.search(r"^Max open files\s+(\d+)", limits, re.MULTILINE)
    return int(found[1]) if found else None


def _root(xml: str, tag: str) -> ElementTree.Element | None:
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError):
        return None
    return root if root.tag == tag else None


def _parameters(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Name and value of each `param` of the settings, not of what else stands below (a gateway has its own)."""
    for settings in element.findall("settings"):
        for parameter in settings.findall("param"):
            yield parameter.get("name", ""), parameter.get("value", "")
