"""One difference between a trace and its replay, and which of them are allowed.

Owns reading allowed.txt: `trace | frame | header, header | reason`, all but the reason with `*`, `?` and `[...]` as in
file names; for a whole frame that is missing, added or late, the header is `missing`, `added` or `time`; for two out of
order, `order` if they are of one channel or of cause and effect, else `order across`. Behind the trace, `@hupall`: only
after that command; `@hungup`: only of a channel that is hung up; `@fetched`: only of the leg of a bridge whose session
did not make it. Easy to break: a line that nothing needs any more must go.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from tests.conformance.renaming import renamed

ALLOWED_FILE: Final = Path(__file__).parent / "allowed.txt"


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same."""

    wire: str
    index: int
    """Place of the frame in the trace, or in our recording for a frame that is only there."""
    label: str
    what: str
    """missing, added, order, order across, header missing, header added, value, body, time, id."""
    name: str = ""
    theirs: str = ""
    ours: str = ""
    scopes: frozenset[str] = frozenset()
    """What is true of its frame: hupall, hungup, fetched (see the module)."""

    @property
    def key(self) -> tuple[str, ...]:
        """The same for differences that have most likely one reason."""
        return self.what, self.name or self.label, renamed(self.name, self.theirs), renamed(self.name, self.ours)


@dataclass(frozen=True)
class Allowance:
    """One line of allowed.txt."""

    trace: str
    frame: str
    name: str
    reason: str

    def covers(self, trace: str, difference: Difference) -> bool:
        """Whether a difference is the one this line allows."""
        name = difference.name or difference.what
        pattern, _, scope = self.trace.partition("@")
        return (
            fnmatchcase(trace, pattern)
            and (not scope or scope in difference.scopes)
            and fnmatchcase(difference.label, self.frame)
            and any(fnmatchcase(name.removeprefix("body: "), pattern) for pattern in self.name.split(", "))
        )


def allowances(file: Path = ALLOWED_FILE) -> list[Allowance]:
    """What may differ, and why."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Allowance(*(part.strip() for part in line.split(" | ", 3))) for line in lines]


def not_allowed(trace: str, differences: list[Difference], allowed: list[Allowance]) -> list[Difference]:
    """The differences that no line covers."""
    return [each for each in differences if not any(line.covers(trace, each) for line in allowed)]
