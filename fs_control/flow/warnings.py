"""What is right in a flow and may still not be what its author wants.

A flow with warnings is taken over; whoever activates it is told. Easy to break: what is warned of depends on things
outside the flow, so that the same text may be fine today and not tomorrow.
"""

from __future__ import annotations

from collections.abc import Collection

from fs_control.flow.definition import Flow
from fs_control.flow.nodes.owner import Owner
from fs_control.flow.problems import FlowProblem
from fs_control.flow.source import read_source

MOST_NAMED = 5
"""So many agents are named; more would bury the sentence."""


def flow_warnings(flow: Flow, text: str, *, filename: str, owners: Collection[str]) -> tuple[FlowProblem, ...]:
    """Warn of transfer steps that leave out agents who own customers (N11).

    `text` is what `flow` was read from; `owners` are the numbers of the agents who have customers.
    """
    source = read_source(text, filename)
    for name, node in flow.steps.items():
        left_out = sorted(set(owners).difference(node.targets)) if isinstance(node, Owner) else []
        if left_out:
            path = ("steps", name, "targets")
            agents = ", ".join(left_out[:MOST_NAMED]) + (", ..." if len(left_out) > MOST_NAMED else "")
            source.report(source.place_of_key(path), "flow_owner_not_a_target", path, step=name, agents=agents)
    return tuple(source.problems)
