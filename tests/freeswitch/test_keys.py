"""Keys that callers press reach the menu, in each of the three ways in which telephones tell them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fs_control.records import CallRecord, Disposition
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import TALKS, RealHouse, caller
from tests.freeswitch.sip_caller import Handset, KeysBy

pytestmark = pytest.mark.freeswitch

PAGE = Path(__file__).parents[2] / "docs" / "freeswitch.md"
ITS_CARRIER, OURS = r"203\.0\.113\.7", r"127\.0\.0\.1"


def chosen(house: RealHouse, record: CallRecord) -> list[str | None]:
    """The agents to whom the caller's key led."""
    assert record.disposition is Disposition.ANSWERED
    return [house.number_of(offer.agent) for offer in record.offers]


@contextmanager
def extension_of_our_own(switch: PrivateSwitch) -> Iterator[None]:
    """Do as the page says for carriers that send tones, and undo it."""
    file = switch.folder / "conf/dialplan/own/tones.xml"
    text = PAGE.read_text(encoding="utf-8")
    example = text[text.index('<extension name="keys as tones"') : text.index("</extension>")] + "</extension>"
    file.write_text(f"<include>\n{example.replace(ITS_CARRIER, OURS)}\n</include>\n")
    with switch.events() as events:
        events.api("reloadxml")
        try:
            yield
        finally:
            file.unlink()
            events.api("reloadxml")


@pytest.mark.parametrize("keys", [KeysBy.EVENT, KeysBy.INFO])
def test_a_key_leads_to_its_branch(house: RealHouse, keys: KeysBy) -> None:
    house.phone("1002", TALKS)
    house.sign_in("8002")
    leg = house.call_from(Handset(keys), caller(key="2"))
    assert chosen(house, house.record_of(leg)) == ["8002"]


def test_keys_that_are_only_heard_lead_to_their_branch_where_the_operator_says_so(
    house: RealHouse, freeswitch: PrivateSwitch
) -> None:
    house.phone("1002", TALKS)
    house.sign_in("8002")
    with extension_of_our_own(freeswitch):
        leg = house.call_from(Handset(KeysBy.TONE), caller(key="2"))
        assert chosen(house, house.record_of(leg)) == ["8002"]
