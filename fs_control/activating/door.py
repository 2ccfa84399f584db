"""The one door through which a flow's text becomes its active version (N10): by a command, a start, a rollback.

Owns the order: what is in the text and whom it names, then the proof of the whole, then its literal sentences, and only
then the database. Prints nothing. Easy to break: flows run each other, so each is judged among those that would be
active together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Engine as Database

from fs_control.activating.judgement import Acceptance, Draft, Judgement, rules_against
from fs_control.activating.proving import Prove, Sources, Speak, beginnings
from fs_control.activating.reading import read_drafts
from fs_control.activating.surroundings import prompts_in, prove_at
from fs_control.activating.voice import Voice
from fs_control.errors import UserMistake
from fs_control.flow import Flow, Library, PromptNames, Reading
from fs_control.flow.proof import ACCEPTABLE, Finding
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.prompts import prompt_names
from fs_control.records import Directory
from fs_control.runtime.clock import WallClock
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_check import nearest
from fs_control.store.flow_history import PostgresFlowHistory
from fs_control.store.flow_versions import FlowChange, NewVersion, StoredFlow


class FlowDoor:
    """Judges texts by the directory of this moment, and lets in those that pass."""

    def __init__(
        self,
        database: Database,
        prove: Prove,
        speak: Speak,
        prompts: Callable[[], PromptNames] = prompt_names,
        *,
        can_dial: bool = True,
    ) -> None:
        self._directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
        self._customers = PostgresCustomerStore(database, DEFAULT_ENTERPRISE)
        self._prove = prove
        self._speak = speak
        self._prompts = prompts
        self._can_dial = can_dial
        self.history = PostgresFlowHistory(database, DEFAULT_ENTERPRISE)

    def judge(self, files: Sequence[Draft]) -> Judgement:
        """Find everything that speaks against activating these texts together; nothing is changed."""
        seen = self.history.active()
        directory = self._directory.load()[0]
        beside, owners = _beside(seen, files), self._customers.owners()
        can_dial = self._can_dial or any(each.enabled for each in directory.gateways)
        readings = read_drafts(files, directory, beside, self._prompts(), owners, can_dial=can_dial)
        judgement = Judgement(
            tuple(files),
            seen,
            flows=_flows_of(readings),
            problems=tuple(problem for reading in readings for problem in reading.problems),
            warnings=tuple(warning for reading in readings for warning in reading.warnings),
        )
        if judgement.problems:
            return judgement
        return replace(judgement, findings=self._findings(judgement, directory))

    def _findings(self, judgement: Judgement, directory: Directory) -> tuple[Finding, ...]:
        """Prove each flow in which callers begin and that may come to something new, with all that it may run."""
        active = _beside(judgement.seen, judgement.files)
        read = read_drafts(active, directory, judgement.files, self._prompts())
        library = {**_flows_of(read), **judgement.flows}
        sources = {draft.name: (draft.place, draft.text) for draft in (*active, *judgement.files)}
        found: dict[tuple[str, str, str], Finding] = {}
        for name in beginnings(library, {file.name for file in judgement.changed}, directory):
            for each in self._prove(library, name, sources, directory):
                found.setdefault((each.rule, each.flow, each.step), each)
        return tuple(found.values())

    def let_in(self, judgement: Judgement, by: str, acceptance: Acceptance) -> list[FlowChange]:
        """Make the texts of a judgement the active versions, all of them or none.

        UserMistake where a rule is accepted that cannot be, or by which nothing was found; where anything else speaks
        against them; and where somebody has activated another version since they were judged. What cannot be said
        raises its own reason.
        """
        self.refuse_idle_acceptance(judgement, acceptance)
        if judgement.problems or judgement.against(acceptance):
            raise UserMistake("flow_not_activated", flows=tuple(file.name for file in judgement.files))
        for file in judgement.changed:
            self.speak(judgement.flows[file.name])
        new = [
            NewVersion(file.name, file.text, acceptance.reason, tuple(sorted(rules_against(judgement, file.name))))
            for file in judgement.files
        ]
        return self.history.activate(new, by, judgement.seen)

    def speak(self, flow: Flow) -> None:
        """Have the literal sentences of a flow made into prompts, which callers then hear at once."""
        self._speak(flow)

    def refuse_idle_acceptance(self, judgement: Judgement, acceptance: Acceptance) -> None:
        """Refuse to accept what was not found, or what nobody may accept."""
        found = {each.rule for each in judgement.findings}
        for rule in acceptance.rules:
            if rule not in found:
                raise UserMistake("flow_rule_not_found", rule=rule, nearest=nearest(rule, found))
            if rule not in ACCEPTABLE:
                raise UserMistake("flow_rule_not_acceptable", rule=rule)

    def roll_back(self, old: StoredFlow, judgement: Judgement, by: str, reason: str) -> FlowChange:
        """Make an earlier version's text active again; UserMistake where it cannot be used any more.

        It has answered callers before, so the proof's findings are told and keep nobody from going back.
        """
        if judgement.problems:
            raise UserMistake("flow_not_rolled_back", flow=old.name, version=old.version)
        self.speak(judgement.flows[old.name])
        return self.history.roll_back(old, by, reason, judgement.seen)


def _beside(seen: Mapping[str, StoredFlow], files: Iterable[Draft]) -> list[Draft]:
    """Return the active flows that stay as they are."""
    names = {file.name for file in files}
    return [Draft(name, flow.text, name) for name, flow in seen.items() if name not in names]


def _flows_of(readings: Iterable[Reading]) -> dict[str, Flow]:
    return {reading.name: reading.flow for reading in readings if reading.flow is not None}


def open_door(database: Database, voice: Voice | None = None, *, can_dial: bool = True) -> FlowDoor:
    """Return what every flow passes that becomes active, whoever activates it.

    Without a voice, as in the demo, prompts are the shipped ones and nothing is synthesised. Where the switch has no
    gateway (not `can_dial`), flows that dial are warned of.
    """

    def proved(library: Library, name: str, sources: Sources, directory: Directory) -> Sequence[Finding]:
        prompts = prompts_in(voice.library) if voice is not None else None
        return prove_at(WallClock().now(), library, name, sources, directory, prompts)

    if voice is None:
        return FlowDoor(database, proved, lambda _flow: None, can_dial=can_dial)
    return FlowDoor(database, proved, voice.speak, voice.prompts, can_dial=can_dial)
