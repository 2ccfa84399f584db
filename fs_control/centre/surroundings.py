"""What changes around the calls: the directory, the switch and its phones, and the wish to stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from immutables import Map

from fs_control.agents import AgentStatus, made_ready
from fs_control.calls import CallState
from fs_control.centre import (
    alarms,
    announcing,
    leg_ends,
    overflow,
    people,
    phone_keys,
    schedules,
    seats,
    supervision,
)
from fs_control.centre.answering import sits_at
from fs_control.centre.endings import closing_leg_gone, hang_up_again
from fs_control.centre.hearing import bring_back, expect_no_more
from fs_control.centre.reconciling import legs_of, reconcile
from fs_control.centre.state import CallCentre
from fs_control.centre.step import Step
from fs_control.centre.today import MIDNIGHT, ask_day
from fs_control.centre.wanted import wanted_anew
from fs_control.events import (
    DirectoryLoaded,
    DrainRequested,
    GatewayChanged,
    JournalInterrupted,
    OutboxLevelChanged,
    PhoneRegistered,
    PhoneUnregistered,
    SwitchFound,
    SwitchLost,
)
from fs_control.flow import Flow, FlowProblems, flow_key, parse_flow
from fs_control.ids import AgentId, Extension, FlowKey, GroupId, LegId, TimerId
from fs_control.queues import turn_after_change
from fs_control.records import Directory, OfferResult, OutboxLevel, Right, Strategy

_PHONE_IS_BACK = frozenset({OfferResult.UNREGISTERED, OfferResult.UNREACHABLE})


def directory_loaded(step: Step, event: DirectoryLoaded) -> None:
    """Take over a directory; calls that are under way keep the version of the flow they began with."""
    centre = step.centre
    in_use = {key for live in centre.calls.values() for key in live.flows.values()}
    flows: dict[FlowKey, Flow] = {key: flow for key, flow in centre.flows.items() if key in in_use}
    active: dict[str, FlowKey] = {}
    groups = [group.name for group in event.directory.groups.values()]
    for text in event.flows:
        key = flow_key(text.name, text.text)
        try:
            flows[key] = parse_flow(text.text, filename=text.name, groups=groups, prompts=event.prompts)
        except FlowProblems:
            step.because(f"flow_refused.{text.name}")  # its numbers answer "no flow"; activation names the mistakes
            continue
        active[text.name] = key
    step.change(
        directory=event.directory,
        max_calls=event.max_calls,
        flows=Map(flows),
        active_flows=Map(active),
        flow_versions=Map({text.name: text.version for text in event.flows if text.version is not None}),
        groups_of=Map(_groups_of(event.directory)),
        turns=Map(_turns(centre, event.directory)),
        handling=Map({key: each for key, each in centre.handling.items() if key in event.directory.groups}),
        look_up_within=event.look_up_within,
    )
    step.change(wanted=wanted_anew(step.centre))
    if event.directory.time_zone != centre.directory.time_zone or MIDNIGHT not in centre.timers:
        ask_day(step)
    overflow.directory_changed(step)
    announcing.directory_changed(step)
    step.rematch.update(event.directory.groups)
    step.rematch.update(step.centre.lines)  # also those of groups that are no more: nobody is there for them
    for agent in list(step.centre.agents.values()):
        profile = event.directory.agents.get(agent.id)
        if agent.status is not AgentStatus.SIGNED_OUT and (profile is None or Right.CALL not in profile.rights):
            people.sign_out(step, agent.id)
        if profile is None:
            seats.give_back(step, agent.id)
    schedules.directory_changed(step, centre.directory)


def _groups_of(directory: Directory) -> dict[AgentId, tuple[GroupId, ...]]:
    groups_of: dict[AgentId, tuple[GroupId, ...]] = {}
    for group in directory.groups.values():
        for agent in group.members:
            groups_of[agent] = (*groups_of.get(agent, ()), group.id)
    return groups_of


def _turns(centre: CallCentre, directory: Directory) -> Iterator[tuple[GroupId, AgentId]]:
    """Yield whose turn was last in the groups that take turns, also where members came and went (Q3)."""
    for group_id, last in centre.turns.items():
        before, after = centre.directory.groups.get(group_id), directory.groups.get(group_id)
        if before is not None and after is not None and after.strategy is Strategy.ROUND_ROBIN:
            kept = turn_after_change(last, before.members, after.members)
            if kept is not None:
                yield group_id, kept


def phone_registered(step: Step, event: PhoneRegistered) -> None:
    """A phone is there: whoever it belongs to may be rung at once; one that was gone may be why they did not answer.

    A phone registers again every few minutes as long as it is there (sofia_reg.c tells each of these too), so only one
    that we knew to be gone has come back (complaint 11).
    """
    is_back = step.centre.phones.get(event.phone) is False
    step.change(phones=step.centre.phones.set(event.phone, True))
    for profile in step.centre.directory.agents.values():
        if sits_at(step.centre, profile, Extension(event.phone)):
            agent = step.agent(profile.id)
            if agent.rest is not None and agent.rest.cause in _PHONE_IS_BACK:
                agent = replace(agent, rest=None)
                step.cancel_timer(TimerId(f"rest:{agent.id}"))
            if is_back and agent.is_gone:
                step.because("break_over.phone_is_back")
                agent = made_ready(agent, step.now)
            step.keep_agent(agent)


def phone_unregistered(step: Step, event: PhoneUnregistered) -> None:
    """A phone is gone: its agent is not rung before it is back."""
    step.change(phones=step.centre.phones.set(event.phone, False))


def gateway_changed(step: Step, event: GatewayChanged) -> None:
    """A gateway is to be had, or is not: calls go out by another one then, and somebody should look."""
    down, name = step.centre.dials.down, event.gateway
    if event.is_up:
        down = down.delete(name) if name in down else down
    else:
        down = down.set(name, event.state)
        if any(each.name == name and each.enabled for each in step.centre.directory.gateways):
            alarms.gateway_lost(step, name)
    step.change(dials=replace(step.centre.dials, down=down))


def switch_lost(step: Step, event: SwitchLost) -> None:
    """We are deaf until the link is back; what we missed is found out then.

    A second loss is the same silence going on; but after a start every call that we know is from before it.
    """
    step.because(f"switch_lost.{event.reason}")
    if event.reason == SwitchLost.STARTED:
        _all_away(step)
    if step.centre.link_lost_at is None or event.reason == SwitchLost.STARTED:
        step.change(link_lost_at=step.now)


def _all_away(step: Step) -> None:
    """Whoever held the callers' connections is gone; who comes back has until the switch is found, and then some."""
    for live in list(step.centre.calls.values()):
        step.cancel_timer(TimerId(f"hush:{live.call.id}"))
        expect_no_more(step, live.call)
        is_away = live.call.state is not CallState.CALLING  # nobody has handed that customer to us yet
        step.keep_call(live, replace(live.call, away=is_away, bridging=None, op=None, hushed=False))


