"""A play: one call centre, an ideal switch, and people who do things, so that a test reads as a story.

    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.decline(1)
    assert play.rung == [(1, call), (2, call)]

Time stands still until `wait`; the switch answers at once, and a day begins at midnight UTC. After every event all
rules of `rules` are checked, so no story can pass over a broken one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fs_control.agents import Agent
from fs_control.calls import CallState
from fs_control.centre import CallCentre, LiveCall, Transition, transition
from fs_control.commands import (
    CollectDigits,
    Command,
    FindLegEnds,
    LookUpCaller,
    LookUpDay,
    PlayHoldMusic,
    PlayPrompt,
    PlaySentence,
    Reply,
    RingAgent,
    StoreRecord,
)
from fs_control.events import (
    ActionRequested,
    CallCrashed,
    CallerLookedUp,
    CallOffered,
    DayBegan,
    Event,
    LegEndsFound,
    PhoneRegistered,
    PhoneUnregistered,
    SwitchFound,
    TimerFired,
)
from fs_control.ids import AgentId, CallId, LegId, Micros, RequestId, TimerId, seconds
from fs_control.records import Action, CallRecord, Directory, FlowText, ServiceNumber, Strategy, SwitchLeg
from fs_control.testing.builders import LINE, MENU, NUMBERS, SERVICE_LINE, a_directory, loaded, phone_of
from fs_control.testing.callers import MemoryCallers
from fs_control.testing.happening import Happening
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.ideal_talk import TalkSwitch
from fs_control.testing.rules import broken_rules

MORNING: Final = Micros(1_795_000_000_000_000)
"""When every play begins."""


MOST_AT_ONCE: Final = 1000
"""More events at one moment than any story has; what goes in circles fails instead of going on for ever."""

DAY: Final = seconds(24 * 3600)


def day_at(moment: Micros) -> DayBegan:
    """Tell which day it is at a moment in UTC; days are numbered."""
    number = moment // DAY
    return DayBegan(day=f"day {number}", ends_at=Micros((number + 1) * DAY))


class Play:
    """One centre and everything around it."""

    def __init__(
        self,
        groups: Mapping[str, Sequence[int]] | None = None,
        numbers: Sequence[ServiceNumber] = NUMBERS,
        flows: Sequence[FlowText] = (LINE, SERVICE_LINE, MENU),
        max_calls: int = 100,
        ring_s: float = 20.0,
        switch_ahead_s: float = 0.0,
        sound_after_s: float = 0.0,
        strategy: Strategy = Strategy.LONGEST_IDLE_TIME,
        levels: Mapping[int, int] | None = None,
        returning_customer: bool = False,
        whisper: str | None = None,
        directory: Directory | None = None,
    ) -> None:
        self.centre = CallCentre()
        self.callers = MemoryCallers(numbers)
        """What the database knows of callers; it answers at once."""
        self.database_hangs = False
        """It does not answer at all."""
        self.leg_ends: dict[LegId, SwitchLeg] = {}
        """What the switch has left of legs that are over; of the others nothing."""
        self.switch = TalkSwitch(ahead=seconds(switch_ahead_s), sound_after=seconds(sound_after_s))
        self.events: list[Event] = []
        self.commands: list[Command] = []
        self.reasons: list[str] = []
        self.rung: list[tuple[AgentId, CallId]] = []
        """Whose phone was ordered to ring for whom, in this order."""
        self.replies: list[Reply] = []
        self.records: dict[CallId, CallRecord] = {}
        self._set_now(MORNING)
        self._callers = 0
        usual = a_directory(groups, numbers, ring_s, strategy, levels, returning_customer, whisper)
        self.tell(loaded(directory or usual, flows, max_calls))
        self.tell(SwitchFound(core="core", legs=()))

    # --- what happens ---

    def tell(self, event: Event) -> None:
        """Let something happen, and everything that follows from it at once."""
        self.feed(event)
        self.wait(0)

    def wait(self, length_s: float) -> None:
        """Let time pass: prompts end, phones have rung long enough, timers fire."""
        end = Micros(self._now + seconds(length_s))
        at_once = 0
        while (due := self._next_due()) <= end:
            at_once = 0 if due > self._now else at_once + 1
            assert at_once < MOST_AT_ONCE, "this goes in circles, and time stands still"
            self._set_now(max(self._now, due))
            event = self.switch.take() or self._due_timer()
            if event is not None:  # what the switch was about to tell may not be so any more
                self.feed(event)
        self._set_now(end)

    def pass_over(self, length_s: float) -> None:
        """Let time pass in which nothing can be told: the process is not there. What was due meanwhile is overdue."""
        self._set_now(Micros(self._now + seconds(length_s)))

    def _set_now(self, now: Micros) -> None:
        self._now = self.switch.now = now

    def _next_due(self) -> Micros:
        never = Micros(2**62)
        return min(self.switch.next_due or never, min(self.centre.timers.values(), default=never))

    def _due_timer(self) -> Event | None:
        due = [(moment, timer) for timer, moment in self.centre.timers.items() if moment <= self._now]
        return TimerFired(timer=min(due)[1]) if due else None

    def feed(self, event: Event) -> None:
        """Let something happen, and nothing yet of what the switch will make of it."""
        event = replace(event, at=self._now)
        result = transition(self.centre, event)
        self.check(Happening(self.centre, event, result))
        self.events.append(event)
        self.centre = result.centre
        self._remember(result)
        for command in result.commands:
            self.switch.obey(command)
        for command in result.commands:
            self._answer(command)

    def _answer(self, command: Command) -> None:
        """Tell what was asked; it comes when everything else has been ordered."""
        if isinstance(command, LookUpDay):
            self.feed(day_at(command.at))
        elif isinstance(command, LookUpCaller) and not self.database_hangs:
            facts = self.callers.look_up(command.caller, command.number, command.at)
            self.feed(CallerLookedUp(call=command.call, facts=facts))
        elif isinstance(command, FindLegEnds):
            ends = tuple(self.leg_ends[leg] for leg in command.legs if leg in self.leg_ends)
            self.feed(LegEndsFound(ends=ends, missing=tuple(leg for leg in command.legs if leg not in self.leg_ends)))

    def check(self, happening: Happening) -> None:
        """See that every rule holds; a play of many thousand events may look less often."""
        broken = broken_rules(happening)
        assert not broken, broken

    def _remember(self, result: Transition) -> None:
        self.commands += result.commands
        self.reasons += result.reasons
        for command in result.commands:
            match command:
                case RingAgent():
                    offers = result.centre.calls[command.call].call.offers  # in that order: the rules have looked
                    self.rung += [(offer.agent, command.call) for offer in offers]
                case StoreRecord(record):
                    self.records[record.call_id] = record
                case Reply():
                    self.replies.append(command)

    # --- people ---

    def caller(
        self, dialled: str = "4001", number: str = "13800138000", name: str = "", call: str | None = None
    ) -> CallId:
        """Somebody dials a service number; returns the call."""
        self._callers += 1
        call_id = CallId(call or f"call-{self._callers}")
        leg = LegId(f"leg-of-{call_id}")
        self.switch.offer_leg(leg)
        at = Micros(self._now + self.switch.ahead)
        self.tell(CallOffered(leg=leg, switch_at=at, call=call_id, dialled=dialled, caller=number, caller_name=name))
        return call_id

    def press(self, call: CallId, keys: str) -> None:
        """The caller presses keys."""
        self.switch.press(self.live(call).call.leg, keys)
        self.wait(0)

    def hang_up(self, call: CallId) -> None:
        """The caller puts the phone down."""
        self.switch.hang_up(self.live(call).call.leg)
        self.wait(0)

    def sign_in(self, *agents: int) -> None:
        """Agents sign in, one second after the other, so that the first is idle for longest."""
        for agent in agents:
            self.wait(1)
            self.tell(
                ActionRequested(
                    request=RequestId(f"in-{agent}"), agent=AgentId(agent), by="test", action=Action.SIGN_IN
                )
            )

    def sign_out(self, *agents: int) -> None:
        """Agents sign out."""
        for agent in agents:
            self.tell(
                ActionRequested(
                    request=RequestId(f"out-{agent}"), agent=AgentId(agent), by="test", action=Action.SIGN_OUT
                )
            )

    def make_ready(self, *agents: int) -> None:
        """Whoever leads ends breaks."""
        for agent in agents:
            self.tell(
                ActionRequested(
                    request=RequestId(f"ready-{agent}"), agent=AgentId(agent), by="test", action=Action.READY
                )
            )

    def answer(self, agent: int) -> None:
        """An agent takes the ringing phone up."""
        self.switch.answer(phone_of(agent))
        self.wait(0)

    def decline(self, agent: int) -> None:
        """An agent refuses the ringing phone."""
        self.switch.hang_up(self.switch.ringing_leg(phone_of(agent)), "CALL_REJECTED")
        self.wait(0)

    def agent_hangs_up(self, agent: int) -> None:
        """An agent ends the talk."""
        self.switch.hang_up(self.switch.talking_leg(phone_of(agent)))
        self.wait(0)

    def serve(self, agent: int, talk_s: float = 10.0) -> None:
        """An agent takes the ringing phone up, talks for a while and hangs up."""
        self.answer(agent)
        self.wait(talk_s)
        self.agent_hangs_up(agent)

    def party_answers(self, number: str) -> None:
        """Whoever was dialled outside takes the call up."""
        self.switch.answer(number)
        self.wait(0)

    def party_hangs_up(self, number: str) -> None:
        """Whoever was dialled outside ends the talk."""
        self.switch.hang_up(self.switch.talking_leg(number))
        self.wait(0)

    def set_phone(self, agent: int, manner: Manner) -> None:
        """Decide what an agent's phone does from now on."""
        self.switch.manners[phone_of(agent)] = manner

    def register(self, agent: int) -> None:
        """An agent's phone registers, and rings when rung."""
        self.set_phone(agent, Manner.RINGS)
        self.tell(PhoneRegistered(phone=phone_of(agent)))

    def unregister(self, agent: int) -> None:
        """An agent's phone is gone."""
        self.set_phone(agent, Manner.UNREGISTERED)
        self.tell(PhoneUnregistered(phone=phone_of(agent)))

    def crash(self, call: CallId, attempt: int = 1) -> None:
        """A defect of ours hits a call."""
        self.tell(CallCrashed(call=call, place="test", error="RuntimeError", attempt=attempt))

    # --- what there is to see ---

    def live(self, call: CallId) -> LiveCall:
        """Return a call that has not ended."""
        return self.centre.calls[call]

    def state(self, call: CallId) -> CallState:
        """Return where a call is."""
        return self.live(call).call.state

    def agent(self, agent: int) -> Agent:
        """Return an agent."""
        return self.centre.agents[AgentId(agent)]

    def rung_for(self, call: CallId) -> list[AgentId]:
        """Return who was rung for a call, in this order."""
        return [agent for agent, caller in self.rung if caller == call]

    def heard(self, call: CallId) -> list[str]:
        """Return what was played to a caller, in this order."""
        names: list[str] = []
        for command in self.commands:
            match command:
                case PlayPrompt(call=caller) if caller == call:
                    names.append(command.prompt.name)
                case PlaySentence(call=caller) | CollectDigits(call=caller) if caller == call:
                    names.append(" ".join(prompt.name for prompt in command.prompts))
                case PlayHoldMusic(call=caller) if caller == call:
                    names.append("music")
        return names

    def timers(self, kind: str) -> list[TimerId]:
        """Return the running timers of a kind."""
        return [timer for timer in self.centre.timers if timer.startswith(f"{kind}:")]
