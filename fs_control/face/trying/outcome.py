"""What became of a call, in the words of cases, and how that differs from what was expected.

Everything is read from the record, so that a live call and a dry run are looked at alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fs_control.face.trying.case import Value
from fs_control.face.trying.case_file import Expected
from fs_control.flow import Flow, TrailKind
from fs_control.flow.nodes.collect import Collect
from fs_control.ids import AgentId
from fs_control.records import CallRecord, Directory, EndedBy, FlowStep

HUNG_UP: Final = "hung_up"
"""The end of a call that the caller ended."""
_HEARD: Final = ("heard", "told")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call.

    `outcome` is its disposition, `ends` the flow's own word for its end, or `hung_up`; `steps` are those that the
    caller went through, `hears` the names of prompts and the sentences that were heard to their end, `rings` the
    numbers of the agents rung, in order, and `record` what the flow has put on the record.
    """

    outcome: str
    ends: str
    steps: tuple[str, ...]
    hears: tuple[str, ...]
    rings: tuple[str, ...]
    record: Mapping[str, Value]


def outcome_of(record: CallRecord, directory: Directory, steps: tuple[str, ...], noted: Mapping[str, Value]) -> Outcome:
    """Read what became of a call from its record; `steps` and `noted` are the way and what the flow put on record."""
    ended = [step.detail for step in record.steps if step.kind == "ended"]
    return Outcome(
        outcome=str(record.disposition),
        ends=HUNG_UP if record.ended_by is EndedBy.CALLER or not ended else ended[-1],
        steps=steps,
        hears=tuple(step.detail for step in record.steps if step.kind in _HEARD),
        rings=tuple(_number(directory, offer.agent) for offer in record.offers),
        record=noted,
    )


def noted(record: CallRecord, library: Mapping[str, Flow]) -> Mapping[str, Value]:
    """Return what the flow has put on the record: variables with what the caller typed."""
    return dict(_noted(record.steps, library))


def _noted(steps: Iterable[FlowStep], library: Mapping[str, Flow]) -> Iterator[tuple[str, Value]]:
    collects = {
        name: node for flow in library.values() for name, node in flow.steps.items() if isinstance(node, Collect)
    }
    for step in steps:
        node = collects.get(step.step)
        if step.kind == TrailKind.COLLECTED and node is not None and node.on_record:
            yield node.into, step.detail


def _number(directory: Directory, agent: AgentId) -> str:
    known = directory.agents.get(agent)
    return str(agent) if known is None else known.number


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected: its key in `expect`, what was expected, what was found."""

    key: str
    expected: object
    found: object


def differences(expected: Expected, found: Outcome) -> Iterator[Difference]:
    """Yield everything that is not as expected, in the order of the keys."""
    for key in ("outcome", "ends", "steps", "hears", "rings"):
        wanted = getattr(expected, key)
        if wanted is not None and wanted != getattr(found, key):
            yield Difference(key, wanted, getattr(found, key))
    for name, value in (expected.record or {}).items():
        if found.record.get(name) != value:
            yield Difference(f"record.{name}", value, found.record.get(name))
