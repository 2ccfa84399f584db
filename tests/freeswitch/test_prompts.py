"""FreeSWITCH plays what lies in the library at that moment, and sees it where we say it is (N5).

FreeSWITCH is the caller here: it calls itself at the carriers' door and records what it hears.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import gevent
import pytest

from fs_control.media.prompts import prompts_folder
from tests.freeswitch.events import EventSocket
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import DIRECTORY, SERVICE_NUMBER, RealHouse
from tests.freeswitch.sound import likeness, loudness

pytestmark = pytest.mark.freeswitch

LISTENS_S = 4
COMPARED_S = 2.5
AUDIBLE = 500.0
"""About -36 dB, at the loudest moment."""
OLD, NEW = (prompts_folder() / "zh" / f"{name}.wav" for name in ("welcome", "no-number"))
NUMBER_FLOW = """flow: main
language: zh
start: number
steps:
  number: {do: say, text: "{call.number:digits}", next: bye}
  bye: {do: hangup}
"""
HOTLINE_FLOW = """flow: hotline
language: zh
start: bye
steps:
  bye: {do: hangup}
"""


def heard(
    house: RealHouse, switch: PrivateSwitch, file: Path, meanwhile: Callable[[EventSocket, str], None] | None = None
) -> Path:
    """Call, listen for some seconds, and return what was heard."""
    before = len(house.records.recent(100))
    door = f"{switch.addresses.host}:{switch.addresses.trunks_port}"
    with switch.events() as events:
        leg = str(uuid4())
        caller = f"{{origination_uuid={leg},absolute_codec_string=PCMA}}sofia/trunks/{SERVICE_NUMBER}@{door}"
        assert events.api("originate", f"{caller} '&record({file} {LISTENS_S})'").startswith("+OK")
        if meanwhile is not None:
            meanwhile(events, leg)
        house.wait_for(lambda: len(house.records.recent(100)) > before)
    return file


def which(file: Path) -> Path:
    """Return which of the two greetings this sounds like; a machine under load cuts pieces out of either."""
    sounds = loudness(file)
    assert max(sounds) > AUDIBLE
    return max((OLD, NEW), key=lambda greeting: likeness(file, greeting, COMPARED_S))


def test_N5_a_replaced_prompt_is_heard_from_the_next_call_on(
    house: RealHouse, freeswitch: PrivateSwitch, tmp_path: Path
) -> None:
    """Replacing a prompt file changes the next call without a restart."""
    assert which(heard(house, freeswitch, tmp_path / "1.wav")) == OLD
    house.type(f"prompt add welcome {NEW}")
    assert which(heard(house, freeswitch, tmp_path / "2.wav")) == NEW
    house.type("prompt remove welcome")
    assert which(heard(house, freeswitch, tmp_path / "3.wav")) == OLD


def test_N5_a_call_that_is_playing_the_old_one_is_not_disturbed(
    house: RealHouse, freeswitch: PrivateSwitch, tmp_path: Path
) -> None:
    def replace_it(_events: EventSocket, _leg: str) -> None:
        gevent.sleep(0.7)  # in the middle of the greeting
        house.type(f"prompt add welcome {NEW}")

    assert which(heard(house, freeswitch, tmp_path / "during.wav", replace_it)) == OLD


def test_N5_a_number_is_spoken_of_recorded_parts(house: RealHouse, freeswitch: PrivateSwitch, tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    flows.mkdir()
    for name, text in (("main", NUMBER_FLOW), ("hotline", HOTLINE_FLOW)):
        (flows / f"{name}.yaml").write_text(text, encoding="utf-8")
    house.configure(DIRECTORY, flows)
    sounds = loudness(heard(house, freeswitch, tmp_path / "number.wav"))
    assert max(sounds) > AUDIBLE
    words = sum(1 for before, after in pairwise(sounds) if before < AUDIBLE <= after)
    assert words >= 5  # of ten digits in four seconds; some follow each other without a pause


def test_N5_the_switch_sees_the_library_by_the_name_that_it_is_given(
    house: RealHouse, freeswitch: PrivateSwitch
) -> None:
    library = house.engine.journal_folder.parent / "prompts"
    with freeswitch.events() as events:
        assert events.api("file_exists", f"{library}/zh/welcome.wav").strip() == "true"
        assert events.api("file_exists", f"{library}/zh/no-such-prompt.wav").strip() == "false"
