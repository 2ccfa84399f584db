"""Carrying out what a flow wants, and waking the flow when that has happened.

The flow engine knows no legs: its orders are turned into commands here, and the completions of those commands into
resumes. Easy to break: a completion counts only if its `op` is the one the call waits for (`legs` looks); all others
(music that a bridge cut short, a prompt of a call that has moved on) are no news.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import CallState, CallTrigger, advance
from fs_control.cdr import enter_segment, step_taken
from fs_control.centre import (
    asking_outside,
    counting,
    detour,
    early,
    free_now,
    hearing,
    internal_calls,
    messages,
    overflow,
    own_wait,
    place,
    telling,
    typing_ahead,
)
from fs_control.centre.endings import dismiss, leave_line
from fs_control.centre.own_agent import Elsewhere, flow_for_absent
from fs_control.centre.presence import someone_for
from fs_control.centre.state import CallCentre, DetourStage, LiveCall
from fs_control.centre.step import Step
from fs_control.centre.wanted import note_wanted
from fs_control.errors import BrokenInvariant
from fs_control.events import DigitsCollected, MessageRecorded, PromptFinished, UrlFetched
from fs_control.flow import (
    FAULTS,
    Answer,
    Ask,
    CheckHours,
    Dial,
    DigitsGot,
    End,
    Enqueue,
    Fetch,
    Know,
    Known,
    Library,
    LineExit,
    LineLeft,
    MessageTaken,
    Order,
    Prioritise,
    PromptDone,
    Reach,
    Resume,
    Say,
    Sprint,
    TakeMessage,
    TalkExit,
    TalkOver,
    Wait,
    name_of,
    resume_flow,
    start_flow,
)
from fs_control.ids import AgentId, FlowKey, GroupId, TimerId, seconds
from fs_control.records import Disposition, EndedBy, FlowStep, SegmentKind

QUEUE_EXIT_KEY = "queue_exit_key"
"""The cause in the record where a caller left the line by a key (Q10)."""

_VERDICTS = {
    LineExit.NOBODY: Disposition.NOBODY_SIGNED_IN,
    LineExit.TIMED_OUT: Disposition.WAITED_TOO_LONG,
    LineExit.KEY: Disposition.QUEUE_EXIT_KEY,
    LineExit.FULL: Disposition.LINE_FULL,
    LineExit.NONE_FREE: Disposition.NOBODY_FREE,
}

_WITH_SOMEBODY = (SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.CONSULT)

OWN_AGENT_ABSENT = "own_agent_absent"


def begin_flow(step: Step, live: LiveCall) -> None:
    """Run a call's flow from its start; from now on the call keeps the versions of all flows that it may meet (N10)."""
    if live.flow is None:
        raise BrokenInvariant("call_without_flow", call=live.call.id)
    begun = live.flow
    live = step.keep(replace(live, flows=_flows_met(step.centre, begun)))
    _carry_out(step, live, start_flow(_library_of(step, live), name_of(begun)))


def prompt_finished(step: Step, live: LiveCall, event: PromptFinished) -> None:
    """A prompt of the flow is over."""
    live, keys = typing_ahead.take_all(step, live)
    _resume(step, live, PromptDone(event.completed, keys))


def digits_collected(step: Step, live: LiveCall, event: DigitsCollected) -> None:
    """The caller pressed keys, or none in time."""
    live, got = typing_ahead.collected(step, live, event.digits)
    _resume(step, live, got)


def message_recorded(step: Step, live: LiveCall, event: MessageRecorded) -> None:
    """The caller has left a message, or has said nothing."""
    live, length_s = messages.recorded(step, live, event)
    _resume(step, live, MessageTaken(length_s))


def message_over_untold(step: Step, live: LiveCall) -> None:
    """A message must be over by now, and the end of it was not told."""
    live, length_s = messages.over_untold(step, live)
    if live.session is not None and live.session.wait is Wait.MESSAGE:
        hearing.silence(step, live.call)
        _resume(step, live, MessageTaken(length_s))


def url_fetched(step: Step, event: UrlFetched) -> None:
    """Somebody else's server has answered."""
    live = step.live(event.call)
    if live is not None:
        live, fetched = asking_outside.answered(step, live, event)
        _go_on_with(step, live, fetched)


def fetch_too_late(step: Step, live: LiveCall) -> None:
    """Nobody has answered for somebody else's server: whoever asked it is no more."""
    live, fetched = asking_outside.too_late(step, live)
    _go_on_with(step, live, fetched)


