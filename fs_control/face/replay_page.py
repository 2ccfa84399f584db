"""The replay of a centre on a terminal, a line for each event, and as JSON.

Lines come as they are told, for a day has hundreds of thousands. Easy to break: values of a difference are what
strangers sent, so they go to a terminal by `printable` only.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from rich.text import Text

from fs_control.events import CallCrashed
from fs_control.face.clock_words import local_time
from fs_control.face.story import SHORT_ID
from fs_control.face.words import explained, printable, remark, wide_console, words
from fs_control.ids import Micros
from fs_control.runtime.centre_replay import CentreStep, Finding, Told
from fs_control.runtime.journal import Damage

MOST_CALLS: Final = 3
"""So many calls that an event touched are named; `--json` has them all."""

CLOCK: Final = "%m-%d %H:%M:%S.%f"


class Page:
    """Prints what is told where it `shows`, and keeps it for machines where it does not."""

    def __init__(self, *, shows: bool) -> None:
        self._shows = shows
        self._output = wide_console()
        self._steps: list[CentreStep] = []
        self._damage: list[Damage] = []
        self._events = 0
        self.findings: list[Finding] = []

    def tell(self, told: Told, zone: str) -> None:
        """Take one thing in."""
        match told:
            case CentreStep():
                self._step(told, zone)
            case Finding():
                self.findings.append(told)
                self._finding(told, zone)
            case Damage():
                self._damage.append(told)
                remark("trace.damage", damage=explained(told.fault()))

    def sum_up(self) -> None:
        """Say on stderr how much it was; beside an answer for machines only what is wrong."""
        if self._shows or self.findings:
            remark("replay.sum", events=self._events, findings=len(self.findings), damage=len(self._damage))

    # --- on a terminal ---

    def _step(self, step: CentreStep, zone: str) -> None:
        self._events += 1
        if not self._shows:
            self._steps.append(step)
            return
        parts = [f"{step.sequence:>8}", _clock(step.event.at, zone), f"{type(step.event).__name__:<18}", _calls(step)]
        line = Text(printable("  ".join(parts).rstrip()), style="" if step.was_applied else "bold red")
        if isinstance(step.event, CallCrashed):
            line.append(printable(f"  {step.event.error} {step.event.place}"), style="bold red")
        if not step.was_applied:
            line.append("  " + words("replay.not_applied"))
        if step.reasons:
            line.append("  " + "; ".join(words(reason) for reason in step.reasons), style="yellow")
        if step.orders:
            line.append("  → " + ", ".join(dict.fromkeys(step.orders)), style="green")
        self._output.print(line, highlight=False)

    def _finding(self, finding: Finding, zone: str) -> None:
        if not self._shows:
            return
        said = words(f"unlike.{finding.kind}", subject=finding.subject, detail=finding.detail)
        line = f"{finding.sequence:>8}  {_clock(finding.at, zone)}  {said}"
        self._output.print(Text(printable(line), style="bold red"), highlight=False)
        for each in finding.differences:
            told = words("unlike_at", place=each.place, then=each.then, now=each.now)
            self._output.print(Text(f"{'':>10}{printable(told)}", style="red"), highlight=False)

    # --- for machines ---

    def plain(self) -> dict[str, Any]:
        """Return everything that was told as plain values."""
        return {
            "steps": [_plain_step(step) for step in self._steps],
            "findings": [asdict(finding) for finding in self.findings],
            "damage": [{"why": each.why, **each.values()} for each in self._damage],
        }


def _clock(at: Micros, zone: str) -> str:
    return local_time(at, zone).strftime(CLOCK)[:-3]


def _calls(step: CentreStep) -> str:
    named = " ".join(call[:SHORT_ID] for call in step.calls[:MOST_CALLS])
    return f"{named} …" if len(step.calls) > MOST_CALLS else f"{named:<{SHORT_ID}}"


def _plain_step(step: CentreStep) -> dict[str, Any]:
    from pydantic import TypeAdapter

    kind = type(step.event)
    return {
        "sequence": step.sequence,
        "at": step.event.at,
        "was_applied": step.was_applied,
        "event": {"type": kind.__name__, **TypeAdapter(kind).dump_python(step.event, mode="json")},
        "calls": list(step.calls),
        "reasons": list(step.reasons),
        "orders": list(step.orders),
    }
