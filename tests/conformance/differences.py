"""One difference between a trace and its replay, and which of them are allowed.

Owns reading allowed.txt: `trace | frame | header | reason`, the first three with `*`, `?` and `[...]` as in file names;
for a whole frame that is missing, added, late or out of order, the third is `missing`, `added`, `time` or `order`.
`@hupall` behind the trace: only after that command. Easy to break: a line that no difference needs any more must go.
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
    """missing, added, order, header missing, header added, value, body, time, id."""
    name: str = ""
    theirs: str = ""
    ours: str = ""
    after_hupall: bool = False
    """Whether the trace has it after `hupall`."""

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
        pattern, at, _ = self.trace.partition("@hupall")
        return (
            fnmatchcase(trace, pattern)
            and (difference.after_hupall or not at)
            and fnmatchcase(difference.label, self.frame)
            and fnmatchcase(name.removeprefix("body: "), self.name)
        )


def allowances(file: Path = ALLOWED_FILE) -> list[Allowance]:
    """What may differ, and why."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Allowance(*(part.strip() for part in line.split(" | ", 3))) for line in lines]


def not_allowed(trace: str, differences: list[Difference], allowed: list[Allowance]) -> list[Difference]:
    """The differences that no line covers."""
    return [each for each in differences if not any(line.covers(trace, each) for line in allowed)]
