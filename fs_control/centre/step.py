"""The working value of one transition: reads the centre, collects what changes and what is ordered.

A step lives for one event and is the only thing in this room that is changed in place; the centre it starts from is
not touched. `now` is our clock and drives order and timers; `moment` is the same moment by the switch's clock, which
records are made of: where the switch gave none, ours is moved by what the two clocks last differed by. Easy to break:
an agent's times are `now`, never `moment`, or Q6 would compare two clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from fs_control.agents import Agent, AgentState, AgentTrigger
from fs_control.agents import advance as advance_agent
from fs_control.calls import Call
from fs_control.cdr import step_taken
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.commands import CancelTimer, Command, StartTimer
from fs_control.events import CallOffered, Event, SwitchEvent
from fs_control.ids import AgentId, CallId, GroupId, LegId, Micros, TimerId
from fs_control.records import CallRecord, FlowStep


class Step:
    """One event being handled."""

    __slots__ = ("centre", "commands", "moment", "now", "reasons", "rematch", "touched")

    def __init__(self, centre: CallCentre, event: Event) -> None:
        self.centre = replace(centre, at=event.at, switch_ahead=_switch_ahead(centre, event))
        self.now = event.at
        self.moment = self.by_switch_clock(event.at)
        if isinstance(event, SwitchEvent) and event.switch_at is not None:
            self.moment = event.switch_at
        self.commands: list[Command] = []
        self.reasons: list[str] = []
        self.rematch: set[GroupId] = set()
        self.touched: dict[CallId, None] = {}

    def by_switch_clock(self, at: Micros) -> Micros:
        """Return what the switch's clock showed when ours showed `at`."""
        return Micros(at + self.centre.switch_ahead)

    def order(self, *commands: Command) -> None:
        """Order something."""
        self.commands.extend(commands)

    def because(self, reason: str) -> None:
        """Say why, for the trace of the call."""
        self.reasons.append(reason)

    def change(self, **fields: Any) -> None:
        """Replace fields of the centre."""
        self.centre = replace(self.centre, **fields)

    # --- calls ---

    def live(self, call: CallId | None) -> LiveCall | None:
        """Return a live call, or None where it has ended."""
        return self.centre.calls.get(call) if call is not None else None

    def live_on(self, leg: LegId) -> LiveCall | None:
        """Return the live call that a leg belongs to, or None."""
        return self.live(self.centre.legs.get(leg))

    def keep(self, live: LiveCall) -> LiveCall:
        """Write a changed call back."""
        self.touched[live.call.id] = None
        self.change(calls=self.centre.calls.set(live.call.id, live))
        return live

    def keep_call(self, live: LiveCall, call: Call) -> LiveCall:
        """Write a call machine's change back."""
        return self.keep(replace(live, call=call))

    def keep_record(self, live: LiveCall, record: CallRecord) -> LiveCall:
        """Write a record's change back."""
        return self.keep(replace(live, record=record))

    def note(self, live: LiveCall, kind: str, detail: str) -> LiveCall:
        """Write down what happened to a caller, as a part of the step of the flow in which they are."""
        name = live.session.step if live.session is not None else ""
        return self.keep_record(live, step_taken(live.record, FlowStep(self.moment, name, kind, detail)))

    # --- agents ---

    def agent(self, agent: AgentId) -> Agent:
        """Return an agent's state; an agent who never signed in is signed out and idle."""
        return self.centre.agents.get(agent) or Agent(agent)

    def number_of(self, agent: AgentId) -> str:
        """Return an agent's number, as people say it; of one whom the directory has no more, the id."""
        profile = self.centre.directory.agents.get(agent)
        return profile.number if profile is not None else str(agent)

    def call_of(self, agent: AgentId) -> LiveCall:
        """Return the live call of an agent of whom the table of actions has said that there is one."""
        call = self.agent(agent).call
        assert call is not None  # callers act on a talk
        return self.centre.calls[call]

    def keep_agent(self, agent: Agent) -> Agent:
        """Write a changed agent back; those whom one may serve who may be free now, or came or left, are matched again.

        That is the agent's groups, and the lines in which callers wait whose own agent this is.
        """
        is_news = agent.state is AgentState.IDLE or agent.status is not self.agent(agent.id).status
        self.change(agents=self.centre.agents.set(agent.id, agent))
        if is_news:
            self.rematch.update(self.centre.groups_of.get(agent.id, ()))
            for call in self.centre.wanted.get(agent.id, ()):
                self.rematch.update(self.centre.calls[call].call.lines)
        return agent

    def move_agent(self, agent: AgentId, trigger: AgentTrigger) -> Agent:
        """Take an agent through the table."""
        return self.keep_agent(advance_agent(self.agent(agent), trigger, self.now))

    def reserve(self, agents: Iterable[AgentId], call: CallId) -> None:
        """Mark agents as chosen for a call, all in one change; nobody is free by that, so nobody is matched.

        Whoever is chosen has rested, however much of that was left.
        """
        free = [agent for agent in agents if self.agent(agent).call != call]  # who waits for this very call stays so
        chosen = (advance_agent(self.agent(agent), AgentTrigger.CHOSEN, self.now, call) for agent in free)
        self.change(agents=self.centre.agents.update({agent.id: agent for agent in chosen}))
        for agent in free:
            self.cancel_timer(TimerId(f"rest:{agent}"))

    # --- lines ---

    def line(self, group: GroupId) -> tuple[CallId, ...]:
        """Return who waits for a group."""
        return self.centre.lines.get(group, ())

    def keep_line(self, group: GroupId, callers: Iterable[CallId]) -> None:
        """Write a group's line back."""
        line = tuple(callers)
        lines = self.centre.lines
        if line:
            self.change(lines=lines.set(group, line))
        elif group in lines:
            self.change(lines=lines.delete(group))

    # --- timers ---

    def start_timer(self, timer: TimerId, after: Micros) -> None:
        """Start a timer, or start it again."""
        self.start_timers((timer,), after)

    def start_timers(self, timers: Sequence[TimerId], after: Micros) -> None:
        """Start timers that are due at the same moment, all in one change."""
        due = Micros(self.now + after)
        self.change(timers=self.centre.timers.update(dict.fromkeys(timers, due)))
        self.order(*(StartTimer(timer, after) for timer in timers))

    def cancel_timer(self, timer: TimerId) -> None:
        """Stop a timer; one that is not running is no mistake."""
        if timer in self.centre.timers:
            self.change(timers=self.centre.timers.delete(timer))
            self.order(CancelTimer(timer))


def _switch_ahead(centre: CallCentre, event: Event) -> Micros:
    """Return by how much the switch's clock is ahead of ours; the time an event was on its way counts as behind.

    What is told later than it happened does not tell: a leg may have waited for us for a minute before we were offered
    it.
    """
    if isinstance(event, SwitchEvent) and event.switch_at is not None and not isinstance(event, CallOffered):
        return Micros(event.switch_at - event.at)
    return centre.switch_ahead
