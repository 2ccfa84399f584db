"""What can be recorded: a name, a sentence, and the function that does it in a laboratory.

Owns the list and knows nothing of what a recording does. Easy to break: a name is a file's name, and once recorded it
is quoted all over the project.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.traces.record.lab import Lab
from tests.traces.record.switch import SwitchSettings

AS_USUAL = SwitchSettings()
Act = Callable[[Lab], None]


@dataclass(frozen=True, slots=True)
class Recording:
    """One trace that can be recorded."""

    name: str
    about: str
    act: Act
    settings: SwitchSettings
    call_records: bool
    """Whether the files of mod_json_cdr are kept as well."""


RECORDINGS: dict[str, Recording] = {}


def recording(
    name: str, about: str, settings: SwitchSettings = AS_USUAL, *, call_records: bool = False
) -> Callable[[Act], Act]:
    """Enter a function into the list."""

    def enter(act: Act) -> Act:
        RECORDINGS[name] = Recording(name, about, act, settings, call_records)
        return act

    return enter
