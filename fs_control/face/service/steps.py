"""What is done to a machine to make it run the service, as values that can be shown as well as done.

A dry run and the real thing walk through the same steps. Easy to break: an environment file has the operator's secrets,
so it is made with its mode and never written a second time.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.service.installation import Account, Installation, this_installation
from fs_control.face.service.unit import STATE_FOLDER, UNIT_NAME

UNIT_FILE: Final = PurePosixPath("/etc/systemd/system") / UNIT_NAME
SECONDS: Final = 60.0
"""For one command. None of ours waits for anything."""

Runner: TypeAlias = Callable[[Sequence[str]], None]
AccountFinder: TypeAlias = Callable[[str], Account | None]


@dataclass(frozen=True, slots=True)
class WriteFile:
    """Write a file. One that `stays_if_there` is left alone where it exists, and made with its mode where not."""

    path: PurePosixPath
    mode: int
    text: str
    stays_if_there: bool = False


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Remove a file."""

    path: PurePosixPath


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Run a program to its end, without a shell."""

    words: tuple[str, ...]


Step: TypeAlias = WriteFile | RemoveFile | RunCommand


def add_user(user: str) -> RunCommand:
    """Return the step that makes the service's system user: no password, no shell, no home of its own."""
    options = ("--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin")
    return RunCommand(("useradd", *options, "--home-dir", str(STATE_FOLDER), user))


def systemctl(*words: str) -> RunCommand:
    """Return a step that tells systemd something."""
    return RunCommand(("systemctl", *words))


def run_program(words: Sequence[str]) -> None:
    """Run a program; RemoteFault with what it said where it is not there, fails, or does not end."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RemoteFault("service_step_failed", command=" ".join(words), output=str(error)) from error
    if done.returncode != 0:
        output = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise RemoteFault("service_step_failed", command=" ".join(words), output=output)


def find_account(user: str) -> Account | None:
    """Return a user of this machine, None where there is none of the name."""
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        return None
    return Account(entry.pw_uid, tuple(os.getgrouplist(user, entry.pw_gid)))


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine that gets the service; `root` is the folder that everything of it hangs from."""

    is_root: bool
    installation: Installation
    root: Path = Path("/")
    run: Runner = run_program
    find_account: AccountFinder = find_account

    @property
    def has_systemd(self) -> bool:
        """Whether systemd runs here, and is not only installed (sd_booted(3))."""
        return self.at(PurePosixPath("/run/systemd/system")).is_dir()

    def at(self, path: PurePosixPath) -> Path:
        """Return where a path of this machine really is."""
        return self.root / path.relative_to("/")

    def read(self, path: PurePosixPath) -> str | None:
        """Return a file's text, None where there is none; UserMistake where it cannot be read."""
        try:
            return self.at(path).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UserMistake("file_unreadable", file=str(path), reason=error.strerror) from error

    def carry_out(self, step: Step) -> None:
        """Do one step; UserMistake where a file is refused, RemoteFault where a program fails."""
        if isinstance(step, RunCommand):
            self.run(step.words)
            return
        try:
            if isinstance(step, RemoveFile):
                self.at(step.path).unlink(missing_ok=True)
            elif step.stays_if_there:
                _create(self.at(step.path), step)
            else:
                _replace(self.at(step.path), step)
        except OSError as error:
            raise UserMistake("service_file_refused", file=str(step.path), reason=error.strerror) from error


def this_machine() -> Machine:
    """Return the machine this process runs on."""
    return Machine(is_root=os.geteuid() == 0, installation=this_installation())


def _create(path: Path, step: WriteFile) -> None:
    """Make the file and its folder; what is there already, a link to nowhere too, stays as it is."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, step.mode)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(step.text)


def _replace(path: Path, step: WriteFile) -> None:
    """Write beside and rename: systemd meets the old file or the new one, never half of it."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(step.text, encoding="utf-8")
    beside.chmod(step.mode)
    beside.replace(path)
