"""What a caller hears, and what of it has to wait because the caller's leg is not in our hands.

A leg is away while it talks, and when it is with the dialplan: on the way back to us after a talk, or because the
process that held it is gone. Nothing can be played on it then. What the flow orders is kept in `LiveCall.heard` and
ordered when the dialplan hands the leg to us again. Easy to break: whatever waits for a return has a timer, for the
return may never come.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import Call
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import CollectDigits, PlayHoldMusic, PlayPrompt, Prompt, StopPlaying
from fs_control.flow import Ask, Say
from fs_control.ids import TimerId, seconds

BACK_WITHIN = seconds(20)
"""The dialplan tries every 3 s to hand a caller over; who has not come after this time will not come."""


def let_hear(step: Step, live: LiveCall, what: Ask | Say) -> LiveCall:
    """Play a prompt, and where it asks for keys, take them: now, or when the caller is back."""
    if live.call.away:
        expect_back(step, live.call)
        return step.keep(replace(live, heard=what, call=replace(live.call, op=None)))
    call, op = live.call.with_next_op()
    prompt = Prompt(what.prompt, _language(step, live))
    match what:
        case Say():
            step.order(PlayPrompt(call.id, call.leg, op, prompt))
        case Ask():
            step.order(CollectDigits(call.id, call.leg, op, prompt, what.max_digits, seconds(what.timeout_s)))
    return step.keep(replace(live, heard=what, call=call))


def play_music(step: Step, call: Call) -> Call:
    """Let a caller in line hear music; one who is away hears the dialplan's."""
    if call.away:
        expect_back(step, call)
        return replace(call, op=None, join_ordered=False)
    call, op = call.with_next_op()
    step.order(PlayHoldMusic(call.id, call.leg, op))
    return replace(call, join_ordered=False)


def silence(step: Step, call: Call) -> None:
    """Stop what the caller hears of us."""
    if not call.away:
        step.order(StopPlaying(call.id, call.leg))


def expect_back(step: Step, call: Call) -> None:
    """See to it that a caller who does not come back is not waited for, for ever."""
    timer = TimerId(f"back:{call.id}")
    if timer not in step.centre.timers:
        step.start_timer(timer, BACK_WITHIN)


def _language(step: Step, live: LiveCall) -> str:
    """The flow's, or for a call without one the enterprise's."""
    flow = step.centre.flows.get(live.flow) if live.flow is not None else None
    return flow.language if flow is not None else step.centre.directory.language
