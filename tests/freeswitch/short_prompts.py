"""Our prompts, each cut to less than a second, for scenarios on a switch whose time cannot be hurried.

What callers are told is not what such a scenario is about, and a minute of greetings is a minute of waiting. Easy to
break: the names are those of all our prompts, and what is left of each must be longer than the half second for which a
scenario's caller listens.
"""

from __future__ import annotations

import wave
from pathlib import Path

from fs_control.media.prompts import prompts_folder

LEFT_S = 0.8


def write_short_prompts(folder: Path) -> Path:
    """Write them with the music as it is; the folder of both, as `SwitchSettings.media` wants it."""
    long = prompts_folder()
    for path in long.rglob("*.wav"):
        _cut(path, folder / "prompts" / path.relative_to(long))
    (folder / "music").symlink_to(long.parent / "music")
    return folder


def _cut(path: Path, short: Path) -> None:
    short.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "rb") as sound, wave.open(str(short), "wb") as file:
        file.setparams(sound.getparams())
        file.writeframes(sound.readframes(round(sound.getframerate() * LEFT_S)))
