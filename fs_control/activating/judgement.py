"""What somebody wants to activate, and what was found that speaks against it.

Plain values. Easy to break: a rule that is accepted hides nothing, it only no longer stands in the way; what was found
by it is told and kept all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fs_control.flow import Flow, FlowProblem, text_of
from fs_control.flow.proof import Finding
from fs_control.store.flow_reading import read_file
from fs_control.store.flow_versions import StoredFlow, digest_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is to be activated; `place` is the file as it is named to people."""

    name: str
    text: str
    place: str

    @classmethod
    def at(cls, path: Path) -> Draft:
        """Read a file, which names its flow; FlowProblems where there is nothing to read, or no text in it."""
        file = read_file(path)
        return cls(path.stem, text_of(file), str(path))


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

    files: tuple[Draft, ...]
    seen: Mapping[str, StoredFlow]
    flows: Mapping[str, Flow] = field(default_factory=dict)
    """Those of the files that can be read, by name."""
    problems: tuple[FlowProblem, ...] = ()
    warnings: tuple[FlowProblem, ...] = ()
    findings: tuple[Finding, ...] = ()

    def against(self, acceptance: Acceptance) -> tuple[Finding, ...]:
        """Return the findings that are left when some rules are accepted."""
        return tuple(each for each in self.findings if each.rule not in acceptance.rules)

    @property
    def changed(self) -> tuple[Draft, ...]:
        """Return the files that say something else than what is active."""
        active = {name: flow.about.digest for name, flow in self.seen.items()}
        return tuple(file for file in self.files if active.get(file.name) != digest_of(file.text))


def rules_against(judgement: Judgement, name: str) -> set[str]:
    """Return the rules by which something was found in one of the files, or in a flow that is none of them."""
    return {each.rule.value for each in judgement.findings if each.flow == name or each.flow not in judgement.flows}
