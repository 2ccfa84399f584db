"""The configuration of a FreeSWITCH on disk: what ships is read, what is ours is written, what is not ours is refused.

Knows no option and prints nothing; the texts are those of `switch.configuration`. Easy to break: secrets are in these
files, so each is closed to others from its first moment and takes its place whole (written beside, then renamed).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from fs_control.errors import UserMistake
from fs_control.switch.configuration import (
    CDRS_FOLDER,
    FOLDERS,
    MARK_FILE,
    PHONES_FILE,
    START_FILE,
    VARIABLES_FILE,
    PhoneAccount,
    SwitchSetup,
    configuration_texts,
    phones_text,
    setup_from,
)
from fs_control.switch.gateways import GATEWAYS_FILE


def shipped_files() -> dict[str, str]:
    """Return the files that come with us, by path below `conf`."""
    package = files("fs_control")
    with as_file(package / "conf" / "freeswitch") as conf, as_file(package / "dialplan") as dialplan:
        return {**_texts(conf, ""), **_texts(dialplan, "dialplan/")}


def _texts(folder: Path, prefix: str) -> dict[str, str]:
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.xml"))
    }


def check_ours(folder: Path) -> None:
    """Refuse a folder that holds something and not our mark, and a path that is no folder."""
    with _explained(folder):
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK_FILE).exists():
            raise UserMistake("freeswitch_folder_foreign", folder=str(folder))


def existing_setup(folder: Path) -> SwitchSetup | None:
    """Return the setup that a folder of ours was written with, None where it is new."""
    with _explained(folder):
        path = folder / VARIABLES_FILE
        return setup_from(path.read_text(encoding="utf-8")) if path.exists() else None


def write_configuration(folder: Path, setup: SwitchSetup) -> None:
    """Write everything a FreeSWITCH needs; the phones that are there stay."""
    texts = configuration_texts(setup, shipped_files(), str(folder))
    with _explained(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("", "conf", *FOLDERS):
            _make_folder(folder / name, folder.stat())
        if not (folder / CDRS_FOLDER).exists():  # somebody may have opened it to the engine's user since
            _make_folder(folder / CDRS_FOLDER, folder.stat())
        _write_all(folder, texts)
        if not (folder / PHONES_FILE).exists():
            _write_all(folder, {PHONES_FILE: phones_text(())})


def write_phones(folder: Path, phones: Iterable[PhoneAccount]) -> None:
    """Write the phones into a configuration of ours; UserMistake where there is none."""
    with _explained(folder):
        if not (folder / MARK_FILE).exists():
            raise UserMistake("freeswitch_folder_without_configuration", folder=str(folder))
        _write_all(folder, {PHONES_FILE: phones_text(phones)})


def write_gateways(folder: Path, text: str) -> None:
    """Write the gateways into a configuration of ours; UserMistake where there is none."""
    with _explained(folder):
        if not (folder / MARK_FILE).exists():
            raise UserMistake("freeswitch_folder_without_configuration", folder=str(folder))
        _write_all(folder, {GATEWAYS_FILE: text})


def write_secret(path: Path, text: str) -> None:
    """Write a new file that its owner alone may read; UserMistake where there is one already."""
    new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with _explained(path), os.fdopen(os.open(path, new, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _make_folder(folder: Path, owner: os.stat_result) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(folder, owner.st_uid, owner.st_gid)


def _write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files; the mark comes first, so that a half-written folder is known as ours.

    What root writes belongs to the folder's owner, who runs FreeSWITCH.
    """
    owner = folder.stat()
    for name, text in texts.items():
        path = folder / name
        _make_folder(path.parent, owner)
        beside = path.with_name(f"{path.name}.new")
        beside.unlink(missing_ok=True)
        write_secret(beside, text)
        beside.chmod(0o700 if name == START_FILE else 0o600)
        if os.geteuid() == 0:
            os.chown(beside, owner.st_uid, owner.st_gid)
        beside.replace(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserMistake("freeswitch_file_refused", file=str(path), reason=reason) from error
