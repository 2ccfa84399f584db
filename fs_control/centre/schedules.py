"""Agents who are signed in and out by plan (G1, G2, G3): at the minute, and right after a start for what was missed.

One timer waits for the next moment at which anything is due, and `planned_until` says up to when everything was done.
Easy to break: of what was missed only the end counts for each agent, or somebody's phone would ring for a duty that is
over; and whoever is signed in already is left alone, with the terminal they chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from immutables import Map

from fs_control.agents import AgentStatus
from fs_control.centre.acting import act
from fs_control.centre.refusals import Refusal
from fs_control.centre.state import CallCentre, PlanRefusal, PlanRun
from fs_control.centre.step import Step
from fs_control.events import ActionRequested
from fs_control.hours import PlannedAct, planned_acts, what_counts
from fs_control.ids import NEVER, AgentId, Micros, RequestId, TimerId, seconds
from fs_control.records import Action, Directory, Participation, Schedule

NEXT: Final = TimerId("schedule:")
"""Due when a schedule is; where none is enabled there is no such timer."""

LOOK_AHEAD: Final = seconds(24 * 3600)
"""How far ahead the next act is looked for; where there is none, it is looked for again then."""

FARTHEST_BACK: Final = seconds(31 * 24 * 3600)
"""What was due longer ago is not made up for."""

_ACTIONS: Final = {Participation.SIGN_IN: Action.SIGN_IN, Participation.SIGN_OUT: Action.SIGN_OUT}


def directory_changed(step: Step, before: Directory) -> None:
    """Do what is due of the schedules that are as they were, and wait for the next of all.

    One that is new or changed counts from now on.
    """
    directory = step.centre.directory
    if step.centre.planned_until == NEVER:
        step.change(planned_until=step.now)
    _carry_out(step, [schedule for schedule in directory.schedules if schedule in before.schedules])
    present = {schedule.id for schedule in directory.schedules}
    step.change(plan_runs=Map({key: run for key, run in step.centre.plan_runs.items() if key in present}))
    _wait_for_next(step)


def schedule_due(step: Step, _subject: str) -> None:
    """Do what is due, and wait for what comes next."""
    _carry_out(step, step.centre.directory.schedules)
    _wait_for_next(step)


def _wait_for_next(step: Step) -> None:
    directory = step.centre.directory
    if not any(schedule.enabled for schedule in directory.schedules):
        step.cancel_timer(NEXT)
        return
    horizon = Micros(step.now + LOOK_AHEAD)
    acts = planned_acts(directory, step.now, horizon)
    step.start_timer(NEXT, Micros((acts[0].at if acts else horizon) - step.now))


# --- carrying out --------------------------------------------------------------------------------------------------


def _carry_out(step: Step, schedules: Iterable[Schedule]) -> None:
    """Do what has become due of some schedules since the last time."""
    since = Micros(max(step.centre.planned_until, step.now - FARTHEST_BACK))
    acts = planned_acts(step.centre.directory, since, step.now, schedules)
    step.change(planned_until=step.now)
    counted = _counted(acts, step.centre.directory)
    for planned in acts:
        agents = [agent for agent in planned.schedule.agents if planned in counted.get(agent, ())]
        if agents:
            _do(step, planned, agents)


def _counted(acts: Iterable[PlannedAct], directory: Directory) -> Mapping[AgentId, Sequence[PlannedAct]]:
    """Return for each agent there is what has to be done of all that was due."""
    found: dict[AgentId, list[PlannedAct]] = {}
    for planned in acts:
        for agent in planned.schedule.agents:
            if agent in directory.agents:
                found.setdefault(agent, []).append(planned)
    return {agent: what_counts(own) for agent, own in found.items()}


def _do(step: Step, planned: PlannedAct, agents: Iterable[AgentId]) -> None:
    """Sign agents in or out, and write down for whom that was not to be."""
    run = PlanRun(planned.at, step.now, planned.act)
    for agent in agents:
        if _is_so(step, planned.act, agent):
            run = replace(run, left_alone=(*run.left_alone, agent))
            continue
        refusal = _ask(step, planned, agent)
        if refusal is None:
            run = replace(run, done=(*run.done, agent))
        else:
            run = replace(run, refused=(*run.refused, PlanRefusal(agent, refusal.code, refusal.values)))
            step.because(f"refused.{refusal.code}")
    step.because(f"planned.{planned.act}")
    step.change(plan_runs=step.centre.plan_runs.set(planned.schedule.id, run))


def _is_so(step: Step, wanted: Participation, agent: AgentId) -> bool:
    """Tell whether an agent is signed in or out already, as it is wanted; a break is the agent's own affair (G2)."""
    is_out = step.agent(agent).status is AgentStatus.SIGNED_OUT
    return is_out is (wanted is Participation.SIGN_OUT)


def _ask(step: Step, planned: PlannedAct, agent: AgentId) -> Refusal | None:
    is_sign_in = planned.act is Participation.SIGN_IN
    return act(
        step,
        ActionRequested(
            at=step.now,
            request=RequestId(""),
            agent=agent,
            by=f"schedule:{planned.schedule.name}",
            action=_ACTIONS[planned.act],
            terminal=planned.schedule.terminal if is_sign_in else "",
        ),
    )


# --- what people may see of it -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RefusedView:
    """An agent, by number, for whom a plan could not be carried out, and the sentence that says why."""

    agent: str
    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RunView:
    """The last time that a schedule did something: when it was due and done, for whom (agents' numbers), and how."""

    schedule: str
    due_at: Micros
    done_at: Micros
    act: Participation
    done: tuple[str, ...]
    left_alone: tuple[str, ...]
    refused: tuple[RefusedView, ...]


def runs_of(centre: CallCentre, since: Micros = NEVER) -> tuple[RunView, ...]:
    """Return the last time of each schedule that has done something, in the order of the directory.

    Only what was done at `since` or later.
    """
    runs = ((schedule, centre.plan_runs.get(schedule.id)) for schedule in centre.directory.schedules)
    return tuple(_run_view(centre, schedule, run) for schedule, run in runs if run is not None and run.done_at >= since)


def _run_view(centre: CallCentre, schedule: Schedule, run: PlanRun) -> RunView:
    numbers = {agent: profile.number for agent, profile in centre.directory.agents.items()}
    return RunView(
        schedule=schedule.name,
        due_at=run.due_at,
        done_at=run.done_at,
        act=run.act,
        done=tuple(numbers[agent] for agent in run.done if agent in numbers),
        left_alone=tuple(numbers[agent] for agent in run.left_alone if agent in numbers),
        refused=tuple(
            RefusedView(numbers[one.agent], one.code, one.values) for one in run.refused if one.agent in numbers
        ),
    )
