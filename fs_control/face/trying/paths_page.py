"""What `flow try --all-paths` says: one line for each way, and what no way came through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import click

from fs_control.face.trying.page import ARROW
from fs_control.face.trying.paths import START, Visit, Walk, Way
from fs_control.face.words import printable, remark, say, words

MOST_NAMED: Final = 50
"""So many steps and exits are named that were not reached; `--json` has them all."""


def print_walk(walk: Walk, flow: str) -> None:
    """Print the ways, and the sum of them."""
    for way in walk.ways:
        click.echo(printable(_line(way, flow)))
    if not walk.are_all:
        remark("paths.not_all", count=len(walk.ways))
    say(
        "paths.sum",
        ways=len(walk.ways),
        steps=walk.steps - len(walk.missed_steps),
        all_steps=walk.steps,
        exits=walk.exits - len(walk.missed_exits),
        all_exits=walk.exits,
    )
    for missed_flow, step in walk.missed_steps[:MOST_NAMED]:
        say("paths.missed_step", flow=missed_flow, step=step)
    for missed in walk.missed_exits[:MOST_NAMED]:
        if (missed.flow, missed.step) not in walk.missed_steps:
            say("paths.missed_exit", flow=missed.flow, step=missed.step, exit=missed.exit)


def plain_walk(walk: Walk) -> dict[str, Any]:
    """Return the same for machines."""
    return asdict(walk)


def _line(way: Way, flow: str) -> str:
    begins = [] if way.begins == START else [f"({words(f'paths.begins.{way.begins}')})"]
    ends = words("paths.ends", ends=way.ends) if way.ends else words("paths.circle")
    return ARROW.join([*begins, *_visits(way.visits, flow), ends])


def _visits(visits: tuple[Visit, ...], flow: str) -> Iterator[str]:
    """Yield each step as it is told; one of another flow with that flow's name before it."""
    for visit in visits:
        step = visit.step if visit.flow == flow else f"{visit.flow}/{visit.step}"
        yield f"{step} [{visit.left_by}]" if visit.left_by else step
