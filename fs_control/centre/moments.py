"""Where an agent is at this moment: what they chose, what the centre does with them, and where their talk stands.

Owns the reading of these facts as one `Moment`; what is allowed then is for `agents.actions` to say. Easy to break: an
agent's call is also that of the colleague who was asked into it, who may do nothing with it but hang up.
"""

from __future__ import annotations

from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus, Moment
from fs_control.calls import CallState, TalkState
from fs_control.centre.state import CallCentre, LiveCall, OutgoingStage
from fs_control.centre.supervised import is_supervising
from fs_control.ids import AgentId
from fs_control.records import Direction

_BY_STATE: Final = {
    AgentState.RESERVED: Moment.RESERVED,
    AgentState.RINGING: Moment.RINGING,
    AgentState.WRAP_UP: Moment.WRAP_UP,
}

_BY_TALK: Final = {
    TalkState.TALKING: Moment.TALKING,
    TalkState.HELD: Moment.HELD,
    TalkState.CONSULT_RINGING: Moment.CONSULT_RINGING,
    TalkState.CONSULTING: Moment.CONSULTING,
    TalkState.SWAPPED: Moment.SWAPPED,
    TalkState.THREE_WAY: Moment.THREE_WAY,
}


def moment_of(centre: CallCentre, agent_id: AgentId) -> Moment:
    """Return where an agent is; one who never signed in is signed out.

    A call outlives the sign-out in it: as long as it lasts, it is what counts.
    """
    agent = centre.agents.get(agent_id) or Agent(agent_id)
    if _is_called_for(centre, agent):
        return Moment.DIALLING
    if agent.state is AgentState.ON_CALL:
        return _in_call(centre, agent)
    if agent.status is AgentStatus.SIGNED_OUT:
        return Moment.SIGNED_OUT
    if agent.state is AgentState.IDLE:
        return Moment.IDLE if agent.status is AgentStatus.READY else Moment.BREAK
    return _BY_STATE[agent.state]


def _is_called_for(centre: CallCentre, agent: Agent) -> bool:
    """Tell whether an agent makes a call in which nobody talks yet."""
    live = centre.calls.get(agent.call) if agent.call is not None else None
    return live is not None and live.outgoing is not None and live.outgoing.stage is not OutgoingStage.OVER


def _in_call(centre: CallCentre, agent: Agent) -> Moment:
    if is_supervising(centre, agent.id):
        return Moment.SUPERVISING
    live = centre.calls.get(agent.call) if agent.call is not None else None
    if live is None:
        return Moment.LEAVING
    if is_consulted(live, agent.id):
        return Moment.CONSULTED
    if live.call.direction is Direction.INTERNAL:
        return Moment.INTERNAL
    if agent.id not in {offer.agent for offer in live.call.offers}:
        return Moment.LEAVING
    if live.call.state is not CallState.TALKING:
        return Moment.RINGING
    return _BY_TALK[live.call.talk.state]


def is_consulted(live: LiveCall, agent: AgentId) -> bool:
    """Tell whether an agent is in a call only because a colleague asked."""
    consulted = live.call.talk.consulted
    return consulted is not None and consulted.agent == agent
