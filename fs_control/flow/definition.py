"""A flow that has been read: its name, its language, its steps.

Made by `schema.parse_flow`, which alone checks that names exist and steps are reached. A `Flow` is frozen and goes
into a snapshot as JSON (`model_dump_json`, `model_validate_json`): a call keeps the flow that it began with.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

from pydantic import Field, model_validator

from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import Node, Part
from fs_control.flow.nodes.names import NewStepName, PromptName, StepName
from fs_control.flow.nodes.retry import Question
from fs_control.ids import FlowKey

MAX_STEPS: Final = 500
"""More than anyone can oversee; it bounds the work of checking a flow."""

if TYPE_CHECKING:
    AnyNode: TypeAlias = Node
else:  # the union of the dict's classes, which a type checker cannot read
    AnyNode = Annotated[reduce(or_, NODE_TYPES.values()), Field(discriminator="do")]


class DefaultPrompts(Part):
    """What is said where a step says nothing of its own."""

    wrong_key: PromptName | None = None
    """After a key that a menu does not have, or too few digits."""
    no_key: PromptName | None = None
    apology: PromptName = "apology"
    """Before the end of a call for which this flow is broken."""


class Flow(Part):
    """A whole flow; `flow:` in YAML is its name here."""

    name: Annotated[NewStepName, Field(alias="flow")]
    language: Literal["zh", "en"]
    answer: Literal["at_start", "on_agent"] = "at_start"
    """When the call is taken up: 400 numbers pay from then on."""
    prompts: DefaultPrompts = DefaultPrompts()
    on_error: StepName | None = None
    """Where a caller goes for whom a step is broken."""
    on_hangup: StepName | None = None
    """What is done when a caller has hung up; nothing of it is heard."""
    start: StepName
    steps: Annotated[Mapping[NewStepName, AnyNode], Field(min_length=1, max_length=MAX_STEPS)]

    @model_validator(mode="after")
    def _with_default_prompts(self) -> Flow:
        """Give failed tries the flow's prompts where they say nothing of their own; `prompt: null` stays silent."""
        steps = {name: self._with_defaults(node) for name, node in self.steps.items()}
        return self if steps == dict(self.steps) else self.model_copy(update={"steps": steps})

    def _with_defaults(self, node: Node) -> Node:
        if not isinstance(node, Question):
            return node
        defaults = {"wrong_key": self.prompts.wrong_key, "wrong": self.prompts.wrong_key, "no_key": self.prompts.no_key}
        changed = {
            name: branch.model_copy(update={"prompt": prompt})
            for name, prompt in defaults.items()
            if prompt is not None and (branch := getattr(node, name, None)) is not None and branch.is_silent_by_chance
        }
        return node.model_copy(update=changed) if changed else node

    def starts(self) -> tuple[str, ...]:
        """Name the steps at which somebody may come in: the first one, and those for faults and hang-ups."""
        return tuple(step for step in (self.start, self.on_error, self.on_hangup) if step is not None)

    def prompts_named(self) -> frozenset[str]:
        """Name every recorded prompt that may be played."""
        steps = (prompt for node in self.steps.values() for prompt in node.prompts())
        return frozenset({*steps, self.prompts.apology})

    def sentences(self) -> tuple[str, ...]:
        """Return every sentence that may be said."""
        return tuple(sentence for node in self.steps.values() for sentence in node.sentences())

    def flows_named(self) -> frozenset[str]:
        """Name the flows that this one may run."""
        return frozenset(name for node in self.steps.values() for name in node.flows())

    def variables(self) -> frozenset[str]:
        """Name every variable that some step may set."""
        return frozenset(name for node in self.steps.values() for name in node.sets())


def flow_key(name: str, text: str) -> FlowKey:
    """Name one version of a flow: the same text is the same version."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return FlowKey(f"{name}@{digest[:12]}")


def name_of(key: FlowKey) -> str:
    """Return the name of the flow that a version is one of."""
    return key.rpartition("@")[0]
