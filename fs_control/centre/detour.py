"""Where a customer goes who is handed on without a word (C3): to the target, else back to the agent, else in line.

A small flow between two steps of the real one: it takes what comes back (`Resume`) and says what is to be tried next
(`Order`), or with what the real flow goes on. It orders nothing itself. Easy to break: whoever has been handed on must
end with somebody; so a detour ends with a talk, or with the flow going on as if the agent had left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import Agent, AgentState
from fs_control.centre.state import Detour, DetourStage, LiveCall
from fs_control.flow import (
    Dial,
    Enqueue,
    FlowSession,
    LineExit,
    LineLeft,
    Order,
    Reach,
    Resume,
    TalkExit,
    TalkOver,
    Wait,
)
from fs_control.records import Directory

RING_S: Final = 20.0
"""How long whoever is to take the customer over is rung, and how long the agent is who gets them back."""

WAIT_S: Final = 300.0
"""How long a customer waits in line for a group to which an agent has sent them."""

BACK: Final = "transfer_back"
IN_LINE: Final = "transfer_in_line"
"""What the record says of a transfer that came to nothing: who gets the customer back, or whose line."""

TALK_OVER: Final = "talk_over"
"""Why a call ends that no flow goes on with."""


def first_order(detour: Detour) -> Order:
    """Return what is tried first."""
    if detour.agent:
        return Reach(detour.agent, RING_S)
    return Enqueue(detour.group, WAIT_S) if detour.group else Dial(detour.number, RING_S, is_given=True)


def after(live: LiveCall, resume: Resume, directory: Directory) -> tuple[LiveCall, Order | Resume]:
    """Return what is to be tried next for a customer who was handed on, or with what their own flow goes on."""
    detour = live.detour
    assert detour is not None  # the caller of this function looked
    if _has_talked(resume):
        return replace(live, detour=None), resume
    match detour.stage:
        case DetourStage.THERE:
            return replace(live, detour=replace(detour, stage=DetourStage.BACK)), Reach(detour.back_to, RING_S)
        case DetourStage.BACK if detour.line in (group.name for group in directory.groups.values()):
            first = replace(live, call=replace(live.call, goes_first=True))
            first = replace(first, detour=replace(detour, stage=DetourStage.IN_LINE))
            return first, Enqueue(detour.line, None)
        case _:
            return replace(live, detour=None), resume


def note_of(detour: Detour) -> tuple[str, str]:
    """Return what the record says of the stage in which a detour is."""
    return (BACK, detour.back_to) if detour.stage is DetourStage.BACK else (IN_LINE, detour.line)


def as_awaited(session: FlowSession, resume: Resume) -> Resume:
    """Return what a flow waits for, whatever became of the talk meanwhile.

    A caller who came by a line may have been handed to an agent or a number, and the other way round.
    """
    if session.wait is Wait.LINE and isinstance(resume, TalkOver):
        return LineLeft(LineExit.SERVED if resume.how is TalkExit.SERVED else LineExit.NOBODY)
    if session.wait is Wait.TALK and isinstance(resume, LineLeft):
        return TalkOver(TalkExit.SERVED if resume.how is LineExit.SERVED else TalkExit.NO_ANSWER)
    return resume


def may_be_disturbed(live: LiveCall, agent: Agent) -> bool:
    """Tell whether a customer comes back to an agent who is busy with nothing but the work after this very call."""
    returns = live.detour is not None and live.detour.stage is DetourStage.BACK
    return returns and agent.is_ready and agent.state in (AgentState.IDLE, AgentState.WRAP_UP)


def _has_talked(resume: Resume) -> bool:
    is_line = isinstance(resume, LineLeft) and resume.how is LineExit.SERVED
    return is_line or (isinstance(resume, TalkOver) and resume.how is TalkExit.SERVED)
