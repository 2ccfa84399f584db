"""What a check finds: a code, how grave it is, and the values of its sentence.

The sentence is the text `doctor.<code>`; what to do about it is `doctor_remedy.<code>`, which every warning and every
bad finding has. Easy to break: a value is data (a number, a name, an error of ours), never a sentence, for nobody here
knows the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How a monitor takes a finding; only `bad` is an alarm."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    SKIPPED = "skipped"
    """Does not apply here, or nobody tells."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    code: str
    severity: Severity
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def wants_remedy(self) -> bool:
        """Whether there is something to do."""
        return self.severity in (Severity.WARNING, Severity.BAD)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the doctor's page: what was looked at (the text `doctor_item.<name>`), and what was found."""

    name: str
    finding: Finding


def ok(code: str, **values: object) -> Finding:
    """All is well."""
    return Finding(code, Severity.OK, values)


def warning(code: str, **values: object) -> Finding:
    """It works, and will not always."""
    return Finding(code, Severity.WARNING, values)


def bad(code: str, **values: object) -> Finding:
    """Calls are lost, or anybody can do what they like."""
    return Finding(code, Severity.BAD, values)


def skipped(code: str, **values: object) -> Finding:
    """Nothing to judge."""
    return Finding(code, Severity.SKIPPED, values)


def is_bad(items: Sequence[Item]) -> bool:
    """Whether a monitor has to call somebody."""
    return any(item.finding.severity is Severity.BAD for item in items)