def _go_on_with(step: Step, live: LiveCall, fetched: Resume | None) -> None:
    if fetched is not None:
        _resume(step, live, fetched)


def go_on_unheard(step: Step, live: LiveCall) -> None:
    """The end of what the caller hears may have come while we were deaf: go on as if it had been cut short."""
    if live.own is not None:
        internal_calls.go_on_unheard(step, live)
        return
    if live.talk is not None or live.outgoing is not None:
        step.keep(live)  # to be begun now
    if live.session is not None and live.session.wait is Wait.MESSAGE:
        message_over_untold(step, live)
    if live.session is None or live.session.wait not in (Wait.DIGITS, Wait.PROMPT):
        return
    hearing.silence(step, live.call)
    _resume(step, live, DigitsGot("") if live.session.wait is Wait.DIGITS else PromptDone(completed=False))


def leave_waiting(step: Step, live: LiveCall, how: LineExit, key: str = "") -> None:
    """A waiting caller goes on in the flow without an agent: nobody is there, it took too long, they pressed `key`."""
    step.because(f"line_exit.{how}")
    by, cause = (EndedBy.CALLER, QUEUE_EXIT_KEY) if key else (EndedBy.CENTRE, f"line_exit_{how}")
    live = _out_of_line(step, live, by, cause)
    counting.left(step, live.call.id, live.record, how)
    live = step.keep_call(live, replace(live.call, verdict=_VERDICTS[how]))
    hearing.silence(step, live.call)
    _resume(step, live, LineLeft(how, key))


def leave_for(step: Step, live: LiveCall, elsewhere: Elsewhere) -> None:
    """A caller who has just come into line goes on in another flow, because their own agent is not signed in (M3)."""
    if live.call.group is not None:
        counting.sent_elsewhere(step, live.call.id, live.call.group)
    live = _out_of_line(step, live, EndedBy.CENTRE, OWN_AGENT_ABSENT)
    if live.call.op is not None:
        hearing.silence(step, live.call)
    _go_elsewhere(step, step.keep_call(live, replace(live.call, op=None)), elsewhere)


def _out_of_line(step: Step, live: LiveCall, by: EndedBy, cause: str) -> LiveCall:
    """Take a waiting caller out of every line, and back into the flow."""
    leave_line(step, live)
    step.cancel_timer(TimerId(f"wait:{live.call.id}"))
    record = enter_segment(live.record, SegmentKind.IVR, step.moment, by, cause)
    left = replace(advance(live.call, CallTrigger.LEFT_LINE), group=None, joined_at=None, also_in={}, hushed=False)
    return step.keep(replace(live, call=left, record=record))


def in_line_known(step: Step, live: LiveCall) -> None:
    """A caller is in line, and it is known whose they are."""
    group = live.call.group
    assert group is not None  # who is in line is in the line of a group
    note_wanted(step, live)
    if live.stop_if_none_free and _can_be_served(step, live, group) and not free_now.may_be(step, live, group):
        leave_waiting(step, live, LineExit.NONE_FREE)
        return
    if group in step.centre.directory.groups:
        own_wait.begin_wait(step, live, step.centre.directory.groups[group])
    step.rematch.update(live.call.lines)


def served(step: Step, live: LiveCall) -> None:
    """The agent hung up and the caller is still there: the flow goes on, and mostly ends the call."""
    call = replace(advance(live.call, CallTrigger.LEFT_LINE), group=None, joined_at=None, also_in={})
    live = step.keep_call(live, call)
    if live.talk is not None:
        talk_over(step, live, TalkExit.SERVED, EndedBy.AGENT)
    else:
        _resume(step, live, LineLeft(LineExit.SERVED), EndedBy.AGENT)


def talk_over(step: Step, live: LiveCall, how: TalkExit, ended_by: EndedBy = EndedBy.FLOW) -> None:
    """A talk without a line is over, or there was none: the flow goes on."""
    step.because(f"talk_exit.{how}")
    _resume(step, step.keep(replace(live, talk=None)), TalkOver(how), ended_by)


def _flows_met(centre: CallCentre, begun: FlowKey) -> dict[str, FlowKey]:
    """Return the active versions of the flows that a flow may run, and those of theirs; of one that is gone none."""
    met: dict[str, FlowKey] = {name_of(begun): begun}
    ahead = [begun]
    while ahead:
        for name in sorted(centre.flows[ahead.pop()].flows_named() - met.keys()):
            key = centre.active_flows.get(name)
            if key is not None:
                met[name] = key
                ahead.append(key)
    return met


