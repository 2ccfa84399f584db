"""A leader on the call of an agent (C7): listens, whispers, joins, takes over; every use is kept.

The switch does the sound on the customer's leg, and the customer hears nothing of it. Listening belongs to the agent's
part of the call: hold and consultation leave it alone, and it ends when that agent has the customer no more, whoever
has them then. Easy to break: the mode is what the switch tells by a key of the leader's leg, whether the leader pressed
it or we ordered it; and after the end of a leg whatever was heard has to be in the log.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from fs_control.agents import AgentState, AgentTrigger, talked_with_caller
from fs_control.calls import NORMAL, CallState, LiveOffer, Talk, TalkState
from fs_control.cdr import colleague_asked, offer_answered
from fs_control.centre.answering import Endpoint, endpoint_of
from fs_control.centre.endings import CANCELLED, LOST, close_leg, free_agent, talk_over
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import LiveCall, Supervision
from fs_control.centre.step import Step
from fs_control.centre.supervised import leg_of_leader
from fs_control.centre.talking import join_now, spend, unmuted, want_joined
from fs_control.commands import ChangeSupervision, Reply, StoreSupervision, Supervise
from fs_control.events import KeyPressed, SuperviseRequested, SupervisionKept, SupervisionStored
from fs_control.ids import AgentId, CallId, Extension, LegId, Micros, TimerId, derived_leg_id, seconds
from fs_control.records import (
    Direction,
    Offer,
    Right,
    RoutingDecision,
    SegmentKind,
    SuperviseMode,
    SuperviseWish,
    SupervisionEntry,
)
from fs_control.texts import sentence

RING: Final = seconds(20)
RING_GRACE: Final = seconds(10)
"""How long a leader's phone rings, and how much longer the switch may take to tell what came of it."""

TAKEN_OVER: Final = "taken_over"
"""What the record says, and why a segment ended."""

BY_LEADER: Final = "named.by_leader"
"""The rule of a decision that a leader made: they and nobody else."""

TRANSFERRED: Final = "TRANSFERRED"

MODES: Final = {"0": SuperviseMode.LISTEN, "1": SuperviseMode.WHISPER, "3": SuperviseMode.JOIN}
TAKE_KEY: Final = "4"
"""What a key that the switch tells of a leader's leg means."""

_WISHED: Final = {
    SuperviseWish.LISTEN: SuperviseMode.LISTEN,
    SuperviseWish.WHISPER: SuperviseMode.WHISPER,
    SuperviseWish.JOIN: SuperviseMode.JOIN,
    SuperviseWish.TAKE: SuperviseMode.LISTEN,
}


# --- what is asked --------------------------------------------------------------------------------------------------


def supervise_requested(step: Step, event: SuperviseRequested) -> None:
    """Do what a leader wants, or say why not."""
    refusal = _do(step, event)
    if refusal is not None:
        step.because(f"refused.{refusal.code}")
    values = dict(refusal.values) if refusal is not None else {}
    step.order(Reply(event.request, refusal.code if refusal is not None else None, values))


def _do(step: Step, event: SuperviseRequested) -> Refusal | None:
    directory = step.centre.directory
    leader, agent = directory.agents.get(event.leader), directory.agents.get(event.agent)
    if leader is None or agent is None:
        return Refusal("agent_unknown", {"agent": str(event.leader if leader is None else event.agent)})
    if Right.LEADER not in leader.rights:
        return Refusal("supervise_no_right", {"leader": leader.number})
    leg = leg_of_leader(step.centre, event.leader)
    if leg is not None:
        return _change(step, leg, event)
    if event.wish is SuperviseWish.STOP:
        return Refusal("supervise_nothing", {"leader": leader.number})
    if event.leader == event.agent:
        return Refusal("supervise_self", {"leader": leader.number})
    live = talk_of(step, event.agent)
    if live is None:
        return Refusal("supervise_no_talk", {"agent": agent.number})
    if step.agent(event.leader).state is not AgentState.IDLE:
        return Refusal("supervise_busy", {"leader": leader.number})
    endpoint = endpoint_of(step.centre, event.leader)
    refusal = _why_no_phone(step, leader.number, endpoint)
    if refusal is not None or endpoint is None:
        return refusal
    _begin(step, live, event, Extension(endpoint.code))
    return None


def _why_no_phone(step: Step, leader: str, endpoint: Endpoint | None) -> Refusal | None:
    """Only a phone of ours listens: elsewhere a voicemail might take it up."""
    if endpoint is None:
        return Refusal("supervise_no_phone", {"leader": leader})
    if endpoint.must_accept:
        return Refusal("supervise_not_outside", {"leader": leader})
    if step.centre.phones.get(endpoint.code) is False:
        return Refusal("supervise_no_phone", {"leader": leader})
    return None


