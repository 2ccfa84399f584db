"""The one door through which a flow's text becomes its active version (N10): by a command, a start, a rollback.

Owns the order: what is in the text and whom it names, then the proof of the whole, then its literal sentences, and only
then the database. Prints nothing. Easy to break: flows call each other, so each is judged among those that would be
active together; and a file that was rolled back is left alone by a start until it says something new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine as Database

from fs_control.errors import UserMistake
from fs_control.flow import Flow, FlowProblem, FlowProblems, flow_warnings, parse_flow
from fs_control.flow.source import read_source
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.prompts import prompt_names
from fs_control.records import Directory
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_check import nearest
from fs_control.store.flow_history import PostgresFlowHistory
from fs_control.store.flow_versions import FlowChange, NewVersion, StoredFlow, digest_of


class Finding(Protocol):
    """One thing that the proof holds against a flow: the rule, the place in its text, a sentence (code and values)."""

    @property
    def rule(self) -> str:
        """Return the name by which it may be accepted."""

    @property
    def flow(self) -> str:
        """Return the name of the flow."""

    @property
    def step(self) -> str:
        """Return the step; empty for the whole flow."""

    @property
    def line(self) -> int:
        """Return the line in the flow's text, counted from 1."""

    @property
    def column(self) -> int:
        """Return the column, counted from 1."""

    @property
    def code(self) -> str:
        """Return the code of the sentence."""

    @property
    def values(self) -> Mapping[str, object]:
        """Return its values."""

    @property
    def may_be_accepted(self) -> bool:
        """Tell whether somebody may want it so."""


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A text that is to be activated; `place` is the file as it is named to people."""

    name: str
    text: str
    place: str

    @classmethod
    def at(cls, path: Path) -> FlowFile:
        """Read a file, which names its flow; FlowProblems where there is nothing to read, or no text in it."""
        try:
            return cls(path.stem, path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            reason = (error.strerror or "") if isinstance(error, OSError) else "UTF-8"
            problem = FlowProblem(str(path), 1, 1, "flow_file_not_read", {"reason": reason}, "")
            raise FlowProblems(str(path), [problem]) from error


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The rules of the proof that somebody accepts, and why; a reason alone is kept as well."""

    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in texts that are to be active together; `seen` is what is active beside them.

    What cannot be read is not proved, so with `problems` there are no `findings`; nor is what is active already.
    """

    files: tuple[FlowFile, ...]
    seen: Mapping[str, StoredFlow]
    problems: tuple[FlowProblem, ...] = ()
    warnings: tuple[FlowProblem, ...] = ()
    findings: tuple[Finding, ...] = ()

    def against(self, acceptance: Acceptance) -> tuple[Finding, ...]:
        """Return the findings that are left when some rules are accepted."""
        return tuple(each for each in self.findings if each.rule not in acceptance.rules)

    def place_of(self, finding: Finding) -> str:
        """Return the file of a finding; the flow's name where it is of one that is not among the files."""
        return next((file.place for file in self.files if file.name == finding.flow), finding.flow)


class FlowDoor:
    """Judges texts by the directory of this moment, and lets in those that pass."""

    def __init__(self, database: Database) -> None:
        self._directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
        self._customers = PostgresCustomerStore(database, DEFAULT_ENTERPRISE)
        self.history = PostgresFlowHistory(database, DEFAULT_ENTERPRISE)

    def judge(self, files: Sequence[FlowFile]) -> Judgement:
        """Find everything that speaks against activating these texts together; nothing is changed."""
        seen = self.history.active()
        directory = self._directory.load()[0]
        flows, problems = read_flows(files, directory, {*seen, *(file.name for file in files)})
        if problems:
            return Judgement(tuple(files), seen, problems)
        owners = self._customers.owners()
        warnings = [
            warning
            for file in files
            for warning in flow_warnings(flows[file.name], file.text, filename=file.place, owners=owners)
        ]
        return Judgement(tuple(files), seen, (), tuple(warnings))

    def let_in(self, judgement: Judgement, by: str, acceptance: Acceptance) -> list[FlowChange]:
        """Make the texts of a judgement the active versions, all of them or none.

        UserMistake where a rule is accepted that cannot be, or by which nothing was found; where anything else speaks
        against them; and where somebody has activated another version since they were judged.
        """
        refuse_idle_acceptance(judgement.findings, acceptance)
        if judgement.problems or judgement.against(acceptance):
            raise UserMistake("flow_not_activated", flows=tuple(file.name for file in judgement.files))
        new = [
            NewVersion(file.name, file.text, acceptance.reason, tuple(sorted(rules_against(judgement, file.name))))
            for file in judgement.files
        ]
        return self.history.activate(new, by, judgement.seen)

    def roll_back(self, old: StoredFlow, judgement: Judgement, by: str, reason: str) -> FlowChange:
        """Make an earlier version's text active again; UserMistake where it cannot be used any more.

        It has answered callers before, so the proof's findings are told and keep nobody from going back.
        """
        if judgement.problems:
            raise UserMistake("flow_not_rolled_back", flow=old.name, version=old.version)
        return self.history.roll_back(old, by, reason, judgement.seen)


