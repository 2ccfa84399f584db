"""What a start does with the folder of flows: whatever is new in it is activated, as far as it passes the door.

Easy to break: a file that was rolled back is left alone until it says something new (docs/adr/0012), or a restart
would undo what somebody did in an emergency.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine as Database

from fs_control.activating.door import FlowDoor, open_door
from fs_control.activating.judgement import Acceptance, Draft, Judgement
from fs_control.errors import FsControlError
from fs_control.flow import FlowProblem, FlowProblems
from fs_control.flow.proof import Finding
from fs_control.store.flow_reading import PATTERN
from fs_control.store.flow_versions import StoredFlow, digest_of


@dataclass(frozen=True, slots=True)
class Activation:
    """What became of a folder of flows: the names that are active in a new version, and the mistakes of the others."""

    activated: tuple[str, ...] = ()
    refused: tuple[FlowProblem, ...] = ()
    warnings: tuple[FlowProblem, ...] = ()
    """What is taken over and may still not be what its author wants."""
    rolled_back: tuple[str, ...] = ()
    """Left alone: an earlier version is active, and the file says what it said when that was brought back."""
    found: tuple[Finding, ...] = ()
    """What the proof holds against flows that stay as they were."""


def activate_flows(folder: Path, database: Database, by: str, door: FlowDoor | None = None) -> Activation:
    """Make every flow of a folder the active version of its name; one that is refused leaves the old one as it is.

    A flow's name is that of its file. Names of groups and agents are those of the directory at this moment.
    """
    door = door or open_door(database)
    active = door.history.active()
    files, refused = _files_in(folder)
    left = [file for file in files if is_rolled_back(file.text, active.get(file.name))]
    trying = [file for file in files if file not in left]
    found: list[Finding] = []
    while True:  # what is refused may be what another one calls, so the others are judged again
        judgement = door.judge(trying)
        problems = judgement.problems or (() if judgement.findings else _not_to_be_said(door, judgement))
        refused += problems
        found += judgement.findings
        bad = {each.file for each in problems} | {each.place.file for each in judgement.findings}
        if not bad:
            break
        rest = [file for file in trying if file.place not in bad]
        trying = rest if len(rest) < len(trying) else []  # together they would break a flow that is none of them
    changes = door.let_in(judgement, by, Acceptance())
    activated = tuple(change.after.name for change in changes if change.is_new)
    return Activation(activated, tuple(refused), judgement.warnings, tuple(file.name for file in left), tuple(found))


def _not_to_be_said(door: FlowDoor, judgement: Judgement) -> tuple[FlowProblem, ...]:
    """Return why sentences of changed flows cannot be made into prompts."""
    problems = []
    for file in judgement.changed:
        try:
            door.speak(judgement.flows[file.name])
        except FsControlError as fault:
            values = {name: str(value) for name, value in fault.values.items()}
            problems.append(FlowProblem(file.place, 1, 1, fault.code, values, ""))
    return tuple(problems)


def is_rolled_back(text: str, active: StoredFlow | None) -> bool:
    """Tell whether a file says what it said when an earlier version was brought back: a start lets that stand."""
    return active is not None and digest_of(text) == active.file_digest != active.about.digest


def _files_in(folder: Path) -> tuple[list[Draft], list[FlowProblem]]:
    files: list[Draft] = []
    problems: list[FlowProblem] = []
    for path in sorted(folder.glob(PATTERN)):
        try:
            files.append(Draft.at(path))
        except FlowProblems as mistakes:
            problems += mistakes.problems
    return files, problems
