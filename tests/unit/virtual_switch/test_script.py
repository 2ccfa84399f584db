"""Scripts survive the way through JSON, and nonsense is refused with a name for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fs_control.errors import UserMistake
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Hold,
    Phone,
    PhoneBehaviour,
    Press,
    PromptEdge,
    Reaction,
    Refer,
    ReferWithReplaces,
    Resume,
    Vanish,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)

SCRIPT = CallerScript(
    "4001234567",
    "13800138000",
    "张三".encode("gbk"),
    (WaitForAnswer(), Wait(1.5), WaitForPrompt("menu", PromptEdge.END), Press("12#", 0.1), WaitForTalk(), HangUp()),
    "vip",
)


def test_a_script_comes_back_from_json_with_the_bytes_of_its_name() -> None:
    assert CallerScript.from_json(json.loads(json.dumps(SCRIPT.to_json()))) == SCRIPT


def test_a_phone_comes_back_from_json() -> None:
    steps = (Wait(1.0), Hold(), Resume(), Press("1"), Refer("1002"), ReferWithReplaces(), Vanish(), HangUp())
    busy = PhoneBehaviour(early_media=0.1, steps=steps)
    phone = Phone("1001", (PhoneBehaviour(Reaction.NO_ANSWER), PhoneBehaviour(talk=3.0), busy), False, 6001)
    assert Phone.from_json(json.loads(json.dumps(phone.to_json()))) == phone


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": 5},
        {"number": "4001\r\nX: y"},
        {"number": "1", "steps": {}},
        {"number": "1", "steps": [{"step": "sing"}]},
        {"number": "1", "steps": [{"step": "wait"}]},
        {"number": "1", "steps": [{"step": "refer"}]},
        {"number": "1", "steps": [{"step": "refer", "to": "1002 Replaces: x"}]},
        {"number": "1", "steps": [{"step": "wait", "seconds": -1}]},
        {"number": "1", "steps": [{"step": "press", "digits": "1x"}]},
        {"number": "1", "steps": [{"step": "wait_for_prompt", "text": "a", "edge": "middle"}]},
    ],
)
def test_a_script_that_makes_no_sense_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(UserMistake, match="script_invalid"):
        CallerScript.from_json(data)


@pytest.mark.parametrize(
    "data",
    [
        {"number": "1001", "behaviours": []},
        {"number": "1001", "behaviours": [{"reaction": "explode"}]},
        {"number": "1001", "behaviours": [{"answer_after": "soon"}]},
        {"number": "1001", "contact_port": 70000},
    ],
)
def test_a_phone_that_makes_no_sense_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(UserMistake, match="script_invalid"):
        Phone.from_json(data)
