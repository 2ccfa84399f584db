"""Which hosts and addresses may be asked: exactly those that the operator has named."""

from __future__ import annotations

import pytest

from fs_control.outside.hosts import Hosts

CRM = Hosts.named(["crm.example.com", " API.Example.com:8443 ", "10.0.0.5", "127.0.0.1:9000", "[::1]:9000"], {})


@pytest.mark.parametrize(
    ("host", "port", "allowed"),
    [
        ("crm.example.com", 443, True),
        ("CRM.example.com", 80, True),
        ("api.example.com", 8443, True),
        ("api.example.com", 443, False),
        ("evil.example.com", 443, False),
        ("crm.example.com.evil.com", 443, False),
        ("127.0.0.1", 9000, True),
        ("127.0.0.1", 22, False),
        ("::1", 9000, True),
        ("", 80, False),
    ],
)
def test_a_host_is_allowed_by_its_exact_name(host: str, port: int, allowed: bool) -> None:
    assert CRM.allow(host, port) is allowed


def test_without_any_name_nobody_is_asked() -> None:
    assert not Hosts().allow("crm.example.com", 443)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1",
        "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::7f00:1", "2002:7f00:1::",
        "224.0.0.1", "100.64.0.1", "", "no address", "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1",
        "ff02::1", "192.0.0.192", "168.63.129.16",
    ],
)  # fmt: skip
def test_a_name_does_not_lead_to_an_address_that_is_not_of_the_open_internet(address: str) -> None:
    assert not CRM.allow_address(address, 443)


@pytest.mark.parametrize(
    ("address", "port"),
    [
        ("93.184.216.34", 443),
        ("2606:4700::1111", 443),
        ("10.0.0.5", 8080),
        ("127.0.0.1", 9000),
        ("::1", 9000),
        ("::ffff:10.0.0.5", 80),
    ],
)
def test_an_open_address_or_one_that_is_named_may_be_spoken_to(address: str, port: int) -> None:
    assert CRM.allow_address(address, port)


def test_headers_are_those_of_the_host_and_of_its_port() -> None:
    hosts = Hosts.named(["a.example"], {"A.example": {"X": "1"}, "a.example:81": {"Y": "2"}})
    assert hosts.headers_for("a.example", 81) == {"X": "1", "Y": "2"}
    assert hosts.headers_for("a.example", 80) == {"X": "1"}
    assert "1" not in repr(hosts).replace("a.example:81", "")
