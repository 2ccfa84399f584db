"""Ring-all: whose phones are just about to stop are waited for, so that the next caller rings all of them.

When one of several agents has taken a call up, the phones of the others stop one after the other, within milliseconds;
the first of them must not be all that rings for who waits. Easy to break: only those are waited for of whose end the
switch is bound to tell, because their phones rang; one that is not registered has no end.
"""

from __future__ import annotations

from fs_control.agents import Agent, AgentState
from fs_control.calls import CallState
from fs_control.centre.step import Step
from fs_control.records import Group, Strategy


def gathers(step: Step, group: Group) -> bool:
    """Tell whether the callers of a group have to wait a moment, until all of its agents are there to be rung."""
    if group.strategy is not Strategy.RING_ALL:
        return False
    stopping = {closing.agent for closing in step.centre.closing.values()}
    return any(_stops(step, step.agent(member), member in stopping) for member in group.members)


def _stops(step: Step, agent: Agent, is_closing: bool) -> bool:
    """Tell whether an agent's phone rings and is about to stop: we ended it, or somebody else is being connected."""
    if agent.state is not AgentState.RINGING:
        return False
    live = step.live(agent.call)
    return is_closing or (live is not None and live.call.state is CallState.CONNECTING)
