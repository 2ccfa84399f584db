"""The world of a flow as this installation has it, and the proof in it: groups, prompts, calendars of the time ahead.

Easy to break: a shipped prompt must be there in every language, for each flow chooses its own; and times are shown by
the clock of the enterprise, whatever zone a calendar has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from fs_control import hours
from fs_control.errors import UserMistake
from fs_control.flow import Flow, HoursTold
from fs_control.flow.proof import MONTHS, Finding, Interval, PromptState, Surroundings, intervals_of, prove
from fs_control.ids import SECOND, Micros
from fs_control.media.library import Library
from fs_control.media.prompts import LANGUAGES, prompt_names, prompt_path, prompts_folder, seconds_of
from fs_control.records import Calendar, Directory, ZoneOffset

MONTH_DAYS: Final = 31


def surroundings_of(
    directory: Directory, now: Micros, months: int = MONTHS, prompts: Mapping[str, PromptState] | None = None
) -> Surroundings:
    """Return the world of the flows of an enterprise from this day's midnight on, for so many months.

    `prompts` are those that there are; without them the shipped ones.
    """
    groups = {group.name: len(group.members) for group in directory.groups.values()}
    known = shipped_prompts() if prompts is None else prompts
    return Surroundings(groups, known, frozenset(directory.calendars), _intervals(directory, now, months))


def prove_at(
    now: Micros,
    library: Mapping[str, Flow],
    name: str,
    sources: Mapping[str, tuple[str, str]],
    directory: Directory,
    prompts: Mapping[str, PromptState] | None = None,
) -> Sequence[Finding]:
    """Prove a flow with those that it may run, as it is done before they are activated."""
    return prove(library, name, surroundings_of(directory, now, prompts=prompts), sources).findings


def shipped_prompts() -> dict[str, PromptState]:
    """Return the shipped prompts, each with whether something is heard of it in every language."""
    return {name: _state_of(prompt_path(prompts_folder(), name, each) for each in LANGUAGES) for name in prompt_names()}


def prompts_in(library: Library) -> dict[str, PromptState]:
    """Return the prompts of a library, each with whether something is heard of it in the languages that it has.

    That a flow's own language is one of them is looked at when the flow is read.
    """
    names = library.names()
    spoken = {name: [each for each in names if name in names[each]] for name in frozenset().union(*names.values())}
    return {name: _state_of(library.path(name, each) for each in languages) for name, languages in spoken.items()}


def _state_of(paths: Iterable[Path]) -> PromptState:
    try:
        lengths = [seconds_of(path) for path in paths]
    except UserMistake:
        return PromptState.UNPLAYABLE
    return PromptState.PLAYABLE if all(lengths) else PromptState.EMPTY


def _intervals(directory: Directory, now: Micros, months: int) -> tuple[Interval, ...]:
    begin = _midnight_before(directory.offsets, now)
    return intervals_of(
        directory.calendars,
        begin,
        Micros(begin + months * MONTH_DAYS * 24 * 3600 * SECOND),
        boundaries=hours.boundaries,
        decide=_told,
        wall=lambda at: _wall(directory.offsets, at),
    )


def _told(calendar: Calendar, at: Micros) -> HoursTold:
    verdict = hours.decide(calendar, at)
    return HoursTold(verdict.is_open, verdict.layer.value)


def _wall(offsets: Sequence[ZoneOffset], at: Micros) -> datetime:
    shown = hours.minute_shown(offsets, at)
    return datetime.combine(shown.day, time()) + timedelta(minutes=shown.minute)


def _midnight_before(offsets: Sequence[ZoneOffset], at: Micros) -> Micros:
    return Micros(at - at % (60 * SECOND) - hours.minute_shown(offsets, at).minute * 60 * SECOND)
