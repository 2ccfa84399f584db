"""`make run` as a person meets it: a process that is ready, is the only one of its folder, and ends in order."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import gevent
import pytest
from sqlalchemy import NullPool, create_engine

from fs_control.face.box import free_port
from fs_control.face.options import DATABASE_NAME
from fs_control.runtime.journal import fold, read_segment, segments
from fs_control.store.local_postgres import LocalPostgres

CLONE = Path(__file__).parents[2]
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Clone:
    """A folder of its own, for one system and for the commands that talk to it."""

    folder: Path
    api_port: int = field(default_factory=free_port)

    @property
    def flows(self) -> Path:
        return self.folder / "flows"

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start a command; what it says goes to a file, so that nothing waits for a reader."""
        environment = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(CLONE),
            "FS_CONTROL_VAR": str(self.folder / "var"),
            "FS_CONTROL_FLOWS": str(self.flows),
            "FS_CONTROL_LISTEN_PORT": str(free_port()),
            "FS_CONTROL_API_PORT": str(self.api_port),
        }
        for name in ("DATABASE_URL", "FREESWITCH_HOST", "FREESWITCH_PASSWORD"):
            environment.pop(name, None)
        with (self.folder / "said").open("a") as said:
            return subprocess.Popen(
                [sys.executable, "cli.py", *words],
                cwd=CLONE,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def ask(self, *words: str) -> tuple[int, str]:
        """Carry a command out; its exit code and answer."""
        command = self.begin(*words)
        answer, _ = command.communicate(timeout=PATIENCE_S)
        return command.returncode, answer

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def flow_versions(self) -> list[tuple[str, str]]:
        """Every activation of a flow that the database holds."""
        url = LocalPostgres(self.folder / "var" / "postgres").url(DATABASE_NAME)
        with create_engine(url, poolclass=NullPool).begin() as connection:
            rows = connection.exec_driver_sql("SELECT name, text FROM flow_version ORDER BY id")
            return [(name, text) for name, text in rows]

    def is_ready(self) -> bool:
        code, answer = self.ask("status", "--json")
        return code == 0 and bool(json.loads(answer)["is_switch_there"])


def wait_for(fact: Callable[[], bool]) -> None:
    with gevent.Timeout(PATIENCE_S, AssertionError("waited in vain")):
        while not fact():
            gevent.sleep(0.02)


@pytest.fixture
def clone() -> Iterator[Clone]:
    """A folder that the database's own user may pass, with the shipped flows."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)
    shutil.copytree(CLONE / "ivr_flows", folder / "flows")
    yield Clone(folder)
    shutil.rmtree(folder)


@pytest.fixture
def running(clone: Clone) -> Iterator[subprocess.Popen[str]]:
    """A system that is ready; it is ended whatever happens."""
    run = clone.begin("run")
    try:
        wait_for(lambda: run.poll() is not None or clone.is_ready())
        assert run.poll() is None, clone.said()
        yield run
    finally:
        if run.poll() is None:
            run.terminate()
        run.communicate(timeout=PATIENCE_S)


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    children = {
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    }
    return children.union(*(descendants(child) for child in children))


def is_there(pid: int) -> bool:
    """Whether a process lives; one that is over and only waits for somebody to ask is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.timeout(240)
def test_a_second_run_is_refused_and_has_changed_nothing(clone: Clone, running: subprocess.Popen[str]) -> None:
    """A flow that was edited in between stays as it was: the refusal comes before the database is touched."""
    flow = clone.flows / "main.yaml"
    flow.write_text(flow.read_text() + "# edited\n")
    before = len(clone.said())
    versions = clone.flow_versions()
    assert clone.ask("run") == (1, "")
    (refusal,) = clone.said()[before:].splitlines()
    assert refusal.startswith("An engine is running already; its control socket is ")
    assert clone.flow_versions() == versions
    assert running.poll() is None
    assert clone.is_ready()


@pytest.mark.timeout(240)
def test_a_run_that_is_told_to_end_does_so_in_order(clone: Clone, running: subprocess.Popen[str]) -> None:
    started = descendants(running.pid)
    assert len(started) >= 2  # the switch in the box and PostgreSQL
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 0, clone.said()
    assert [pid for pid in started if is_there(pid)] == []
    newest = read_segment(segments(clone.folder / "var" / "journal")[-1])
    assert (newest.torn_bytes, fold(newest).draining) == (0, True)
    assert not (clone.folder / "var" / "control.sock").exists()
    assert "Stopping: no new calls" in clone.said()


@pytest.mark.timeout(240)
def test_a_run_that_is_told_to_end_while_it_starts_does_so_in_order(clone: Clone) -> None:
    run = clone.begin("run")
    wait_for(lambda: run.poll() is not None or "The database is being opened." in clone.said())
    run.terminate()
    run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 0, clone.said()
    assert not (clone.folder / "var" / "postgres" / "postmaster.pid").exists()


@pytest.mark.timeout(240)
def test_D1_the_database_in_the_box_is_started_again_when_it_has_died(
    clone: Clone, running: subprocess.Popen[str]
) -> None:
    postmaster = clone.folder / "var" / "postgres" / "postmaster.pid"
    first = int(postmaster.read_text().split("\n", 1)[0])
    assert first in descendants(running.pid)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: not is_there(first))
    wait_for(lambda: postmaster.exists() and int(postmaster.read_text().split("\n", 1)[0]) != first)
    wait_for(lambda: clone.ask("call", "list")[0] == 0)
    assert running.poll() is None
    assert clone.is_ready()


@pytest.mark.timeout(240)
def test_E3_a_token_made_at_a_terminal_opens_the_api_at_once_until_it_is_revoked(
    clone: Clone, running: subprocess.Popen[str]
) -> None:
    code, answer = clone.ask("token", "create", "crm", "--scope", "agents:read", "--json")
    assert code == 0, clone.said()
    token = json.loads(answer)["token"]
    assert api_status(clone, token) == 200
    assert clone.ask("token", "revoke", "crm")[0] == 0
    assert api_status(clone, token) == 401
    assert running.poll() is None
    assert token not in clone.said()


def api_status(clone: Clone, token: str) -> int:
    """Ask the API for the agents; the status of its answer."""
    connection = HTTPConnection("127.0.0.1", clone.api_port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/v1/agents", headers={"Authorization": f"Bearer {token}"})
        return connection.getresponse().status
    finally:
        connection.close()