def switch_found(step: Step, event: SwitchFound) -> None:
    """The link stands: legs that are older than the loss and that the switch no longer has are over (`leg_ends`).

    What a switch told about registrations is worth nothing after a time in which it could tell us nothing.
    """
    lost_at = step.centre.link_lost_at
    restarted = step.centre.core is not None and step.centre.core != event.core
    step.change(core=event.core, link_lost_at=None)
    if lost_at is None:
        return
    step.change(phones=Map(), dials=replace(step.centre.dials, down=Map()))
    leg_ends.forget(step)
    step.rematch.update(step.centre.lines)
    alive = frozenset() if restarted else frozenset(event.legs)
    if restarted:
        step.moment = step.by_switch_clock(lost_at)  # nothing of the old run has lived longer
    for live in list(step.centre.calls.values()):
        if live.call.arrived_at <= lost_at:
            if not event.asks_ends:
                gone = [leg for leg in legs_of(live.call) if leg not in alive]
                reconcile(step, live, gone, event.answered, {})
            else:
                leg_ends.ask_or_reconcile(step, live, alive, event.answered)
            if live.call.id not in step.centre.unclear:  # of a leg that is gone nobody knows when it held somebody
                phone_keys.found_again(step, live.call.id, event.held)
    supervision.found_again(step, alive, event.answered)
    for leg in event.still:
        _put_back(step, leg)
    for leg in list(step.centre.closing):
        if leg in alive:
            hang_up_again(step, leg)
        else:
            closing_leg_gone(step, leg)
    step.moment = step.by_switch_clock(step.now)


def _put_back(step: Step, leg: LegId) -> None:
    """A customer whose leg stands still hears nothing and would not come back: have it handed to us."""
    live = step.live_on(leg)
    if live is not None and live.call.leg == leg and live.call.away and not live.call.is_joined:
        bring_back(step, live)


def outbox_level_changed(step: Step, event: OutboxLevelChanged) -> None:
    """There is less room for records that wait for the database, or more again: calls are taken as there is."""
    before = step.centre.outbox
    step.change(outbox=event.level)
    if event.level is before:
        return
    step.because(f"outbox.{event.level}")
    if event.level is OutboxLevel.FULL:
        alarms.outbox_full(step)
    elif event.level is OutboxLevel.NEARLY_FULL and before is OutboxLevel.ROOM:
        alarms.outbox_nearly_full(step, event.percent)


def drain_requested(step: Step, event: DrainRequested) -> None:
    """Take no new calls from now on."""
    step.change(draining=True)


def journal_interrupted(step: Step, event: JournalInterrupted) -> None:
    """The disk does not take the journal: nothing changes for calls, and somebody must look at it."""
    step.because("journal.interrupted")
    alarms.journal_interrupted(step)