def _begin(step: Step, live: LiveCall, event: SuperviseRequested, phone: Extension) -> None:
    leg = derived_leg_id(live.call.id, live.call.legs_made + 1)
    live = step.keep_call(live, replace(live.call, legs_made=live.call.legs_made + 1))
    mode, takes = _WISHED[event.wish], event.wish is SuperviseWish.TAKE
    watch = Supervision(event.leader, event.agent, live.call.id, event.by, mode, takes=takes)
    step.change(supervised=step.centre.supervised.set(leg, watch))
    step.reserve((event.leader,), live.call.id)
    number = step.centre.directory.agents[event.agent].number
    shown = sentence("display.supervised", {"agent": number}, step.centre.directory.language)
    step.order(Supervise(live.call.id, leg, live.call.leg, phone, mode, RING, live.record.caller.raw, shown))
    step.start_timer(_timer(leg), Micros(RING + RING_GRACE))


def _change(step: Step, leg: LegId, event: SuperviseRequested) -> Refusal | None:
    """A leader who is on a call already wants another mode, or to leave."""
    watch, numbers = step.centre.supervised[leg], step.centre.directory.agents
    if watch.agent != event.agent:
        on = numbers[watch.agent].number if watch.agent in numbers else str(watch.agent)
        return Refusal("supervise_elsewhere", {"leader": numbers[event.leader].number, "agent": on})
    if event.wish is SuperviseWish.STOP:
        end(step, leg, NORMAL)
    elif event.wish is SuperviseWish.TAKE:
        return _take(step, leg, by=event.by)
    elif watch.began_at is None:
        return Refusal("supervise_still_rings", {"leader": numbers[event.leader].number})
    else:
        _keep(step, leg, replace(watch, by=event.by))
        step.order(ChangeSupervision(watch.call, leg, _WISHED[event.wish]))
    return None


def talk_of(step: Step, agent: AgentId) -> LiveCall | None:
    """Return the talk with a customer that an agent has at this moment, or None."""
    call = step.agent(agent).call
    live = step.live(call)
    if live is None or live.call.state is not CallState.TALKING or live.call.direction is Direction.INTERNAL:
        return None
    return live if live.call.offer is not None and live.call.offer.agent == agent else None


# --- what the switch tells of a leader's leg ------------------------------------------------------------------------


def rings(step: Step, leg: LegId) -> bool:
    """Take note that a leader's phone rings; False where it is no leader's leg."""
    watch = step.centre.supervised.get(leg)
    if watch is not None and watch.began_at is None:
        step.move_agent(watch.leader, AgentTrigger.PHONE_RANG)
    return watch is not None


def answered(step: Step, leg: LegId) -> bool:
    """The leader hears the call from now on; False where it is no leader's leg."""
    watch = step.centre.supervised.get(leg)
    if watch is None:
        return False
    if watch.began_at is None:
        step.cancel_timer(_timer(leg))
        step.move_agent(watch.leader, AgentTrigger.ANSWERED)
        step.because(f"supervise.{watch.mode}")
        _keep(step, leg, replace(watch, began_at=step.moment))
        if watch.takes:  # the key is told when the switch has begun to listen; joined before that, it would end there
            step.order(ChangeSupervision(watch.call, leg, SuperviseMode.LISTEN))
    return True


def key_pressed(step: Step, event: KeyPressed) -> bool:
    """The mode has changed, or the leader wants the customer; False where it is no leader's leg."""
    watch = step.centre.supervised.get(event.leg)
    if watch is None:
        return False
    if event.key == TAKE_KEY or watch.takes:
        _keep(step, event.leg, replace(watch, takes=False))
        refusal = _take(step, event.leg, by=watch.by if watch.takes else step.number_of(watch.leader))
        if refusal is not None:  # the agent has asked a colleague in these seconds: the leader listens
            step.because(f"refused.{refusal.code}")
        return True
    mode = MODES.get(event.key)
    if mode is not None and mode is not watch.mode and watch.began_at is not None:
        step.because(f"supervise.{mode}")
        watch = _log(step, event.leg, watch)
        _keep(step, event.leg, replace(watch, mode=mode, began_at=step.moment))
    return True


def leg_over(step: Step, leg: LegId) -> bool:
    """The leader has left, or was never there; False where it is no leader's leg."""
    watch = step.centre.supervised.get(leg)
    if watch is None:
        return False
    _forget(step, leg, watch)
    free_agent(step, watch.leader)
    return True


def not_answered(step: Step, leg: LegId) -> None:
    """The switch never told what came of the ringing."""
    watch = step.centre.supervised.get(leg)
    if watch is not None and watch.began_at is None:
        end(step, leg, CANCELLED)


def found_again(step: Step, alive: Collection[LegId], answered_legs: Collection[LegId]) -> None:
    """We were deaf: leaders may have left meanwhile, or taken it up."""
    for leg in list(step.centre.supervised):
        if leg not in alive:
            step.because(f"supervise.{LOST}")
            leg_over(step, leg)
        elif leg in answered_legs:
            answered(step, leg)


