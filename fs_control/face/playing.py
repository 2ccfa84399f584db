"""Letting whoever sits at this machine hear a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

PLAYERS: Final = (("play", "-q"), ("aplay", "-q"))
"""Programs that play a WAV file: of sox and of ALSA."""


def play_aloud(path: Path) -> bool:
    """Play a WAV file to its end; False where this machine has no program for it, or no way to be heard."""
    player = next((player for player in PLAYERS if shutil.which(player[0]) is not None), None)
    if player is None:
        return False
    return subprocess.run([*player, str(path)], check=False, stderr=subprocess.DEVNULL).returncode == 0
