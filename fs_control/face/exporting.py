"""A listing as a CSV sheet that the import of the same command takes again.

Easy to break: it holds customers' numbers and names, so a file of it is for its owner alone; and it begins with a BOM,
without which spreadsheets take Chinese for something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from fs_control.face.words import say


def export_sheet(columns: Sequence[str], rows: Iterable[Sequence[object]], out: Path | None) -> None:
    """Write rows to a new file, or to stdout; UserMistake where the file is there already or cannot be made."""
    from fs_control.face.freeswitch.files import write_secret
    from fs_control.store.csv_rows import write_csv

    written = list(rows)
    text = write_csv(columns, written)
    if out is None:
        click.echo(text, nl=False)
        return
    write_secret(out, f"\ufeff{text}")
    say("exported", file=str(out), count=len(written))
