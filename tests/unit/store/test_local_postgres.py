"""The server in the box: it starts, is shared, survives, and leaves the machine's folders as they were."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import IntegrityError

from fs_control.errors import RemoteFault, UserMistake
from fs_control.store.databases import create_database, drop_database, server_answers
from fs_control.store.folders import ROOTS_FOLDER, default_data_dir, default_var_dir
from fs_control.store.local_postgres import (
    LocalPostgres,
)

QUICK = {"fsync": "off"}
CLONE = Path(__file__).parents[3]


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that root's server user can reach, with a space in its name."""
    made = Path(tempfile.mkdtemp(prefix="fs_control-test- ", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A data folder for the tests of this file, because making one takes most of a second."""
    made = Path(tempfile.mkdtemp(prefix="fs_control-test- ", dir="/tmp"))
    made.chmod(0o711)
    yield made / "postgres"
    shutil.rmtree(made)


@pytest.fixture
def server(cluster: Path) -> Iterator[LocalPostgres]:
    """A server that is not started yet, and is stopped in the end whatever happened."""
    server = LocalPostgres(cluster, QUICK)
    yield server
    server.stop()


def scalar(url: str, query: str) -> object:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.exec_driver_sql(query)
        return result.scalar() if result.returns_rows else None


def server_pid(server: LocalPostgres) -> int:
    return int((server.data_dir / "postmaster.pid").read_text().splitlines()[0])


def test_starts_in_a_folder_with_a_space_and_keeps_data_over_a_restart(server: LocalPostgres) -> None:
    server.start()
    url = server.create_database("shop floor")
    scalar(url, "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    assert not server_answers(url)
    server.start()
    assert scalar(url, "SELECT number FROM kept") == 7


def test_creating_a_database_twice_keeps_the_first(server: LocalPostgres) -> None:
    server.start()
    scalar(server.create_database("calls"), "CREATE TABLE kept ()")
    url = server.create_database("calls")
    assert scalar(url, "SELECT count(*) FROM kept") == 0


def test_it_listens_on_no_network_port(server: LocalPostgres) -> None:
    assert scalar(server.start(), "SHOW listen_addresses") == ""


def test_nobody_else_may_enter_the_data_folder(server: LocalPostgres) -> None:
    server.start()
    assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700


def test_nobody_else_may_read_the_log_and_no_row_is_in_it(server: LocalPostgres) -> None:
    server.log.touch(0o644)
    url = server.start()
    with pytest.raises(IntegrityError):
        scalar(
            url,
            "CREATE TABLE callers (number text UNIQUE); INSERT INTO callers VALUES ('13800138000'), ('13800138000')",
        )
    log = server.log.read_text()
    assert stat.S_IMODE(server.log.stat().st_mode) == 0o600
    assert "duplicate key value" in log
    assert "13800138000" not in log


def test_the_last_of_several_users_ends_it(server: LocalPostgres) -> None:
    other = LocalPostgres(server.data_dir)
    url = server.start()
    other.start()
    server.stop()
    assert server_answers(url)
    other.stop()
    assert not server_answers(url)


def test_a_user_killed_without_goodbye_is_not_counted(server: LocalPostgres) -> None:
    code = "import sys; from pathlib import Path; from fs_control.store.local_postgres import LocalPostgres as L\n"
    code += "L(Path(sys.argv[1])).start(); import os; os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(server.data_dir)], env=os.environ | {"PYTHONPATH": str(CLONE)})
    assert server_answers(server.url())
    server.start()
    server.stop()
    assert not server_answers(server.url())


def test_a_killed_server_is_recovered_with_what_was_committed(server: LocalPostgres) -> None:
    server.start()
    url = server.create_database("survivor")
    scalar(url, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(server_pid(server), signal.SIGKILL)
    server.start()
    assert scalar(url, "SELECT number FROM kept") == 7


def test_a_stale_pid_file_with_another_process_pid_is_not_believed(server: LocalPostgres) -> None:
    server.start()
    pid_file = server.data_dir / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert scalar(server.start(), "SELECT 1") == 1


def test_a_pid_file_of_rubbish_is_not_believed(server: LocalPostgres) -> None:
    server.start()
    server.stop()
    (server.data_dir / "postmaster.pid").write_text("rubbish")
    assert scalar(server.start(), "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(folder: Path) -> None:
    server = LocalPostgres(folder / ("long" * 40) / "postgres", QUICK)
    try:
        assert scalar(server.start(), "SELECT 1") == 1
        assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    finally:
        server.stop()
    assert not server.socket_dir.exists()


def test_a_socket_folder_prepared_by_somebody_else_is_refused(folder: Path) -> None:
    server = LocalPostgres(folder / ("long" * 40) / "postgres", QUICK)
    server.socket_dir.symlink_to(folder)
    try:
        with pytest.raises(UserMistake, match="local_postgres_socket_folder_taken"):
            server.start()
    finally:
        server.socket_dir.unlink()


def test_data_of_another_postgres_version_is_refused(folder: Path) -> None:
    (folder / "PG_VERSION").write_text("16\n")
    with pytest.raises(UserMistake, match=r"local_postgres_other_version .* found='16' wanted='18'"):
        LocalPostgres(folder).start()


def test_a_server_that_cannot_start_says_why(server: LocalPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fs_control.store.local_postgres.RETRY_DEADLINE_S", 0.0)
    broken = LocalPostgres(server.data_dir, {"no_such_setting": "1"})
    with pytest.raises(RemoteFault, match="no_such_setting"):
        broken.start()


def test_a_start_that_finds_the_gate_shut_waits_for_it(server: LocalPostgres) -> None:
    code = "import sys; from pathlib import Path; from fs_control.store.local_postgres import LocalPostgres as L\n"
    code += "server = L(Path(sys.argv[1])); server.start(); print('up', flush=True); input(); server.stop()"
    command = [sys.executable, "-c", code, str(server.data_dir)]
    environment = os.environ | {"PYTHONPATH": str(CLONE)}
    with (
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one,
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as two,
    ):
        for process in (one, two):
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
        one.communicate(b"\n")
        assert server_answers(server.url())
        two.communicate(b"\n")
    assert (one.returncode, two.returncode) == (0, 0)
    assert not server_answers(server.url())


def start_and_stop(data_dir: Path) -> str:
    """What came of it: started, or the folder that was named as being in the way."""
    server = LocalPostgres(data_dir, QUICK)
    try:
        server.start()
    except UserMistake as refused:
        return str(refused.values["folder"])
    finally:
        server.stop()
    return "started"


def test_no_folder_changes_its_mode_and_a_closed_one_is_refused(folder: Path) -> None:
    """Root's server runs as another user; the way to it is never opened for it (docs/adr/0002)."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    watched = sorted({Path("/"), Path("/root"), closed, *closed.parents, CLONE, *CLONE.parents, Path(sys.prefix)})
    before = {path: path.stat().st_mode for path in watched}
    outcomes = [start_and_stop(data_dir) for data_dir in (folder / "postgres", closed / "postgres")]
    assert outcomes == ["started", str(closed) if os.geteuid() == 0 else "started"]
    assert {path: path.stat().st_mode for path in watched} == before


def test_roots_data_is_outside_the_clone_and_apart_for_each_clone() -> None:
    assert default_data_dir(Path("/home/li/fs control"), is_root=False) == Path("/home/li/fs control/var/postgres")
    one, two = (default_var_dir(Path(clone), is_root=True) for clone in ("/root/one", "/root/two"))
    assert one != two
    assert one.parent == two.parent == ROOTS_FOLDER


def test_a_database_is_copied_from_a_template_and_dropped_with_its_connections(postgres_server: str) -> None:
    create_database(postgres_server, 'odd "name"')
    create_database(postgres_server, "copy", template='odd "name"')
    drop_database(postgres_server, "copy")
    drop_database(postgres_server, 'odd "name"')
    left = scalar(postgres_server, "SELECT count(*) FROM pg_database WHERE datname IN ('copy', 'odd \"name\"')")
    assert left == 0


def test_each_test_gets_a_database_of_its_own(database_url: str, postgres_server: str) -> None:
    name = scalar(database_url, "SELECT current_database()")
    assert name != scalar(postgres_server, "SELECT current_database()")
