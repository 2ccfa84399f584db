"""What the small commands read from the database: opened for one command, with a word to whoever waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from fs_control.face.options import load_settings, open_database
from fs_control.face.words import progress

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def database() -> Iterator[Engine]:
    """Give the block an engine on this installation's database."""
    with ExitStack() as closing:
        with progress("progress.database"):
            engine = closing.enter_context(open_database(load_settings()))
        yield engine
