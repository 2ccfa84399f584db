"""The dialplan of the box: which applications a dialled number runs.

Owns extensions as values (pattern and actions, to and from JSON) and finding the one for a number. It runs nothing.
Without any other dialplan every number is handed to the controller by the `socket` application, and hung up when that
returns or finds nobody: easy to break, since the controller's death must never leave a caller in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fs_control.errors import UserMistake


@dataclass(frozen=True, slots=True)
class Action:
    """One application of an extension and its argument."""

    application: str
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A pattern (regular expression over the dialled number) in a context, and what it runs in order."""

    name: str
    pattern: str
    actions: tuple[Action, ...]
    context: str = "default"

    def to_json(self) -> dict[str, Any]:
        """The extension as JSON values."""
        return {
            "name": self.name,
            "pattern": self.pattern,
            "actions": [[action.application, action.data] for action in self.actions],
            "context": self.context,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Extension:
        """Read JSON values; UserMistake when they describe no extension or the pattern does not compile."""
        try:
            re.compile(data["pattern"])
            actions = tuple(Action(str(name), None if arg is None else str(arg)) for name, arg in data["actions"])
            return cls(str(data["name"]), str(data["pattern"]), actions, str(data.get("context", "default")))
        except (KeyError, TypeError, ValueError, re.error) as broken:
            raise UserMistake("dialplan_invalid", detail=str(broken)[:200]) from broken


@dataclass(frozen=True, slots=True)
class Match:
    """The extension found for a number, and the groups of its pattern (DP_MATCH)."""

    extension: Extension
    groups: tuple[str, ...]


class Dialplan:
    """An ordered list of extensions; the first that matches wins."""

    def __init__(self, extensions: Sequence[Extension]) -> None:
        self.extensions = tuple(extensions)

    def find(self, number: str, context: str) -> Match | None:
        """The extension for a number dialled in a context, or None (NO_ROUTE_DESTINATION)."""
        for extension in self.extensions:
            if extension.context != context:
                continue
            found = re.search(extension.pattern, number)
            if found:
                return Match(extension, (found.group(0), *found.groups("")))
        return None


def to_controller(address: str) -> Dialplan:
    """The default: every number of digits goes to the controller at `host:port`, then the call ends."""
    socket = Action("socket", f"{address} async full")
    return Dialplan([Extension("controller", r"^(\+?[0-9]+)$", (socket, Action("hangup")))])
