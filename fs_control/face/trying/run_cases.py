"""Files of cases played one by one: what each case came to, beside what was expected of it.

Without a database every file gets an office made up from its flow and its cases. Knows nothing about printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fs_control.face.trying.case import Case
from fs_control.face.trying.case_file import Expected, NamedCase, read_cases
from fs_control.face.trying.office import Office
from fs_control.face.trying.outcome import Difference, Outcome, differences
from fs_control.face.trying.play import Played, moment, play_case
from fs_control.face.trying.sources import FlowFiles, flow_of, office_of_files, read_text, with_flows_beside

USUAL_MOMENT: Final = "2026-05-06 10:00"
"""When a case happens that does not say so: a Wednesday morning, so that it comes to the same every day."""

MakeOffice = Callable[[FlowFiles, Iterable[Case]], Office]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case came to."""

    name: str
    found: Outcome
    differences: tuple[Difference, ...]
    expects: bool
    """Whether anything was expected of it."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What the cases of a file came to; `text` is what was read."""

    path: Path
    text: str
    cases: tuple[CaseResult, ...]

    @property
    def failed(self) -> int:
        """How many cases came to something else than was expected."""
        return sum(bool(case.differences) for case in self.cases)


def run_file(path: Path, make_office: MakeOffice = office_of_files) -> FileResult:
    """Play the cases of a file. FlowProblems where file or flow are wrong, UserMistake where one is not there."""
    text = read_text(path)
    named = read_cases(text, str(path))
    return FileResult(path, text, tuple(_run(path, each, named, make_office) for each in named))


def _run(path: Path, named: NamedCase, beside: Iterable[NamedCase], make_office: MakeOffice) -> CaseResult:
    played = play_named(path, named, beside, make_office)
    found = tuple(differences(named.expected, played.outcome))
    return CaseResult(named.name, played.outcome, found, named.expected != Expected())


def play_named(
    path: Path, named: NamedCase, beside: Iterable[NamedCase], make_office: MakeOffice = office_of_files
) -> Played:
    """Play one case of a file; the cases `beside` it say who else is in the office."""
    file = flow_of(path, named.flow)
    office = make_office(with_flows_beside(file), [each.case for each in beside])
    return play_case(named.case, file.stem, office, moment(USUAL_MOMENT, office.directory.time_zone))
