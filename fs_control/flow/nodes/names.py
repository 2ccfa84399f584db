"""Names that a flow mentions: of steps, groups and prompts, each checked where it stands.

While a flow is read, the names that exist come in as pydantic's validation context (`Names`), so that a wrong name is
reported at its own place like any other mistake. Without a context, as when a stored flow is loaded again, names
are taken as they are: they were checked when the flow was read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

UNKNOWN_NAME: Final = "unknown_name"
"""The pydantic error type of a name that does not exist; its context holds `kind` and `name`."""


class NameKind(StrEnum):
    """What a name is the name of."""

    STEP = "step"
    GROUP = "group"
    PROMPT = "prompt"
    AGENT = "agent"
    CALENDAR = "calendar"
    FLOW = "flow"


Names: TypeAlias = Mapping[NameKind, Collection[str]]
"""The names that exist, of each kind; a kind that is left out is not checked."""


PromptNames: TypeAlias = Collection[str] | Mapping[str, Collection[str]]
"""The prompts that exist: of every language alike, or by language."""


def as_text(value: object) -> object:
    """Let a name such as 400 stand in YAML without quotes (True is an int to Python, and no name)."""
    return str(value) if type(value) is int else value


def _known(kind: NameKind) -> Callable[[str, ValidationInfo], str]:
    def check(name: str, info: ValidationInfo) -> str:
        names: Names | None = info.context
        known = names.get(kind) if names is not None else None
        if known is not None and name not in known:
            raise PydanticCustomError(UNKNOWN_NAME, "unknown name", {"kind": kind.value, "name": name})
        return name

    return check


_NUMBER_TOO: Final = BeforeValidator(as_text, json_schema_input_type=str | int)
"""Editors may offer a number where a name is wanted, too."""

NewStepName: TypeAlias = Annotated[str, _NUMBER_TOO, Field(pattern=r"^\w[\w-]{0,63}$")]
"""The name that a step or a flow is given: letters of any script, digits, `_` and `-`, at most 64."""
StepName: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.STEP))]
GroupName: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.GROUP))]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[0-9*#]$")]
"""A key of the caller's telephone."""
PromptName: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.PROMPT))]
AgentNumber: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.AGENT))]
CalendarName: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.CALENDAR))]
FlowName: TypeAlias = Annotated[str, _NUMBER_TOO, AfterValidator(_known(NameKind.FLOW))]
