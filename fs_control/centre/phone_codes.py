"""The codes that agents dial on their phones, what each means, and what is said back.

A code asks for an action like anybody else does (`acting`): the one table says whether it can be. Whatever comes of it,
the phone says where the agent stands then. Easy to break: the codes are printed on the agents' card (docs/phones.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.agents import AgentState, AgentStatus
from fs_control.centre import acting
from fs_control.centre.seats import kind_of_phone
from fs_control.centre.step import Step
from fs_control.events import ActionRequested
from fs_control.ids import AgentId, Extension, RequestId
from fs_control.records import Action

BIND: Final = "0000"
"""Makes the phone on which it is dialled the agent's (A17)."""

SIGN_IN: Final = "*11"
SIGN_OUT: Final = "*12"
READY: Final = "*13"
BREAK: Final = "*14"
"""With the number of the reason behind it, in the order of the enterprise's reasons; bare where there are none."""
WRAP_UP_OVER: Final = "*15"
MY_STATE: Final = "*16"

_ACTIONS: Final = {
    SIGN_IN: Action.SIGN_IN,
    SIGN_OUT: Action.SIGN_OUT,
    READY: Action.READY,
    WRAP_UP_OVER: Action.READY,
}

_NO_NEWS: Final = frozenset(
    {"agent_already_signed_in", "agent_already_signed_out", "agent_already_ready", "already_on_break"}
)
"""Refusals behind which everything is as the agent wants it: where they stand says enough."""

_SAID: Final = {
    "no_call_right": "no-right-to-call",
    "break_reason_unknown": "code-no-reason",
    "break_reason_missing": "code-no-reason",
    "no_break_reasons": "code-no-reason",
}
"""Refusals with a sentence of their own; for all others there is one."""

REFUSED: Final = "code-refused"


@dataclass(frozen=True, slots=True)
class Code:
    """What was dialled, taken apart: the code and what stands behind it."""

    code: str
    rest: str = ""


def code_dialled(dialled: str) -> Code | None:
    """Return the code that was dialled; None where it is no code, and one of `rest` where no such code exists."""
    if not dialled.startswith("*"):
        return None
    code, rest = dialled[:3], dialled[3:]
    is_known = code in (*_ACTIONS, BREAK, MY_STATE) and (not rest or code == BREAK)
    return Code(code, rest) if is_known else Code("", dialled)


def carry_out(step: Step, agent: AgentId, phone: Extension, dialled: Code) -> tuple[str, ...]:
    """Do what a code means, and return the sentences that say what came of it."""
    if not dialled.code:
        return ("code-unknown",)
    refusal = _refusal(step, agent, phone, dialled)
    state = state_sentence(step, agent)
    if refusal is None or refusal in _NO_NEWS:
        return (state,)
    return (_SAID.get(refusal, REFUSED), state)


def _refusal(step: Step, agent: AgentId, phone: Extension, dialled: Code) -> str | None:
    if dialled.code == MY_STATE:
        return None
    if dialled.code == WRAP_UP_OVER and step.agent(agent).state is not AgentState.WRAP_UP:
        return "action_without_call"
    if dialled.code == BREAK:
        return _take_break(step, agent, phone, dialled.rest)
    profile = step.centre.directory.agents[agent]
    kind = kind_of_phone(profile, phone) if dialled.code == SIGN_IN and step.centre.bound.get(phone) != agent else None
    return _ask(step, agent, phone, _ACTIONS[dialled.code], terminal=kind or "")


def _take_break(step: Step, agent: AgentId, phone: Extension, rest: str) -> str | None:
    """Have a break begin: now, or when the call and the notes are over."""
    reasons = step.centre.directory.break_reasons
    place = int(rest) if rest.isascii() and rest.isdigit() else 0
    if rest and not 1 <= place <= len(reasons):
        return "break_reason_unknown"
    reason = list(reasons)[place - 1] if rest else ""
    refusal = _ask(step, agent, phone, Action.BREAK, reason=reason)
    if refusal in ("break_in_call", "break_in_wrap_up"):
        return _ask(step, agent, phone, Action.BREAK_AFTER_CALL, reason=reason)
    return refusal


def _ask(
    step: Step, agent: AgentId, phone: Extension, action: Action, *, reason: str = "", terminal: str = ""
) -> str | None:
    event = ActionRequested(
        at=step.now,
        request=RequestId(""),
        agent=agent,
        by=f"phone:{phone}",
        action=action,
        reason=reason,
        terminal=terminal,
    )
    refusal = acting.act(step, event)
    return refusal.code if refusal is not None else None


def state_sentence(step: Step, agent_id: AgentId) -> str:
    """Return the prompt that says where an agent stands."""
    agent = step.agent(agent_id)
    if agent.break_after_call is not None:
        return "state-break-to-come"
    if agent.state is AgentState.WRAP_UP:
        return "state-wrap-up"
    if agent.state is AgentState.ON_CALL:
        return "state-on-call"
    match agent.status:
        case AgentStatus.SIGNED_OUT:
            return "state-signed-out"
        case AgentStatus.BREAK:
            return "state-break"
        case AgentStatus.READY:
            return "state-ready"
