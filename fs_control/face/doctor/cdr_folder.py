"""What lies in the folder of ended legs and should have been taken by the engine; looks, and changes nothing."""

from __future__ import annotations

import time
from pathlib import Path

from fs_control.face.doctor.facts import CdrProbe
from fs_control.runtime.cdr_folder import UNREAD
from fs_control.switch.cdr import SUFFIX


def what_lies(folder: Path) -> CdrProbe:
    """Count the files, and tell the age of the oldest; a folder that cannot be looked into holds nothing."""
    ages = []
    try:
        for path in folder.glob(f"*{SUFFIX}"):
            try:
                ages.append(time.time() - path.stat().st_mtime)
            except FileNotFoundError:  # taken meanwhile
                continue
        unread = len(list((folder / UNREAD).glob(f"*{SUFFIX}")))
    except OSError:
        return CdrProbe(str(folder))
    return CdrProbe(str(folder), waiting=len(ages), oldest_s=max(ages, default=0.0), unread=unread)
