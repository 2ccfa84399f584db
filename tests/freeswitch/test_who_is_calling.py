"""An agent's display shows who calls, readably, whatever a caller's name is made of; and the record says the same."""

from __future__ import annotations

import re

import pytest

from fs_control.records import Disposition
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import HOTLINE_NUMBER, TALKS, RealHouse, caller
from tests.freeswitch.sip import SipMessage
from tests.freeswitch.sip_caller import Handset

pytestmark = pytest.mark.freeswitch

NUMBER = "13800138000"
NAMES = {
    "none": (b"", NUMBER, NUMBER),
    "latin": (b"Anna Kowalska", "Anna Kowalska", "Anna Kowalska"),
    "utf-8": ("张三".encode(), "张三", "张三"),
    "gbk": ("张三".encode("gb18030"), "张三", "张三"),
    "quotes and commas": (rb"\"Lee\", Bruce; ext=1,x", r"\"Lee\", Bruce; ext=1,x", "Lee Bruce ext 1…"),
    "variables": (b"${hostname}", "%{hostname}", "% hostname"),
    "orders": (b"${system(touch was_here)}", "%{system(touch was_here)}", "% system touch was_he…"),
    "dial string": (b"x}error/user_busy[a=b]<1>", "x}error/user_busy[a=b]<1>", "x error user_busy a b…"),
    "address": (b"A/B@C: D", "A/B@C: D", "A B C D"),
}
"""What the caller sends; what the record keeps; what the display shows before the group. FreeSWITCH puts the number
where there is no name, and % where there is a dollar sign.
"""


def display(invite: SipMessage, header: str = "From") -> tuple[str, str]:
    """The name and the number in an identity of an INVITE."""
    value = invite.get(header).encode("latin-1").decode()
    found = re.match(r'(?:"(?P<name>[^"]*)" *)?<sip:(?P<number>[^@>]*)@', value)
    assert found, value
    return found["name"] or "", found["number"]


@pytest.mark.parametrize("kind", NAMES)
def test_the_display_shows_the_callers_number_and_name(house: RealHouse, freeswitch: PrivateSwitch, kind: str) -> None:
    name, kept, shown = NAMES[kind]
    house.phone("1001", TALKS)
    house.sign_in("8001")
    record = house.play(caller(number=HOTLINE_NUMBER, who=NUMBER, name=name))
    assert record.disposition is Disposition.ANSWERED
    assert (record.caller.raw, record.caller_name) == (NUMBER, kept)
    (invite,) = house.sipp_stage.invitations("1001")
    assert display(invite) == display(invite, "Remote-Party-ID") == (f"{shown} - hotline", NUMBER)
    assert not list(freeswitch.folder.rglob("was_here"))


def test_the_display_shows_the_number_that_the_carrier_vouches_for(house: RealHouse) -> None:
    vouched = (("P-Asserted-Identity", '"Anna" <sip:+8613900139000@carrier>'),)
    house.phone("1001", TALKS)
    house.sign_in("8001")
    record = house.record_of(house.call_from(Handset(headers=vouched), caller(number=HOTLINE_NUMBER, who=NUMBER)))
    assert (record.caller.raw, record.caller_name) == ("+8613900139000", "Anna")
    (invite,) = house.sipp_stage.invitations("1001")
    assert display(invite) == ("Anna - hotline", "+8613900139000")
