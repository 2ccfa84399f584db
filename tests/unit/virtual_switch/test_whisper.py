"""What somebody who has answered hears before being joined (group_confirm_key=exec), as in the traces whisper-*."""

from __future__ import annotations

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Headers, Line
from tests.unit.virtual_switch.calls import MUSIC, answered_call

ANSWERS = PhoneBehaviour(answer_after=0.1)
RINGS = PhoneBehaviour(Reaction.NO_ANSWER)
ONE = "[origination_uuid=a-1]user/1001@127.0.0.1"
BOTH = f"{ONE},[origination_uuid=a-2]user/1002@127.0.0.1"
EVENTS = "CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START CHANNEL_HANGUP"


def rung(box: Box, whisper: str, *phones: PhoneBehaviour, dial: str = ONE, more: str = "") -> tuple[str, Line, Line]:
    """A caller for whom phones ring, with music: the uuid, its wire, and one that is told of the legs."""
    for number, behaviour in enumerate(phones, 1001):
        box.phone(Phone(str(number), (behaviour,)))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    for each in ("continue_on_fail=true", f"transfer_ringback={MUSIC}"):
        line.app("set", each)
    variables = f"group_confirm_key=exec,group_confirm_file='playback {whisper}',ignore_early_media=true{more}"
    line.app("bridge", f"{{{variables}}}{dial}", wait=False)
    return uuid, line, inbound


def ended(line: Line) -> Headers:
    return line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")


def test_the_agent_hears_it_after_the_answer_and_before_the_join(box: Box) -> None:
    _, line, inbound = rung(box, "silence_stream://200", ANSWERS)
    line.event("CHANNEL_BRIDGE")
    inbound.event("CHANNEL_BRIDGE")
    legs = [each for each in inbound.events if each.get("Unique-ID") == "a-1" or each["Event-Name"] == "CHANNEL_BRIDGE"]
    assert [each["Event-Name"] for each in legs] == [
        "CHANNEL_ANSWER",
        "CHANNEL_EXECUTE",
        "PLAYBACK_START",
        "CHANNEL_EXECUTE_COMPLETE",
        "CHANNEL_BRIDGE",
    ]


def test_the_caller_hears_the_music_until_the_join(box: Box) -> None:
    uuid, line, inbound = rung(box, "silence_stream://-1", ANSWERS)
    inbound.event("PLAYBACK_START", Unique_ID="a-1")
    assert box.stage.journal(uuid).notes[-1].kind == "prompt_start"
    inbound.ask("api uuid_break a-1")
    line.event("CHANNEL_BRIDGE")
    box.until(lambda: "prompt_end" in [note.kind for note in box.stage.journal(uuid).notes])


def test_an_agent_who_leaves_meanwhile_leaves_the_caller_with_us(box: Box) -> None:
    _, line, inbound = rung(box, "silence_stream://-1", PhoneBehaviour(answer_after=0.1, talk=0.2))
    assert ended(line)["variable_originate_disposition"] == "NORMAL_CLEARING"
    assert inbound.event("CHANNEL_EXECUTE_COMPLETE", Unique_ID="a-1")["Application"] == "playback"
    assert line.app("playback", "silence_stream://20")["Application-Response"] == "FILE PLAYED"
    assert inbound.ask("api uuid_exists a-1") == "false"


def test_the_others_ring_on_until_it_is_over(box: Box) -> None:
    _, line, inbound = rung(box, "silence_stream://-1", RINGS, ANSWERS, dial=BOTH)
    inbound.event("PLAYBACK_START", Unique_ID="a-2")
    assert inbound.ask("api uuid_exists a-1") == "true"
    inbound.ask("api uuid_break a-2")
    assert inbound.event("CHANNEL_HANGUP", Unique_ID="a-1")["Hangup-Cause"] == "LOSE_RACE"
    assert line.event("CHANNEL_BRIDGE")["Bridge-B-Unique-ID"] == "a-2"


def test_the_time_of_the_round_goes_on_meanwhile(box: Box) -> None:
    _, line, _ = rung(box, "silence_stream://-1", ANSWERS, more=",originate_timeout=1")
    assert ended(line)["variable_originate_causes"] == "a-1;NO_ANSWER"


def test_the_legs_own_time_begins_anew_with_the_answer(box: Box) -> None:
    _, line, _ = rung(
        box, "silence_stream://2200", ANSWERS, more=",leg_timeout=1,group_confirm_timeout=5,originate_timeout=9"
    )
    line.event("CHANNEL_BRIDGE")


def test_what_cannot_be_played_ends_at_once(box: Box) -> None:
    _, line, inbound = rung(box, "/nowhere/whisper.wav", ANSWERS)
    line.event("CHANNEL_BRIDGE")
    done = inbound.event("CHANNEL_EXECUTE_COMPLETE", Unique_ID="a-1")
    assert done["Application-Response"] == "FILE NOT FOUND"


def test_a_key_that_nobody_presses_keeps_the_leg_waiting(box: Box) -> None:
    box.phone(Phone("1001", (ANSWERS,)))
    _, line = answered_call(box)
    line.app("set", "continue_on_fail=true")
    line.app("bridge", "{group_confirm_key=1,originate_timeout=1}user/1001@127.0.0.1", wait=False)
    assert ended(line)["variable_originate_disposition"] == "NO_ANSWER"
