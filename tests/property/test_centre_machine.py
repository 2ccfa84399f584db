"""A call centre under attack: anything may happen at any moment, and after each event every rule holds."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fs_control.calls import CallState
from fs_control.centre import CallCentre, transition
from fs_control.centre.ghosts import differences
from fs_control.centre.state import OwnWait
from fs_control.commands import (
    BEEP_SUFFIX,
    CallCommand,
    CollectDigits,
    DialOut,
    FetchUrl,
    FindLegEnds,
    LookUpCaller,
    PlayPrompt,
    PlaySentence,
    RingAgent,
    StoreRecord,
)
from fs_control.events import (
    ActionRequested,
    BridgeEnded,
    CallCrashed,
    CallerLinkLost,
    CallerLookedUp,
    CallOffered,
    CallReturned,
    CommandFailed,
    DayBegan,
    DigitsCollected,
    DrainRequested,
    Event,
    KeyPressed,
    LegAnswered,
    LegEndsFound,
    LegHungUp,
    LegRinging,
    LegsBridged,
    MessageRecorded,
    Outcome,
    PhoneRegistered,
    PhoneUnregistered,
    PromptFinished,
    RecordStored,
    RingFailed,
    StateCompared,
    SwitchEvent,
    SwitchFound,
    SwitchLost,
    TimerFired,
    UrlFetched,
)
from fs_control.ids import AgentId, CallId, LegId, Micros, OpId, RequestId, TimerId, seconds
from fs_control.records import (
    Action,
    CallerFacts,
    CallMemory,
    Directory,
    GhostKind,
    MemoryStanding,
    Stranger,
    Strategy,
    SwitchLeg,
)
from fs_control.runtime.codec import decode_event, decode_head, encode_event, encode_head
from fs_control.testing.builders import loaded, phone_of
from fs_control.testing.happening import Happening
from fs_control.testing.line_rules import IN_LINE
from fs_control.testing.play import MORNING
from fs_control.testing.rules import broken_rules
from tests.property.directories import AGENTS, BREAKS, DIALLED, DIRECTORIES, FACTS, FLOWS, owned_by

EXAMPLES: Final = int(os.environ.get("FS_CONTROL_EXAMPLES", "15"))
"""For each strategy; more for a soak (docs/soak.md): each example is a day of some eighty events."""

SEED: Final = os.environ.get("FS_CONTROL_SEED", "5")
"""What the days are made of; each strategy has days of its own."""

STEPS: Final = 60
"""Of each example; hypothesis makes a few examples shorter."""

# A broken rule is shown as it was found: to make a day of sixty steps smaller takes minutes, in which a time limit ends
# the test before it has said what is broken.
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)

pytestmark = pytest.mark.timeout(max(120, EXAMPLES * 10))

CAUSES = st.sampled_from(
    (
        *("NORMAL_CLEARING", "USER_BUSY", "CALL_REJECTED", "NO_ANSWER", "SUBSCRIBER_ABSENT"),
        *("NORMAL_TEMPORARY_FAILURE", "ORIGINATOR_CANCEL", "MEDIA_TIMEOUT", "MANAGER_REQUEST", "LOSE_RACE"),
    )
)
OF_THE_BOOKS = (
    GhostKind.AGENT_ALONE,
    GhostKind.LEFT_IN_LINE,
    GhostKind.LEFT_LEG,
    GhostKind.LEFT_TIMER,
    GhostKind.NOT_IN_LINE,
)
"""Ghosts that can be seen without asking the switch."""
AHEAD = st.sampled_from((0, -3600, 3600, 1))
"""Seconds by which the switch's clock is ahead of ours."""
CHOICE = st.integers(0, 10_000)
"""Which of however many there are."""


