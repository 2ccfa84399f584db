"""Where a clone keeps its data, and making those folders. Imports nothing heavy, because every command asks."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

ROOTS_FOLDER: Final = Path("/var/lib/fs_control")


def default_var_dir(clone: Path, is_root: bool) -> Path:
    """Where a clone keeps what it writes: `var/` inside it, and for root a folder of its own under /var/lib/fs_control.

    Root's is outside, because the server's system user must reach it, and a clone under /root cannot be reached.
    """
    clone = clone.resolve()
    if not is_root:
        return clone / "var"
    return ROOTS_FOLDER / f"clone-{hashlib.sha256(os.fsencode(clone)).hexdigest()[:12]}"


def make_folders(folder: Path) -> None:
    """Make the folder and its missing parents so that the server's system user can pass; what exists keeps its mode."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o711)


def default_data_dir(clone: Path, is_root: bool) -> Path:
    """The data folder of a clone's own server."""
    return default_var_dir(clone, is_root) / "postgres"
