"""At which terminal an agent signs in (A3, A11, A12), and what they need to telephone at all (A18).

Owns the choice and its refusals; what is rung then is `answering`. Easy to break: who is signed in already and names
another terminal moves there, and who names none stays where they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fs_control.agents import Agent
from fs_control.centre.answering import registered_codes, terminal_of
from fs_control.centre.refusals import Refusal
from fs_control.centre.step import Step
from fs_control.ids import AgentId, Extension, TimerId
from fs_control.records import AgentProfile, Right, TerminalKind


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an agent is to be signed in; without a terminal at the phone that they bound."""

    terminal: TerminalKind | None
    is_named: bool


def seat_wanted(step: Step, profile: AgentProfile, agent: Agent, terminal: str) -> Seat | Refusal:
    """Return where an agent signs in who asks for a kind of terminal, or for none (""); or why they cannot."""
    values = {"agent": profile.number, "terminal": terminal}
    if Right.CALL not in profile.rights:
        return Refusal("no_call_right", values)
    if terminal:
        kinds = [kind for kind in TerminalKind if kind == terminal]
        if not kinds or kinds[0] not in profile.codes:
            return Refusal("terminal_not_allowed" if kinds else "no_such_terminal", values)
        return Seat(kinds[0], is_named=True)
    kind = terminal_of(step.centre.directory, profile, agent)
    if agent.bound_phone is None and kind is None:
        return Refusal("agent_has_no_phone", values)
    return Seat(agent.terminal, is_named=False)


def moves(profile: AgentProfile, agent: Agent, seat: Seat) -> bool:
    """Tell whether a seat is another one than that at which the agent is."""
    if not seat.is_named:
        return False
    return agent.bound_phone is not None or agent.terminal is not seat.terminal


def take_seat(step: Step, agent_id: AgentId, seat: Seat) -> None:
    """Let the agent be rung there from now on; a named one takes the place of a phone that was bound."""
    if not seat.is_named:
        return
    give_back(step, agent_id)
    profile = step.centre.directory.agents[agent_id]
    if seat.terminal is not None and seat.terminal.registers:
        phone = Extension(profile.codes[seat.terminal])
        holder = step.centre.bound.get(phone)
        if holder is not None:
            give_back(step, holder)
    step.cancel_timer(TimerId(f"rest:{agent_id}"))
    step.keep_agent(replace(step.agent(agent_id), terminal=seat.terminal, rest=None))


def give_back(step: Step, agent_id: AgentId) -> None:
    """The agent has no phone any more that they bound."""
    agent = step.agent(agent_id)
    if agent.bound_phone is not None:
        step.change(bound=step.centre.bound.delete(agent.bound_phone))
        step.keep_agent(replace(agent, bound_phone=None))


def kind_of_phone(profile: AgentProfile, phone: Extension) -> TerminalKind | None:
    """Return which of an agent's terminals one of our phones is, or None."""
    if phone not in registered_codes(profile):
        return None
    return next(kind for kind, code in profile.codes.items() if code == phone)
