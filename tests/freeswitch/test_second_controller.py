"""Several controllers may be listed: where the first is down, callers land at the next at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.records import Disposition
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import HOTLINE_NUMBER, TALKS, caller, real_house

pytestmark = pytest.mark.freeswitch


def test_a_caller_lands_at_the_second_controller_while_the_first_is_down(
    freeswitch: PrivateSwitch, tmp_path: Path, database_url: str
) -> None:
    with real_house(freeswitch, tmp_path, database_url, port=freeswitch.standby_port) as house:
        house.phone("1001", TALKS)
        house.sign_in("8001")
        leg = house.call(caller(number=HOTLINE_NUMBER))
        assert house.record_of(leg).disposition is Disposition.ANSWERED
        heard = house.stage.journal(leg).heard()
    assert not [sound for sound in heard if sound.startswith("local_stream")]
