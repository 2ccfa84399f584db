"""What a gateway may be called: as long as its name can be said in every order to the switch."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.store.dialling import GatewayEntry, checked_gateway


def test_a_name_of_forty_signs_is_the_longest() -> None:
    assert checked_gateway(GatewayEntry("g" * 40, "203.0.113.7")).name == "g" * 40
    with pytest.raises(UserMistake) as refused:
        checked_gateway(GatewayEntry("g" * 41, "203.0.113.7"))
    assert refused.value.code == "gateway_value_bad"
