"""What a caller hears while the application `bridge` rings somebody, and what the switch tells of it: nothing."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import HangUp, Phone, PhoneBehaviour, Reaction, Wait, WaitForPrompt, WaitForTalk
from tests.unit.virtual_switch.box import Box
from tests.unit.virtual_switch.calls import MUSIC, answered_call, call

DIAL = "user/1001@127.0.0.1"
ANSWERS = PhoneBehaviour(answer_after=0.2)
RINGS_LATE = PhoneBehaviour(Reaction.BUSY, ring_after=0.2)
"""Refuses without having rung."""


def lived(box: Box, uuid: str) -> list[str]:
    """Kinds of what a caller lived through after the answer."""
    kinds = [note.kind for note in box.stage.journal(uuid).notes]
    return kinds[kinds.index("answered") + 1 :]


def test_an_answered_caller_hears_transfer_ringback_until_somebody_answers(box: Box) -> None:
    box.phone(Phone("1001", (ANSWERS,)))
    uuid, line = answered_call(box)
    line.app("set", "ringback=silence_stream://-1")
    line.app("set", f"transfer_ringback={MUSIC}")
    line.app("bridge", DIAL, wait=False)
    line.event("CHANNEL_BRIDGE")
    box.until(lambda: "talk_start" in lived(box, uuid))
    assert box.stage.journal(uuid).heard() == (MUSIC,)
    assert lived(box, uuid) == ["prompt_start", "prompt_end", "talk_start"]
    assert not [name for name in line.order if name.startswith("PLAYBACK")]


def test_a_caller_who_waits_for_the_music_hears_it_while_the_phone_rings(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(Reaction.NO_ANSWER),)))
    inbound = box.inbound("CHANNEL_HANGUP_COMPLETE")
    uuid, line = answered_call(box, WaitForPrompt("tone_stream"), HangUp())
    line.app("set", f"transfer_ringback={MUSIC}")
    line.app("bridge", f"{{origination_uuid=b-1}}{DIAL}", wait=False)
    assert inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="b-1")["Hangup-Cause"] == "ORIGINATOR_CANCEL"
    box.stage.wait_for_end(uuid)
    assert "prompt_end" in lived(box, uuid)


@pytest.mark.parametrize(("prefix", "heard"), [("", ()), ("{instant_ringback=true}", (MUSIC,))])
def test_before_anything_rings_it_sounds_only_with_instant_ringback(
    box: Box, prefix: str, heard: tuple[str, ...]
) -> None:
    box.phone(Phone("1001", (RINGS_LATE,)))
    uuid, line = answered_call(box)
    line.app("set", "continue_on_fail=true")
    line.app("set", f"transfer_ringback={MUSIC}")
    assert line.app("bridge", f"{prefix}{DIAL}")["variable_originate_disposition"] == "USER_BUSY"
    assert box.stage.journal(uuid).heard() == heard


def test_instant_ringback_may_stand_on_the_callers_channel(box: Box) -> None:
    box.phone(Phone("1001", (RINGS_LATE,)))
    uuid, line = answered_call(box)
    for each in ("continue_on_fail=true", "instant_ringback=true", f"transfer_ringback={MUSIC}"):
        line.app("set", each)
    line.app("bridge", DIAL)
    assert lived(box, uuid) == ["prompt_start", "prompt_end"]


def test_an_unanswered_caller_hears_ringback_as_early_media(box: Box) -> None:
    box.phone(Phone("1001", (ANSWERS,)))
    uuid, line = call(box)
    line.app("set", "transfer_ringback=silence_stream://-1")
    line.app("set", f"ringback={MUSIC}")
    line.app("bridge", DIAL, wait=False)
    assert line.event("CHANNEL_PROGRESS_MEDIA")["Unique-ID"] == uuid
    line.event("CHANNEL_BRIDGE")
    assert box.stage.journal(uuid).heard() == (MUSIC,)


@pytest.mark.parametrize("sound", ["silence:1400", "/nowhere/music.wav"])
def test_where_there_is_no_sound_nothing_is_heard(box: Box, sound: str) -> None:
    box.phone(Phone("1001", (ANSWERS,)))
    uuid, line = answered_call(box)
    line.app("set", f"transfer_ringback={sound}")
    line.app("bridge", f"{{instant_ringback=true}}{DIAL}", wait=False)
    line.event("CHANNEL_BRIDGE")
    assert box.stage.journal(uuid).heard() == ()


def test_a_second_phone_has_the_music_go_on_from_its_beginning(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(Reaction.NO_ANSWER),)))
    box.phone(Phone("1002", (ANSWERS,)))
    uuid, line = answered_call(box)
    line.app("set", f"transfer_ringback={MUSIC}")
    line.app("bridge", f"[leg_timeout=1]{DIAL}|user/1002@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    assert box.stage.journal(uuid).heard() == (MUSIC, MUSIC)


def test_a_caller_waits_for_each_talk(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1, talk=0.1),)))
    uuid, line = answered_call(box, Wait(0.5), WaitForTalk(), WaitForTalk(), HangUp())
    line.app("bridge", DIAL)
    line.app("bridge", DIAL, wait=False)
    kinds = [note.kind for note in box.stage.wait_for_end(uuid).notes]
    assert [kind for kind in kinds if kind in ("talk_start", "hangs_up")] == ["talk_start", "talk_start", "hangs_up"]
