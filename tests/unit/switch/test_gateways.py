"""The file of gateways: what people typed stays what it is, and nothing else gets in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.switch.dial_strings import gateway_of
from fs_control.switch.dialect import Dialect
from fs_control.switch.gateways import GatewayLogin, gateways_text


def parameters(text: str) -> dict[str, str]:
    return {each.attrib["name"]: each.attrib["value"] for each in ElementTree.fromstring(text).iter("param")}


def test_a_gateway_is_said_with_what_it_logs_in_with() -> None:
    login = GatewayLogin("carrier", "sip.example.com:5061", "realm", "me", "a<b>&\"c'd", register=True, ping_s=30)
    said = parameters(gateways_text([login]))
    assert (said["proxy"], said["realm"], said["username"]) == ("sip.example.com:5061", "realm", "me")
    assert (said["password"], said["register"], said["ping"]) == ("a<b>&\"c'd", "true", "30")


def test_what_is_not_set_is_not_said() -> None:
    said = parameters(gateways_text([GatewayLogin("carrier", "203.0.113.7")]))
    assert not {"username", "password", "realm", "ping"} & said.keys()
    assert said["register"] == "false"


@pytest.mark.parametrize("word", ["$${domain}", "${x}", "two\nlines", "\x00"])
def test_what_FreeSWITCH_would_give_a_meaning_is_refused(word: str) -> None:
    with pytest.raises(UserMistake, match="gateway_not_sayable"):
        gateways_text([GatewayLogin("carrier", "203.0.113.7", password=word)])


def test_a_password_shows_in_no_picture_of_a_gateway() -> None:
    assert "hidden" not in repr(GatewayLogin("carrier", "203.0.113.7", password="hidden"))


def test_the_name_of_a_gateway_is_not_cut() -> None:
    """The beginning of a name may be another gateway's."""
    dialect = Dialect(EnterpriseId("default"), "example.com", "/prompts", "silence")
    name = "carrier-" * 6
    assert gateway_of(dialect, "10086", name) == f"sofia/gateway/{name}/10086"
