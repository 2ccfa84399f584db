"""Making a phone one's own by dialling 0000: agent number and PIN by keys, and what becomes of the phones (A17).

Owns the questions, the limits against guessing, and whose phone it is afterwards. Must not know a PIN: what is typed is
a secret input, and whether it is right is told (`PinChecked`). Easy to break: a try counts from the moment at which the
PIN was typed, or whoever hangs up before the answer could guess for ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.agents import AgentStatus
from fs_control.centre import seats
from fs_control.centre.answering import endpoint_of
from fs_control.centre.hearing import let_hear
from fs_control.centre.internal_calls import at_stage, last_words
from fs_control.centre.phone_codes import state_sentence
from fs_control.centre.state import LiveCall, OwnStage, PinTries
from fs_control.centre.step import Step
from fs_control.commands import Prompt, TellPhone, VerifyPin
from fs_control.events import DigitsCollected, PinChecked
from fs_control.flow import Ask
from fs_control.ids import AgentId, Extension, Micros, TimerId, derived_leg_id, seconds
from fs_control.records import Disposition, Right

MOST_TRIES: Final = 3
"""So often number and PIN may be typed in one call."""

MOST_PER_AGENT: Final = 5
MOST_PER_PHONE: Final = 10
"""So many wrong PINs in a row, from whatever phone or for whatever agent; then nothing is looked at for a while."""

LOCKED_FOR: Final = seconds(15 * 60)

CHECKED_WITHIN: Final = seconds(10)
"""The database says it in a tenth of a second; after this long nobody will."""

TOLD_FOR: Final = seconds(20)
"""How long the phone rings that is the agent's no more."""

PIN_WORD: Final = "secret:pin"

CODE_SHOWN: Final = "0000"


def begin(step: Step, live: LiveCall) -> None:
    """Ask for the agent number."""
    _ask_number(step, live)


def _ask_number(step: Step, live: LiveCall, *before: str) -> None:
    asked = Ask(
        "enter-agent-number",
        max_digits=20,
        timeout_s=10,
        parts=(*before, "enter-agent-number"),
        end_key="#",
        between_s=5,
    )
    let_hear(step, at_stage(step, live, OwnStage.NUMBER), asked)


def _ask_pin(step: Step, live: LiveCall, number: str) -> None:
    asked = Ask("enter-pin", max_digits=12, timeout_s=10, end_key="#", between_s=5, secret=PIN_WORD)
    let_hear(step, at_stage(step, live, OwnStage.PIN, number=number), asked)


def typed(step: Step, live: LiveCall, event: DigitsCollected) -> None:
    """Number or PIN was typed, or nothing in time."""
    own = live.own
    assert own is not None  # the caller of this function looked
    if not event.digits:
        _wrong(step, live)
    elif own.stage is OwnStage.NUMBER:
        _ask_pin(step, live, event.digits)
    elif own.stage is OwnStage.PIN:
        _check(step, live, own.number, own.phone)


def _check(step: Step, live: LiveCall, number: str, phone: Extension) -> None:
    """Have the PIN compared, unless too many were wrong of late."""
    if is_locked(step, number, phone):
        step.because("pin.locked")
        last_words(step, live, Disposition.PHONE_CODE, "pin-locked")
        return
    _count(step, number, phone)
    call = live.call
    at_stage(step, step.keep_call(live, replace(call, op=None)), OwnStage.CHECKING)
    step.order(VerifyPin(call.id, number, phone, PIN_WORD))
    step.start_timer(TimerId(f"pin:{call.id}"), CHECKED_WITHIN)


def pin_checked(step: Step, event: PinChecked) -> None:
    """The PIN was right, or not; a caller who has hung up meanwhile has tried all the same."""
    if event.ok:
        _count_no_more(step, event.number, Extension(event.phone))
    elif event.fault:
        _take_back(step, event.number, Extension(event.phone))
    live = step.live(event.call)
    if live is None or live.own is None or live.own.stage is not OwnStage.CHECKING:
        return
    step.cancel_timer(TimerId(f"pin:{event.call}"))
    agent = _agent_numbered(step, event.number)
    if event.fault == "secret_lost":
        _ask_number(step, live)
    elif event.fault:
        step.because(f"pin_fault.{event.fault}")
        last_words(step, live, Disposition.FAILED, "apology")
    elif event.ok and agent is not None:
        _bound(step, live, agent)
    else:
        _wrong(step, live)


def too_slow(step: Step, live: LiveCall) -> None:
    """Nobody has said whether the PIN is right: whoever was asked is no more."""
    if live.own is not None and live.own.stage is OwnStage.CHECKING:
        last_words(step, live, Disposition.FAILED, "apology")


