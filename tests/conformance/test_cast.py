"""Who plays in a trace: what its line 1 says, what the table says, and what is inferred where neither says anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.virtual_switch.script import HangUp, Hold, Reaction, Refer, Resume, Step, Vanish, Wait, WaitForAnswer
from tests.conformance.cast import ROLES, Act, acts_of
from tests.conformance.inference import caller_steps, phone_behaviours
from tests.conformance.laboratory import extensions
from tests.conformance.recording import TRACES, Kind, Recording, read_recording, recordings, trace_name


def trace(name: str) -> Recording:
    return read_recording(TRACES / f"{name}.jsonl.gz")


def caller(recording: Recording) -> str:
    return next(row.frame.get("Unique-ID") for row in recording.received() if row.frame.kind is Kind.CHANNEL)


def calls(acts: list[Act]) -> list[Act]:
    return [act for act in acts if act.call is not None]


@pytest.mark.parametrize("path", recordings(), ids=trace_name)
def test_every_trace_has_a_cast(path: object) -> None:
    recording = read_recording(path)  # type: ignore[arg-type]
    acts = acts_of(recording)
    assert acts == sorted(acts, key=lambda act: act.t)
    assert recording.scene or recording.name in ROLES


@pytest.mark.parametrize(
    ("name", "number", "reactions"),
    [
        ("bridge-busy", "1001", [Reaction.BUSY]),
        ("bridge-declined", "1001", [Reaction.DECLINE]),
        ("bridge-no-answer", "1001", [Reaction.NO_ANSWER]),
        ("bridge-second-agent", "1001", [Reaction.BUSY]),
        ("bridge-second-agent", "1002", [Reaction.ANSWER]),
        ("caller-abandons-while-agent-rings", "1001", [Reaction.NO_ANSWER]),
        ("consult-transfer", "1002", [Reaction.ANSWER, Reaction.ANSWER]),
    ],
)
def test_what_a_phone_did_is_inferred(name: str, number: str, reactions: list[Reaction]) -> None:
    assert [each.reaction for each in phone_behaviours(trace(name), number)] == reactions


def test_a_phone_that_hung_up_is_inferred() -> None:
    (behaviour,) = phone_behaviours(trace("bridge-agent-bye"), "1001")
    assert behaviour.answer_after == pytest.approx(0.6, abs=0.05)
    assert behaviour.talk == pytest.approx(1.2, abs=0.05)


@pytest.mark.parametrize(
    ("name", "keys"), [("phone-hold-reinvite", [Hold(), Resume()]), ("phone-refer-blind", [Refer("1002")])]
)
def test_the_keys_that_a_phone_pressed_are_inferred(name: str, keys: list[Step]) -> None:
    (behaviour, *_) = phone_behaviours(trace(name), "1001")
    assert [step for step in behaviour.steps if not isinstance(step, Wait)] == keys
    waits = [step.seconds for step in behaviour.steps if isinstance(step, Wait)]
    assert waits == pytest.approx([1.0, 2.0] if len(keys) > 1 else [1.2], abs=0.1)


def test_a_caller_who_hung_up_is_inferred() -> None:
    recording = trace("caller-hangs-up-in-playback")
    answered, wait, hang_up = caller_steps(recording, caller(recording))
    assert (answered, hang_up) == (WaitForAnswer(), HangUp())
    assert isinstance(wait, Wait)
    assert wait.seconds == pytest.approx(2.5, abs=0.05)


def test_a_trace_that_nobody_knows_has_its_callers_and_phones() -> None:
    acts = acts_of(replace(trace("bridge-busy"), name="never-seen"))
    (call,) = calls(acts)
    assert call.call is not None
    assert (call.call.number, call.call.caller_number, call.call.caller_name) == (
        "4001234567",
        "13800138000",
        b"Zhang San",
    )
    assert {act.phone.number for act in acts if act.phone is not None} == {"1001", "1002"}


def test_a_scene_is_played_as_it_was_written_down() -> None:
    recording = trace("rtp-time-out-caller")
    (call,) = calls(acts_of(recording))
    assert call.call is not None
    assert call.uuid == caller(recording)
    assert call.call.steps[-1] == Vanish()


def test_a_scenario_that_nobody_knows_is_named() -> None:
    acts = [{"t": 0.1, "who": "phone 1001", "does": "listens", "scenario": "uas_sings.xml", "port": 6001}]
    recording = replace(trace("bridge-busy"), scene={"settings": {}, "acts": acts})
    with pytest.raises(LookupError, match=r"uas_sings\.xml"):
        acts_of(recording)


def test_the_laboratory_hands_its_calls_to_the_controller_of_the_replay() -> None:
    found = {extension.name: extension for extension in extensions("127.0.0.1:12345")}
    assert found["esl"].actions[0].data == "127.0.0.1:12345 async full"
    assert not any(action.data and "8084" in action.data for each in found.values() for action in each.actions)
    assert {each.context for each in found.values()} >= {"default", "return"}
