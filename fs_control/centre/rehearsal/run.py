"""Lets one call happen from its first ring to its record, and says what was seen on the way.

The loop is that of a live centre: an event, `transition`, its orders, their answers. Easy to break: a timer counts
only while the centre has it in `timers`, so what is due is looked up there and `StartTimer` needs no answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from immutables import Map

from fs_control.agents import AgentStatus as Status
from fs_control.agents import AgentTrigger, Break, BreakCause, advance, made_ready
from fs_control.centre.rehearsal.answers import answer
from fs_control.centre.rehearsal.people import Caller, Question
from fs_control.centre.rehearsal.scene import PATIENCE, AgentIs, HttpAnswer, Scene
from fs_control.centre.rehearsal.stage import Stage
from fs_control.centre.rehearsal.watched import Place, watched, way_of
from fs_control.centre.state import CallCentre
from fs_control.centre.transition import transition
from fs_control.commands import (
    CallCommand,
    CancelTimer,
    Command,
    FetchUrl,
    FindLegEnds,
    LookUpCaller,
    LookUpDay,
    Reply,
    StartTimer,
    StoreRecord,
)
from fs_control.errors import BrokenInvariant
from fs_control.events import (
    ActionRequested,
    CallerLookedUp,
    CallOffered,
    DirectoryLoaded,
    Event,
    LegEndsFound,
    SwitchFound,
    TimerFired,
    UrlFetched,
)
from fs_control.ids import SECOND, AgentId, CallId, LegId, Micros, RequestId, seconds
from fs_control.records import Action, CallRecord

CALL: Final = CallId("dry-run")
LEG: Final = LegId("dry-run-caller")

LOOK_UP_WITHIN: Final = seconds(0.3)
"""As in a live centre; the scene's answer comes at once."""
SERVER_TAKES: Final = seconds(0.5)
"""How long somebody else's server takes to answer."""
MOST_EVENTS: Final = 20_000
"""More than any call has that ends; a call within the limits of the flow engine stays far below it."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What became of a call: its record, as of any other call, and what a record does not keep."""

    record: CallRecord
    questions: tuple[Question, ...]
    keys_left: tuple[str, ...]
    """Those for which no question came."""
    way: tuple[Place, ...]
    """The steps that the caller went through, each with its flow."""
    gave_up: bool
    """Nothing ended the call but the caller's patience."""


def rehearse(scene: Scene) -> Rehearsed:
    """Let the caller of a scene call, and return what becomes of it. The same scene gives the same answer."""
    return _Run(scene).to_the_end()


