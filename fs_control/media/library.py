"""The library of prompts: the one folder that the switch plays from, `<folder>/<language>/<name>.wav`.

It holds copies of the shipped prompts, the operator's recordings, which win, and the sentences that were synthesised.
Must not know flows or the database. Easy to break: a file takes its place whole, by its name alone, so that a call that
is playing the old one plays it to its end and the next call has the new one; the switch's own user must be able to
read everything here, whatever our umask is; and a copy of ours is told from a recording by its content (`.copies`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from fs_control.errors import UserMistake
from fs_control.media.prompts import LANGUAGES, PART, SAID, is_prompt_name, prompt_path, prompts_folder
from fs_control.settings import Settings, SwitchSettings

COPIES: Final = ".copies"
"""Which content of ours lies where: a file that is not so any more is the operator's."""
LOCK: Final = ".lock"
_UNBORN: Final = ".new-"


def library_folder(settings: Settings) -> Path:
    """Return where the library is, as this machine sees it."""
    return Path(settings.prompts) if settings.prompts else Path(settings.var) / "prompts"


def folder_at_switch(settings: Settings, switch: SwitchSettings) -> str:
    """Return where the library is, as the switch sees it.

    A switch with its own name for our media and none for the library plays what lies with these, as it always did.
    """
    if switch.prompts:
        return switch.prompts
    if switch.media not in ("", str(prompts_folder().parent)):
        return f"{switch.media}/prompts"
    return str(library_folder(settings))


class Library:
    """The library in one folder. UserMistake `library_not_written` where the folder cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, language: str) -> Path:
        """Return where a prompt lies, or would; UserMistake for a name that is none."""
        return prompt_path(self.folder, name, language)

    def has(self, name: str, language: str) -> bool:
        """Whether a prompt is there, parts and synthesised sentences too."""
        return self.path(name, language).is_file()

    def names(self) -> dict[str, frozenset[str]]:
        """Return the names that a flow may use, by language: no parts, and no synthesised sentences.

        Before the first start there is no library, and there are the names of what it will have.
        """
        folder = self.folder if self.folder.is_dir() else prompts_folder()
        return {
            language: frozenset(
                path.stem
                for path in (folder / language).glob("*.wav")
                if is_prompt_name(path.stem) and not path.stem.startswith((PART, SAID))
            )
            for language in LANGUAGES
        }

    def sha256(self, name: str, language: str) -> str | None:
        """Return what a prompt's file is told by, None where it is not there."""
        return _digest(self.path(name, language))

    # --- changing ------------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """Copy every shipped prompt that is missing or was copied from an older release; recordings stay."""
        with self._alone():
            copies = self._copies()
            for language in LANGUAGES:
                for leftover in (self.folder / language).glob(f"{_UNBORN}*"):
                    leftover.unlink(missing_ok=True)
                for shipped in (prompts_folder() / language).glob("*.wav"):
                    self._copy(shipped, language, copies)
            self._write_copies(copies)

    def put(self, name: str, language: str, wav: bytes) -> None:
        """Give a prompt this content: the next call hears it."""
        path = self.path(name, language)
        with self._alone():
            copies = self._copies()
            _write(path, wav, is_kept=True)
            if copies.pop(_key(name, language), None) is not None:
                self._write_copies(copies)

    def remove(self, name: str, language: str) -> None:
        """Take a recording away; where a prompt of this name is shipped, that one is played again."""
        path, shipped = self.path(name, language), prompt_path(prompts_folder(), name, language)
        with self._alone():
            if not shipped.is_file():
                path.unlink(missing_ok=True)
                return
            copies = self._copies()
            _write(path, shipped.read_bytes(), is_kept=True)
            self._write_copies({**copies, _key(name, language): str(_digest(shipped))})

    def _copy(self, shipped: Path, language: str, copies: dict[str, str]) -> None:
        """Copy one prompt unless somebody's recording lies there; note what was copied."""
        target, key = self.folder / language / shipped.name, _key(shipped.stem, language)
        content = shipped.read_bytes()
        digest, lying = hashlib.sha256(content).hexdigest(), _digest(target)
        if lying not in (None, digest, copies.get(key)):
            copies.pop(key, None)
            return
        if lying != digest:
            _write(target, content, is_kept=False)
        copies[key] = digest

    def _copies(self) -> dict[str, str]:
        """Read what was copied; where that is not known, every file that differs is taken for a recording."""
        try:
            found = json.loads((self.folder / COPIES).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(found) if isinstance(found, dict) else {}

    def _write_copies(self, copies: Mapping[str, str]) -> None:
        text = json.dumps(copies, indent=0, sort_keys=True)
        if text != json.dumps(self._copies(), indent=0, sort_keys=True):
            _write(self.folder / COPIES, text.encode(), is_kept=False)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else change the library while the block runs; playing goes on."""
        try:
            for folder in (self.folder, *(self.folder / language for language in LANGUAGES)):
                _make_folder(folder)
            lock = os.open(self.folder / LOCK, os.O_RDONLY | os.O_CREAT, 0o644)  # may be another user's
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)
        except OSError as error:
            raise UserMistake("library_not_written", folder=str(self.folder), reason=error.strerror) from error


def _make_folder(folder: Path) -> None:
    """Make a folder that every user may look into; what root makes belongs to whoever has the folder above."""
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if is_new and os.geteuid() == 0:
        above = folder.parent.stat()
        os.chown(folder, above.st_uid, above.st_gid)
    with suppress(PermissionError):  # somebody else's, who has seen to it
        folder.chmod(0o755)


def _key(name: str, language: str) -> str:
    return f"{language}/{name}"


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes, *, is_kept: bool) -> None:
    """Put a file in its place whole; `is_kept`: it must be there after a power cut, for there is no other copy."""
    unborn = path.with_name(f"{_UNBORN}{secrets.token_hex(8)}")
    try:
        with unborn.open("wb") as file:
            file.write(content)
            if is_kept:
                file.flush()
                os.fsync(file.fileno())
        unborn.chmod(0o644)
        unborn.replace(path)
    finally:
        unborn.unlink(missing_ok=True)
