"""`fs-control ledger`: one file for each command; none is imported here."""

from __future__ import annotations

from typing import Final

import click

from fs_control.face.click_words import Group

COMMANDS: Final = {
    "verify": "fs_control.face.ledger.verifying:verify_calls",
    "explain": "fs_control.face.ledger.explaining:explain_figure",
}


@click.group(
    "ledger",
    cls=Group,
    lazy=COMMANDS,
    examples=("fs-control ledger verify", "fs-control ledger explain time_to_answer 1f3c8a2e"),
)
def ledger_group() -> None:
    """Choose a command below."""
