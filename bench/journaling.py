"""What the journal costs: its part of a call's CPU, how long events wait for the disk, and what a start pays for it.

The calls are whole ones of `run` on a virtual switch. Their events are then written again, each alone, which is the
most that they can cost, by a journal in this process; both are CPU time of every thread. Easy to break: what a start
folds is the most that a segment may hold, behind a snapshot of thousands of live calls.
"""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import gc
import json
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time, thread_time

import gevent

from bench.circumstances import circumstances
from bench.contenders import Contender, check_at_rest, cpu_seconds, ours
from bench.figures import Figure, Goal, percentile, table
from bench.house import bench_database, bench_folder, check_all_talked, place_calls
from bench.rehearsal import MEMBERS
from bench.transitions import set_scene
from fs_control.centre import CallCentre
from fs_control.events import CallOffered, Event
from fs_control.runtime.codec import encode_event, encode_head
from fs_control.runtime.journal import SEGMENT_EVENTS, Journal, read_past, read_segment, segments
from fs_control.runtime.journal_snapshot import head_in_pieces

ROUNDS = 5
CALLS = 120
CALLS_PER_S = 20.0
TALK_S = 1.0
AGENTS = 40
SETTLE_S = 1.5
LIVE = 10_000
FOLDS = 3
EVENTS_OF_A_CALL = 9
"""In the rehearsal, which knows no ringing and no phones."""

SHARE_GOAL = Goal(10)
LATENCY_GOAL = Goal(5)
FOLD_GOAL = Goal(5)
HELD_GOAL = Goal(5)


def journaling() -> list[Figure]:
    """CPU, latency, fold and snapshot."""
    return [*whole_calls_journaled(), *coming_back()]


# --- while people call ---


def whole_calls_journaled(rounds: int = ROUNDS, calls: int = CALLS) -> list[Figure]:
    """The journal's part in a call's CPU, and how long each batch waited for it, round by round."""
    with bench_folder() as folder, bench_database(folder / "postgres", AGENTS) as url:
        file = folder / "waits.json"
        program = ("-m", "bench.journaled_run", str(file))
        with ours(folder / "var", url, AGENTS, TALK_S, program) as contender:
            _play(contender, calls)
            os.kill(contender.pid, signal.SIGUSR1)
            spent = [_play(contender, calls) for _ in range(rounds)]
            check_at_rest(folder / "var")
        waits = json.loads(file.read_text(encoding="utf-8"))
        events = [event for path in segments(folder / "var" / "journal") for _, event in read_segment(path).events]
    count = sum(isinstance(event, CallOffered) for event in events)
    written = [cpu_of_writing(events) / count for _ in range(rounds)]
    parts = tuple(100 * mine / whole for mine, whole in zip(written, spent, strict=True))
    return [
        Figure(f"the journal's part in the CPU of a call, {CALLS_PER_S:g}/s", " %", parts, SHARE_GOAL),
        Figure("- of a whole call", " ms", tuple(1000 * whole for whole in spent)),
        Figure(
            f"- of writing its {len(events) / count:.0f} events, each alone",
            " ms",
            tuple(1000 * each for each in written),
        ),
        Figure("p99 of what a batch waits for the disk", " ms", (percentile(waits, 99),), LATENCY_GOAL),
        Figure(f"- of {len(waits)} batches", " ms", tuple(waits)),
    ]


def cpu_of_writing(events: Sequence[Event]) -> float:
    """Seconds of CPU, in all threads, for writing these events one by one; the disk confirms them every 50 ms."""
    with tempfile.TemporaryDirectory() as folder, journal_in(Path(folder)) as journal:
        started = process_time()
        for event in events:
            journal.append((event,))
            journal.at_rest(CallCentre())
        return process_time() - started


@contextmanager
def journal_in(folder: Path) -> Iterator[Journal]:
    """Keep a journal, as an engine does."""
    journal = Journal(folder, CallCentre(), 1)
    beside = [gevent.spawn(journal.sync_forever), gevent.spawn(journal.keep_forever)]
    try:
        yield journal
    finally:
        gevent.killall(beside)
        journal.close()


def _play(contender: Contender, calls: int) -> float:
    """Seconds of the controller's CPU for a call."""
    before = cpu_seconds(contender.pid)
    check_all_talked(contender.box.stage, place_calls(contender.box.stage, calls, CALLS_PER_S))
    gevent.sleep(SETTLE_S)
    return (cpu_seconds(contender.pid) - before) / calls


# --- thousands of live calls ---


def coming_back(live: int = LIVE, events: int = SEGMENT_EVENTS, folds: int = FOLDS) -> list[Figure]:
    """Seconds until a start has folded the fullest segment, and milliseconds that a snapshot holds the others up."""
    scene = set_scene(1 + -(-live // MEMBERS), live, events // EVENTS_OF_A_CALL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{1:012d}.jsonl"
        lines = [encode_event(sequence, event) for sequence, event in enumerate(scene.events[:events], start=1)]
        path.write_bytes(b"".join((encode_head(1, scene.centre), *lines)))
        size = path.stat().st_size / 1e6
        took = [_seconds_of_fold(Path(folder), live) for _ in range(folds)]
    held = _held(scene.centre)
    name = f"{live} live calls folded back, {len(lines)} events behind a snapshot ({size:.0f} MB), CPU"
    return [
        Figure(name, " s", tuple(cpu for cpu, _ in took), FOLD_GOAL),
        Figure("- by the clock on the wall", " s", tuple(wall for _, wall in took)),
        Figure(f"the longest that a snapshot of {live} live calls holds the others up", " ms", (max(held),), HELD_GOAL),
        Figure(f"- its {len(held)} pieces, CPU", " ms", held),
    ]


def _seconds_of_fold(folder: Path, live: int) -> tuple[float, float]:
    """Of CPU, in the one thread that folds, and by the clock on the wall."""
    cpu, wall = process_time(), perf_counter()
    past = read_past(folder)
    took = process_time() - cpu, perf_counter() - wall
    if past.damage or past.crashes or len(past.centre.calls) < live:
        raise RuntimeError("the journal was not folded as it should be")
    return took


def _held(centre: CallCentre) -> tuple[float, ...]:
    """The CPU of each piece: on a busy machine the clock on the wall would tell of others."""
    head_in_pieces(1, CallCentre(), None, lambda: None)  # as a start does
    gc.collect()
    moments = [thread_time()]
    head_in_pieces(1, centre, None, lambda: moments.append(thread_time()))
    return tuple(1000 * (after - before) for before, after in pairwise(moments))


def main() -> None:
    """Take and print these figures alone."""
    print(f"- command: tools/in-env python -m bench.journaling\n{circumstances()}\n", flush=True)
    print(table(journaling()))


if __name__ == "__main__":
    main()
