"""Phones that are none of ours are asked for a key, each for itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.commands import OtherPhone, Prompt, RingAgent
from fs_control.errors import UserMistake
from fs_control.esl import Execute
from fs_control.ids import CallId, EnterpriseId, Extension, LegId, seconds
from fs_control.switch import Dialect, encode_command

DIALECT = Dialect(EnterpriseId("default"), "switch", "/prompts", "/music.wav", gateway="carrier")
ASK = Prompt("press-one", "zh")
MOBILE = RingAgent(
    CallId("call"), LegId("mobile"), LegId("caller"), Extension("013800138000"), seconds(20), "1", "n", accept=ASK
)


def _dial_string(command: RingAgent) -> str:
    (order,) = encode_command(command, DIALECT)
    assert isinstance(order.command, Execute)
    return order.command.argument


def test_A14_an_outside_number_is_rung_through_the_gateway_and_asked_for_the_key() -> None:
    dialled = _dial_string(MOBILE)
    assert dialled.endswith("}sofia/gateway/carrier/013800138000")
    assert "group_confirm_key=1,group_confirm_file=file_string:///prompts/zh/press-one.wav" in dialled
    assert "originate_timeout=45," in dialled  # 20 to ring, 20 to accept, 5 for a late answer


def test_A14_a_whisper_is_said_before_the_question() -> None:
    dialled = _dial_string(replace(MOBILE, whisper=Prompt("sales", "zh")))
    assert "file_string:///prompts/zh/sales.wav!/prompts/zh/press-one.wav" in dialled


def test_A14_a_phone_of_ours_that_rings_as_well_is_not_asked() -> None:
    desk = OtherPhone(LegId("desk"), Extension("1001"), "n")
    common, _, legs = _dial_string(replace(MOBILE, others=(desk,))).partition("}")
    mobile, ours = legs.split(",[")
    assert "group_confirm" not in common
    assert "group_confirm_key=1" in mobile
    assert "group_confirm" not in ours
    assert ours.endswith("]user/1001@switch")


def test_A14_beside_a_mobile_a_phone_of_ours_hears_the_whisper_by_itself() -> None:
    desk = OtherPhone(LegId("desk"), Extension("1001"), "n")
    dialled = _dial_string(replace(MOBILE, others=(desk,), whisper=Prompt("sales", "zh")))
    assert "group_confirm_key=exec,group_confirm_file='playback /prompts/zh/sales.wav']user/1001" in dialled


@pytest.mark.parametrize("number", ["1@evil", "1,2", "&park()", "12 34", "+"])
def test_A14_what_is_no_number_is_not_dialled(number: str) -> None:
    with pytest.raises(UserMistake, match="number_not_dialable"):
        _dial_string(replace(MOBILE, phone=Extension(number)))
