"""The dialplan of the box hands calls over as the shipped one does, and a controller may die.

A caller whom the controller lets go of is offered again; a pair joined with socket_resume=false talks on without it.
Time runs ten times as fast as life, so that three seconds of music pass in a moment.
"""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.dialplan import HOLD_MUSIC, Action, to_controller
from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import PASSWORD, Box, Line, running_box
from tests.unit.virtual_switch.calls import CALLER, MUSIC, NUMBER, agent_leg, answered_call

SHIPPED = Path(__file__).parents[3] / "dialplan"
AGENT = "22222222-2222-3333-4444-555555555555"
RETURN = "socket_resume=false;hangup_after_bridge=false;transfer_after_bridge=fs_control:XML:fs_control_return"


def fast(rate: float) -> SwitchClock:
    return SwitchClock(time.time(), time.time(), rate)


@pytest.fixture(scope="module")
def quick_switch() -> Iterator[Box]:
    with running_box(fast(10)) as running:
        yield running


@pytest.fixture
def box(quick_switch: Box) -> Iterator[Box]:
    plan = to_controller(f"127.0.0.1:{quick_switch.listener.getsockname()[1]}")
    quick_switch.stage.set_dialplan(plan.extensions, plan.caller_context, plan.phone_context)
    yield quick_switch
    quick_switch.clean_up()


def is_waiting(box: Box) -> Line:
    """The next connection, connected, with its events."""
    line = box.accept()
    for command in ("connect", "linger 5", "myevents"):
        line.ask(command)
    return line


def talking(box: Box) -> tuple[str, Line, Line]:
    """A caller and an agent joined so that they need no controller: the caller's uuid, its wire, the inbound wire."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1),)))
    inbound = box.inbound("BACKGROUND_JOB CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE")
    uuid, line = answered_call(box)
    line.app("playback", MUSIC, wait=False)
    agent_leg(box, inbound, AGENT)
    assert inbound.ask(f"api uuid_setvar_multi {uuid} fsc_call_id=c-1;{RETURN}") == "+OK\n"
    inbound.ask(f"api uuid_bridge {uuid} {AGENT}")
    line.event("CHANNEL_BRIDGE")
    return uuid, line, inbound


def comes_back(box: Box, uuid: str) -> None:
    """The caller is offered on a new connection, in our return context, still answered, with its variables."""
    back = is_waiting(box)
    assert back.ask("getvar uuid") == uuid
    assert (back.ask("getvar destination_number"), back.ask("getvar context")) == ("fs_control", "fs_control_return")
    assert (back.ask("getvar fsc_call_id"), back.ask("getvar socket_resume")) == ("c-1", "true")
    assert back.app("playback", "silence_stream://100")["Answer-State"] == "answered"


def test_the_box_hands_over_as_the_shipped_dialplan_does() -> None:
    controllers = "127.0.0.1:8084"
    values = {"fs_control_controllers": controllers, "fs_control_retry_s": "3", "fs_control_hold_music": HOLD_MUSIC}
    text = (SHIPPED / "hand_over" / "hand_over.xml").read_text().replace("$${fs_control_media}/", "")
    text = re.sub(r"\$\$\{(\w+)\}", lambda found: values[found.group(1)], text)
    shipped = [Action(each.attrib["application"], each.get("data")) for each in Xml.fromstring(text).iter("action")]
    plan = to_controller(controllers)
    assert plan.caller_context == "fs_control"
    for context in ("fs_control", "fs_control_return"):
        match = plan.find("whatever", context)
        assert match is not None
        assert list(match.extension.actions) == shipped


def test_a_caller_whose_controller_goes_hears_music_and_is_offered_again_with_its_variables(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("set", "fsc_call_id=c-1")
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.close()
    again = is_waiting(box)
    assert (again.ask("getvar uuid"), again.ask("getvar fsc_call_id")) == (uuid, "c-1")
    assert again.app("playback", "silence_stream://100")["Answer-State"] == "answered"
    heard = [(note.kind, note.detail) for note in box.stage.journal(uuid).notes]
    assert heard.index(("prompt_end", HOLD_MUSIC)) > heard.index(("prompt_start", HOLD_MUSIC)) > 0


def test_a_controller_that_goes_before_it_says_connect_has_the_caller_offered_again(box: Box) -> None:
    uuid, line = box.call(CallerScript(NUMBER, CALLER))
    line.close()
    assert is_waiting(box).ask("getvar uuid") == uuid


def test_a_pair_joined_without_socket_resume_survives_its_controller(box: Box) -> None:
    uuid, line, inbound = talking(box)
    line.close()
    inbound.settle()
    assert not inbound.events[1:]
    assert inbound.ask(f"api uuid_getvar {uuid} bridge_to") == AGENT


@pytest.mark.parametrize("stands", [True, False])
def test_when_the_agent_leaves_the_caller_comes_on_a_new_connection(box: Box, stands: bool) -> None:
    uuid, line, inbound = talking(box)
    if not stands:
        line.close()
    inbound.ask(f"api uuid_kill {AGENT}")
    comes_back(box, uuid)
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=AGENT)
    if stands:
        assert line.ask("getvar uuid") == uuid
        assert not line.closed


def test_with_socket_resume_the_end_of_the_controller_cuts_the_pair(box: Box) -> None:
    uuid, line, inbound = talking(box)
    inbound.ask(f"api uuid_setvar {uuid} socket_resume true")
    line.close()
    assert inbound.event("CHANNEL_HANGUP_COMPLETE")["Unique-ID"] == AGENT
    assert is_waiting(box).ask("getvar uuid") == uuid


# The same where the caller's own leg runs `bridge`: it rings the agent with music, and talks in it.


def bridging(box: Box, behaviour: PhoneBehaviour) -> tuple[str, Line, Line]:
    """A caller for whom an agent is rung; the pair needs no controller: uuid, the caller's wire, the inbound one."""
    box.phone(Phone("1001", (behaviour,)))
    inbound = box.inbound("CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE")
    uuid, line = answered_call(box)
    for each in ("fsc_call_id=c-1", "continue_on_fail=true", f"transfer_ringback={MUSIC}"):
        line.app("set", each)
    safe = f"api_on_answer='uuid_setvar {uuid} socket_resume false'"
    line.app("bridge", f"{{origination_uuid={AGENT},{safe}}}user/1001@127.0.0.1", f"Event-UUID: {AGENT}", wait=False)
    return uuid, line, inbound


