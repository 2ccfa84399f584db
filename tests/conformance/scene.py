"""The acts that a recording's line 1 tells, as scripts of the virtual switch.

Owns the words of `scene.acts` (README of the traces): who listens, registers, dials, holds, transfers, hangs up or
vanishes. A phone's later acts become steps of its behaviour, counted from the answer of its call. Easy to break: a
phone that dials is a caller to the switch, with the phone's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Hold,
    Phone,
    PhoneBehaviour,
    Refer,
    ReferWithReplaces,
    Resume,
    Step,
    Vanish,
    Wait,
    WaitForAnswer,
)
from tests.conformance.laboratory import BEHAVIOURS, CALLER_NAME, CALLER_NUMBER, CALLERS, UNATTENDED, known, phone
from tests.conformance.recording import Recording

STEPS: dict[str, Step] = {
    "holds": Hold(),
    "resumes": Resume(),
    "transfers": ReferWithReplaces(),
    "hangs up": HangUp(),
    "vanishes": Vanish(),
}
Words = dict[str, Any]
DIALLED_NUMBER = "02112345678"
"""Whom the recordings dial through the gateway."""
SIPP_STARTS = 0.05
"""Seconds, at the least, from the start of sipp to its first message."""


def scripted_acts(recording: Recording) -> Iterator[tuple[float, Phone | CallerScript]]:
    """Phones that register and callers that dial, each with its moment, in order."""
    acts: list[Words] = recording.scene["acts"]
    listening: dict[str, PhoneBehaviour] = {}
    for act in acts:
        number = act["who"].removeprefix("phone ")
        match act["does"]:
            case "listens" if number == "party":
                behaviour = known(act["scenario"], BEHAVIOURS)
                yield act["t"], Phone(DIALLED_NUMBER, (behaviour,), registered=False, contact_port=act["port"])
            case "listens":
                behaviour = known(act["scenario"], BEHAVIOURS)
                listening[number] = replace(behaviour, steps=(*behaviour.steps, *_steps(recording, act["who"])))
            case "registers":
                behaviour = listening.get(number, UNATTENDED)
                yield act["t"] + SIPP_STARTS, phone(number, behaviour, expires=act["expires"], port=act["port"])
            case "dials" if act["who"] == "caller":
                does = known(act["scenario"], CALLERS)
                steps = (*does.steps, *_steps(recording, "caller"))
                who = replace(does, caller_number=CALLER_NUMBER, caller_name=CALLER_NAME)
                yield act["t"] + SIPP_STARTS, replace(who, number=act["number"], steps=steps)
            case "dials":
                yield act["t"], CallerScript(act["number"], phone=number)


def _steps(recording: Recording, who: str) -> Iterator[Step]:
    """What somebody does after the answer, with the waits between."""
    done = [act for act in recording.scene["acts"] if act["who"] == who and act["does"] in (*STEPS, "refers")]
    if not done:
        return
    before = _answered(recording, who)
    if who == "caller":
        yield WaitForAnswer()
    for act in done:
        yield Wait(max(0.0, act["t"] - before))
        yield Refer(act["number"]) if act["does"] == "refers" else STEPS[act["does"]]
        before = act["t"]


def _answered(recording: Recording, who: str) -> float:
    """When the call of a caller or phone was answered, as the controller heard it."""
    direction = "inbound" if who == "caller" else "outbound"
    numbers = ("", who.removeprefix("phone "))
    for row in recording.received():
        frame = row.frame
        with_phone = who != "caller" and frame.get("Other-Leg-Destination-Number") in numbers
        bridged = frame.get("Event-Name") == "CHANNEL_BRIDGE" and with_phone
        told = frame.get("Event-Name") == "CHANNEL_ANSWER" and frame.get("Call-Direction") == direction
        if bridged or (told and who.removeprefix("phone ") in (who, frame.get("Caller-Destination-Number"))):
            return row.t
    return float(recording.scene["acts"][-1]["t"])
