"""`branch`: go where a condition leads.

    who:
      do: branch
      when:
        - {if: "customer.vip >= 5", next: vip}
        - {if: "caller.number in ['13800138000', '13900139000']", next: known}
      otherwise: normal

The first condition that is true decides. In conditions stand what is known of `caller`, `call` and `customer`, and the
flow's variables by their bare names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from fs_control.flow.expressions import Expression, evaluate, parse
from fs_control.flow.nodes.base import GoTo, Node, Part, TrailItem, TrailKind, Turn
from fs_control.flow.nodes.names import StepName
from fs_control.flow.nodes.values import Condition
from fs_control.flow.session import FlowSession

MAX_CASES: Final = 50
OTHERWISE: Final = "otherwise"


class Case(Part):
    """Where to go if something is true."""

    condition: Annotated[Condition, Field(alias="if")]
    next: StepName


class Branch(Node):
    """Leave by the first of `when` that is true, else by `otherwise`."""

    do: Literal["branch"]
    when: Annotated[list[Case], Field(min_length=1, max_length=MAX_CASES)]
    otherwise: StepName

    after_hang_up = True

    def exits(self) -> Mapping[str, str]:
        """Return a way for each condition, counted from 1, and the other one."""
        cases = {f"when {number}": case.next for number, case in enumerate(self.when, 1)}
        return {**cases, OTHERWISE: self.otherwise}

    def instant_exits(self) -> Collection[str]:
        """Return none: what is computed may bound a circle, such as a counter; the proof follows it."""
        return ()

    def expressions(self) -> Collection[Expression]:
        """Return the conditions."""
        return [parse(case.condition) for case in self.when]

    def enter(self, session: FlowSession) -> Turn:
        """Compute until one is true."""
        name = next(
            (
                f"when {number}"
                for number, condition in enumerate(self.expressions(), 1)
                if evaluate(condition, session.variables, session.facts)
            ),
            OTHERWISE,
        )
        return Turn(GoTo(self.exits()[name]), trail=(TrailItem(session.step, TrailKind.EXIT, name),))
