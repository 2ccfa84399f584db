"""`fs-control live`: the board on a terminal, or one picture of it where nobody can watch."""

from __future__ import annotations

import sys

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.client import running_engine
from fs_control.face.words import print_json, wide_console


@click.command("live", cls=Command, examples=("fs-control live", "fs-control live --once"))
@click.option("--once", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def live_command(once: bool, json: bool) -> None:
    """Show the board until q is pressed; --json prints one picture for machines."""
    from fs_control.face.live.page import board_lines
    from fs_control.face.live.wallboard import watch

    engine, console = running_engine(), wide_console()
    if json:
        print_json(engine.board())
    elif once or not sys.stdout.isatty() or console.is_dumb_terminal:
        for each in board_lines(engine.board(), console.width):
            console.print(each, no_wrap=True, highlight=False)
    else:
        watch(engine, console)
