"""Who may connect to the call server.

Owns the rule for addresses: the event socket's outbound side has no password, so a server that listens beyond this
machine must know its switches by address. It must not know sockets. Easy to break: an IPv4 peer of an IPv6 listener
comes as `::ffff:192.0.2.1` and is the same peer.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from fs_control.errors import UserMistake

Peers = tuple[IPv4Network | IPv6Network, ...]


def peers_from(texts: Sequence[str]) -> Peers:
    """Addresses and networks (`192.0.2.10`, `192.0.2.0/24`) as a list; UserMistake names what is neither."""
    return tuple(_network(text) for text in texts)


def check_listener(host: str, peers: Peers) -> None:
    """UserMistake where the server would listen to the world without knowing whom it listens to."""
    if not peers and not _is_loopback(host):
        raise UserMistake("listen_needs_peers", host=host)


def may_enter(peer: str, peers: Peers) -> bool:
    """Whether this address may connect; without a list all may, for then only this machine can."""
    if not peers:
        return True
    address = ip_address(peer.partition("%")[0])
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return any(address in network for network in peers)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        raise UserMistake("listen_peer_not_an_address", peer=text) from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback
