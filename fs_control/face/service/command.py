"""`fs-control service`: makes systemd run fs_control on this machine, or no longer.

Asks, refuses with a remedy, and walks through steps; what is in the files is unit's, how a step is done is steps'.
Easy to break: a dry run prints what the real thing does, so both go through the same list; what the real thing would be
refused for is a remark there.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.service.installation import Account, first_unreadable
from fs_control.face.service.steps import (
    UNIT_FILE,
    Machine,
    RemoveFile,
    RunCommand,
    Step,
    WriteFile,
    add_user,
    systemctl,
    this_machine,
)
from fs_control.face.service.unit import (
    MARK,
    STATE_FOLDER,
    UNIT_NAME,
    Service,
    check_user,
    environment_text,
    read_environment,
    unit_text,
)
from fs_control.face.words import explained, remark, say
from fs_control.settings import Settings, settings_from

EXAMPLES = ("fs-control service install --dry-run", "fs-control service remove --dry-run")


@click.group("service", cls=Group, examples=EXAMPLES)
def service_group() -> None:
    """Choose a command below."""


@service_group.command(
    "install", examples=("fs-control service install --dry-run", "sudo /opt/fs_control/bin/fs-control service install")
)
@click.option("--dry-run", "only_tell", is_flag=True, cls=Option)
@click.option("--user", "service_user", default="fs_control", metavar="NAME", cls=Option)
@click.option(
    "--environment",
    "environment_file",
    default="/etc/fs_control/environment",
    type=click.Path(path_type=Path),
    metavar="FILE",
    cls=Option,
)
def install_service(only_tell: bool, service_user: str, environment_file: Path) -> None:
    """Make systemd run fs_control."""
    machine = _machine()
    user, environment = check_user(service_user), PurePosixPath(environment_file.absolute())
    account = machine.find_account(user)
    _refuse([*_lacks(machine), *_unreadable(machine, user, account), *_foreign(machine)], only_tell=only_tell)
    steps = _install_steps(_service(machine, user, environment, only_tell=only_tell), account)
    _walk(machine, steps, only_tell=only_tell)
    if not only_tell:
        say("service_installed", environment=str(environment), state=str(STATE_FOLDER))


@service_group.command("remove", examples=("fs-control service remove --dry-run", "sudo fs-control service remove"))
@click.option("--dry-run", "only_tell", is_flag=True, cls=Option)
def remove_service(only_tell: bool) -> None:
    """Make systemd run fs_control no longer."""
    machine = _machine()
    _refuse([*_lacks(machine), *_absent(machine), *_foreign(machine)], only_tell=only_tell)
    stop = systemctl("disable", "--now", UNIT_NAME)
    _walk(machine, (stop, RemoveFile(UNIT_FILE), systemctl("daemon-reload")), only_tell=only_tell)
    say("service_stays" if only_tell else "service_removed", state=str(STATE_FOLDER))


def _machine() -> Machine:
    return click.get_current_context().find_object(Machine) or this_machine()


# --- what is refused -------------------------------------------------------------------------------------------------


def _refuse(reasons: Sequence[UserMistake], *, only_tell: bool) -> None:
    """Refuse with the first reason; a dry run goes on and has named them all."""
    for reason in reasons:
        if not only_tell:
            raise reason
        remark("service_would_be_refused", reason=explained(reason))


def _lacks(machine: Machine) -> Iterator[UserMistake]:
    if not machine.is_root:
        yield UserMistake("service_needs_root")
    if not machine.has_systemd:
        yield UserMistake("service_needs_systemd")


def _unreadable(machine: Machine, user: str, account: Account | None) -> Iterator[UserMistake]:
    place = first_unreadable(machine.installation, account or Account())
    if place is not None:
        yield UserMistake("service_cannot_read", user=user, path=str(place))


def _foreign(machine: Machine) -> Iterator[UserMistake]:
    """A unit of the same name that somebody else wrote, or masked, is theirs."""
    text = machine.read(UNIT_FILE)
    if text is not None and not text.startswith(MARK):
        yield UserMistake("service_unit_foreign", file=str(UNIT_FILE))


def _absent(machine: Machine) -> Iterator[UserMistake]:
    if machine.read(UNIT_FILE) is None:
        yield UserMistake("service_not_installed", file=str(UNIT_FILE))


# --- what is done ----------------------------------------------------------------------------------------------------


def _service(machine: Machine, user: str, environment: PurePosixPath, *, only_tell: bool) -> Service:
    ours = machine.installation
    python, entry, flows = map(PurePosixPath, (ours.python, ours.entry, ours.flows))
    max_calls = _max_calls(machine, environment, only_tell=only_tell)
    return Service(user, python, entry, flows, environment, max_calls, _cdrs(machine, environment))


def _cdrs(machine: Machine, environment: PurePosixPath) -> PurePosixPath | None:
    """Return the folder from which the service takes the files of ended legs, by its own file, where that tells one."""
    try:
        variables = read_environment(machine.read(environment) or "")
    except UserMistake:  # `_max_calls` has said so
        return None
    path = PurePosixPath(variables.get("FS_CONTROL_CDRS") or variables.get("FREESWITCH_CDRS") or "")
    return path if path.is_absolute() else None


def _max_calls(machine: Machine, environment: PurePosixPath, *, only_tell: bool) -> int:
    """Return how many calls the service will take: its own file says so, not the environment of who installs it."""
    try:
        variables = read_environment(machine.read(environment) or "")
    except UserMistake as unreadable:
        if not only_tell:
            raise
        remark("service_default_max_calls", reason=explained(unreadable), max_calls=Settings().max_calls)
        return Settings().max_calls
    return settings_from({key: value for key, value in variables.items() if key == "FS_CONTROL_MAX_CALLS"}).max_calls


def _install_steps(service: Service, account: Account | None) -> tuple[Step, ...]:
    makes_user = () if account is not None else (add_user(service.user),)
    return (
        *makes_user,
        WriteFile(service.environment, 0o600, environment_text(), stays_if_there=True),
        WriteFile(UNIT_FILE, 0o644, unit_text(service)),
        systemctl("daemon-reload"),
        systemctl("enable", UNIT_NAME),
    )


def _walk(machine: Machine, steps: Sequence[Step], *, only_tell: bool) -> None:
    """Say each step; do it as well unless this is a dry run, which shows what is in the files instead."""
    for step in steps:
        _tell(machine, step, only_tell=only_tell)
        if not only_tell:
            machine.carry_out(step)
    if only_tell:
        say("service_nothing_done")


def _tell(machine: Machine, step: Step, *, only_tell: bool) -> None:
    match step:
        case RunCommand(words=command):
            say("service_runs", command=shlex.join(command))
        case RemoveFile(path=path):
            say("service_removes", file=str(path))
        case WriteFile(path=path, stays_if_there=True) if _is_there(machine.at(path)):
            say("service_keeps", file=str(path))
        case WriteFile(path=path, mode=mode, text=text):
            say("service_writes", file=str(path), mode=f"{mode:04o}")
            if only_tell:
                click.echo(text)


def _is_there(path: Path) -> bool:
    """Whether something stands there, be it a link to nowhere; in a closed folder we cannot know and leave it alone."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except PermissionError:
        return True
    return True
