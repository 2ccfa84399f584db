"""Alarms: what somebody who runs the centre should look at before it costs more.

Owns when one is raised and that the same one is raised once a day; the log tells it, and `status` shows it. Easy to
break: an alarm is about agents and limits and holds no number that was dialled, because logs are read by many.
"""

from __future__ import annotations

from typing import Final

from fs_control.centre.dial_ledger import counted_under
from fs_control.centre.may_dial import LIMIT
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import Alarm
from fs_control.centre.step import Step
from fs_control.commands import RaiseAlarm
from fs_control.ids import AgentId
from fs_control.records import AgentProfile

NEARLY: Final = 80
"""Percent of a day's money after which an alarm is due, before the limit refuses anybody."""

MOST_REFUSALS: Final = 5
"""So many numbers that may not be dialled, in one day by one agent, are no slips of the finger."""


def refused(step: Step, profile: AgentProfile, refusal: Refusal) -> None:
    """An agent was not let dial: an alarm where a limit is reached, or where it was tried again and again."""
    if refusal.code.startswith(LIMIT):
        _raise(step, "alarm.dial_limit", agent=profile.number)
    elif refusal.code in ("dial_denied", "dial_premium", "dial_abroad"):
        times = step.centre.barred.get(profile.id, 0) + 1
        step.change(barred=step.centre.barred.set(profile.id, times))
        if times == MOST_REFUSALS:
            _raise(step, "alarm.dial_barred", agent=profile.number, times=str(times))


def gateway_lost(step: Step, name: str) -> None:
    """The switch reaches a gateway no more."""
    _raise(step, "alarm.gateway_down", gateway=name)


def ghost_found(step: Step) -> None:
    """Centre and switch did not agree; it is healed, and somebody should look at why."""
    _raise(step, "alarm.ghost")


def listing_not_believed(step: Step, legs: int) -> None:
    """The switch says that it has none of our legs, and told the end of none: nothing is closed for that."""
    _raise(step, "alarm.listing_not_believed", legs=str(legs))


def spent(step: Step, agent: AgentId | None) -> None:
    """Money was spent: an alarm where a day's is nearly gone."""
    directory = step.centre.directory
    names = counted_under(agent)
    limits = (directory.agent_limits, directory.enterprise_limits)[-len(names) :]
    for name, limit in zip(names, limits, strict=True):
        most = limit.spend_per_day
        if most is not None and step.centre.dials.of(name).spent_today * 100 >= most * NEARLY:
            profile = directory.agents.get(agent) if agent is not None and name != names[-1] else None
            code = "alarm.spend_agent" if profile is not None else "alarm.spend_enterprise"
            _raise(step, code, **({"agent": profile.number} if profile is not None else {}))


def outbox_nearly_full(step: Step, percent: int) -> None:
    """Records that wait for the database have filled most of their room."""
    _raise(step, "alarm.outbox_nearly_full", percent=str(percent))


def outbox_full(step: Step) -> None:
    """They have filled all of it."""
    _raise(step, "alarm.outbox_full")


def journal_interrupted(step: Step) -> None:
    """Events are not on disk: a process that is killed now forgets them."""
    _raise(step, "alarm.journal_interrupted")


def _raise(step: Step, code: str, **values: str) -> None:
    if any((each.code, each.values) == (code, values) for each in step.centre.alarms):
        return
    step.change(alarms=(*step.centre.alarms, Alarm(step.now, code, values)))
    step.order(RaiseAlarm(code, values))
