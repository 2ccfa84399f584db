"""What flows cost: reading a big one with every check, a step of the engine, the proof of the next twelve months.

The engine's steps are milliseconds of CPU that other callers wait for; reading and proving are what an admin waits for.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

import yaml

from bench.cpu_time import milliseconds
from bench.figures import Figure, Goal, ratios
from bench.flow_texts import CALENDARS, GROUPS, NAME, PROMPTS, STEPS_OF_A_BLOCK, flow_of
from fs_control.flow import (
    Ask,
    CheckHours,
    DigitsGot,
    End,
    Enqueue,
    Flow,
    HoursTold,
    Know,
    Known,
    LineExit,
    LineLeft,
    Order,
    PromptDone,
    Resume,
    nothing_known,
    parse_flow,
    resume_flow,
    session_from_json,
    session_to_json,
    start_flow,
)

CHECK_WITHIN: Final = Goal(1000.0)
PROOF_WITHIN: Final = Goal(10.0)
STEP_WITHIN: Final = Goal(100.0)
BIGGEST: Final = 500
USUAL: Final = 61
SESSIONS: Final = 50
PROOFS: Final = 3
FIRST_DAY: Final = datetime.fromisoformat("2026-12-01")
DAYS: Final = 365
"""Twelve months."""


def flowing(repetitions: int, steps: int = BIGGEST, proofs: int = PROOFS) -> list[Figure]:
    """Milliseconds to read a flow, microseconds for a step, seconds for a proof."""
    return [*reading(repetitions, steps), *stepping(repetitions), *proving(proofs, (USUAL, steps))]


# --- reading -------------------------------------------------------------------------------------------------------


def reading(repetitions: int, steps: int) -> list[Figure]:
    """The whole command where there is one, the reading alone, and beside it a YAML parser that checks nothing."""
    text = flow_of(steps)
    ours = milliseconds(repetitions, lambda: parsed(text))
    bare = milliseconds(repetitions, lambda: yaml.load(text, yaml.CSafeLoader))
    what = f"a flow of {len(parsed(text).steps)} steps"
    return [
        *_command(text, what, max(3, repetitions // 20)),
        Figure(f"reading {what}, every check", " ms", ours, CHECK_WITHIN),
        Figure("- PyYAML alone, in C", " ms", bare),
        Figure("- reading / PyYAML alone", "x", ratios(ours, bare)),
    ]


def parsed(text: str) -> Flow:
    """A flow as it is read, with every check."""
    return parse_flow(text, filename=f"{NAME}.yaml", groups=GROUPS, prompts=PROMPTS, agents=(), calendars=CALENDARS)


def _command(text: str, what: str, repetitions: int) -> Iterator[Figure]:
    """`flow check` as somebody types it: the start of Python included."""
    if find_spec("fs_control.face.flow_check") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{NAME}.yaml"
        file.write_text(text, encoding="utf-8")
        program = "from fs_control.face.main import main; main()"
        line = [sys.executable, "-c", program, "flow", "check", "--offline", str(file)]
        lengths = tuple(_wall_ms(line) for _ in range(repetitions))
    yield Figure(f"flow check of {what}, the whole command", " ms", lengths, CHECK_WITHIN)


def _wall_ms(line: list[str]) -> float:
    started = perf_counter()
    subprocess.run(line, check=True, capture_output=True)
    return (perf_counter() - started) * 1000


# --- the engine ----------------------------------------------------------------------------------------------------


def stepping(repetitions: int, sessions: int = SESSIONS) -> list[Figure]:
    """A step of whole sessions through one block: prompt, hours, menu, digits, condition, values, sentence, line."""
    library = {NAME: parsed(flow_of(STEPS_OF_A_BLOCK + 1))}
    pairs = [[_step_us(library, sessions, saved=saved) for saved in (False, True)] for _ in range(repetitions)]
    plain, saved = zip(*pairs, strict=True)
    return [
        Figure("a step of the flow engine", " us", plain, STEP_WITHIN),
        Figure("- with the session saved and loaded at every wait", " us", saved),
    ]


def _step_us(library: Mapping[str, Flow], sessions: int, *, saved: bool) -> float:
    started, steps = process_time(), 0
    for _ in range(sessions):
        steps += run_through(library, saved=saved)
    return (process_time() - started) / steps * 1e6


def run_through(library: Mapping[str, Flow], *, saved: bool) -> int:
    """Let one caller go through a flow to its end; how many steps that took."""
    sprint = start_flow(library, NAME)
    while not isinstance(sprint.orders[-1], End):
        session = session_from_json(session_to_json(sprint.session)) if saved else sprint.session
        sprint = resume_flow(library, session, _answer(sprint.orders[-1]))
    return sprint.session.steps_taken


def _answer(order: Order) -> Resume:
    """A caller who types a number during opening hours, waits too long in line, and hears everything."""
    match order:
        case Ask(max_digits=1):
            return DigitsGot("2")
        case Ask(max_digits=count):
            return DigitsGot("12345678"[:count])
        case CheckHours():
            return HoursTold(is_open=True, layer="regular")
        case Know():
            return Known(nothing_known())
        case Enqueue():
            return LineLeft(LineExit.TIMED_OUT)
        case _:
            return PromptDone(completed=True)


# --- the proof -----------------------------------------------------------------------------------------------------


def proving(proofs: int, sizes: tuple[int, ...]) -> list[Figure]:
    """Seconds for the proof of twelve months, of a flow of a usual size and of a very big one."""
    if find_spec("fs_control.flow.proof") is None:
        return []
    room = import_module("fs_control.flow.proof")
    return [_proof_figure(room, size, proofs) for size in sizes]


def _proof_figure(room: Any, size: int, proofs: int) -> Figure:
    library, around = {NAME: parsed(flow_of(size))}, surroundings(room)
    found: list[Any] = []
    lengths = milliseconds(proofs, lambda: found.append(room.prove(library, NAME, around)))
    told = f"{len(around.intervals)} intervals, {found[-1].states} situations"
    name = f"proof of a flow of {len(library[NAME].steps)} steps for twelve months ({told})"
    return Figure(name, " s", tuple(each / 1000 for each in lengths), PROOF_WITHIN)


def surroundings(room: Any) -> Any:
    """A world with two calendars that open and close at times of their own, every day but the week-end."""
    return room.Surroundings(
        groups=dict.fromkeys(GROUPS, 3),
        prompts=dict.fromkeys(PROMPTS, room.PromptState.PLAYABLE),
        calendars=CALENDARS,
        intervals=tuple(_intervals(room)),
    )


def _intervals(room: Any) -> Iterator[Any]:
    boundaries = (0, 8, 9, 12, 13, 17, 18, 24)
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        for begin, end in pairwise(boundaries):
            verdicts = {
                "office": _verdict(day, is_open=9 <= begin < 18 and begin != 12),
                "counter": _verdict(day, is_open=8 <= begin < 17),
            }
            yield room.Interval(day + timedelta(hours=begin), day + timedelta(hours=end), verdicts)


def _verdict(day: datetime, *, is_open: bool) -> HoursTold:
    opens = is_open and day.isoweekday() <= 5
    return HoursTold(opens, "regular" if opens else "none")
