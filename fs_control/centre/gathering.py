"""Ring-all: whose phones are just about to stop are waited for, so that the next caller rings all of them.

When one of several agents has taken a call up, or nobody has, their phones stop one after the other, within
milliseconds; the first of them must not be all that rings for who waits. Easy to break: only those are waited for who
are bound to be free in a moment; of a phone that never rang, because it is not registered, no end is told.
"""

from __future__ import annotations

from typing import Final

from fs_control.agents import Agent, AgentState
from fs_control.calls import CallState
from fs_control.centre.step import Step
from fs_control.ids import seconds
from fs_control.records import Group, Strategy

GATHER_WITHIN = seconds(0.5)
"""Phones that stop ringing together rest until nearly the same moment; who is to rest for longer is not waited for."""


_RINGING: Final = AgentState.RINGING
"""Looked up once, because a member of an enum is slow to find, and a group may have a thousand members."""


def gathers(step: Step, group: Group) -> bool:
    """Tell whether the callers of a group have to wait a moment, until all of its agents are there to be rung."""
    if group.strategy is not Strategy.RING_ALL:
        return False
    agents = map(step.centre.agents.get, group.members)
    near = [agent for agent in agents if agent is not None and (agent.state is _RINGING or agent.rest is not None)]
    return any(_is_free_in_a_moment(step, agent) for agent in near)


def _is_free_in_a_moment(step: Step, agent: Agent) -> bool:
    """Tell whether the agent's phone was ended, somebody else is being connected, or a rest is nearly over.

    Each of these ends with an event or a timer that matches the agent's groups again.
    """
    if agent.rest is not None and agent.is_ready:
        return step.now < agent.rest.until <= step.now + GATHER_WITHIN
    if agent.state is not _RINGING:
        return False
    live = step.live(agent.call)
    if live is not None and live.call.state is CallState.CONNECTING:
        return True
    return any(closing.agent == agent.id for closing in step.centre.closing.values())
