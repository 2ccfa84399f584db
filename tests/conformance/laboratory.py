"""The laboratory of the traces: its dialplan and directory, and what each of its callers and phones does.

Owns reading lab/freeswitch-lab.xml into extensions of the virtual switch, and the behaviours that the phones of the
recordings had, under the names of their scenarios. Easy to break: the recordings hand calls to port 8084, a replay
hands them to a port of its own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Hold,
    Phone,
    PhoneBehaviour,
    Reaction,
    Refer,
    Refresh,
    Resume,
    Wait,
    WaitForAnswer,
)
from tests.traces.record.sounds import write_sounds

Scenario = TypeVar("Scenario")

FILE = Path(__file__).parent / "lab" / "freeswitch-lab.xml"
HAND_OVER = Path(__file__).parents[2] / "dialplan" / "hand_over" / "hand_over.xml"
SHIPPED_CONTEXTS: Final = ("fs_control", "fs_control_return")
SHIPPED: Final = Path(__file__).parents[2] / "dialplan" / "fs_control.xml"
PHONES_CONTEXT: Final = "fs_control_phones"
CONTROLLER: Final = "127.0.0.1:8084"
LAB_VARIABLES: Final = {
    "fs_control_controllers": CONTROLLER,
    "fs_control_hold_music": "tone_stream://%(1000,500,440);loops=-1",
    "fs_control_retry_s": "2",
    "fs_control_media": "/nowhere",
}
"""What the shipped dialplan was told in the laboratory."""
PASSWORD: Final = "ClueCon"
HOSTNAME: Final = "fs1"
HOLD_MUSIC: Final = "tone_stream://%(1000,1000,440);loops=-1"
FIRST_PHONE_PORT: Final = 5000
"""Phone 1001 listens on 6001, phone 1002 on 6002."""

ANSWER_AFTER: Final = 0.6
"""Seconds from 180 to 200 in every answering scenario."""
CALLER_HANGS_UP_AFTER: Final = 2.5
"""Seconds from the ACK to the BYE in `uac_hangs`."""

BEHAVIOURS: Final[dict[str, PhoneBehaviour]] = {
    "uas": PhoneBehaviour(Reaction.ANSWER, answer_after=ANSWER_AFTER),
    "uas_bye": PhoneBehaviour(Reaction.ANSWER, answer_after=ANSWER_AFTER, talk=1.2),
    "uas_bye5": PhoneBehaviour(Reaction.ANSWER, answer_after=ANSWER_AFTER, talk=5.0),
    "uas_hold": PhoneBehaviour(
        Reaction.ANSWER, answer_after=ANSWER_AFTER, steps=(Wait(1.0), Hold(), Wait(2.0), Resume())
    ),
    "uas_refer": PhoneBehaviour(Reaction.ANSWER, answer_after=ANSWER_AFTER, steps=(Wait(1.2), Refer("1002"))),
    "uas_early": PhoneBehaviour(Reaction.ANSWER, answer_after=1.2, early_media=0.0),
    "busy": PhoneBehaviour(Reaction.BUSY),
    "decline": PhoneBehaviour(Reaction.DECLINE),
    "noans": PhoneBehaviour(Reaction.NO_ANSWER),
}
"""What a phone does, by the name of its scenario."""
BEHAVIOURS["desk_phone"] = BEHAVIOURS["uas"]
UNATTENDED: Final = PhoneBehaviour(Reaction.UNREACHABLE)
"""A phone that is registered, with nobody at its port: no scenario was running there."""

CALLER_NUMBER: Final = "13800138000"
CALLER_NAME: Final = b"Zhang San"
CALLERS: Final[dict[str, CallerScript]] = {
    "uac": CallerScript(""),
    "uac_hangs": CallerScript("", steps=(WaitForAnswer(), Wait(CALLER_HANGS_UP_AFTER), HangUp())),
    "uac_refreshed": CallerScript("", allow="INVITE, ACK, BYE, CANCEL"),
    "uac_refreshes_once": CallerScript("", steps=(WaitForAnswer(), Wait(1.5), Refresh()), session_expires=120),
}
"""What a caller does, by the name of its scenario; no steps: stays until hung up."""


def known(name: str, scenarios: Mapping[str, Scenario]) -> Scenario:
    """What a scenario does, by the name of its file; LookupError says what is missing."""
    found = scenarios.get(name.removesuffix(".xml").removesuffix(".py"))
    if found is None:
        raise LookupError(f"nothing is known of the scenario {name}: add it to tests/conformance/laboratory.py")
    return found


def extensions(controller: str) -> list[Extension]:
    """The dialplan, handing calls to a controller at host:port."""
    root = ElementTree.parse(FILE).getroot()
    own = [
        _extension(element, str(context.get("name")), controller)
        for context in root.iterfind("section[@name='dialplan']/context")
        for element in context.iterfind("extension")
    ]
    (shipped,) = ElementTree.parse(HAND_OVER).getroot().iterfind("extension")
    handed_over = [_extension(shipped, context, controller) for context in SHIPPED_CONTEXTS]
    return [*own, *handed_over, _for_phones(handed_over[0])]


def _for_phones(hand_over: Extension) -> Extension:
    """What the shipped dialplan does with a phone that said who it is: the same, and before that it names the phone."""
    condition = ElementTree.parse(SHIPPED).getroot().find(f"context[@name='{PHONES_CONTEXT}']/extension/condition")
    if condition is None:
        raise ValueError("the shipped dialplan has nothing for phones")
    naming = tuple(Action(str(each.get("application")), each.get("data")) for each in condition.iterfind("action"))
    variable = str(condition.get("field")).strip("${}")
    actions = (*naming, *hand_over.actions)
    return Extension("a phone", str(condition.get("expression")), actions, PHONES_CONTEXT, variable)


def _extension(element: ElementTree.Element, context: str, controller: str) -> Extension:
    """One extension; without a field its condition takes every number."""
    condition = element.find("condition")
    if condition is None or condition.get("field") not in (None, "destination_number"):
        raise ValueError(f"extension {element.get('name')}: only conditions on destination_number are read")
    actions = tuple(
        Action(str(action.get("application")), _data(action, controller)) for action in condition.iterfind("action")
    )
    return Extension(str(element.get("name")), condition.get("expression") or "", actions, context)


def _data(action: ElementTree.Element, controller: str) -> str | None:
    data = action.get("data")
    if data is None:
        return None
    for name, value in LAB_VARIABLES.items():
        data = data.replace(f"$${{{name}}}", value)
    return data.replace(CONTROLLER, controller)


@contextmanager
def installed_sounds() -> Iterator[Path]:
    """The laboratory's sound files, in a folder whose name has the form of those of the recordings (`renaming`)."""
    with TemporaryDirectory(prefix="conformance-", dir="/tmp") as folder:
        sounds = Path(folder) / "sounds"
        sounds.mkdir()
        write_sounds(sounds)
        yield sounds


def users() -> list[str]:
    """The numbers in the directory."""
    root = ElementTree.parse(FILE).getroot()
    return [str(user.get("id")) for user in root.iter("user")]


def phone(number: str, *behaviours: PhoneBehaviour, expires: int = 3600, port: int = 0) -> Phone:
    """A phone of the laboratory, at the port where it always listens if no other is given; 0 seconds: unregistered."""
    port = port or FIRST_PHONE_PORT + int(number)
    return Phone(number, behaviours or (BEHAVIOURS["uas"],), expires > 0, port, expires)
