"""A file that is put into a folder for a moment, so that somebody else can say whether they see it there.

The one thing that a doctor makes; it is gone at the end, and it is never more than empty.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProbeFile:
    """A file of this name in the folder; `reason` says why it could not be put there."""

    folder: Path
    name: str
    reason: str | None = None


@contextmanager
def probe_file(folder: Path) -> Iterator[ProbeFile]:
    """Have an empty file with a name of its own in the folder while the block runs."""
    name = f".fs_control-doctor-{secrets.token_hex(8)}"
    path = folder / name
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        yield ProbeFile(folder, name, error.strerror or str(error))
        return
    try:
        yield ProbeFile(folder, name)
    finally:
        path.unlink(missing_ok=True)
