"""How much CPU a piece of work takes, each time that it is done."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time


def milliseconds(repetitions: int, work: Callable[[], object]) -> tuple[float, ...]:
    """Do a piece of work so many times, after once that does not count; the milliseconds of each."""
    work()
    gc.collect()
    lengths: list[float] = []
    for _ in range(repetitions):
        started = process_time()
        work()
        lengths.append((process_time() - started) * 1000)
    return tuple(lengths)
