"""What a caller hears of the flow and in line, and what has to wait as long as nothing can be played on their leg.

Nothing can while a phone rings for the caller or they talk (`Call.bridging`), and while the leg is with the dialplan
because its connection to us is gone (`Call.away`). What the flow orders meanwhile is kept in `LiveCall.heard`, and
ordered when the leg is in our hands again. Easy to break: whatever waits for that has a timer, for it may never come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fs_control.calls import NORMAL, Call, CallState
from fs_control.centre import messages, typing_ahead
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.commands import (
    BringBack,
    CollectDigits,
    GuardCaller,
    HangUp,
    PlayHoldMusic,
    PlayPrompt,
    PlaySentence,
    Prompt,
    StopPlaying,
)
from fs_control.flow import Ask, Dial, Reach, Say, TakeMessage
from fs_control.ids import OpId, TimerId, seconds

BACK_WITHIN = seconds(20)
"""The dialplan tries every few seconds to hand a caller over; who has not come after this time will not come."""

RETURN_WITHIN = seconds(1)
"""A leg that was joined by the switch itself is handed over again within three ticks of its partner's end."""

FREE_WITHIN = seconds(5)
"""When the agent's leg is over, the caller's is free within one tick of the switch; told or not, it is by now."""


def let_hear(step: Step, live: LiveCall, what: Ask | Say | TakeMessage) -> LiveCall:
    """Play a prompt, and take keys or a message where it asks for that: now, or when the caller can hear us again."""
    if not live.call.hears_us:
        expect(step, live.call)
        return step.keep(replace(live, heard=what, call=replace(live.call, op=None)))
    language = language_of(step, live)
    match what:
        case Say():
            call, _ = say_parts(step, live.call, what.prompts, language, skip=what.skip)
        case Ask():
            call, op = live.call.with_next_op()
            step.order(_collect(call, op, typing_ahead.still_wanted(live, what), language))
        case TakeMessage():
            return messages.begin(step, live, what)
    return step.keep(replace(live, heard=what, call=call))


def await_talk(step: Step, live: LiveCall, order: Reach | Dial) -> LiveCall:
    """Keep a talk that the flow wants, to be begun by `talks` when the caller's leg is in our hands."""
    expect(step, live.call)
    return step.keep(replace(live, heard=None, talk=order, call=replace(live.call, op=None)))


def _collect(call: Call, op: OpId, ask: Ask, language: str) -> CollectDigits:
    return CollectDigits(
        call.id,
        call.leg,
        op,
        tuple(Prompt(name, language) for name in ask.prompts),
        ask.max_digits,
        seconds(ask.timeout_s),
        min_digits=ask.min_digits,
        end_key=ask.end_key,
        between=None if ask.between_s is None else seconds(ask.between_s),
        secret=ask.secret,
    )


def say_parts(step: Step, call: Call, names: Sequence[str], language: str, *, skip: bool = False) -> tuple[Call, OpId]:
    """Play a sentence that is put together of recorded parts; return the call with what it waits for."""
    call, op = call.with_next_op()
    prompts = tuple(Prompt(name, language) for name in names)
    if len(prompts) == 1:
        step.order(PlayPrompt(call.id, call.leg, op, prompts[0], skip))
    else:
        step.order(PlaySentence(call.id, call.leg, op, prompts, skip))
    return call, op


def fill_silence(step: Step) -> None:
    """Let those hear music who wait and hear nothing: nobody was free for them, and there is nothing to tell or ask."""
    for call_id in list(step.touched):
        live = step.live(call_id)
        if live is None or not _waits(live.call) or live.call.op is not None:
            continue
        if not live.call.hears_us:
            expect(step, live.call)
        elif not live.being_looked_up:  # then somebody may be free at once, and music would have to end first
            call, op = live.call.with_next_op()
            step.order(PlayHoldMusic(call.id, call.leg, op))
            step.keep_call(live, call)


def _waits(call: Call) -> bool:
    """Tell whether music is all that there is for a caller to hear: in line, or on hold."""
    return call.state is CallState.WAITING or (call.state is CallState.TALKING and call.talk.lets_customer_wait)


def silence(step: Step, call: Call) -> None:
    """Stop what the caller hears of us."""
    if call.hears_us:
        step.order(StopPlaying(call.id, call.leg))


def expect(step: Step, call: Call) -> None:
    """See to it that a leg that is not in our hands is not waited for, for ever."""
    if call.hears_us:
        return
    kind, length = ("back", BACK_WITHIN) if call.away else ("free", RETURN_WITHIN if call.returns else FREE_WITHIN)
    timer = TimerId(f"{kind}:{call.id}")
    if timer not in step.centre.timers:
        step.start_timer(timer, length)


def expect_no_more(step: Step, call: Call) -> None:
    """Stop waiting for a leg: it is in our hands, or whoever waited for it is no more."""
    for kind in ("back", "lost", "free"):
        step.cancel_timer(TimerId(f"{kind}:{call.id}"))


def bring_back(step: Step, live: LiveCall) -> LiveCall:
    """Have the leg handed to us, wherever it is: a join that came to nothing leaves it with nobody, for ever."""
    step.order(BringBack(live.call.id, live.call.leg))
    live = step.keep_call(live, replace(live.call, away=True, bridging=None, op=None))
    expect(step, live.call)
    return live


def take_back(step: Step, live: LiveCall) -> None:
    """The leg is in our hands: go on where the caller is, in line at the same place."""
    expect_no_more(step, live.call)
    call = replace(live.call, away=False, bridging=None, op=None)
    if call.unguarded:
        step.order(GuardCaller(call.id, call.leg))
    live = step.keep_call(live, replace(call, unguarded=False))
    if call.state is CallState.WAITING and call.group is not None:
        step.rematch.update(call.lines)
    elif call.state is CallState.LEAVING and live.heard is None:
        step.order(HangUp(call.id, call.leg, NORMAL))
    elif live.heard is not None and call.state in (CallState.IN_FLOW, CallState.LEAVING):
        let_hear(step, live, live.heard)


def language_of(step: Step, live: LiveCall) -> str:
    """Return the language in which a caller is spoken to: the flow's, or for a call without one the enterprise's."""
    session = live.session
    return session.language if session is not None and session.language else step.centre.directory.language
