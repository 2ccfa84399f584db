"""The file that the switch leaves of each ended leg; what is in it is compared with a FreeSWITCH's in scenarios."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fs_control.virtual_switch.bus import EventBus
from fs_control.virtual_switch.cdr_files import cdr_of, write_cdr
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.states import Direction
from fs_control.virtual_switch.timing import Timing


@pytest.fixture
def channel() -> Channel:
    """A caller whose name no UTF-8 can hold, and who has been joined by name once."""
    timing = Timing(SwitchClock(0.0, 0.0, 1.0))
    bus = EventBus(timing, "core", "box")
    leg = Channel(bus, timing, lambda _uuid: None, {}, "leg-1", Direction.INBOUND)
    leg.profile = CallerProfile(Direction.INBOUND, "leg-1", "sofia/x", "4001", caller_id_name="\udcd5", ani="138")
    leg.variables.set("uuid", "leg-1")
    leg.step_profile("another")
    leg.hang_up("NORMAL_CLEARING")
    leg.note_hangup_time()
    return leg


def test_the_newest_profile_comes_first_and_has_the_end(channel: Channel) -> None:
    found = json.loads(cdr_of("core", "box", channel).decode("utf-8", "replace"))
    assert [each["profile_index"] for each in found["callflow"]] == ["2", "1"]
    assert [each["times"]["hangup_time"] != "0" for each in found["callflow"]] == [True, False]


def test_a_name_is_the_bytes_that_came(channel: Channel) -> None:
    assert b'"caller_id_name":"\xd5"' in cdr_of("core", "box", channel)


def test_the_file_is_called_by_the_leg_and_stands_on_one_line(channel: Channel, tmp_path: Path) -> None:
    write_cdr(tmp_path / "cdrs", "core", "box", channel)
    data = (tmp_path / "cdrs" / "leg-1.cdr.json").read_bytes()
    assert (data.count(b"\n"), data[-1:]) == (1, b"\n")


def test_a_folder_that_cannot_be_made_costs_no_call(
    channel: Channel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cdrs").write_text("a file")
    write_cdr(tmp_path / "cdrs", "core", "box", channel)
    assert "leg-1" in capsys.readouterr().err
