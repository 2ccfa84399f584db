"""`fs-control flow draw`: a flow as a tree in the terminal, as Mermaid text, or as an SVG picture.

Reads and writes; the pictures are made by `fs_control.flow.drawing`. Easy to break: what is asked for goes to stdout
bare, so that it can be piped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Command, Option
from fs_control.face.flow_reading import sound_flows
from fs_control.face.words import remark, words
from fs_control.flow import KnownNames

TREE, MERMAID, SVG = "tree", "mermaid", "svg"
BY_NAME: Final = {"": TREE, ".txt": TREE, ".svg": SVG, ".mmd": MERMAID, ".mermaid": MERMAID, ".md": MERMAID}
EXAMPLES: Final = (
    "fs-control flow draw ivr_flows/main.yaml",
    "fs-control flow draw ivr_flows/main.yaml --format mermaid",
    "fs-control --lang zh flow draw ivr_flows/main.yaml -o main.svg",
)


@click.command("draw", cls=Command, examples=EXAMPLES)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "drawing", type=click.Choice((TREE, MERMAID, SVG)), cls=Option)
@click.option("--output", "-o", "output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), cls=Option)
def draw_command(file: Path, drawing: str | None, output: Path | None) -> None:
    """Draw a flow."""
    picture = _drawn(file, drawing or _by_name(output))
    if output is None:
        click.echo(picture, nl=False)
        return
    try:
        output.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise UserMistake("flow_not_drawn", file=str(output), reason=error.strerror) from error
    remark("flow_drawn", file=str(output))


def _by_name(output: Path | None) -> str:
    """Return what the name of a file asks for; a picture that cannot be made is refused and not written as a tree."""
    suffix = "" if output is None else output.suffix.lower()
    if suffix not in BY_NAME:
        raise UserMistake("flow_not_drawn_so", suffix=suffix, names=tuple(name for name in BY_NAME if name))
    return BY_NAME[suffix]


def _drawn(file: Path, drawing: str) -> str:
    from fs_control.flow.drawing import graph_of, mermaid, svg, tree

    (flow,) = (reading.flow for reading in sound_flows([file], KnownNames()))
    graph = graph_of(flow, words)
    if drawing == SVG:
        return svg(graph)
    return mermaid(graph) if drawing == MERMAID else tree(graph)
