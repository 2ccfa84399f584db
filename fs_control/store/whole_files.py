"""Files that are there whole or not at all, and that nobody else may read.

Waits for disks, so whoever has other work calls it from a thread. Easy to break: a rename is on disk only when the
folder is, and a file that others could open for a moment was open to them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

UNBORN: Final = ".new"
"""How the name of a file ends that is being written."""


def make_private(folder: Path) -> None:
    """Make the folder, or close it to others: who called whom is nobody else's business. OSError by the disk."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_whole(path: Path, data: bytes) -> None:
    """Have a whole file or none: when this returns, a power cut takes nothing of it; OSError leaves nothing behind."""
    unborn = path.with_suffix(UNBORN)
    descriptor = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
        unborn.replace(path)
    except OSError:
        unborn.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
