"""A caller who knows one codec alone is answered with it, and hears what we play.

FreeSWITCH is the caller here, because it knows all four codecs: it calls itself at the carriers' door and records what
it hears.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from fs_control.esl import EventMessage
from fs_control.media.prompts import prompts_folder
from fs_control.records import EndedBy
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import SERVICE_NUMBER, RealHouse
from tests.freeswitch.sound import likeness, loudness

pytestmark = pytest.mark.freeswitch

LISTENS_S = 4
"""To the greeting, which lasts about as long."""
COMPARED_S = 2.5
ALIKE = 0.9
AUDIBLE = 500.0
"""About -36 dB, at the loudest moment."""


@pytest.mark.parametrize("codec", ["PCMA", "PCMU", "G722", "opus"])
def test_a_caller_with_one_codec_hears_the_greeting(
    house: RealHouse, freeswitch: PrivateSwitch, tmp_path: Path, codec: str
) -> None:
    answered: list[EventMessage] = []
    file, leg = tmp_path / "heard.wav", str(uuid4())
    with freeswitch.events(answered.append) as events:
        events.subscribe("CHANNEL_ANSWER")
        variables = f"{{origination_uuid={leg},absolute_codec_string={codec.upper()}}}"
        door = f"{freeswitch.addresses.host}:{freeswitch.addresses.trunks_port}"
        caller = f"{variables}sofia/trunks/{SERVICE_NUMBER}@{door}"
        assert events.api("originate", f"{caller} '&record({file} {LISTENS_S})'").startswith("+OK")
        house.wait_for(lambda: len(house.records.recent(1)) == 1)
    (record,) = house.records.recent(1)
    assert record.ended_by is EndedBy.CALLER
    codecs = {(event.get("Unique-ID"), event.get("Channel-Read-Codec-Name")) for event in answered}
    assert codecs == {(leg, codec), (record.leg, codec)}
    assert max(loudness(file)) > AUDIBLE
    greeting, other = (prompts_folder() / "zh" / f"{name}.wav" for name in ("welcome", "no-number"))
    assert likeness(file, greeting, COMPARED_S) > ALIKE > likeness(file, other, COMPARED_S)
