"""The trace of a call on a terminal and as JSON: each event, why, and what was ordered.

Knows the shapes of events and commands only as dataclasses with fields; a new one needs nothing here. Easy to break:
a trace is read beside the switch's own log, so names of events are those of the code, and each long id that is shown
under a short name stands whole at the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fs_control.commands import Command, Prompt, RingAgent
from fs_control.errors import FsControlError
from fs_control.events import CallOffered, Event
from fs_control.face.clock_words import local_time
from fs_control.face.words import explained, printable, remark, wide_console, words
from fs_control.ids import SECOND
from fs_control.records import CallRecord
from fs_control.runtime.replay import CallTrace, TraceStep

_TOLD_ELSEWHERE: Final = frozenset({"at", "call", "switch_at"})
"""Fields that every line has, or that its clock tells."""

_LENGTHS: Final = frozenset({"after", "ring", "timeout"})
"""Fields in microseconds, for a person in seconds."""


def print_trace(trace: CallTrace) -> None:
    """Print a trace, and on stderr what of the journal could not be read."""
    for damage in trace.damage:
        remark("trace.damage", damage=explained(damage))
    names = short_names(trace.call, trace.steps)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for step in trace.steps:
        clock = local_time(step.at, trace.time_zone).strftime("%H:%M:%S.%f")[:-3]
        for line in step_lines(step, names):
            table.add_row(clock, line)
            clock = ""
    output = wide_console()
    output.print(Text(words("trace.title", call=trace.call, count=len(trace.steps)), style="bold cyan"))
    print_names(output, names)
    output.print(table)


def print_names(output: Console, names: Mapping[str, str]) -> None:
    """Print what the short names stand for."""
    for long, short in names.items():
        output.print(Text(f"  {short} = {printable(long)}", style="dim"))


def short_names(call: str, steps: Iterable[TraceStep]) -> dict[str, str]:
    """Return short names for the ids that every line would repeat: the caller's leg, and those that we originated."""
    names: dict[str, str] = {call: "call"}
    for step in steps:
        if isinstance(step.event, CallOffered):
            names[step.event.leg] = "caller"
        for command in step.commands:
            if isinstance(command, RingAgent):
                names.setdefault(
                    command.leg, f"agent-leg-{sum(name.startswith('agent') for name in names.values()) + 1}"
                )
    # The caller's leg may be named after the call, so the longer id is looked for first.
    return dict(sorted(names.items(), key=lambda name: -len(name[0])))


def step_lines(step: TraceStep, names: Mapping[str, str]) -> Iterator[Text]:
    """Yield what a step looks like: the event, why, and the orders."""
    yield Text.assemble((type(step.event).__name__, "bold"), "  ", _shortened(" ".join(_details(step.event)), names))
    if not step.was_applied:
        yield Text("  " + words("trace.not_applied"), style="bold red")
    for reason in step.reasons:
        yield Text("  " + words("trace.because", reason=words(reason)), style="yellow")
    for command in step.commands:
        line = " ".join((type(command).__name__, *_details(command)))
        yield Text("  → " + _shortened(line, names), style="green")


def _shortened(line: str, names: Mapping[str, str]) -> str:
    for long, short in names.items():
        line = line.replace(long, short)
    return printable(line)


def _details(thing: Event | Command) -> Iterator[str]:
    """Yield the plain fields of an event or a command that hold something."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name in _TOLD_ELSEWHERE or value in (None, "", ()):
            continue
        match value:
            case int() if field.name in _LENGTHS:
                yield f"{field.name}={value / SECOND:g}s"
            case str() | int() | float():
                yield f"{field.name}={value}"
            case Prompt():
                yield f"{field.name}={value.name} ({value.language})"
            case CallRecord():
                yield f"{field.name}={value.disposition}"


def plain_trace(trace: CallTrace) -> dict[str, Any]:
    """Return a trace as plain values; moments in microseconds since 1970 UTC."""
    return {
        "call": trace.call,
        "steps": [plain_step(step) for step in trace.steps],
        "damage": plain_damage(trace.damage),
    }


def plain_damage(damage: Iterable[FsControlError]) -> list[dict[str, Any]]:
    """Return what could not be read as plain values."""
    return [{"code": each.code, "values": _plain(dict(each.values))} for each in damage]


def plain_step(step: TraceStep) -> dict[str, Any]:
    """Return one step of a trace as plain values."""
    return {
        "sequence": step.sequence,
        "at": step.at,
        "was_applied": step.was_applied,
        "event": _plain_thing(step.event),
        "reasons": list(step.reasons),
        "commands": [_plain_thing(command) for command in step.commands],
    }


def _plain_thing(thing: Event | Command) -> dict[str, Any]:
    from pydantic import TypeAdapter

    return {"type": type(thing).__name__, **TypeAdapter(type(thing)).dump_python(thing, mode="json")}


def _plain(value: Any) -> Any:
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value, fallback=str)