class CentreUnderAttack(RuleBasedStateMachine):
    """The switch's channels are kept here, so that in the end each of them can end."""

    strategy = Strategy.LONGEST_IDLE_TIME
    days: ClassVar[list[int]]
    """How many events each example had."""

    def __init__(self) -> None:
        super().__init__()
        self.centre = CallCentre()
        self.now = MORNING
        self.switch_ahead = Micros(0)
        self.events: list[Event] = []
        self.legs: dict[LegId, CallId] = {}
        self.ordered: list[CallCommand] = []
        self.ops: dict[LegId, list[PlayPrompt | PlaySentence | CollectDigits]] = {}
        self.fetches: list[FetchUrl] = []
        self.started: list[CallId] = []
        self.asked: list[CallId] = []
        self.ends_asked: list[tuple[LegId, ...]] = []
        self.stored: list[CallId] = []
        self.forgotten: set[CallId] = set()

    # --- one event ---

    def feed(self, event: Event) -> None:
        """Apply one event, check the rules, and note what was ordered."""
        event = replace(event, at=self.now)
        if isinstance(event, SwitchEvent) and event.switch_at is None:
            event = replace(event, switch_at=Micros(self.now + self.switch_ahead))
        assert decode_event(encode_event(7, event)) == (7, event)
        result = transition(self.centre, event)
        broken = broken_rules(Happening(self.centre, event, result))
        assert not broken, broken
        self.events.append(event)
        if isinstance(event, CallCrashed) and event.attempt == CallCrashed.LAST_ATTEMPT and event.call is not None:
            self.forgotten |= {event.call} & set(self.centre.calls)
        self.centre = result.centre
        for command in result.commands:
            self.note(command)

    def note(self, command: object) -> None:
        match command:
            case StoreRecord(record):
                self.stored.append(record.call_id)
            case FetchUrl(op=op) if op is not None:
                self.fetches.append(command)
            case LookUpCaller(call):
                self.asked.append(call)
            case FindLegEnds(legs):
                self.ends_asked.append(legs)
            case CallCommand():
                self.ordered.append(command)
        if isinstance(command, DialOut):
            self.legs[command.leg] = command.call
        if isinstance(command, RingAgent):
            for leg in (command.leg, *(other.leg for other in command.others)):
                self.legs[leg] = command.call
        if isinstance(command, PlayPrompt | PlaySentence | CollectDigits):
            self.ops.setdefault(command.leg, []).append(command)

    @initialize(
        directory=DIRECTORIES, max_calls=st.integers(2, 8), ahead=AHEAD, ready=st.integers(0, 4), day=st.booleans()
    )
    def open_the_centre(self, directory: Directory, max_calls: int, ahead: int, ready: int, day: bool) -> None:
        self.switch_ahead = seconds(ahead)
        self.load(directory, self.strategy, max_calls)
        if day:
            self.it_is_told_which_day_it_is("today", 0)
        self.feed(SwitchFound(core="core", legs=()))
        for agent in range(1, ready + 1):
            self.an_agent_signs_in(agent)

    def load(self, directory: Directory, strategy: Strategy, max_calls: int) -> None:
        """The first group has the strategy, the others any."""
        first = min(directory.groups)
        groups = {**directory.groups, first: replace(directory.groups[first], strategy=strategy)}
        self.feed(loaded(replace(directory, groups=groups), FLOWS, max_calls))

    # --- callers ---

    @rule(
        dialled=st.sampled_from(DIALLED),
        caller=st.sampled_from(("13800138000", "13800138000", "")),
        facts=st.none() | FACTS,
    )
    def a_caller_arrives(self, dialled: str, caller: str, facts: CallerFacts | None) -> None:
        """The database answers at once, or later, or never."""
        call = CallId(f"call-{len(self.started) + 1}")
        leg = LegId(f"leg-of-{call}")
        self.started.append(call)
        self.legs[leg] = call
        self.feed(CallOffered(leg=leg, call=call, dialled=dialled, caller=caller))
        if facts is not None and call in self.asked:
            self.feed(CallerLookedUp(call=call, facts=facts))

    @precondition(lambda self: self.asked)
    @rule(choice=CHOICE, facts=FACTS, fault=st.sampled_from(("", "", "database_away")))
    def a_caller_is_looked_up(self, choice: int, facts: CallerFacts, fault: str) -> None:
        """In time, or too late, or once more."""
        call = self.asked[-1 - choice % min(len(self.asked), 6)]
        self.feed(CallerLookedUp(call=call, facts=CallerFacts() if fault else facts, fault=fault))

    @precondition(lambda self: self.ops)
    @rule(choice=CHOICE, keys=st.sampled_from(("1", "2", "2", "9", "")), completed=st.booleans())
    def an_application_ends(self, choice: int, keys: str, completed: bool) -> None:
        leg = sorted(self.ops)[choice % len(self.ops)]
        self.feed_end_of(self.ops[leg][-1], keys, completed)

    def feed_end_of(
        self, command: PlayPrompt | PlaySentence | CollectDigits, keys: str, completed: bool = True
    ) -> None:
        if isinstance(command, PlayPrompt | PlaySentence):
            self.feed(PromptFinished(leg=command.leg, op=command.op, completed=completed))
        else:
            self.feed(DigitsCollected(leg=command.leg, op=command.op, digits=keys))

    @rule(choice=CHOICE, key=st.sampled_from("*0#12"))
    def a_key_is_pressed(self, choice: int, key: str) -> None:
        """By a caller, mostly one in line, or by an agent."""
        line = [live.call.leg for _, live in sorted(self.centre.calls.items()) if live.call.state in IN_LINE]
        if legs := line or sorted(self.legs):
            self.feed(KeyPressed(leg=legs[choice % len(legs)], key=key))

    @rule(choice=CHOICE, keys=st.sampled_from(("1", "12#", "#", "1234#", "9")))
    def keys_are_pressed_in_a_flow(self, choice: int, keys: str) -> None:
        """Ahead of a question, or in the middle of it."""
        legs = [live.call.leg for _, live in sorted(self.centre.calls.items()) if live.call.state is CallState.IN_FLOW]
        for key in keys if legs else "":
            self.feed(KeyPressed(leg=legs[choice % len(legs)], key=key))

    @rule(choice=CHOICE, length=st.sampled_from((0.0, 0.4, 3.0, 50.0)), tone=st.booleans(), silent=st.booleans())
    def a_message_is_recorded(self, choice: int, length: float, tone: bool, silent: bool) -> None:
        """With its tone told or not."""
        taking = [live for _, live in sorted(self.centre.calls.items()) if live.message is not None]
        if taking:
            live = taking[choice % len(taking)]
            assert live.message is not None
            leg, op = live.call.leg, live.message.op
            if tone:
                self.feed(PromptFinished(leg=leg, op=OpId(op + BEEP_SUFFIX), completed=True))
            self.now = Micros(self.now + seconds(length))
            self.feed(MessageRecorded(leg=leg, op=op, length=seconds(length), went_silent=silent))

    @precondition(lambda self: self.fetches)
    @rule(choice=CHOICE, reason=st.sampled_from(("", "", "timeout", "secret_lost")))
    def a_server_answers(self, choice: int, reason: str) -> None:
        """In time, or too late, or once more."""
        asked = self.fetches[-1 - choice % min(len(self.fetches), 4)]
        values = {} if reason else dict.fromkeys(asked.want, 7)
        assert asked.op is not None
        self.feed(UrlFetched(call=asked.call, op=asked.op, ok=not reason, values=values, reason=reason))

    @rule(choice=CHOICE, key=st.sampled_from("12"))
    def a_question_is_answered(self, choice: int, key: str) -> None:
        asked = [live.call.leg for _, live in sorted(self.centre.calls.items()) if live.own_wait is OwnWait.ASKED]
        if asked:
            self.feed(KeyPressed(leg=asked[choice % len(asked)], key=key))

    @rule(choice=CHOICE)
    def the_music_ends(self, choice: int) -> None:
        """A join cuts it short, or its file is broken."""
        line = [live.call for _, live in sorted(self.centre.calls.items()) if live.call.state in IN_LINE]
        if line:
            call = line[choice % len(line)]
            self.feed(PromptFinished(leg=call.leg, op=call.op or OpId("other"), completed=False))

    @precondition(lambda self: self.centre.calls)
    @rule(choice=CHOICE)
    def a_call_goes_on_as_it_should(self, choice: int) -> None:
        """What mostly happens next; by chance alone few calls would get as far as a talk."""
        self.go_on(sorted(self.centre.calls)[choice % len(self.centre.calls)], "12"[choice % 2])

    def go_on(self, call_id: CallId, keys: str) -> None:
        live = self.centre.calls.get(call_id)
        if live is None:
            return
        call = live.call
        if call.state is CallState.RINGING_AGENT and call.offer is not None:
            self.feed(LegAnswered(leg=call.offer.leg))
        elif call.state is CallState.CONNECTING and call.offer is not None:
            self.feed(LegsBridged(leg=call.leg, other=call.offer.leg))
        elif call.state is CallState.DIALLING and call.dialled is not None:
            self.feed(LegAnswered(leg=call.dialled.leg))
            self.feed(LegsBridged(leg=call.leg, other=call.dialled.leg))
        elif live.fetching is not None:
            self.feed(UrlFetched(call=call.id, op=live.fetching, ok=True, values={"balance": 7}))
        elif call.leg in self.ops:
            self.feed_end_of(self.ops[call.leg][-1], keys)

    @rule(
        agent=AGENTS,
        dialled=st.sampled_from(("4001", "4002", "4006", "4007", "4008")),
        keys=st.sampled_from("12"),
        is_over=st.booleans(),
        facts=FACTS,
    )
    def a_call_is_served(self, agent: int, dialled: str, keys: str, is_over: bool, facts: CallerFacts) -> None:
        """Nothing goes wrong for once: somebody comes to work, somebody calls, and mostly the two talk."""
        if self.centre.link_lost_at is not None:
            self.feed(SwitchFound(core=self.centre.core or "core", legs=tuple(self.legs)))
        self.an_agent_signs_in(agent)
        self.a_caller_arrives(dialled, "13800138000", facts)
        call = self.started[-1]
        for _ in range(4):
            self.go_on(call, keys)
        for leg in [leg for leg, owner in self.legs.items() if owner == call and is_over]:
            self.end_leg(leg, "NORMAL_CLEARING")

    @rule(
        dialled=st.sampled_from(("4001", "4002", "4008")),
        agent=AGENTS,
        own=AGENTS,
        is_remembered=st.booleans(),
        is_there=st.booleans(),
    )
    def a_customer_calls(self, dialled: str, agent: int, own: int, is_remembered: bool, is_there: bool) -> None:
        """Somebody is at work, and a caller who belongs to them, or to somebody else, wants to be served."""
        if self.centre.link_lost_at is not None:
            self.feed(SwitchFound(core=self.centre.core or "core", legs=tuple(self.legs)))
        self.an_agent_signs_in(agent)
        (self.an_agent_signs_in if is_there else self.an_agent_signs_out)(own)
        memory = CallMemory(AgentId(own), MORNING, Micros(self.now + 1), MemoryStanding.VALID)
        facts = CallerFacts(memory=memory) if is_remembered else CallerFacts(customer=owned_by(own))
        for _ in range(1 + is_there):  # the second one finds the own agent busy
            self.a_caller_arrives(dialled, "13800138000", facts)
            self.go_on(self.started[-1], "1")
            self.go_on(self.started[-1], "1")

    # --- agents and their phones ---

    @rule(agent=AGENTS)
    def an_agent_signs_in(self, agent: int) -> None:
        self.an_agent_asks(agent, Action.SIGN_IN)

    @rule(agent=AGENTS)
    def an_agent_signs_out(self, agent: int) -> None:
        self.an_agent_asks(agent, Action.SIGN_OUT)

    @rule(agent=AGENTS)
    def an_agent_is_made_ready(self, agent: int) -> None:
        self.an_agent_asks(agent, Action.READY)

    @rule(agent=AGENTS, reason=st.sampled_from((*(each.code for each in BREAKS), "", "golf")))
    def an_agent_takes_a_break(self, agent: int, reason: str) -> None:
        self.an_agent_asks(agent, Action.BREAK, reason)

    @rule(agent=AGENTS, is_meant=st.booleans())
    def an_agent_wants_a_break_after_the_call(self, agent: int, is_meant: bool) -> None:
        self.an_agent_asks(agent, Action.BREAK_AFTER_CALL, BREAKS[0].code)
        if not is_meant:
            self.an_agent_asks(agent, Action.STAY)

    def an_agent_asks(self, agent: int, action: Action, reason: str = "") -> None:
        asked = ActionRequested(request=RequestId("r"), agent=AgentId(agent), by="test", action=action, reason=reason)
        self.feed(asked)

    @rule(agent=AGENTS)
    def an_agent_is_away_from_the_desk(self, agent: int) -> None:
        """Whatever rings for one agent rings in vain, three times if callers come."""
        self.an_agent_signs_in(agent)
        for _ in range(3):
            self.now = Micros(self.now + seconds(31))
            for live in list(self.centre.calls.values()):
                for offer in live.call.offers if live.call.state is CallState.RINGING_AGENT else ():
                    if offer.agent == agent:
                        self.end_leg(offer.leg, "NO_ANSWER")
                    if live.call.bridging is not None and not live.call.others:
                        self.feed(BridgeEnded(leg=live.call.leg, other=live.call.bridging, cause="NO_ANSWER"))
            if f"rest:{agent}" in self.centre.timers:
                self.feed(TimerFired(timer=TimerId(f"rest:{agent}")))

    def offer(self, choice: int) -> tuple[LegId, LegId] | None:
        """The leg of some offer or outside number, and its caller's."""
        calls = [live.call for _, live in sorted(self.centre.calls.items())]
        offers = [(offer.leg, call.leg) for call in calls for offer in call.offers]
        offers += [(call.dialled.leg, call.leg) for call in calls if call.dialled is not None]
        return offers[choice % len(offers)] if offers else None

    @rule(choice=CHOICE)
    def a_phone_rings(self, choice: int) -> None:
        if (offer := self.offer(choice)) is not None:
            self.feed(LegRinging(leg=offer[0]))

    @rule(choice=CHOICE)
    def a_phone_is_answered(self, choice: int) -> None:
        if (offer := self.offer(choice)) is not None:
            self.feed(LegAnswered(leg=offer[0]))

    @rule(choice=CHOICE, by_agent_leg=st.booleans())
    def the_legs_are_joined(self, choice: int, by_agent_leg: bool) -> None:
        if (offer := self.offer(choice)) is not None:
            leg, other = offer if by_agent_leg else reversed(offer)
            self.feed(LegsBridged(leg=leg, other=other))

    @rule(choice=CHOICE, cause=CAUSES, told_twice=st.booleans())
    def an_offer_or_talk_ends(self, choice: int, cause: str, told_twice: bool) -> None:
        if (offer := self.offer(choice)) is not None:
            self.end_leg(offer[0], cause, told_twice)

    @rule(agent=AGENTS)
    def a_phone_registers(self, agent: int) -> None:
        self.feed(PhoneRegistered(phone=phone_of(agent)))

    @rule(agent=AGENTS)
    def a_phone_is_gone(self, agent: int) -> None:
        self.feed(PhoneUnregistered(phone=phone_of(agent)))

    # --- the switch ---

    def end_leg(self, leg: LegId, cause: str, told_twice: bool = False) -> None:
        self.legs.pop(leg, None)
        self.ops.pop(leg, None)
        self.feed(LegHungUp(leg=leg, cause=cause))
        if told_twice:
            self.feed(RingFailed(leg=leg, cause=cause))

    @precondition(lambda self: self.legs)
    @rule(choice=CHOICE, cause=CAUSES, told_twice=st.booleans())
    def any_leg_ends(self, choice: int, cause: str, told_twice: bool) -> None:
        self.end_leg(sorted(self.legs)[choice % len(self.legs)], cause, told_twice)

    @precondition(lambda self: any(isinstance(event, SwitchEvent) for event in self.events))
    @rule(choice=CHOICE)
    def something_is_told_again(self, choice: int) -> None:
        told = [event for event in self.events if isinstance(event, SwitchEvent)]
        event = told[-1 - choice % min(len(told), 40)]
        # A caller who has gone does not arrive again; a connection is told once.
        if not isinstance(event, CallOffered) or event.call in self.centre.calls:
            self.feed(event)

    @precondition(lambda self: self.ordered)
    @rule(choice=CHOICE, outcome=st.sampled_from(Outcome))
    def an_order_fails(self, choice: int, outcome: Outcome) -> None:
        command = self.ordered[-1 - choice % min(len(self.ordered), 12)]
        op = getattr(command, "op", None)
        self.feed(CommandFailed(leg=command.leg, command=type(command).__name__, outcome=outcome, op=op))

    @precondition(lambda self: self.started)
    @rule(choice=CHOICE)
    def a_callers_connection_ends(self, choice: int) -> None:
        self.feed(CallerLinkLost(leg=LegId(f"leg-of-{self.started[choice % len(self.started)]}")))

    @precondition(lambda self: self.started)
    @rule(choice=CHOICE)
    def a_caller_is_handed_over_again(self, choice: int) -> None:
        call = self.started[choice % len(self.started)]
        self.feed(CallReturned(leg=LegId(f"leg-of-{call}"), call=call))

    @rule(choice=CHOICE, cause=st.sampled_from(("SUCCESS", "NO_ANSWER", "USER_BUSY")))
    def a_bridge_ends(self, choice: int, cause: str) -> None:
        rings = [live.call for _, live in sorted(self.centre.calls.items()) if live.call.bridging is not None]
        if rings:
            call = rings[choice % len(rings)]
            assert call.bridging is not None
            self.feed(BridgeEnded(leg=call.leg, other=call.bridging, cause=cause))

    @rule(reason=st.sampled_from(("test", SwitchLost.STARTED)))
    def the_link_is_lost(self, reason: str) -> None:
        self.feed(SwitchLost(reason=reason))

    @rule(choice=CHOICE, restarted=st.booleans())
    def the_link_is_found(self, choice: int, restarted: bool) -> None:
        """With a random part of the channels; those that are missing have ended untold."""
        core = f"core-{choice}" if restarted else self.centre.core or "core"
        if self.centre.link_lost_at is not None:
            self.legs = {
                leg: call for place, (leg, call) in enumerate(sorted(self.legs.items())) if choice >> place & 1
            }
        answered = tuple(leg for place, leg in enumerate(sorted(self.legs)) if choice >> (place + 3) & 1)
        self.feed(SwitchFound(core=core, legs=tuple(self.legs), answered=answered))

    @precondition(lambda self: self.ends_asked)
    @rule(
        place=CHOICE,
        told=CHOICE,
        cause=CAUSES,
        disposition=st.sampled_from(("recv_bye", "recv_refuse", "send_bye", "send_cancel", "")),
        was_joined=st.booleans(),
    )
    def the_ends_are_told(self, place: int, told: int, cause: str, disposition: str, was_joined: bool) -> None:
        """Of some legs the switch has left how they ended, in any order; of the others nothing."""
        legs = self.ends_asked.pop(place % len(self.ends_asked))
        known = [leg for number, leg in enumerate(legs) if told >> number & 1]
        ends = tuple(
            SwitchLeg(
                leg=leg,
                call=None,
                core="core",
                direction="inbound",
                caller="",
                number="",
                created_at=MORNING,
                answered_at=Micros(self.now - number) if was_joined else None,
                ended_at=Micros(self.now - (told >> number) % 7 * 1_000_000),
                cause=cause,
                disposition=disposition,
                talked_to=legs[0] if was_joined else None,
            )
            for number, leg in enumerate(known)
        )
        self.feed(LegEndsFound(ends=ends, missing=tuple(leg for leg in legs if leg not in known)))

    @rule(choice=CHOICE, length=st.sampled_from((0.0, 0.02, 2.0, 12.0)))
    def the_process_restarts(self, choice: int, length: float) -> None:
        """Some callers come back before the switch is found, some after it, and some never."""
        self.feed(SwitchLost(reason=SwitchLost.STARTED))
        self.now = Micros(self.now + seconds(length))
        callers = [(live.call.leg, call) for call, live in sorted(self.centre.calls.items())]
        for place, (leg, call) in enumerate(callers):
            if choice >> place & 1:
                self.feed(CallReturned(leg=leg, call=call))
        self.feed(SwitchFound(core=self.centre.core or "core", legs=tuple(self.legs)))
        for place, (leg, call) in enumerate(callers):
            if choice >> (place + 6) & 1:
                self.feed(CallReturned(leg=leg, call=call))

    @rule(choice=CHOICE, again_after=st.sampled_from((0.02, 10.0)), strangers=st.booleans())
    def the_state_is_compared(self, choice: int, again_after: float, strangers: bool) -> None:
        """Twice, with a random part of the channels; those that are missing both times have ended untold."""
        if self.centre.link_lost_at is None:
            there = {leg: call for place, (leg, call) in enumerate(sorted(self.legs.items())) if choice >> place & 1}
            answered = tuple(leg for place, leg in enumerate(sorted(there)) if choice >> (place + 3) & 1)
            known = {*self.centre.legs, *self.centre.closing, *self.centre.supervised}
            unknown = tuple(Stranger(leg, call, bool(choice & 1)) for leg, call in there.items() if leg not in known)
            for _ in range(2):
                self.now = Micros(self.now + seconds(again_after))
                self.feed(
                    StateCompared(
                        core=self.centre.core or "core",
                        legs=tuple(there),
                        answered=answered,
                        strangers=unknown if strangers else (),
                    )
                )

    # --- time, the database, ourselves ---

    @rule(length=st.sampled_from((0.0, 0.02, 1.0, 3.0, 12.0, 31.0, 61.0, 700.0)))
    def time_passes(self, length: float) -> None:
        self.now = Micros(self.now + seconds(length))

    @rule(length=st.sampled_from((0.3, 3.0, 12.0, 31.0, 61.0)))
    def time_passes_as_it_does(self, length: float) -> None:
        """Each timer fires when it is due."""
        end = Micros(self.now + seconds(length))
        for _ in range(30):
            due = min(((moment, timer) for timer, moment in self.centre.timers.items()), default=None)
            if due is None or due[0] > end:
                break
            self.now = max(self.now, due[0])
            self.feed(TimerFired(timer=due[1]))
        self.now = max(self.now, end)

    @precondition(lambda self: self.centre.timers)
    @rule(choice=CHOICE)
    def a_timer_fires(self, choice: int) -> None:
        """Any timer, early or late."""
        self.feed(TimerFired(timer=sorted(self.centre.timers)[choice % len(self.centre.timers)]))

    @rule(timer=st.sampled_from(("wait:call-1", "rest:1", "ring:gone", "again:call-2", "closing:gone", "lost:call-9")))
    def a_timer_fires_that_was_cancelled(self, timer: str) -> None:
        if timer not in self.centre.timers:
            self.feed(TimerFired(timer=timer))  # type: ignore[arg-type]  # ids are text here

    @precondition(lambda self: self.stored)
    @rule(choice=CHOICE)
    def a_record_is_stored(self, choice: int) -> None:
        self.feed(RecordStored(call=self.stored[choice % len(self.stored)]))

    @rule(directory=DIRECTORIES, other=st.none() | st.sampled_from(Strategy))
    def the_directory_changes(self, directory: Directory, other: Strategy | None) -> None:
        self.load(directory, other or self.strategy, self.centre.max_calls)

    @rule(day=st.sampled_from(("today", "today", "tomorrow")), left_s=st.sampled_from((-5, 0, 3600)))
    def it_is_told_which_day_it_is(self, day: str, left_s: int) -> None:
        self.feed(DayBegan(day=day, ends_at=Micros(self.now + seconds(left_s))))

    @precondition(lambda self: self.started)
    @rule(choice=CHOICE, attempt=st.sampled_from((1, 1, 1, 2, 3, 4)))
    def a_defect_hits_a_call(self, choice: int, attempt: int) -> None:
        call = self.started[-1 - choice % min(len(self.started), 4)]
        self.feed(CallCrashed(call=call, place="test", error="E", attempt=attempt))

    @rule()
    def a_defect_hits_no_call(self) -> None:
        self.feed(CallCrashed(call=None, place="test", error="E"))

    @precondition(lambda self: len(self.events) > 60)
    @rule()
    def the_process_is_about_to_stop(self) -> None:
        self.feed(DrainRequested())

    # --- at any moment ---

    @precondition(lambda self: len(self.events) % 5 == 0)
    @invariant()
    def a_snapshot_is_the_centre(self) -> None:
        assert decode_head(encode_head(5, self.centre)) == (self.centre, 5)

    @precondition(lambda self: len(self.events) % 5 == 0)
    @invariant()
    def the_books_agree_with_themselves(self) -> None:
        """What the state doctor finds without the switch: nobody is busy with nothing, and no name is left over."""
        every_leg = StateCompared(core="core", legs=(*self.centre.legs, *self.centre.closing, *self.centre.supervised))
        found = [each.key for each in differences(self.centre, every_leg) if each.kind in OF_THE_BOOKS]
        assert found == []

    def teardown(self) -> None:
        """In the end every leg ends and every timer runs out: nothing and nobody is left behind."""
        if not self.events:
            return
        self.days.append(len(self.events))
        self.feed(SwitchFound(core=self.centre.core or "core", legs=tuple(self.legs)))
        for leg in sorted({*self.legs, *self.centre.legs, *self.centre.closing}):
            self.end_leg(leg, "NORMAL_CLEARING")
        for _ in range(1000):
            for leg in sorted({*self.legs, *self.centre.legs, *self.centre.closing}):
                self.end_leg(leg, "NORMAL_CLEARING")
            if not self.centre.timers:
                break
            timer = min(self.centre.timers, key=lambda timer: (self.centre.timers[timer], timer))
            self.now = max(self.now, self.centre.timers[timer])
            self.feed(TimerFired(timer=timer))
        self.check_nothing_is_left()
        self.check_replay()

    def check_nothing_is_left(self) -> None:
        centre = self.centre
        left = (centre.calls, centre.legs, centre.lines, centre.closing, centre.loads, centre.timers, centre.wanted)
        assert [dict(each) for each in left] == [{}] * 7
        assert centre.admitted == 0
        assert all(agent.call is None for agent in centre.agents.values())
        assert sorted(self.stored) == sorted(set(self.started) - self.forgotten)

    def check_replay(self) -> None:
        """The same events give the same centre: nothing is drawn, and no clock is asked."""
        again = CallCentre()
        for event in self.events:
            again = transition(again, event).centre
        assert again == self.centre


@pytest.mark.parametrize("strategy", Strategy)
def test_Q13_whatever_happens_every_rule_holds(strategy: Strategy) -> None:
    """Over random state changes no offer is made to an agent that is not idle at offer time, and no agent has two."""
    days: list[int] = []
    machine = type(f"CentreUnderAttack_{strategy}", (CentreUnderAttack,), {"strategy": strategy, "days": days})
    run_state_machine_as_test(
        seed(f"{SEED}/{strategy}")(machine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=PHASES,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    print(f"{strategy}, seed {SEED}: {len(days)} days, {sum(days)} events")
    assert sum(days) >= EXAMPLES * STEPS // 2  # days that end before anything has happened would hold every rule