@dataclass(slots=True)
class _Run:
    """One centre and the stage around it."""

    scene: Scene
    stage: Stage = field(init=False)
    centre: CallCentre = field(default_factory=CallCentre)
    record: CallRecord | None = None
    seen: list[Place] = field(default_factory=list)
    fetched: int = 0
    """How many answers of other people's servers are used up."""

    def __post_init__(self) -> None:
        self.stage = Stage(self.scene, LEG, self.scene.at, Caller(list(self.scene.keys)))

    def to_the_end(self) -> Rehearsed:
        self._open()
        scene, stage = self.scene, self.stage
        self._feed(
            CallOffered(
                leg=LEG,
                switch_at=scene.at,
                call=CALL,
                dialled=scene.number,
                caller=scene.caller,
                caller_name=scene.caller_name,
            )
        )
        leaves_at = Micros(scene.at + (PATIENCE if scene.hang_up_after is None else scene.hang_up_after))
        gave_up = self._wait(leaves_at)
        if gave_up:
            stage.now = leaves_at
            stage.caller_hangs_up()
            self._wait(Micros(leaves_at + PATIENCE))
        assert self.record is not None  # a caller who is gone has a record
        return Rehearsed(
            record=self.record,
            questions=tuple(stage.caller.questions),
            keys_left=tuple(stage.caller.keys),
            way=tuple(way_of(self.seen)),
            gave_up=gave_up and scene.hang_up_after is None,
        )

    # --- the beginning ---

    def _open(self) -> None:
        """Load the directory and let everybody come to work who does, one second after the other."""
        scene = self.scene
        at_work = [agent for agent in scene.directory.agents if scene.how_is(agent) is not AgentIs.SIGNED_OUT]
        self.stage.now = Micros(scene.at - SECOND * (len(at_work) + 1))
        self._feed(
            DirectoryLoaded(
                directory=scene.directory,
                flows=scene.flows,
                prompts=scene.prompts,
                max_calls=1,
                look_up_within=LOOK_UP_WITHIN,
            )
        )
        flows = {key: watched(flow, self.seen) for key, flow in self.centre.flows.items()}
        self.centre = replace(self.centre, flows=Map(flows))
        self._feed(SwitchFound(core="rehearsal", legs=()))
        for place, agent in enumerate(at_work):
            self.stage.now = Micros(scene.at - SECOND * (len(at_work) - place))
            self._feed(
                ActionRequested(request=RequestId(f"in-{agent}"), agent=agent, by="rehearsal", action=Action.SIGN_IN)
            )
            self._settle(agent, scene.how_is(agent))
        self.stage.now = scene.at

    def _settle(self, agent_id: AgentId, how: AgentIs) -> None:
        """Let an agent be busy or on a break before the call: with somebody of whom this centre need not know."""
        agent, now = self.centre.agents.get(agent_id), self.stage.now
        if agent is None:  # has no phone
            return
        agent = made_ready(agent, now)  # whatever they begin with
        if how is AgentIs.BUSY:
            talking = CallId(f"rehearsal-of-{agent_id}")
            agent = advance(advance(agent, AgentTrigger.CHOSEN, now, talking), AgentTrigger.ANSWERED, now)
        elif how is AgentIs.AWAY:
            agent = replace(agent, status=Status.BREAK, on_break=Break(now, BreakCause.NOT_ANSWERING))
        self.centre = replace(self.centre, agents=self.centre.agents.set(agent_id, agent))

    # --- time ---

    def _wait(self, until: Micros) -> bool:
        """Let time pass until the call's record is there; True where `until` came first."""
        for _ in range(MOST_EVENTS):
            if self.record is not None:
                return False
            due = self._next_due()
            if due is None or due > until:
                return True
            self.stage.now = max(self.stage.now, due)
            event = self.stage.take() or self._due_timer()
            if event is not None:
                self._feed(event)
        raise BrokenInvariant("rehearsal_without_end", events=MOST_EVENTS)

    def _next_due(self) -> Micros | None:
        due = [*self.centre.timers.values()]
        if self.stage.next_due is not None:
            due.append(self.stage.next_due)
        return min(due, default=None)

    def _due_timer(self) -> Event | None:
        due = [(moment, timer) for timer, moment in self.centre.timers.items() if moment <= self.stage.now]
        return TimerFired(timer=min(due)[1]) if due else None

    # --- the ring of events and orders ---

    def _feed(self, event: Event) -> None:
        result = transition(self.centre, replace(event, at=self.stage.now))
        self.centre = result.centre
        live = self.centre.calls.get(CALL)
        if live is not None:
            self.stage.line = live.call.joined_at if live.call.exit_keys else None
            self.stage.question = live.question
        for command in result.commands:
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:
        match command:
            case CallCommand():
                answer(self.stage, command)
            case LookUpDay(time_zone, at):
                self.stage.tell(self.scene.day_of(at, time_zone))
            case LookUpCaller(call, caller, number, at):
                self.stage.tell(CallerLookedUp(call=call, facts=self.scene.look_up(caller, number, at)))
            case FetchUrl():
                self._fetch(command)
            case StoreRecord(record):
                self.record = record
            case FindLegEnds(legs):
                self.stage.tell(LegEndsFound(ends=(), missing=legs))
            case StartTimer() | CancelTimer() | Reply():
                pass  # the timers are in the centre, and nobody asked who would read the reply
            case _:
                raise BrokenInvariant("rehearsal_order_unknown", command=type(command).__name__)

    def _fetch(self, command: FetchUrl) -> None:
        """Let the scene answer for somebody else's server; where it says nothing nobody is there."""
        if command.op is None:
            return
        answers = self.scene.http
        answer = answers[min(self.fetched, len(answers) - 1)] if answers else HttpAnswer(reason="unreachable")
        self.fetched += 1
        missing = next((path for name, path in command.want.items() if name not in answer.values), None)
        reason = answer.reason or (f"missing:{missing}" if missing is not None else "")
        values = {} if reason else answer.values
        told = UrlFetched(call=command.call, op=command.op, ok=not reason, values=values, reason=reason)
        self.stage.tell(told, SERVER_TAKES)
