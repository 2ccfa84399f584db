"""What a proof may find, by the name of the rule that is broken, and which rules an admin may accept with a reason.

A name once shipped stays: it is kept beside activated versions. Accepted may be what troubles a caller and still ends,
or what is a matter of the surroundings; never what strands every caller who meets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fs_control.flow.nodes.base import TrailItem
from fs_control.flow.proof.times import Times


class Rule(StrEnum):
    """A rule that every flow must keep; the comment says what breaks it."""

    STEP_UNREACHED = "step_unreached"  # no exit leads to the step
    STEP_NEVER_TAKEN = "step_never_taken"  # exits lead to it, and no caller ever comes by them
    EXIT_TO_NOWHERE = "exit_to_nowhere"  # an exit names a step that is not there
    UNKNOWN_FLOW = "unknown_flow"  # a step runs a flow that is not there
    UNKNOWN_GROUP = "unknown_group"
    GROUP_WITHOUT_MEMBERS = "group_without_members"
    UNKNOWN_PROMPT = "unknown_prompt"
    UNPLAYABLE_PROMPT = "unplayable_prompt"
    NOTHING_HEARD = "nothing_heard"  # a step lets callers hear an empty file, or words of which nothing can be said
    UNKNOWN_CALENDAR = "unknown_calendar"
    CALENDAR_NEVER_OPENS = "calendar_never_opens"
    LOOP_WITHOUT_WAIT = "loop_without_wait"  # steps go round and no time passes
    LOOP_WITHOUT_LIMIT = "loop_without_limit"  # steps go round as long as nobody is there, or a server does not answer
    SILENCE_GOES_ROUND = "silence_goes_round"  # a caller who presses nothing is asked for ever
    KEYS_GO_ROUND = "keys_go_round"  # whoever presses something, whatever it is, is asked for ever; silence leads out
    NO_WAY_OUT = "no_way_out"  # steps that nobody can leave, whatever they press
    SILENT_HANG_UP = "silent_hang_up"  # the call ends and the caller has heard nothing that says so
    STEP_BREAKS = "step_breaks"  # a step cannot be carried out, such as one that says a value that is not set
    NESTED_TOO_DEEP = "nested_too_deep"  # flows run one another in a circle
    TOO_MANY_STEPS = "too_many_steps"  # a silent caller may meet the limit of steps before an end
    TOO_LARGE = "too_large"  # the flow has more states than are looked at


ACCEPTABLE: Final = frozenset(
    {
        Rule.STEP_UNREACHED,
        Rule.STEP_NEVER_TAKEN,
        Rule.GROUP_WITHOUT_MEMBERS,
        Rule.UNPLAYABLE_PROMPT,
        Rule.NOTHING_HEARD,
        Rule.CALENDAR_NEVER_OPENS,
        Rule.LOOP_WITHOUT_LIMIT,
        Rule.SILENCE_GOES_ROUND,
        Rule.KEYS_GO_ROUND,
        Rule.SILENT_HANG_UP,
        Rule.STEP_BREAKS,
        Rule.TOO_MANY_STEPS,
        Rule.TOO_LARGE,
    }
)
"""The rules of which an admin may say that they know better."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands, counted from 1; `file` is as it was named to the proof."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: at which step of which flow, when, and what happens to the caller whom it strands.

    `times` is () where it may happen at any time. `path` is an example from the beginning of the call, () where none
    is needed to see it. `values` are those of the sentence.
    """

    rule: Rule
    flow: str
    step: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    times: tuple[Times, ...] = ()
    path: tuple[TrailItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a proof: nothing found means that no caller can be stranded, in all of `intervals`.

    `distinct` is how many of them differ for this flow, `states` how many situations of a caller were looked at.
    """

    findings: tuple[Finding, ...]
    intervals: int
    distinct: int
    states: int
