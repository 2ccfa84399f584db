"""Addresses of Unix sockets: a path of any length as one that the kernel takes.

The kernel takes 107 bytes; a clone may lie deeper. `/proc/self/fd/N` is a short name for any open folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LONGEST_ADDRESS: Final = 107


@contextmanager
def socket_address(path: Path) -> Iterator[str]:
    """Give the block an address to bind or connect to the socket at `path`; OSError where its folder is not there."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