def read_flows(
    files: Sequence[FlowFile], directory: Directory, names: Collection[str]
) -> tuple[dict[str, Flow], tuple[FlowProblem, ...]]:
    """Read texts by the names of a directory; what can be read, by name, and the mistakes of the others.

    `names` are those of all flows that are active or about to be: to run another one is a mistake.
    """
    groups = [group.name for group in directory.groups.values()]
    known = {"groups": groups, "prompts": prompt_names(), "flows": names}
    agents = [agent.number for agent in directory.agents.values()]
    flows: dict[str, Flow] = {}
    problems: list[FlowProblem] = []
    for file in files:
        try:
            flow = parse_flow(file.text, filename=file.place, agents=agents, **known)
        except FlowProblems as mistakes:
            problems += mistakes.problems
            continue
        flows[file.name] = flow
        problems += _other_name(flow, file)
    return flows, tuple(problems)


def _other_name(flow: Flow, file: FlowFile) -> Iterator[FlowProblem]:
    """Refuse a flow that calls itself otherwise than its file: numbers and other flows find it by one name."""
    if flow.name != file.name:
        place = read_source(file.text, file.place).place_of_value(("flow",))
        values = {"name": flow.name, "wanted": file.name}
        yield FlowProblem(file.place, place.line, place.column, "flow_named_otherwise", values, "flow")


def rules_against(judgement: Judgement, name: str) -> set[str]:
    """Return the rules by which something was found in one flow."""
    return {each.rule for each in judgement.findings if each.flow == name}


def refuse_idle_acceptance(findings: Sequence[Finding], acceptance: Acceptance) -> None:
    """Refuse to accept what was not found, or what nobody may accept."""
    found = {each.rule for each in findings}
    for rule in acceptance.rules:
        if rule not in found:
            raise UserMistake("flow_rule_not_found", rule=rule, nearest=nearest(rule, found))
        if not all(each.may_be_accepted for each in findings if each.rule == rule):
            raise UserMistake("flow_rule_not_acceptable", rule=rule)


# --- a start -------------------------------------------------------------------------------------------------------


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


def activate_flows(folder: Path, database: Database, by: str) -> Activation:
    """Make every flow of a folder the active version of its name; one with mistakes is refused and the old one stays.

    A flow's name is that of its file. Names of groups and agents are those of the directory at this moment.
    """
    door = FlowDoor(database)
    active = door.history.active()
    files, refused = _files_in(folder)
    left = [file for file in files if is_rolled_back(file.text, active.get(file.name))]
    trying = [file for file in files if file not in left]
    found: list[Finding] = []
    while True:  # what is refused may be what another one calls, so the others are judged again
        judgement = door.judge(trying)
        refused += judgement.problems
        found += judgement.findings
        bad = {each.file for each in judgement.problems} | {judgement.place_of(each) for each in judgement.findings}
        if not bad:
            break
        rest = [file for file in trying if file.place not in bad]
        trying = rest if len(rest) < len(trying) else []  # together they would break a flow that is none of them
    changes = door.let_in(judgement, by, Acceptance())
    activated = tuple(change.after.name for change in changes if change.is_new)
    return Activation(activated, tuple(refused), judgement.warnings, tuple(file.name for file in left), tuple(found))


def is_rolled_back(text: str, active: StoredFlow | None) -> bool:
    """Tell whether a file says what it said when an earlier version was brought back: a start lets that stand."""
    return active is not None and digest_of(text) == active.file_digest != active.about.digest


def _files_in(folder: Path) -> tuple[list[FlowFile], list[FlowProblem]]:
    files: list[FlowFile] = []
    problems: list[FlowProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files.append(FlowFile.at(path))
        except FlowProblems as mistakes:
            problems += mistakes.problems
    return files, problems
