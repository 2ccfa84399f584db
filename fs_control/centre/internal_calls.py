"""Calls that one of our own phones has made: how they end, and what is said at the end.

Such a call has no flow, so where a flow would go on it is over: with a sentence where a colleague could not be had
(A15), without one after a talk. Must not know what phones dial for (`own_phones`). Easy to break: the agent who called
is busy by the call, and is let go of where it ends (`endings.finish`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import AgentState, AgentTrigger
from fs_control.calls import CallTrigger, advance
from fs_control.cdr import step_taken
from fs_control.centre import wrap_up
from fs_control.centre.endings import LAST_SENTENCE_AT_MOST, dismiss
from fs_control.centre.hearing import let_hear
from fs_control.centre.state import LiveCall, OwnCall, OwnStage
from fs_control.centre.step import Step
from fs_control.flow import Resume, Say, TalkExit, TalkOver
from fs_control.ids import AgentId, TimerId
from fs_control.records import Disposition, EndedBy, FlowStep

_SAID: Final = {
    TalkExit.BUSY: "colleague-busy",
    TalkExit.NO_ANSWER: "colleague-no-answer",
    TalkExit.NOT_SIGNED_IN: "colleague-signed-out",
    TalkExit.FAILED: "apology",
}
"""What an agent hears whose colleague could not be had."""


def last_words(step: Step, live: LiveCall, verdict: Disposition, *prompts: str) -> None:
    """Say some sentences and hang up when they are over; `verdict` goes into the record."""
    call = replace(advance(live.call, CallTrigger.DISMISSED), verdict=verdict)
    record = live.record
    for prompt in prompts:
        record = step_taken(record, FlowStep(step.moment, "", "told", prompt))
    live = at_stage(step, replace(live, call=call, record=record), OwnStage.TELLING)
    let_hear(step, live, Say(prompts[0], parts=prompts))
    step.start_timer(TimerId(f"goodbye:{call.id}"), LAST_SENTENCE_AT_MOST)


def go_on(step: Step, live: LiveCall, resume: Resume, ended_by: EndedBy) -> None:
    """Something is over behind which a flow would go on: so is the call."""
    prompt = _SAID.get(resume.how) if isinstance(resume, TalkOver) else None
    if prompt is not None:
        last_words(step, live, Disposition.COLLEAGUE_NOT_REACHED, prompt)
    else:
        dismiss(step, live, ended_by if ended_by is not EndedBy.FLOW else EndedBy.CENTRE)


def go_on_unheard(step: Step, live: LiveCall) -> None:
    """What was to be told of the phone may have been told while we were deaf: nobody is left in silence for it."""
    if live.talk is not None:
        step.keep(live)  # to be begun now
    else:
        last_words(step, live, Disposition.FAILED, "apology")


def occupy(step: Step, live: LiveCall, agent_id: AgentId) -> LiveCall:
    """The agent who calls is busy by it; one who has a call already (and asks a colleague) stays with that one."""
    wrap_up.end(step, agent_id)
    if step.agent(agent_id).state is AgentState.IDLE:
        step.reserve([agent_id], live.call.id)
        step.move_agent(agent_id, AgentTrigger.ANSWERED)
        live = at_stage(step, live, OwnStage.TELLING, is_busy=True)
    return live


def at_stage(step: Step, live: LiveCall, stage: OwnStage, **fields: object) -> LiveCall:
    """Return the call as far as it has got."""
    own: OwnCall | None = live.own
    assert own is not None  # a phone of ours has made it
    return step.keep(replace(live, own=replace(own, stage=stage, **fields)))  # type: ignore[arg-type]
