"""Files that somebody else will remove are kept by a second name: segments of journals, the switch's files of legs.

Owns a folder of such names. Easy to break: a name is given as soon as the file is there, and what is written to it
later is seen by both names, so nothing is ever read half.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import gevent

EVERY_S: Final = 0.3


class Keeper:
    """Keeps the files of some folders; `sources` are the folders by the name under which their files are kept."""

    def __init__(self, kept: Path, sources: Mapping[str, tuple[Path, str]]) -> None:
        self.folder = kept
        self._sources = {kept / name: source for name, source in sources.items()}
        for folder in self._sources:
            folder.mkdir(parents=True, exist_ok=True)
        self._keeping = gevent.spawn(self._always)

    def keep(self) -> None:
        """Keep what there is now."""
        for folder, (source, pattern) in self._sources.items():
            for file in source.glob(pattern):
                with suppress(FileExistsError, FileNotFoundError):
                    os.link(file, folder / file.name)

    def close(self) -> None:
        """Keep once more, and no more."""
        self._keeping.kill()
        self.keep()

    def _always(self) -> None:
        while True:
            self.keep()
            gevent.sleep(EVERY_S)
