"""Waiting for one's own agent, who is busy: how long, and whether the caller wants to.

A group may keep its colleagues out of it for a while (`own_agent_wait_s`, the timer `own:CALL`), and ask the caller
first: 1 waits, 2 takes a colleague, and so does who presses nothing. Whoever becomes free meanwhile cuts the question
short, because it is stopped like the music in whose place it is played. Easy to break: keys mean something only while
the question is open; at any other time they are none of ours and must not be written down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.calls import CallState
from fs_control.centre import offers
from fs_control.centre.estimating import wait_for_own_agent
from fs_control.centre.hearing import language_of, say_parts
from fs_control.centre.own_agent import is_kept_for_own, own_agent_of
from fs_control.centre.state import LiveCall, OwnWait
from fs_control.centre.step import Step
from fs_control.events import PromptFinished
from fs_control.ids import TimerId, seconds
from fs_control.queues import own_agent_question
from fs_control.queues.estimate import rounded_minutes
from fs_control.records import Group

QUESTION: Final = "own-agent-busy-ask"
WAIT, COLLEAGUE = "1", "2"

ANSWER_WITHIN: Final = seconds(5)
"""From the end of the question; who has pressed nothing by then is glad of anybody."""

QUESTION_AT_MOST: Final = seconds(25)
"""Longer than the question: if the switch never says that it ended, the time for an answer is over all the same."""


def begin_wait(step: Step, live: LiveCall, group: Group) -> None:
    """A caller is in line and it is known whose they are: let the time run in which colleagues stay out of it."""
    if group.own_agent_wait_s is not None and own_agent_of(live, step.centre.directory) is not None:
        step.start_timer(TimerId(f"own:{live.call.id}"), seconds(group.own_agent_wait_s))


def ask(step: Step) -> None:
    """Ask those who wait for an own agent who turned out to be busy, and hear nothing yet."""
    for call_id in list(step.touched):
        live = step.live(call_id)
        group = _asking_group(step, live) if live is not None else None
        if live is not None and group is not None:
            _ask(step, live, group)


def is_answer(live: LiveCall, key: str) -> bool:
    """Tell whether a key is the answer to an open question."""
    return live.call.state is CallState.WAITING and live.own_wait is OwnWait.ASKED and key in (WAIT, COLLEAGUE)


def answered(step: Step, live: LiveCall, key: str) -> None:
    """The caller has answered."""
    if live.call.op == live.question:
        live = step.note(live, "heard", QUESTION)  # as far as it mattered
    _settle(step, step.note(live, "pressed", key), wants_colleague=key == COLLEAGUE)


def question_over(step: Step, live: LiveCall, event: PromptFinished) -> None:
    """The question has been asked: music, and some seconds for the answer."""
    live = step.note(live, "heard" if event.completed else "not_heard", QUESTION)
    step.keep_call(live, replace(live.call, op=None))
    step.start_timer(TimerId(f"ask:{live.call.id}"), ANSWER_WITHIN)


def no_answer(step: Step, live: LiveCall) -> None:
    """The caller has pressed nothing: whoever is free may have them."""
    _settle(step, step.note(live, "no_key", ""), wants_colleague=True)


def waited_long_enough(step: Step, live: LiveCall) -> None:
    """Colleagues may be asked from now on."""
    step.rematch.update(live.call.lines)


def _asking_group(step: Step, live: LiveCall) -> Group | None:
    """Return the group that wants this caller to be asked now, or None."""
    call = live.call
    if call.state is not CallState.WAITING or call.op is not None or call.group is None or live.own_wait is not None:
        return None
    group = step.centre.directory.groups.get(call.group)
    if group is None or not group.own_agent_ask or not call.hears_us or live.being_looked_up:
        return None
    return group if is_kept_for_own(step.centre, live) else None


def _ask(step: Step, live: LiveCall, group: Group) -> None:
    own, language = own_agent_of(live, step.centre.directory), language_of(step, live)
    wait = wait_for_own_agent(step, live, group, own) if own is not None else None
    minutes = rounded_minutes(wait) if wait is not None else None
    call, op = say_parts(step, live.call, own_agent_question(minutes, language), language)
    step.keep(replace(live, call=call, question=op, own_wait=OwnWait.ASKED))
    step.start_timer(TimerId(f"ask:{call.id}"), QUESTION_AT_MOST)


def _settle(step: Step, live: LiveCall, *, wants_colleague: bool) -> None:
    """The question is closed; what is left of it need not be heard."""
    step.cancel_timer(TimerId(f"ask:{live.call.id}"))
    if wants_colleague:
        step.cancel_timer(TimerId(f"own:{live.call.id}"))
    live = step.keep(replace(live, own_wait=OwnWait.SETTLED))
    if live.call.state is CallState.WAITING and live.call.op == live.question and not live.call.hushed:
        offers.hush(step, live)
    step.rematch.update(live.call.lines)
