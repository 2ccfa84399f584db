"""How long a caller in line will wait: what the centre knows of a group's talks, put before `queues.estimate`.

A talk is counted from the moment at which the agent took the call up, here and in the statistics. Easy to break: the
agent must still be on the call when a talk's end is noted, or its length is lost.
"""

from __future__ import annotations

from fs_control.agents import AgentState
from fs_control.calls import LiveOffer
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import AgentId, Micros
from fs_control.queues.estimate import Handling, estimated_wait, estimated_wait_for_agent
from fs_control.records import Group


def talk_ended(step: Step, offer: LiveOffer) -> None:
    """Take the talk that is ending into the statistics of the group whose agent was rung."""
    agent, group = step.agent(offer.agent), offer.group
    if agent.state is AgentState.ON_CALL and group in step.centre.directory.groups:
        handling = step.centre.handling.get(group, Handling())
        length = Micros(step.now - agent.state_since)
        step.change(handling=step.centre.handling.set(group, handling.with_talk(length)))


def wait_for_own_agent(step: Step, live: LiveCall, group: Group, agent_id: AgentId) -> Micros | None:
    """Estimate how long a caller waits for their own agent; None where the agent does not talk, but is busy somehow."""
    agent = step.agent(agent_id)
    if agent.state is not AgentState.ON_CALL:
        return None
    wanted = step.centre.wanted.get(agent_id, ())
    ahead = wanted.index(live.call.id) if live.call.id in wanted else 0
    handling = step.centre.handling.get(group.id, Handling())
    return estimated_wait_for_agent(handling, Micros(step.now - agent.state_since), ahead)


def wait_of(step: Step, group: Group, position: int) -> Micros | None:
    """Estimate the wait of the caller at this place of a group's line; None where nobody of the group is at work."""
    agents = [step.agent(member) for member in group.members]
    ready = [agent for agent in agents if agent.is_ready]
    talking_for = [Micros(step.now - agent.state_since) for agent in ready if agent.state is AgentState.ON_CALL]
    idle = sum(agent.state is AgentState.IDLE for agent in ready)
    handling = step.centre.handling.get(group.id, Handling())
    return estimated_wait(position, len(ready), handling, talking_for, idle)
