"""Who in line is which agent's own: kept by agent, so that an agent who becomes free is matched with them.

Their group alone does not tell, because a caller's own agent need not be a member of it. Easy to break: a caller is
entered when they are in line and it is known whose they are, whichever comes last, and taken out by `leave_line`.
"""

from __future__ import annotations

from immutables import Map

from fs_control.centre.own_agent import is_to_be_had, own_agent_of
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.ids import AgentId, CallId


def note_wanted(step: Step, live: LiveCall) -> None:
    """A caller is in line and it is known whose they are."""
    agent = own_agent_of(live, step.centre.directory)
    if agent is not None:
        wanted = step.centre.wanted
        step.change(wanted=wanted.set(agent, (*wanted.get(agent, ()), live.call.id)))


def forget_wanted(step: Step, live: LiveCall) -> None:
    """A caller leaves the line; one who was not entered is no mistake."""
    agent, wanted = own_agent_of(live, step.centre.directory), step.centre.wanted
    if agent is None or agent not in wanted:
        return
    others = tuple(call for call in wanted[agent] if call != live.call.id)
    step.change(wanted=wanted.set(agent, others) if others else wanted.delete(agent))


def wanted_anew(centre: CallCentre) -> Map[AgentId, tuple[CallId, ...]]:
    """Return the index as it should be, where more has changed than one caller."""
    wanted: dict[AgentId, tuple[CallId, ...]] = {}
    for group, line in centre.lines.items():
        for call in line:
            live = centre.calls[call]
            agent = own_agent_of(live, centre.directory)
            if agent is not None and live.call.group == group:  # and in no line of a group that helps out
                wanted[agent] = (*wanted.get(agent, ()), call)
    return Map(wanted)


def callers_of_the_idle(centre: CallCentre) -> set[CallId]:
    """Return those in line whose own agent is ready and idle, whether or not they may be rung at this moment."""
    agents = centre.agents
    return {call for agent, callers in centre.wanted.items() if is_to_be_had(agents.get(agent)) for call in callers}
