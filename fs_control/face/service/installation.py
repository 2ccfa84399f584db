"""Where this installation lies, and whether another user could run it.

Looks and changes nothing. Easy to break: an interpreter in a virtual environment is a chain of links, and every folder
on the way counts; the last one is often in the home of whoever made the environment.
"""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

import fs_control

PACKAGE = Path(fs_control.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Installation:
    """What a service starts, and what it reads while it runs."""

    python: Path
    entry: Path
    flows: Path
    libraries: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that the service's user must be able to read."""
        return (self.python, self.entry, self.flows, *self.libraries)


@dataclass(frozen=True, slots=True)
class Account:
    """A user as file modes see one; None for one who does not exist yet and owns nothing."""

    uid: int | None = None
    groups: tuple[int, ...] = ()


def this_installation() -> Installation:
    """Return the installation that runs at this moment: a clone starts by cli.py, a package by its script."""
    clone = PACKAGE.parent / "cli.py"
    script = Path(sysconfig.get_path("scripts")) / "fs-control"
    return Installation(
        python=Path(sys.executable),
        entry=clone if clone.exists() else script,
        flows=(PACKAGE / "ivr_flows").resolve(),
        libraries=(PACKAGE / "__init__.py", Path(os.__file__), Path(click.__file__)),
    )


def first_unreadable(installation: Installation, account: Account) -> Path | None:
    """Return what keeps this account from running the installation: a folder, a file, or what is not there at all.

    Only modes and owners are looked at; where access lists open more than they say, this refuses too much.
    """
    for file in installation.files:
        for place in _way_to(file):
            if not _may_use(place, account):
                return place
    return None


def _way_to(file: Path) -> Iterator[Path]:
    """Every folder on the way to a file, and the file; where it is a link, what it leads to as well."""
    while True:
        yield from reversed(file.parents)
        if not file.is_symlink():
            break
        file = file.parent / file.readlink()
    resolved = file.resolve()
    yield from reversed(resolved.parents)
    yield resolved


def _may_use(place: Path, account: Account) -> bool:
    """Whether the account may enter a folder, or read a file."""
    try:
        entry = place.stat()
    except OSError:
        return False
    wanted = stat.S_IXOTH if stat.S_ISDIR(entry.st_mode) else stat.S_IROTH
    if entry.st_uid == account.uid:
        wanted <<= 6
    elif entry.st_gid in account.groups:
        wanted <<= 3
    return bool(entry.st_mode & wanted)
