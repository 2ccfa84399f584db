"""Time for notes: begun when an agent's call with a customer is over, ended by its time, by a wish or by a sign-out.

Owns how long it is and its timer `wrapup:AGENT`; that nobody is offered to who wraps up is the agent machine's state.
Easy to break: it belongs to the agent and not to a group's line, so it holds whatever else the agent is a member of,
and after a transfer too; and it is in the centre with its end, so a restart does not shorten it (complaint 10).
"""

from __future__ import annotations

from fs_control.agents import Agent, AgentState, AgentStatus, AgentTrigger, wrap_up_of, wrapping_up
from fs_control.centre.step import Step
from fs_control.ids import NEVER, NO_GROUP, AgentId, GroupId, Micros, TimerId, seconds
from fs_control.records import CallRecord


def call_over(step: Step, agent: Agent) -> Agent:
    """The agent's call has ended: notes where it was with a customer and there is time for them, else they are free."""
    length = _length_for(step, agent)
    if not length:
        return step.move_agent(agent.id, AgentTrigger.CALL_ENDED)
    step.because("wrap_up.began")
    step.start_timer(_timer(agent.id), length)
    return step.keep_agent(wrapping_up(agent, step.now, Micros(step.now + length)))


def end(step: Step, agent_id: AgentId) -> None:
    """The agent has finished: whatever was to come after the call comes now. Without a wrap-up it is no news."""
    if step.agent(agent_id).state is AgentState.WRAP_UP:
        step.cancel_timer(_timer(agent_id))
        step.because("wrap_up.over")
        step.move_agent(agent_id, AgentTrigger.WRAP_UP_OVER)


def time_over(step: Step, subject: str) -> None:
    """The timer of an agent's wrap-up is due."""
    end(step, AgentId(int(subject)))


def last_group(record: CallRecord) -> GroupId:
    """Return the last group of a call, `NO_GROUP` for none: whoever has the customer then wraps up for it."""
    return next((each.group for each in reversed(record.segments) if each.group is not None), NO_GROUP)


def _length_for(step: Step, agent: Agent) -> Micros:
    """Return how long the agent has; none for one who only let it ring or gave advice, or who has signed out."""
    if agent.talked_for is None or agent.status is AgentStatus.SIGNED_OUT:
        return NEVER
    directory = step.centre.directory
    profile, group = directory.agents.get(agent.id), directory.groups.get(agent.talked_for)
    return seconds(wrap_up_of(profile, group, directory.defaults).value)


def _timer(agent: AgentId) -> TimerId:
    return TimerId(f"wrapup:{agent}")