def _wrong(step: Step, live: LiveCall) -> None:
    own = live.own
    assert own is not None  # the caller of this function looked
    live = at_stage(step, live, own.stage, tries=own.tries + 1)
    if own.tries + 1 < MOST_TRIES:
        _ask_number(step, live, "pin-wrong")
    else:
        last_words(step, live, Disposition.PHONE_CODE, "pin-wrong")


def _bound(step: Step, live: LiveCall, agent: AgentId) -> None:
    own = live.own
    assert own is not None  # the caller of this function looked
    if Right.CALL not in step.centre.directory.agents[agent].rights:
        last_words(step, live, Disposition.PHONE_CODE, "no-right-to-call")
        return
    live = at_stage(step, live, own.stage, agent=agent)
    before = _phone_until_now(step, agent)
    bind(step, agent, own.phone)
    if before is not None and before != own.phone:
        live = _tell_older_phone(step, live, before)
    last_words(step, live, Disposition.PHONE_CODE, "phone-bound", state_sentence(step, agent))


def bind(step: Step, agent: AgentId, phone: Extension) -> None:
    """Make a phone the agent's: whoever had it has it no more, and nor has the agent the one from before."""
    for holder in (agent, step.centre.bound.get(phone)):
        if holder is not None:
            seats.give_back(step, holder)
    step.because("phone_bound")
    step.change(bound=step.centre.bound.set(phone, agent))
    step.cancel_timer(TimerId(f"rest:{agent}"))
    step.keep_agent(replace(step.agent(agent), bound_phone=phone, rest=None))


def _phone_until_now(step: Step, agent: AgentId) -> Extension | None:
    """Return the phone of ours at which an agent has been up to now, if it is one that can be told."""
    if step.agent(agent).status is AgentStatus.SIGNED_OUT and step.agent(agent).bound_phone is None:
        return None
    endpoint = endpoint_of(step.centre, agent)
    return Extension(endpoint.code) if endpoint is not None and not endpoint.must_accept else None


def _tell_older_phone(step: Step, live: LiveCall, phone: Extension) -> LiveCall:
    """Ring the phone that is the agent's no more, and say so to whoever takes it up; its display tells where from."""
    leg = derived_leg_id(live.call.id, live.call.legs_made + 1)
    live = step.keep_call(live, replace(live.call, legs_made=live.call.legs_made + 1))
    said = Prompt("phone-moved", step.centre.directory.language)
    step.order(TellPhone(live.call.id, leg, phone, said, TOLD_FOR, CODE_SHOWN))
    return live


# --- against guessing ----------------------------------------------------------------------------------------------


def is_locked(step: Step, number: str, phone: Extension) -> bool:
    """Tell whether too many PINs were wrong in a row, for this agent or from this phone."""
    for key, most in _limits(number, phone).items():
        tries = step.centre.pin_tries.get(key)
        if tries is not None and tries.count >= most and step.now < tries.last_at + LOCKED_FOR:
            return True
    return False


def _limits(number: str, phone: Extension) -> dict[str, int]:
    return {f"agent:{number}": MOST_PER_AGENT, f"phone:{phone}": MOST_PER_PHONE}


def _count(step: Step, number: str, phone: Extension) -> None:
    """Count a try; what is longer ago than anybody is locked out is forgotten, whoever's it was."""
    oldest = Micros(step.now - LOCKED_FOR)
    kept = step.centre.pin_tries
    for key, tries in kept.items():
        if tries.last_at <= oldest:
            kept = kept.delete(key)
    for key in _limits(number, phone):
        known = kept.get(key)
        kept = kept.set(key, PinTries(known.count + 1 if known is not None else 1, step.now))
    step.change(pin_tries=kept)


def _take_back(step: Step, number: str, phone: Extension) -> None:
    """Nobody could look the PIN up: this try was none, and those before it stand."""
    kept = step.centre.pin_tries
    for key in _limits(number, phone):
        known = kept.get(key)
        if known is not None:
            kept = kept.set(key, replace(known, count=known.count - 1)) if known.count > 1 else kept.delete(key)
    step.change(pin_tries=kept)


def _count_no_more(step: Step, number: str, phone: Extension) -> None:
    kept = step.centre.pin_tries
    for key in _limits(number, phone):
        if key in kept:
            kept = kept.delete(key)
    step.change(pin_tries=kept)


def _agent_numbered(step: Step, number: str) -> AgentId | None:
    return next((each.id for each in step.centre.directory.agents.values() if each.number == number), None)
