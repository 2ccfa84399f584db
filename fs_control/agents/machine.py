"""One agent as a value, and the one table that says which change is allowed from where.

The status is chosen by the person, the state is set by the centre. A trigger that the table does not list is a
defect of ours and raises BrokenInvariant; what people may be refused is checked before, in the centre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from fs_control.errors import BrokenInvariant
from fs_control.ids import NEVER, NO_GROUP, AgentId, CallId, Extension, GroupId, Micros, seconds
from fs_control.records import OfferResult, TerminalKind


class AgentStatus(StrEnum):
    """What the person chose."""

    SIGNED_OUT = "signed_out"
    READY = "ready"
    BREAK = "break"
    """Signed in, and not to be rung: chosen, begun with at the sign-in, or brought about by too many misses."""


class AgentState(StrEnum):
    """What the centre is doing with the agent."""

    IDLE = "idle"
    RESERVED = "reserved"
    """Chosen for a caller; the phone has not rung yet."""
    RINGING = "ringing"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    """Finishing notes after a call with a customer, until a moment that is known (A13)."""


class AgentTrigger(StrEnum):
    """What can happen to an agent in the centre."""

    CHOSEN = "chosen"
    PHONE_RANG = "phone_rang"
    ANSWERED = "answered"
    RELEASED = "released"
    """The offer came to nothing."""
    CALL_ENDED = "call_ended"
    WRAP_UP_BEGAN = "wrap_up_began"
    """The call has ended, and time for notes follows it."""
    WRAP_UP_OVER = "wrap_up_over"


_TABLE: Final[dict[tuple[AgentState, AgentTrigger], AgentState]] = {
    (AgentState.IDLE, AgentTrigger.CHOSEN): AgentState.RESERVED,
    (AgentState.RESERVED, AgentTrigger.PHONE_RANG): AgentState.RINGING,
    (AgentState.RESERVED, AgentTrigger.ANSWERED): AgentState.ON_CALL,
    (AgentState.RINGING, AgentTrigger.ANSWERED): AgentState.ON_CALL,
    (AgentState.RESERVED, AgentTrigger.RELEASED): AgentState.IDLE,
    (AgentState.RINGING, AgentTrigger.RELEASED): AgentState.IDLE,
    (AgentState.ON_CALL, AgentTrigger.CALL_ENDED): AgentState.IDLE,
    (AgentState.ON_CALL, AgentTrigger.WRAP_UP_BEGAN): AgentState.WRAP_UP,
    (AgentState.WRAP_UP, AgentTrigger.WRAP_UP_OVER): AgentState.IDLE,
    # A phone may say "ringing" once more after we took note of it; that is no change.
    (AgentState.RINGING, AgentTrigger.PHONE_RANG): AgentState.RINGING,
}


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause in offers after a phone failed, so that a dead phone is not rung in a tight loop (complaint 11)."""

    until: Micros
    cause: OfferResult


class BreakCause(StrEnum):
    """Why an agent is on a break."""

    NOT_ANSWERING = "not_answering"
    """Their phone rang in vain too often in a row (`MOST_MISSES`)."""
    CHOSEN = "chosen"
    """They wanted it, for one of the enterprise's reasons (A9)."""
    SIGNED_IN = "signed_in"
    """They begin with it whenever they sign in (A10)."""


