"""What a flow names: groups, agents, calendars, prompts, other flows, without knowing one kind of step from another.

A flow is read with lists in which every name is found, and which remember what they were asked for. So a step type
that comes later is known here at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from pydantic import ValidationError

from fs_control.flow import Flow
from fs_control.flow.nodes.names import NameKind
from fs_control.flow.problems import FlowProblems
from fs_control.flow.source import read_source


@dataclass(slots=True)
class _Asked(Collection[str]):
    """A list in which every name stands, once somebody looks for it."""

    names: dict[str, None] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        self.names[str(name)] = None
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def names_in(text: str) -> Mapping[NameKind, tuple[str, ...]]:
    """Return the names in a flow's text, of each kind in the order of the text; what cannot be read names nothing."""
    asked = {kind: _Asked() for kind in NameKind}
    with suppress(FlowProblems, ValidationError):  # whoever reads the flow itself tells what is wrong with it
        Flow.model_validate(read_source(text, "").data, context=asked)
    return {kind: tuple(names) for kind, names in asked.items()}
