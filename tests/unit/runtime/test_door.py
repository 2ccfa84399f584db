"""Who may connect: only loopback without a list, only the list with one."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.runtime.door import check_listener, may_enter, peers_from


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_list(host: str):
    check_listener(host, ())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "switch.example"])
def test_any_other_address_needs_a_list(host: str):
    with pytest.raises(UserMistake, match="listen_needs_peers"):
        check_listener(host, ())
    check_listener(host, peers_from(["192.0.2.10"]))


@pytest.mark.parametrize("peer", ["192.0.2.10", "198.51.100.77", "2001:db8::5", "::ffff:192.0.2.10"])
def test_a_listed_peer_may_enter(peer: str):
    assert may_enter(peer, peers_from(["192.0.2.10", "198.51.100.0/24", "2001:db8::/64"]))


@pytest.mark.parametrize("peer", ["192.0.2.11", "127.0.0.1", "2001:db9::5", "::ffff:192.0.2.11", "fe80::1%eth0"])
def test_a_peer_that_is_not_listed_may_not(peer: str):
    assert not may_enter(peer, peers_from(["192.0.2.10", "2001:db8::/64"]))


@pytest.mark.parametrize("text", ["switch.example", "192.0.2.300", ""])
def test_what_is_no_address_is_refused(text: str):
    with pytest.raises(UserMistake, match="listen_peer_not_an_address"):
        peers_from([text])