@dataclass(frozen=True, slots=True)
class Break:
    """A break: since when, and why; of one that was chosen `reason` is the code of the enterprise's reason."""

    since: Micros
    cause: BreakCause
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent now. `call` is the call they are reserved for, ringing for or talking in."""

    id: AgentId
    status: AgentStatus = AgentStatus.SIGNED_OUT
    state: AgentState = AgentState.IDLE
    state_since: Micros = NEVER
    signed_in_at: Micros | None = None
    last_call_ended_at: Micros | None = None
    call: CallId | None = None
    rest: Rest | None = None
    ready_since: Micros | None = None
    """When the person last chose to be ready."""
    inbound_today: int = 0
    """How many callers the agent has talked with since the day began."""
    outbound_today: int = 0
    """How many people the agent has reached by dialling since the day began."""
    misses: int = 0
    """How many times the phone rang in vain since the agent last took a call up or became ready."""
    on_break: Break | None = None
    """The break, where the status is `BREAK`."""
    talked_for: GroupId | None = None
    """The group for which they have talked with a customer in the call of this moment (`NO_GROUP` for none); None
    before they have: who only let it ring, or gave a colleague advice, has nothing to wrap up."""
    wrap_up_until: Micros | None = None
    """When the time for notes is over, in the state `WRAP_UP`."""
    break_after_call: str | None = None
    """The reason for a break that begins when call and wrap-up are over (A7); None where there is to be none."""
    terminal: TerminalKind | None = None
    """Where they are signed in (A3); None: at the one that the directory has for them."""
    bound_phone: Extension | None = None
    """The phone that they have made theirs by dialling 0000 (A17): it is rung, whatever the directory says."""

    @property
    def is_ready(self) -> bool:
        """Whether the person wants calls; they may be busy all the same."""
        return self.status is AgentStatus.READY

    @property
    def is_there(self) -> bool:
        """Whether callers may wait for them: at work, on a break of their own too, but not gone without a word."""
        return self.status is not AgentStatus.SIGNED_OUT and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether they are on a break because they let the phone ring too often."""
        return self.on_break is not None and self.on_break.cause is BreakCause.NOT_ANSWERING

    @property
    def idle_since(self) -> Micros:
        """Return the clock of Q6: the end of the last call, or of the sign-in where there was no call yet."""
        return self.last_call_ended_at or self.signed_in_at or NEVER

    @property
    def idle_state_since(self) -> Micros:
        """Return the clock of Q7: when the agent entered the idle state, by the end of a break or a wrap-up, too."""
        return max(self.state_since, self.ready_since or self.signed_in_at or NEVER)

    @property
    def calls_today(self) -> int:
        """Return the number of calls in all directions (Q4)."""
        return self.inbound_today + self.outbound_today

    def rests(self, now: Micros) -> bool:
        """Tell whether the agent's phone is being left alone at this moment."""
        return self.rest is not None and now < self.rest.until


def advance(agent: Agent, trigger: AgentTrigger, at: Micros, call: CallId | None = None) -> Agent:
    """Return the agent after a trigger; `call` is needed by CHOSEN. BrokenInvariant where the table has no row."""
    target = _TABLE.get((agent.state, trigger))
    if target is None:
        raise BrokenInvariant("agent_transition", agent=agent.id, state=agent.state, trigger=trigger)
    since = at if target is not agent.state else agent.state_since
    match trigger:
        case AgentTrigger.CHOSEN:
            return replace(agent, state=target, state_since=since, call=call, rest=None)
        case AgentTrigger.ANSWERED:
            return replace(agent, state=target, state_since=since, misses=0)
        case AgentTrigger.PHONE_RANG:
            return replace(agent, state=target, state_since=since)
        case AgentTrigger.CALL_ENDED:
            return let_go(replace(agent, last_call_ended_at=at), at)
        case AgentTrigger.WRAP_UP_BEGAN:
            ended = replace(agent, call=None, talked_for=None, last_call_ended_at=at)
            return replace(ended, state=target, state_since=since)
        case AgentTrigger.RELEASED | AgentTrigger.WRAP_UP_OVER:
            return let_go(agent, at)


def let_go(agent: Agent, at: Micros) -> Agent:
    """Return the agent idle, whatever they were doing; a break that was to begin then begins (A7)."""
    idle = replace(agent, state=AgentState.IDLE, state_since=at, call=None, talked_for=None, wrap_up_until=None)
    if idle.break_after_call is None or not idle.is_ready:
        return replace(idle, break_after_call=None)
    return gone_on_break(idle, Break(at, BreakCause.CHOSEN, idle.break_after_call))


def wrapping_up(agent: Agent, at: Micros, until: Micros) -> Agent:
    """Return the agent whose call is over and who finishes notes now; BrokenInvariant for one who is on no call."""
    return replace(advance(agent, AgentTrigger.WRAP_UP_BEGAN, at), wrap_up_until=until)


