"""The dialplan of the box: which applications a dialled number runs.

Owns extensions as values (pattern and actions, to and from JSON), finding the one for a number, and the context where
callers arrive. It runs nothing. Without any other dialplan every number is handed to the controller as the shipped
configuration does it (dialplan/hand_over/hand_over.xml; both must say the same). Easy to break: the controller's death
must never leave a caller in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fs_control.errors import UserMistake

HOLD_MUSIC: Final = "local_stream://fs_control"
RETRY_SECONDS: Final = 3
RETRIES: Final = 20
FEW: Final = 5
"""After so many in vain a caller has waited for long."""
APOLOGIES: Final = ("prompts/zh/apology.wav", "prompts/en/apology.wav")
"""Looked up in the sound folder; one that is not there is passed over, as on a real switch."""
CONTROLLER_CONTEXTS: Final = ("fs_control", "fs_control_return")
PHONES_CONTEXT: Final = "fs_control_phones"
PHONE_NAME: Final = r"^([0-9A-Za-z._+-]{1,64})$"


@dataclass(frozen=True, slots=True)
class Action:
    """One application of an extension and its argument."""

    application: str
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A pattern (a regular expression for the dialled number or a variable) in a context, and what it runs in order.

    The empty pattern is a condition without a field: it takes every number, and sets no DP_MATCH.
    """

    name: str
    pattern: str
    actions: tuple[Action, ...]
    context: str = "default"
    variable: str = ""
    """The channel's variable that the pattern is for; empty: the dialled number."""

    def to_json(self) -> dict[str, Any]:
        """The extension as JSON values."""
        return {
            "name": self.name,
            "pattern": self.pattern,
            "actions": [[action.application, action.data] for action in self.actions],
            "context": self.context,
            "variable": self.variable,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Extension:
        """Read JSON values; UserMistake when they describe no extension or the pattern does not compile."""
        try:
            re.compile(data["pattern"])
            actions = tuple(Action(str(name), None if arg is None else str(arg)) for name, arg in data["actions"])
            context, variable = str(data.get("context", "default")), str(data.get("variable", ""))
            return cls(str(data["name"]), str(data["pattern"]), actions, context, variable)
        except (KeyError, TypeError, ValueError, re.error) as broken:
            raise UserMistake("dialplan_invalid", detail=str(broken)[:200]) from broken


@dataclass(frozen=True, slots=True)
class Match:
    """The extension found for a number, and the groups of its pattern (DP_MATCH)."""

    extension: Extension
    groups: tuple[str, ...]

    def filled_in(self, data: str | None) -> str | None:
        """An action's argument with `$1` and the like replaced by what the pattern's groups matched."""
        if data is None or not self.groups:
            return data
        return re.sub(r"\$(\d{1,2})", self._group, data)

    def _group(self, reference: re.Match[str]) -> str:
        number = int(reference.group(1))
        return self.groups[number] if number < len(self.groups) else ""


Variable = Callable[[str], str | None]
"""Says what a channel's variable of a name is."""


def _unset(_name: str) -> str | None:
    return None


class Dialplan:
    """An ordered list of extensions; the first that matches wins.

    Callers arrive in `caller_context`. Phones of the directory that dial say who they are and arrive in
    `phone_context`; without one they arrive as callers do, and nobody asks.
    """

    def __init__(
        self, extensions: Sequence[Extension], caller_context: str = "default", phone_context: str = ""
    ) -> None:
        self.extensions = tuple(extensions)
        self.caller_context = caller_context
        self.phone_context = phone_context

    def find(self, number: str, context: str, variable: Variable = _unset) -> Match | None:
        """The extension for a number dialled in a context, or None (NO_ROUTE_DESTINATION)."""
        for extension in self.extensions:
            if extension.context != context:
                continue
            text = (variable(extension.variable) or "") if extension.variable else number
            found = re.search(extension.pattern, text)
            if found:
                return Match(extension, (found.group(0), *found.groups("")) if extension.pattern else ())
        return None


def to_controller(address: str) -> Dialplan:
    """The default: every number goes to the controller at `host:port`, again and again while nobody answers there."""
    actions = _hand_over(f"{address} async full")
    name = "hand the call to fs_control"
    callers = [Extension(name, "", actions, context) for context in CONTROLLER_CONTEXTS]
    return Dialplan([*callers, *_for_phones(actions)], CONTROLLER_CONTEXTS[0], PHONES_CONTEXT)


def _for_phones(hand_over: tuple[Action, ...]) -> tuple[Extension, Extension]:
    """Hand the calls of phones over as well, saying which phone it is; nobody without a name comes in here."""
    named, nobody = (Action("set", "fsc_phone=$1"), *hand_over), (Action("hangup", "CALL_REJECTED"),)
    return (
        Extension("a phone that said who it is", PHONE_NAME, named, PHONES_CONTEXT, "sip_auth_username"),
        Extension("a phone that did not", "", nobody, PHONES_CONTEXT),
    )


def _hand_over(controllers: str) -> tuple[Action, ...]:
    offer = Action("socket", controllers)
    music = Action("playback", f"%[playback_timeout_sec={RETRY_SECONDS}]{HOLD_MUSIC}")
    resume = Action("set", "socket_resume=true")
    return (
        Action("set", "playback_terminators=none"),
        resume,
        offer,
        *((music, resume, offer) * FEW),
        Action("set", "fsc_waited=long"),
        *((music, resume, offer) * (RETRIES - FEW)),
        *(Action("playback", apology) for apology in APOLOGIES),
        Action("hangup", "NORMAL_TEMPORARY_FAILURE"),
    )
