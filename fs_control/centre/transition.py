"""The root transition: one event, the machine that owns it, and what follows.

A handler that raises leaves the old centre as it was: the caller of `transition` decides what to do about it. After
every event callers and agents are matched in the groups that the event touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fs_control.calls import CallState
from fs_control.centre import (
    announcing,
    binding,
    clockwork,
    crash,
    endings,
    flows,
    ghost_healing,
    hearing,
    joining,
    keys,
    leg_ends,
    legs,
    matching,
    offers,
    offers_over,
    overflow,
    own_phones,
    own_wait,
    people,
    phone_keys,
    presence,
    supervision,
    surroundings,
    talking,
    talks,
    today,
)
from fs_control.centre.acting import action_requested
from fs_control.centre.lookup import caller_looked_up
from fs_control.centre.state import CallCentre
from fs_control.centre.step import Step
from fs_control.commands import Command
from fs_control.errors import BrokenInvariant
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
    DirectoryLoaded,
    DrainRequested,
    Event,
    GatewayChanged,
    JournalInterrupted,
    KeyPressed,
    LegAnswered,
    LegEndsFound,
    LegHeld,
    LegHungUp,
    LegRinging,
    LegsBridged,
    LegUnheld,
    MessageRecorded,
    OutboxLevelChanged,
    PhoneRegistered,
    PhoneUnregistered,
    PinChecked,
    PromptFinished,
    ReadyRequested,
    RecordKept,
    RecordStored,
    RingFailed,
    SignInRequested,
    SignOutRequested,
    StateCompared,
    SuperviseRequested,
    SupervisionKept,
    SupervisionStored,
    SwitchEvent,
    SwitchFound,
    SwitchLost,
    TimerFired,
    TransferKeyPressed,
    UrlFetched,
)
from fs_control.flow import LineExit
from fs_control.ids import CallId, LegId, Micros, TimerId

MATCH_ROUNDS: Final = 10
"""A match can send callers back into their flow, which can put them in another line; more rounds than this within
one event mean that callers are going in circles."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What became of one event: the next centre, the orders in order, why, and the calls that were touched."""

    centre: CallCentre
    commands: tuple[Command, ...]
    reasons: tuple[str, ...]
    calls: tuple[CallId, ...]


def transition(centre: CallCentre, event: Event) -> Transition:
    """Apply one event. BrokenInvariant, or whatever a defect raises, means: nothing was changed."""
    handler = _HANDLERS.get(type(event))
    if handler is None:
        raise BrokenInvariant("event_without_handler", event=type(event).__name__)
    step = Step(centre, event)
    handler(step, event)
    _settle(step)
    return Transition(step.centre, tuple(step.commands), tuple(step.reasons), tuple(step.touched))


def _settle(step: Step) -> None:
    """Match until nothing is left to match."""
    for _ in range(MATCH_ROUNDS):
        talks.begin(step)
        talking.settle(step)
        supervision.settle(step)
        groups = [group for group in sorted(step.rematch) if step.line(group)]
        step.rematch.clear()
        if not groups:
            own_wait.ask(step)
            announcing.tell_places(step)
            hearing.fill_silence(step)
            return
        for group in groups:
            if not presence.someone_signed_in(step, group):
                for call in step.line(group):
                    live = step.centre.calls[call]
                    if (
                        live.call.state is CallState.WAITING
                        and call not in step.centre.unclear
                        and not presence.someone_for(step, live, group)
                        and not overflow.find_somebody(step, live)
                    ):
                        flows.leave_waiting(step, live, LineExit.NOBODY)
        matching.match(step, [group for group in groups if step.line(group)])
    raise BrokenInvariant("match_does_not_settle", groups=sorted(step.rematch))


def call_of(centre: CallCentre, event: Event) -> CallId | None:
    """Return the call that an event is about, or None: whose end a defect in its handling must be."""
    match event:
        case (
            PinChecked()
            | CallOffered()
            | CallReturned()
            | CallCrashed()
            | RecordStored()
            | RecordKept()
            | CallerLookedUp()
            | UrlFetched()
        ):
            return event.call
        case SwitchEvent():
            closing = centre.closing.get(event.leg)
            watch = centre.supervised.get(event.leg)
            known = centre.legs.get(event.leg) or (closing.call if closing is not None else None)
            return known or (watch.call if watch is not None else None)
        case TimerFired():
            subject = event.timer.partition(":")[2]
            return CallId(subject) if subject in centre.calls else centre.legs.get(LegId(subject))
        case _:
            return None


def due_timers(centre: CallCentre) -> Mapping[TimerId, Micros]:
    """Return the timers that should be running, with the moment at which each is due."""
    return centre.timers


_HANDLERS: Final[dict[type[Event], Callable[[Step, Any], None]]] = {
    CallOffered: own_phones.call_offered,
    CallReturned: legs.call_returned,
    BridgeEnded: offers_over.bridge_ended,
    CallerLinkLost: legs.caller_link_lost,
    LegRinging: offers.leg_ringing,
    LegAnswered: legs.leg_answered,
    LegsBridged: joining.legs_bridged,
    LegHungUp: legs.leg_hung_up,
    RingFailed: legs.ring_failed,
    PromptFinished: legs.prompt_finished,
    DigitsCollected: own_phones.digits_collected,
    CommandFailed: legs.command_failed,
    SwitchFound: surroundings.switch_found,
    SwitchLost: surroundings.switch_lost,
    PhoneRegistered: surroundings.phone_registered,
    PhoneUnregistered: surroundings.phone_unregistered,
    GatewayChanged: surroundings.gateway_changed,
    LegEndsFound: leg_ends.leg_ends_found,
    SignInRequested: people.sign_in_requested,
    SignOutRequested: people.sign_out_requested,
    DirectoryLoaded: surroundings.directory_loaded,
    TimerFired: clockwork.timer_fired,
    DayBegan: today.day_began,
    RecordStored: endings.record_stored,
    CallCrashed: crash.call_crashed,
    DrainRequested: surroundings.drain_requested,
    ReadyRequested: people.ready_requested,
    CallerLookedUp: caller_looked_up,
    KeyPressed: keys.key_pressed,
    MessageRecorded: legs.message_recorded,
    UrlFetched: flows.url_fetched,
    ActionRequested: action_requested,
    LegHeld: phone_keys.leg_held,
    LegUnheld: phone_keys.leg_unheld,
    TransferKeyPressed: phone_keys.transfer_key_pressed,
    PinChecked: binding.pin_checked,
    SuperviseRequested: supervision.supervise_requested,
    SupervisionStored: supervision.supervision_stored,
    StateCompared: ghost_healing.state_compared,
    RecordKept: endings.record_stored,
    SupervisionKept: supervision.supervision_stored,
    OutboxLevelChanged: surroundings.outbox_level_changed,
    JournalInterrupted: surroundings.journal_interrupted,
}
"""Who handles what: one line for each event."""