def notes(box: Box, uuid: str) -> list[tuple[str, str]]:
    return [(note.kind, note.detail) for note in box.stage.journal(uuid).notes]


def offered_again(box: Box, uuid: str) -> Line:
    """The caller has heard three seconds of the dialplan's music and is offered where the controller listens."""
    again = is_waiting(box)
    assert (again.ask("getvar uuid"), again.ask("getvar fsc_call_id")) == (uuid, "c-1")
    assert again.app("playback", "silence_stream://100")["Answer-State"] == "answered"
    assert ("prompt_end", HOLD_MUSIC) in notes(box, uuid)
    return again


def test_a_controller_that_goes_while_bridge_rings_has_the_phone_cancelled_and_the_caller_offered_again(
    box: Box,
) -> None:
    uuid, line, inbound = bridging(box, PhoneBehaviour(Reaction.NO_ANSWER))
    box.until(lambda: ("prompt_start", MUSIC) in notes(box, uuid))
    line.close()
    assert inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=AGENT)["Hangup-Cause"] == "ORIGINATOR_CANCEL"
    assert offered_again(box, uuid).ask("getvar socket_resume") == "true"
    lived = notes(box, uuid)
    assert lived.index(("prompt_end", MUSIC)) < lived.index(("prompt_start", HOLD_MUSIC))


def test_a_pair_in_bridge_survives_its_controller_and_the_caller_is_offered_when_the_agent_leaves(box: Box) -> None:
    uuid, line, inbound = bridging(box, PhoneBehaviour(answer_after=0.1))
    inbound.event("CHANNEL_BRIDGE", Unique_ID=uuid)
    line.close()
    box.until(lambda: box.stage.snapshot().wires == 1)
    inbound.settle()
    assert "CHANNEL_UNBRIDGE" not in inbound.order
    assert inbound.ask(f"api uuid_getvar {uuid} bridge_to") == AGENT
    inbound.ask(f"api uuid_kill {AGENT}")
    inbound.event("CHANNEL_UNBRIDGE", Unique_ID=uuid)
    assert offered_again(box, uuid).ask("getvar socket_resume") == "true"
    lived = notes(box, uuid)
    assert lived.index(("talk_end", AGENT)) < lived.index(("prompt_start", HOLD_MUSIC))


def test_who_talked_while_a_controller_died_outlives_the_next_one_too_whenever_that_dies(box: Box) -> None:
    uuid, line, inbound = bridging(box, PhoneBehaviour(answer_after=0.1))
    inbound.event("CHANNEL_BRIDGE", Unique_ID=uuid)
    line.close()
    inbound.ask(f"api uuid_kill {AGENT}")
    offered_again(box, uuid).close()
    assert offered_again(box, uuid).ask("getvar socket_resume") == "true"


def test_a_controller_that_stands_has_the_caller_again_when_the_agent_leaves_bridge(box: Box) -> None:
    _, line, inbound = bridging(box, PhoneBehaviour(answer_after=0.1))
    line.event("CHANNEL_BRIDGE")
    inbound.ask(f"api uuid_kill {AGENT}")
    assert line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")["Application-UUID"] == AGENT
    assert line.app("playback", "silence_stream://100")["Application-Response"] == "FILE PLAYED"


def test_while_nobody_answers_the_caller_hears_music_twenty_times_and_the_call_ends() -> None:
    switch = start_virtual_switch("127.0.0.1:1", PASSWORD, clock=fast(60))
    try:
        with switch.stage() as stage:
            lived = stage.wait_for_end(stage.place_call(CallerScript(NUMBER, CALLER)))
    finally:
        switch.stop()
    assert (lived.heard(), lived.cause) == ((HOLD_MUSIC,) * 20, "NORMAL_TEMPORARY_FAILURE")
    assert "answered" not in [note.kind for note in lived.notes]


def test_what_a_phone_dials_is_handed_over_with_the_name_for_which_it_gave_its_password(box: Box) -> None:
    box.phone(Phone("1001"))
    _, line = box.call(CallerScript("8002", phone="1001"))
    line.ask("connect")
    assert (line.ask("getvar fsc_phone"), line.ask("getvar context")) == ("1001", "fs_control_phones")
    assert line.ask("getvar destination_number") == "8002"


def test_somebody_from_outside_is_no_phone_of_ours(box: Box) -> None:
    box.phone(Phone("1001"))
    _, line = box.call(CallerScript("8002", "1001"))
    line.ask("connect")
    assert line.ask("getvar context") == "fs_control"
    assert line.ask("getvar fsc_phone").startswith("-ERR")
