"""Reading a few headers of every recorded event: our Connection beside greenswitch and Genesis, in turns.

All run in one process of the peers' environment (`tools/bench-env python -m bench.decoding 100`), which prints what it
measured as JSON; our decoder needs nothing but the standard library. What is measured is CPU time.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from bench.decoders import Decoder, Look, decode_with_greenswitch, decode_with_ours
from bench.figures import Figure, Goal, ratios
from bench.recorded import RecordedEvent, recorded_events

ROOT = Path(__file__).parents[1]
OURS, GREENSWITCH, GENESIS = "ours", "greenswitch", "Genesis"

Values = list[str | None]

GOAL = Goal(10, at_least=True)


def decoding(repetitions: int) -> list[Figure]:
    """Ratios and rates over the repetitions; each decodes all events with each decoder."""
    command = (ROOT / "tools" / "bench-env", "python", "-m", "bench.decoding", str(repetitions))
    measured = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    return figures(**measured)


def main(repetitions: str) -> None:
    """Measure in this process, which is the peers', and print it."""
    from bench.genesis_decoder import decode_with_genesis

    decoders = {OURS: decode_with_ours, GREENSWITCH: decode_with_greenswitch, GENESIS: decode_with_genesis}
    json.dump(measure(decoders, recorded_events(), int(repetitions)), sys.stdout)


def measure(decoders: Mapping[str, Decoder], events: Sequence[RecordedEvent], repetitions: int) -> dict[str, Any]:
    """The arguments of `figures`: how many events, each decoder's rates, how many each reads otherwise than ours."""
    stream = b"".join(event.frame for event in events)
    names = [event.names for event in events]
    read = {name: _read(decode, stream, names) for name, decode in decoders.items()}
    rates: dict[str, list[float]] = {name: [] for name in decoders}
    for _ in range(repetitions):
        for name, decode in decoders.items():
            rates[name].append(_rate(decode, stream, names))
    otherwise = {name: _differences(read[OURS], theirs) for name, theirs in read.items()}
    return {"events": len(events), "rates": rates, "otherwise": otherwise}


def figures(events: int, rates: Mapping[str, Sequence[float]], otherwise: Mapping[str, int]) -> list[Figure]:
    """Our ratio to each peer first, then the rates."""
    mine = rates[OURS]
    peers = [name for name in rates if name != OURS]
    return [
        *(
            Figure(
                f"decoding of {events} recorded events: {OURS} / {name}",
                "x",
                ratios(mine, rates[name]),
                GOAL if name == GREENSWITCH else None,
            )
            for name in peers
        ),
        Figure(f"- {OURS}", "/s", tuple(mine)),
        *(Figure(f"- {name} ({otherwise[name]} of them read otherwise)", "/s", tuple(rates[name])) for name in peers),
    ]


def _differences(ours: Sequence[Values], theirs: Sequence[Values]) -> int:
    """In how many events another value was read; RuntimeError unless both read all of them.

    Peers differ by their defects: greenswitch decodes before it splits, so that a caller's name in the trace
    header-traps becomes an Event-Name, it reads bodies as headers, and it loses line breaks inside values.
    """
    if len(ours) != len(theirs):
        raise RuntimeError("a decoder did not read every event")
    return sum(mine != other for mine, other in zip(ours, theirs, strict=True))


def _read(decode: Decoder, stream: bytes, names: Iterable[Sequence[str]]) -> list[Values]:
    read: list[Values] = []
    wanted = iter(names)
    decode(stream, lambda get: read.append([get(name) for name in next(wanted)]))
    return read


def _rate(decode: Decoder, stream: bytes, names: Sequence[Sequence[str]]) -> float:
    """Events for a second of CPU."""
    look = _looking(iter(names))
    gc.collect()
    started = process_time()
    decode(stream, look)
    return len(names) / (process_time() - started)


def _looking(wanted: Iterator[Sequence[str]]) -> Look:
    def look(get: Callable[[str], str | None]) -> None:
        for name in next(wanted):
            get(name)

    return look


if __name__ == "__main__":
    main(*sys.argv[1:])
