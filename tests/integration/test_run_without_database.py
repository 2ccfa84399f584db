"""`fs-control run` while its database is away: it serves callers from what the last run knew, or says why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.face.options import DATABASE_NAME
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from tests.integration.database_out import DIRECTORY, LEAVES_THE_MENU, Town, a_town
from tests.scenarios.engine_process import EngineProcess, wait_for
from tests.scenarios.house import FLOWS, any_flow

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town whose engine is a process of its own, so that its time is everybody's."""
    with a_town(tmp_path / "var", rate=1.0) as town:
        PostgresDirectoryStore(town.database, DEFAULT_ENTERPRISE).import_directory(parse_directory(DIRECTORY, "d.yaml"))
        activate_flows(FLOWS, town.database, "test", any_flow(town.database))
        yield town


@pytest.fixture
def process(town: Town) -> Iterator[EngineProcess]:
    process = EngineProcess(town.settings, town.switch, town.server.url(DATABASE_NAME))
    yield process
    process.kill()


def test_D1_it_starts_from_the_snapshot_takes_calls_and_stores_them_once_when_the_database_is_back(
    town: Town, process: EngineProcess
) -> None:
    process.start()
    process.kill()
    town.server.stop()
    process.start()
    leg = town.call(*LEAVES_THE_MENU)
    assert [Path(prompt).stem for prompt in town.stage.wait_for_end(leg, 60.0).heard()] == ["welcome", "main-menu"]
    wait_for(lambda: process.client.outbox()["in_memory"] == 1, "the record that waits")
    process.kill()
    process.start()
    assert process.client.outbox()["on_disk"] + process.client.outbox()["in_memory"] == 1
    town.server.start()
    wait_for(lambda: process.client.outbox()["in_memory"] == 0, "the record in the database")
    assert [record.leg for record in PostgresRecordStore(town.database, DEFAULT_ENTERPRISE).recent(9)] == [leg]
    process.client.reload_directory()


def test_without_a_snapshot_it_does_not_start_and_says_why(town: Town, process: EngineProcess, tmp_path: Path) -> None:
    town.server.stop()
    with pytest.raises(AssertionError, match="The database cannot be reached"):
        process.start()