def _library_of(step: Step, live: LiveCall) -> Library:
    return {name: step.centre.flows[key] for name, key in live.flows.items()}


def _resume(step: Step, live: LiveCall, resume: Resume, ended_by: EndedBy = EndedBy.FLOW) -> None:
    if live.detour is not None:
        live, next_one = detour.after(live, resume, step.centre.directory)
        if not isinstance(next_one, Resume):
            take_detour(step, live, next_one)
            return
        resume = next_one
    if live.own is not None:
        internal_calls.go_on(step, live, resume, ended_by)
        return
    if live.session is None:
        _order(step, live, End(detour.TALK_OVER), ended_by)
        return
    resume = detour.as_awaited(live.session, resume)
    _carry_out(step, live, resume_flow(_library_of(step, live), live.session, resume), ended_by)


def _carry_out(step: Step, live: LiveCall, sprint: Sprint, ended_by: EndedBy = EndedBy.FLOW) -> None:
    """Order what the sprint wants, and answer at once what it wants to know, until it waits for something else.

    `ended_by` is what the record says if the flow ends the call right here.
    """
    while True:
        live = _keep_sprint(step, live, sprint)
        *before, last = sprint.orders
        for order in before:
            live = _order(step, live, order, ended_by)
        live, told = _told_at_once(step, typing_ahead.forget_unless_kept(step, live, last), last)
        if told is None:
            _order(step, live, last, ended_by)
            return
        sprint = resume_flow(_library_of(step, live), sprint.session, told)


def _keep_sprint(step: Step, live: LiveCall, sprint: Sprint) -> LiveCall:
    record = live.record
    for item in sprint.trail:
        record = step_taken(record, FlowStep(step.moment, item.step, item.kind, item.detail))
    return step.keep(replace(live, session=sprint.session, record=record))


def _told_at_once(step: Step, live: LiveCall, order: Order) -> tuple[LiveCall, Resume | None]:
    """Answer what the centre knows by itself; who is being looked up waits for that first (`caller_known`)."""
    match order:
        case Know() if not live.being_looked_up:
            return live, Known(telling.facts_of(step, live))
        case CheckHours(calendar):
            return live, telling.hours_of(step, calendar)
        case Say(skip=True) if live.typed:
            live, keys = typing_ahead.take_all(step, live)
            return live, PromptDone(completed=False, key=keys)
        case Ask():
            return typing_ahead.answer_at_once(step, live, order)
        case _:
            return live, None


def caller_known(step: Step, live: LiveCall) -> None:
    """It is known who calls, or nobody could say: a flow that waits for that goes on."""
    if live.session is not None and live.session.wait is Wait.FACTS:
        _resume(step, live, Known(telling.facts_of(step, live)))


def _order(step: Step, live: LiveCall, order: Order, ended_by: EndedBy) -> LiveCall:
    match order:
        case Say() | Ask() | TakeMessage():
            return hearing.let_hear(step, back_in_flow(step, live), order)
        case Fetch():
            return asking_outside.ask(step, back_in_flow(step, live), order)
        case Enqueue():
            return _enqueue(step, live, order)
        case Reach() | Dial():
            return hearing.await_talk(step, back_in_flow(step, live), order)
        case Answer():
            return early.take_up(step, live)
        case Prioritise(level):
            return place.raise_priority(step, live, level, place.BY_FLOW)
        case Know() | CheckHours():
            return live
        case End(reason):
            step.because(f"flow_end.{reason}")
            if reason in FAULTS:
                live = step.keep_call(live, replace(live.call, verdict=Disposition.FAILED))
                ended_by = EndedBy.CENTRE  # nobody meant the flow to end here
            dismiss(step, live, ended_by)
            return live


def take_detour(step: Step, live: LiveCall, order: Order) -> None:
    """Try the next thing for a customer whom an agent has handed on; the record says which that is."""
    if live.detour is not None and live.detour.stage is not DetourStage.THERE:
        live = step.note(live, *detour.note_of(live.detour))
    _order(step, live, order, EndedBy.AGENT)


def back_in_flow(step: Step, live: LiveCall) -> LiveCall:
    """The flow has the caller again, after a talk that the other one ended."""
    last = live.record.segments[-1]
    if last.kind in _WITH_SOMEBODY:
        by, cause = (EndedBy.OUTSIDE, "party_left") if last.agent is None else (EndedBy.AGENT, "agent_left")
        return step.keep_record(live, enter_segment(live.record, SegmentKind.IVR, step.moment, by, cause))
    return live


