"""`fs-control flow prove`: proves that nobody can be stranded in flows, in all hours of the months ahead.

Asks the database for groups and calendars, and prints; the proof is `fs_control.flow.proof`. Easy to break: a flow that
others run is proved with them, so the files beside it are read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import click

from fs_control.face.click_words import REFUSED, Command, Option
from fs_control.face.flow_reading import Sound, sound_flows
from fs_control.face.proof_words import finding_json, finding_lines
from fs_control.face.words import print_json, remark, say, words
from fs_control.flow import KnownNames
from fs_control.flow.proof import MONTHS

if TYPE_CHECKING:
    from fs_control.flow.proof import Proof, Surroundings

MOST_MONTHS: Final = 36
EXAMPLES: Final = (
    "fs-control flow prove ivr_flows/main.yaml",
    "fs-control flow prove ivr_flows/*.yaml --months 3 --json",
)
PATIENCE_S: Final = 2.0
"""After this long a person is told how far it is."""


@click.command("prove", cls=Command, examples=EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--months", type=click.IntRange(1, MOST_MONTHS), default=MONTHS, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def prove_command(files: Sequence[Path], months: int, json: bool) -> None:
    """Prove flows."""
    given = sound_flows(files, KnownNames())
    sources = _with_those_they_run(given)
    surroundings = _surroundings(months)
    proofs = {each.flow.name: _proved(each, sources, surroundings) for each in given}
    if json:
        print_json({"flows": [_as_json(name, proof) for name, proof in proofs.items()]})
    else:
        for name, proof in proofs.items():
            _print(name, proof)
    if any(proof.findings for proof in proofs.values()):
        click.get_current_context().exit(REFUSED)


def _with_those_they_run(given: Sequence[Sound]) -> list[Sound]:
    """Add the flows that these run, and that lie beside them under their names; one that is not there stays missing."""
    found = {each.flow.name: each for each in given}
    ahead = list(given)
    for each in ahead:
        for name in sorted(each.flow.flows_named() - found.keys()):
            path = Path(each.file).with_name(f"{name}.yaml")
            if path.is_file():
                (found[name],) = sound_flows([path], KnownNames())
                ahead.append(found[name])
    return list(found.values())


def _surroundings(months: int) -> Surroundings:
    """Return the world as the database has it at this moment."""
    from fs_control.activating.surroundings import prompts_in, surroundings_of
    from fs_control.face.asking import author
    from fs_control.face.library import open_library
    from fs_control.face.options import load_settings
    from fs_control.face.stores import stores

    with stores() as kept:
        directory, _ = kept.directory.load()
    return surroundings_of(directory, author().now, months, prompts_in(open_library(load_settings())))


def _proved(source: Sound, sources: Sequence[Sound], surroundings: Surroundings) -> Proof:
    from fs_control.flow.proof import prove

    library = {each.flow.name: each.flow for each in sources}
    texts = {each.flow.name: (each.file, each.text) for each in sources}
    tell, over = _teller(source.flow.name)
    try:
        return prove(library, source.flow.name, surroundings, texts, tell)
    finally:
        over()


def _teller(flow: str) -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """Return what shows on a terminal how far it is, once that takes its time, and what takes it away again."""
    from rich.console import Console

    console = Console(stderr=True)
    status = console.status("")
    begun = monotonic()
    shown = False

    def tell(done: int, of: int) -> None:
        nonlocal shown
        if not console.is_terminal or monotonic() - begun < PATIENCE_S:
            return
        if not shown:
            status.start()
            shown = True
        status.update(words("proof.progress", flow=flow, done=done, of=of))

    return tell, status.stop


def _print(name: str, proof: Proof) -> None:
    for finding in proof.findings:
        for line in finding_lines(finding):
            click.echo(line)
    if proof.findings:
        remark("proof.refused", flow=name, count=len(proof.findings))
    else:
        intervals = proof.intervals or 1
        say("proof.proved", flow=name, states=proof.states, intervals=intervals, distinct=proof.distinct)


def _as_json(name: str, proof: Proof) -> dict[str, object]:
    return {
        "flow": name,
        "proved": not proof.findings,
        "situations": proof.states,
        "intervals": proof.intervals,
        "distinct": proof.distinct,
        "findings": [finding_json(finding) for finding in proof.findings],
    }
