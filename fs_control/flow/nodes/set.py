"""`set`: remember something for this call.

    count:
      do: set
      values: {tries: "= tries + 1", greeting: hello}
      next: ask-again

A value that begins with `=` is computed; all others are taken as they are. What is not set yet is 0 in a computation
that sets it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from fs_control.flow.answers import Value
from fs_control.flow.expressions import Expression, ExpressionMistake, evaluate
from fs_control.flow.nodes.base import GoTo, Node, Turn
from fs_control.flow.nodes.names import StepName
from fs_control.flow.nodes.values import MARK, VariableName, computed, mistake
from fs_control.flow.session import FlowSession

MAX_VALUES: Final = 50
MAX_TEXT: Final = 1000


def _computable(value: Value) -> Value:
    try:
        computed(value)
    except ExpressionMistake as error:
        values = {name: str(text) for name, text in error.values.items()}
        raise mistake(error.code, error.column + len(MARK), **values) from error
    return value


Given: TypeAlias = Annotated[
    bool | int | float | Annotated[str, Field(max_length=MAX_TEXT)], AfterValidator(_computable)
]


class Set(Node):
    """Set variables, go to `next`."""

    do: Literal["set"]
    values: Annotated[Mapping[VariableName, Given], Field(min_length=1, max_length=MAX_VALUES)]
    next: StepName

    after_hang_up = True

    def exits(self) -> Mapping[str, str]:
        """Return the one way out."""
        return {"next": self.next}

    def instant_exits(self) -> Collection[str]:
        """Return the one way out: nothing is heard and no time passes."""
        return ("next",)

    def sets(self) -> Collection[str]:
        """Name the variables."""
        return tuple(self.values)

    def expressions(self) -> Collection[Expression]:
        """Return what is computed."""
        return [expression for value in self.values.values() if (expression := computed(value)) is not None]

    def enter(self, session: FlowSession) -> Turn:
        """Compute one after the other; a later one knows the earlier ones."""
        known = {**dict.fromkeys(self.values, 0), **session.variables}
        new: dict[str, Value] = {}
        for name, value in self.values.items():
            expression = computed(value)
            new[name] = value if expression is None else evaluate(expression, {**known, **new}, session.facts)
        return Turn(GoTo(self.next), variables=new)
