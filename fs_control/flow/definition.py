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

from pydantic import ConfigDict, Field

from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import Node, Part
from fs_control.flow.nodes.names import NewStepName, StepName
from fs_control.ids import FlowKey

MAX_STEPS: Final = 500
"""More than anyone can oversee; it bounds the work of checking a flow."""

if TYPE_CHECKING:
    AnyNode: TypeAlias = Node
else:  # the union of the dict's classes, which a type checker cannot read
    AnyNode = Annotated[reduce(or_, NODE_TYPES.values()), Field(discriminator="do")]


class Flow(Part):
    """A whole flow; `flow:` in YAML is its name here."""

    model_config = ConfigDict(serialize_by_alias=True)

    name: Annotated[NewStepName, Field(alias="flow")]
    language: Literal["zh", "en"]
    start: StepName
    steps: Annotated[Mapping[NewStepName, AnyNode], Field(min_length=1, max_length=MAX_STEPS)]


def flow_key(name: str, text: str) -> FlowKey:
    """Name one version of a flow: the same text is the same version."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return FlowKey(f"{name}@{digest[:12]}")