def _enqueue(step: Step, live: LiveCall, order: Enqueue) -> LiveCall:
    """Put the caller into a group's line; where they cannot be served or there is no room, the flow goes on at once."""
    group = _group_named(step, order.group)
    live = step.keep(replace(live, own_agents=_agents_numbered(step, order.own_agents)))
    elsewhere = flow_for_absent(step.centre, live)
    if elsewhere is not None:
        return _go_elsewhere(step, live, elsewhere)
    if group is not None:
        counting.came(step, live.call.id, group)
    closed = _closed_because(step, live, group) if group is not None else LineExit.NOBODY
    if group is not None and closed is None and order.stop_if_none_free and not free_now.may_be(step, live, group):
        closed = LineExit.NONE_FREE
    if group is not None and closed is None:
        _join(step, live, group, order)
    else:
        _turn_away(step, live, closed or LineExit.NOBODY)
    return step.centre.calls[live.call.id]


def _turn_away(step: Step, live: LiveCall, how: LineExit) -> None:
    """The line takes nobody at this moment: the flow goes on."""
    step.because(f"line_exit.{how}")
    counting.left(step, live.call.id, live.record, how)
    _resume(step, step.keep_call(live, replace(live.call, verdict=_VERDICTS[how])), LineLeft(how))


def _join(step: Step, live: LiveCall, group: GroupId, order: Enqueue) -> None:
    """Let the caller stand in the line, with all timers that run there."""
    joined = advance(live.call, CallTrigger.JOINED_LINE)
    call = replace(
        joined,
        group=group,
        joined_at=step.now,
        also_in={},
        exit_keys=order.keys,
        verdict=None,
        op=None,
        announced_at=None,
        told="",
    )
    record = enter_segment(live.record, SegmentKind.LINE, step.moment, EndedBy.FLOW, "joined_line", group=group)
    undecided = order.stop_if_none_free and live.being_looked_up
    fresh = replace(live, heard=None, own_wait=None, question=None, stop_if_none_free=undecided)
    live = step.keep(replace(fresh, call=call, record=record))
    if order.wait_at_most_s is not None:
        step.start_timer(TimerId(f"wait:{call.id}"), seconds(order.wait_at_most_s))
    overflow.expect_overflow(step, live)
    live = place.stand_in_line(step, live, group)
    if not live.being_looked_up:
        in_line_known(step, live)


def _closed_because(step: Step, live: LiveCall, group: GroupId) -> LineExit | None:
    """Return why a group's line takes nobody at this moment, or None where it does.

    For whom a phone rings does not wait; so an agent who is free is never kept from a caller by a full line.
    """
    if not _can_be_served(step, live, group):
        return LineExit.NOBODY
    most = step.centre.directory.groups[group].max_waiting
    if most is None:
        return None
    calls = (step.centre.calls[caller].call for caller in step.line(group))
    waiting = sum(call.group == group and call.state is CallState.WAITING for call in calls)
    return LineExit.FULL if waiting >= most else None


def _can_be_served(step: Step, live: LiveCall, group: GroupId) -> bool:
    """Tell whether somebody is signed in for a caller of a group, be it in one that helps out."""
    return someone_for(step, live, group) or overflow.can_be_served(step, group)


def _go_elsewhere(step: Step, live: LiveCall, elsewhere: Elsewhere) -> LiveCall:
    """Run the flow for callers whose own agent is not signed in; the record says who that is."""
    step.because(OWN_AGENT_ABSENT)
    flow, agent = step.centre.flows[elsewhere.flow], step.centre.directory.agents[elsewhere.agent]
    live = step.note(live, OWN_AGENT_ABSENT, agent.number)
    record = step_taken(live.record, FlowStep(step.moment, "", "flow", flow.name))
    begin_flow(step, replace(live, flow=elsewhere.flow, sent_elsewhere=True, record=record))
    return step.centre.calls[live.call.id]


def _agents_numbered(step: Step, numbers: tuple[str, ...] | None) -> tuple[AgentId, ...] | None:
    """Find agents; one that the directory has no more is left out."""
    if numbers is None:
        return None
    wanted = frozenset(numbers)
    return tuple(agent.id for agent in step.centre.directory.agents.values() if agent.number in wanted)


def _group_named(step: Step, name: str) -> GroupId | None:
    """Find a group; None for one that was taken out of the directory after the call's flow was read."""
    return next((group.id for group in step.centre.directory.groups.values() if group.name == name), None)
