"""The command `doctor`: looks, judges, prints, and ends with an exit code for monitors.

Warnings are no alarm: the exit code is 1 only where something is bad.
"""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click

from fs_control.errors import RemoteFault
from fs_control.face.click_words import REFUSED, Command, Option, UsageMistake
from fs_control.face.doctor import ourselves, probe
from fs_control.face.doctor.cdr_folder import what_lies
from fs_control.face.doctor.checks import judge_no_switch, judge_switch, judge_unreached
from fs_control.face.doctor.facts import CdrProbe, OwnFacts
from fs_control.face.doctor.findings import Item, is_bad
from fs_control.face.doctor.own_checks import judge_ourselves
from fs_control.face.doctor.page import as_json, print_page
from fs_control.face.doctor.probe_file import ProbeFile, probe_file
from fs_control.face.doctor.questions import prompt_files
from fs_control.face.doctor.state import judge_state, print_state
from fs_control.face.options import load_settings
from fs_control.face.words import print_json, progress, words
from fs_control.media.library import folder_at_switch
from fs_control.runtime.clock import WallClock
from fs_control.settings import Settings, cdrs_here


class _DoctorCommand(Command):
    """A command whose help says what its exit codes mean to a monitor."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for, and its exit codes."""
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words("doctor_exit_codes"))


@click.command(
    "doctor",
    cls=_DoctorCommand,
    examples=("fs-control doctor", "fs-control doctor --json", "fs-control doctor --state --now"),
)
@click.option("--json", "json", is_flag=True, cls=Option)
@click.option("--state", "state", is_flag=True, cls=Option)
@click.option("--now", "state_now", is_flag=True, cls=Option)
def doctor_command(json: bool, state: bool, state_now: bool) -> None:
    """Check the switch of the settings and this installation, item by item; or only whether engine and switch agree."""
    settings = load_settings()
    if state_now and not state:
        raise UsageMistake("doctor_now_without_state", group=click.get_current_context().command_path)
    if state:
        if print_state(settings, now=state_now, json=json):
            click.get_current_context().exit(REFUSED)
        return
    with progress("progress.doctor"):
        own = ourselves.examine(settings)
        items = [*_switch_items(settings, own), *judge_ourselves(own, settings), judge_state(settings)]
    if json:
        print_json(as_json(items))
    else:
        print_page(items)
    if is_bad(items):
        click.get_current_context().exit(REFUSED)


def _switch_items(settings: Settings, own: OwnFacts) -> list[Item]:
    if settings.switch is None:
        return judge_no_switch()
    needed = () if own.flows is None else own.flows.prompts
    prompts = prompt_files(folder_at_switch(settings, settings.switch), needed)
    try:
        with _recordings_probe(settings) as file, _cdrs_probe(settings) as cdrs:
            facts = probe.examine(settings.switch, WallClock(), settings.command_deadline_s, file, prompts, cdrs)
    except RemoteFault as fault:
        return judge_unreached(fault, settings.switch)
    return judge_switch(facts, settings, settings.switch)


@contextmanager
def _cdrs_probe(settings: Settings) -> Iterator[tuple[ProbeFile, CdrProbe] | None]:
    """Put a file into the folder of ended legs, where the switch was given one, and look at what lies there."""
    if settings.switch is None or not settings.switch.cdrs:
        yield None
        return
    folder = Path(cdrs_here(settings))
    with probe_file(folder) as file:
        yield file, what_lies(folder)


def _recordings_probe(settings: Settings) -> AbstractContextManager[ProbeFile | None]:
    """Put a file into the folder of recordings, where the switch was given one."""
    if settings.switch is None or not settings.switch.recordings:
        return nullcontext()
    return probe_file(Path(settings.recordings or settings.switch.recordings))
