"""Which hosts may be asked, at which addresses, and with which headers.

Pure. A host is allowed by its exact name, with `:port` for that port alone. An address that is not of the open
Internet (this machine, the office's network, the cloud's own services) is reached only where that address is named as
well, so that no name leads there by itself. Easy to break: 127.0.0.1 has many spellings, and IPv6 has more; addresses
are compared as values and not as texts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_OPEN_IPV6: Final = ip_network("2000::/3")
"""All that is given out (RFC 4291, 2.4). Beside it lie IPv4 in disguise (::/96, 64:ff9b::/96) and private ranges."""
_OF_CLOUDS: Final = tuple(map(ip_network, ("192.0.0.0/24", "168.63.129.16/32")))
"""Services of Oracle's and Microsoft's clouds for their own machines, at addresses that look open."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that the operator has named, and what each is to be sent; nothing at all unless somebody was named."""

    names: frozenset[str] = frozenset()
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """By host, as it is named; they hold passwords."""

    @classmethod
    def named(cls, names: Collection[str], headers: Mapping[str, Mapping[str, str]]) -> Hosts:
        """Read hosts as an operator writes them."""
        sent = {host.strip().lower(): dict(each) for host, each in headers.items()}
        return cls(frozenset(name.strip().lower() for name in names if name.strip()), sent)

    def allow(self, host: str, port: int) -> bool:
        """Tell whether a host may be asked at a port."""
        return bool({host.lower(), _with_port(host, port)} & self.names)

    def allow_address(self, address: str, port: int) -> bool:
        """Tell whether the address that a name stands for may be spoken to."""
        found = _address(address)
        if found is None:
            return False
        return _is_open(found) or any(_names(name, found, port) for name in self.names)

    def headers_for(self, host: str, port: int) -> Mapping[str, str]:
        """Return the headers that a host is sent."""
        return {**self.headers.get(host.lower(), {}), **self.headers.get(_with_port(host, port), {})}


def _with_port(host: str, port: int) -> str:
    return f"[{host.lower()}]:{port}" if ":" in host else f"{host.lower()}:{port}"


def _address(text: str) -> Address | None:
    """Read an address; one of IPv4 in the clothes of IPv6 is that of IPv4."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_open(address: Address) -> bool:
    """Tell whether an address is of the open Internet; a tunnel into IPv4 may lead anywhere."""
    if isinstance(address, IPv6Address):
        is_tunnel = address.sixtofour is not None or address.teredo is not None
        return address.is_global and address in _OPEN_IPV6 and not is_tunnel
    return address.is_global and not address.is_multicast and not any(address in each for each in _OF_CLOUDS)


def _names(name: str, address: Address, port: int) -> bool:
    """Tell whether an operator's word names an address, with or without this port."""
    bare, colon, named_port = name.rpartition(":")
    if colon and named_port == str(port) and _address(bare.strip("[]")) == address:
        return True
    return _address(name.strip("[]")) == address