# --- the end --------------------------------------------------------------------------------------------------------


def settle(step: Step) -> None:
    """Nobody listens to a customer whom the agent has no more."""
    for leg, watch in list(step.centre.supervised.items()):
        live = talk_of(step, watch.agent)
        if live is None or live.call.id != watch.call:
            end(step, leg, NORMAL if watch.began_at is not None else CANCELLED)


def end(step: Step, leg: LegId, cause: str) -> None:
    """Order the end of a leader's leg; the leader is busy until the switch says that it is over."""
    watch = step.centre.supervised[leg]
    _forget(step, leg, watch)
    close_leg(step, watch.call, leg, watch.leader, cause)


def _forget(step: Step, leg: LegId, watch: Supervision) -> None:
    step.cancel_timer(_timer(leg))
    _log(step, leg, watch)
    step.change(supervised=step.centre.supervised.delete(leg))


# --- the leader has the customer ------------------------------------------------------------------------------------


def _take(step: Step, leg: LegId, *, by: str) -> Refusal | None:
    """The customer is the leader's from now on; the agent's own part ends as if handed over."""
    watch = step.centre.supervised[leg]
    live = talk_of(step, watch.agent)
    number = step.number_of(watch.agent)
    if watch.began_at is None:
        return Refusal("supervise_still_rings", {"leader": step.number_of(watch.leader)})
    if live is None:
        return Refusal("supervise_no_talk", {"agent": number})
    talk = live.call.talk
    if talk.is_consult or talk.by_phone:
        return Refusal("supervise_take_later", {"agent": number})
    watch = _log(step, leg, watch)
    _log(step, leg, replace(watch, mode=SuperviseMode.TAKE, by=by, began_at=step.moment))
    step.change(supervised=step.centre.supervised.delete(leg), legs=step.centre.legs.set(leg, watch.call))
    _put_in_place(step, unmuted(step, live), leg, watch)
    return None


def _put_in_place(step: Step, live: LiveCall, leg: LegId, watch: Supervision) -> None:
    """Give the agent's place to the leader, and join leader and customer."""
    offer, was = live.call.offer, live.call.talk
    assert offer is not None  # a talk has one
    live = step.note(live, TAKEN_OVER, step.number_of(watch.leader))
    live = talk_over(step, live, offer, TRANSFERRED)
    phone = endpoint_of(step.centre, watch.leader)
    decision = RoutingDecision(BY_LEADER, watch.leader)
    code = Extension(phone.code) if phone is not None else Extension("")
    record = colleague_asked(live.record, Offer(leg, watch.leader, offer.group, code, decision, step.moment))
    live = step.keep_record(live, offer_answered(record, leg, step.moment))
    call = replace(live.call, offer=LiveOffer(leg, watch.leader, offer.group), leaving=offer, talk=Talk())
    live = step.keep_call(live, call)
    step.keep_agent(talked_with_caller(step.agent(watch.leader), offer.group))
    live = spend(step, live, SegmentKind.TALK, TAKEN_OVER)
    if was.state is TalkState.HELD:
        want_joined(step, live)  # the customer is with us, and hears music
    else:
        join_now(step, live)


# --- what is kept ---------------------------------------------------------------------------------------------------


def supervision_stored(step: Step, event: SupervisionStored | SupervisionKept) -> None:
    """The database has the entry, or our own disk has it for the database; we need not keep it."""
    if event.entry in step.centre.unstored_supervisions:
        step.change(unstored_supervisions=step.centre.unstored_supervisions.delete(event.entry))


def _log(step: Step, leg: LegId, watch: Supervision) -> Supervision:
    """Keep what has been since the last change; nothing where nobody has heard anything yet."""
    if watch.began_at is None:
        return watch
    entry = SupervisionEntry(
        id=f"{leg}.{watch.entries + 1}",
        enterprise=step.centre.directory.enterprise,
        call=watch.call,
        leader=watch.leader,
        leader_number=step.number_of(watch.leader),
        agent=watch.agent,
        agent_number=step.number_of(watch.agent),
        mode=watch.mode,
        by=watch.by,
        began_at=watch.began_at,
        ended_at=max(watch.began_at, step.moment),
    )
    step.change(unstored_supervisions=step.centre.unstored_supervisions.set(entry.id, entry))
    step.order(StoreSupervision(entry))
    return replace(watch, entries=watch.entries + 1)


def _keep(step: Step, leg: LegId, watch: Supervision) -> None:
    step.touched[CallId(watch.call)] = None
    step.change(supervised=step.centre.supervised.set(leg, watch))


def _timer(leg: LegId) -> TimerId:
    return TimerId(f"supervise:{leg}")
