"""The replay of a call on a terminal and as JSON: each event with what it changed, and the whole state at one step.

Shows what `runtime.replay` found. Easy to break: steps are numbered from 1, and step N is what was so after its event.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fs_control.centre import CallCentre
from fs_control.centre.closeup import Closeup, agents_in, changes
from fs_control.errors import UserMistake
from fs_control.face.call_trace import plain_damage, plain_step, print_names, short_names, step_lines
from fs_control.face.clock_words import local_time
from fs_control.face.fact_words import changed, label, value
from fs_control.face.moment_typed import moment_typed
from fs_control.face.words import explained, remark, wide_console, words
from fs_control.ids import CallId
from fs_control.runtime.replay import CallReplay, ReplayStep


def step_at(replay: CallReplay, moment: str) -> int:
    """Return the number of the last step that was not after a moment as a person types it."""
    at = moment_typed(moment, replay.time_zone, replay.steps[0].trace.at)
    number = bisect_right([step.trace.at for step in replay.steps], at)
    if number == 0:
        raise UserMistake("replay_before_call", moment=moment)
    return number


def step_numbered(replay: CallReplay, number: int) -> ReplayStep:
    """Return a step by its number; UserMistake `replay_no_step` where there are fewer."""
    if not 1 <= number <= len(replay.steps):
        raise UserMistake("replay_no_step", step=number, count=len(replay.steps))
    return replay.steps[number - 1]


# --- on a terminal -------------------------------------------------------------------------------------------------


def print_replay(replay: CallReplay) -> None:
    """Print every step: the event, what changed by it, why, and the orders."""
    _print_damage(replay)
    names = short_names(replay.call, (step.trace for step in replay.steps))
    table = _table()
    for number, step in enumerate(replay.steps, start=1):
        _add_step(table, replay, number, step, names)
    output = wide_console()
    output.print(Text(words("replay.title", call=replay.call, count=len(replay.steps)), style="bold cyan"))
    print_names(output, names)
    output.print(table)


def print_step(replay: CallReplay, number: int) -> None:
    """Print one step, and everything that was so after it."""
    _print_damage(replay)
    step = step_numbered(replay, number)
    names = short_names(replay.call, (each.trace for each in replay.steps))
    output = wide_console()
    title = words("replay.step_title", call=replay.call, step=number, count=len(replay.steps))
    output.print(Text(title, style="bold cyan"))
    table = _table()
    _add_step(table, replay, number, step, names)
    output.print(table)
    _print_state(output, step.closeups(replay.call)[1])


def _print_state(output: Console, closeup: Closeup) -> None:
    output.print(Text(words("replay.state"), style="bold"))
    if not closeup:
        output.print(Text("  " + words("replay.nothing_left"), style="dim"))
    for fact, said in closeup.items():
        output.print(Text(f"  {label(fact)}: {value(fact, said)}"))


def _table() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True, style="dim")
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    return table


def _add_step(table: Table, replay: CallReplay, number: int, step: ReplayStep, names: Mapping[str, str]) -> None:
    first, *others = step_lines(step.trace, names)
    table.add_row(str(number), _clock(replay, step), first)
    if not step.is_own:
        table.add_row("", "", Text("  " + words("replay.not_own"), style="dim"))
    for line in (*_changed(replay, step), *others):
        table.add_row("", "", line)


def _changed(replay: CallReplay, step: ReplayStep) -> Iterator[Text]:
    for change in changes(*step.closeups(replay.call)):
        yield Text(f"  {changed(change)}", style="cyan")


def _clock(replay: CallReplay, step: ReplayStep) -> str:
    return local_time(step.trace.at, replay.time_zone).strftime("%H:%M:%S.%f")[:-3]


def _print_damage(replay: CallReplay) -> None:
    for damage in replay.damage:
        remark("trace.damage", damage=explained(damage))


# --- for machines --------------------------------------------------------------------------------------------------


def plain_replay(replay: CallReplay) -> dict[str, Any]:
    """Return a replay as plain values: each step as in a trace, with what changed."""
    return {
        "call": replay.call,
        "steps": [_plain_step(replay, step) for step in replay.steps],
        "damage": plain_damage(replay.damage),
    }


def plain_state(replay: CallReplay, number: int) -> dict[str, Any]:
    """Return one step with everything that was so after it: the call, its agents and its lines as the centre has them.

    `live` is null where the call was over by then.
    """
    step = step_numbered(replay, number)
    facts = step.closeups(replay.call)[1]
    return {
        "call": replay.call,
        "step": number,
        "count": len(replay.steps),
        **_plain_step(replay, step),
        "facts": [{"fact": fact.name, "of": fact.of, "value": said} for fact, said in facts.items()],
        **_plain_centre(step.after, replay.call),
        "damage": plain_damage(replay.damage),
    }


def _plain_step(replay: CallReplay, step: ReplayStep) -> dict[str, Any]:
    found = changes(*step.closeups(replay.call))
    told = [{"fact": each.fact.name, "of": each.fact.of, "before": each.before, "after": each.after} for each in found]
    return {**plain_step(step.trace), "is_own": step.is_own, "changes": told}


def _plain_centre(centre: CallCentre, call: CallId) -> dict[str, Any]:
    from pydantic import TypeAdapter

    from fs_control.agents import Agent
    from fs_control.centre import LiveCall

    live = centre.calls.get(call)
    agents = [centre.agents[agent] for agent in agents_in(centre, call) if agent in centre.agents]
    lines = {str(group): list(centre.lines.get(group, ())) for group in (live.call.lines if live is not None else ())}
    return {
        "live": TypeAdapter(LiveCall).dump_python(live, mode="json") if live is not None else None,
        "agents": TypeAdapter(list[Agent]).dump_python(agents, mode="json"),
        "lines": lines,
    }