# --- what people choose --------------------------------------------------------------------------------------------


def signed_in(agent: Agent, at: Micros, *, on_break: bool = False) -> Agent:
    """Return the agent ready for calls, or on a break to begin with (A10)."""
    ready = replace(made_ready(agent, at), signed_in_at=at)
    return gone_on_break(ready, Break(at, BreakCause.SIGNED_IN)) if on_break else ready


def made_ready(agent: Agent, at: Micros) -> Agent:
    """Return the agent ready for calls again: a break is over or will not begin, and what was missed is forgotten."""
    return replace(agent, status=AgentStatus.READY, ready_since=at, misses=0, on_break=None, break_after_call=None)


def gone_on_break(agent: Agent, on_break: Break) -> Agent:
    """Return the agent on a break; what they are doing goes on, and nothing rests whose phone does not ring."""
    return replace(agent, status=AgentStatus.BREAK, on_break=on_break, break_after_call=None, rest=None)


def with_break_after_call(agent: Agent, reason: str | None) -> Agent:
    """Return the agent who will go on a break when what they are doing is over (A7); None takes that back."""
    return replace(agent, break_after_call=reason)


def signed_out(agent: Agent) -> Agent:
    """Return the agent signed out; what they are doing goes on."""
    return replace(agent, status=AgentStatus.SIGNED_OUT, on_break=None, break_after_call=None)


MOST_MISSES: Final = 3
"""Who has let the phone ring in vain so often in a row is not at the desk: callers must not wait for them again."""


def after_offer(agent: Agent, result: OfferResult, at: Micros) -> Agent:
    """Return the agent after an offer came to nothing: the third miss in a row is a break.

    Only who did not answer has missed a call. Who is busy or declines is there, a phone that cannot be rung says
    nothing about the person, and a caller who leaves is nobody's fault.
    """
    if result is not OfferResult.NO_ANSWER or agent.status is not AgentStatus.READY:
        return agent
    missed = replace(agent, misses=agent.misses + 1)
    if missed.misses < MOST_MISSES:
        return missed
    return gone_on_break(missed, Break(at, BreakCause.NOT_ANSWERING))


def talked_with_caller(agent: Agent, group: GroupId = NO_GROUP) -> Agent:
    """Return the agent with one more inbound call: counted when the two are joined, in the day in which that was."""
    return with_customer(replace(agent, inbound_today=agent.inbound_today + 1), group)


def with_customer(agent: Agent, group: GroupId = NO_GROUP) -> Agent:
    """Return the agent joined with a customer, in whatever way: what comes after it is a wrap-up (A13).

    `group` is the one for which the agent has the customer, the last one in a call that had several.
    """
    return replace(agent, talked_for=group)


def reached_customer(agent: Agent) -> Agent:
    """Return the agent with one more outbound call: counted when the two are joined."""
    return replace(agent, outbound_today=agent.outbound_today + 1)


def without_counts(agent: Agent) -> Agent:
    """Return the agent at the beginning of a day."""
    return replace(agent, inbound_today=0, outbound_today=0)


REST_AFTER: Final[dict[OfferResult, Micros]] = {
    # Long enough for somebody who is not at the desk, short enough for somebody who just missed it.
    OfferResult.NO_ANSWER: seconds(10),
    # The person is speaking on another line of the phone.
    OfferResult.BUSY: seconds(10),
    # Declining is about one caller, not about work: only enough to put the handset down.
    OfferResult.DECLINED: seconds(2),
    # A registration brings the phone back at once, whatever is left of this.
    OfferResult.UNREGISTERED: seconds(30),
    OfferResult.UNREACHABLE: seconds(30),
    OfferResult.FAILED: seconds(10),
}


def rest_after(result: OfferResult, at: Micros) -> Rest | None:
    """Return how long a phone is left alone after an offer ended so, or None where it may ring at once."""
    length = REST_AFTER.get(result)
    return Rest(Micros(at + length), result) if length is not None else None
