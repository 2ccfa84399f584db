"""PostgreSQL stops, is killed, is cut off, or is not there at the start: no call is refused or cut for it, and no
record is lost or doubled (D1; design: promises that tests hold).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gevent
import pytest
from sqlalchemy import text

from fs_control import app
from fs_control.calls import CallState
from fs_control.records import Disposition, OutboxLevel
from fs_control.runtime import engine as engine_room
from fs_control.store import deliveries
from fs_control.store.engine import create_unpooled_engine
from fs_control.virtual_switch.script import CallerScript
from tests.integration.database_out import LEAVES_THE_MENU, NUMBER, TALKS, Town, a_town
from tests.scenarios.house import House

pytestmark = pytest.mark.timeout(240)

CALLERS = 40


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town whose outbox needs its disk soon, and tries again often."""
    monkeypatch.setattr(deliveries, "MOST_IN_MEMORY", 10)
    monkeypatch.setattr(deliveries, "FILE", 5)
    monkeypatch.setattr(deliveries, "LONGEST_WAIT_S", 0.5)
    monkeypatch.setattr(engine_room, "FLUSH_S", 0.3)
    monkeypatch.setattr(engine_room, "DIRECTORY_AGAIN_S", 0.2)
    with a_town(tmp_path / "var") as town:
        yield town


def wait_away(house: House) -> None:
    house.wait_for(lambda: house.engine.outboxes.facts().why != "")


def test_D1_the_database_stops_under_load_and_nobody_notices(town: Town) -> None:
    with town.engine() as engine:
        house = town.house(engine)
        town.traffic(4)
        town.server.stop()
        town.traffic(CALLERS)
        wait_away(house)
        house.wait_for(lambda: engine.outboxes.facts().on_disk > 0 and len(engine.centre.unstored) <= 10)
        facts = engine.outboxes.facts()
        assert facts.why == "database_away"
        assert facts.since is not None
        town.server.start()
        town.traffic(4)
        town.assert_all_are_stored_once(house)
        house.check_journal()
        assert list(Path(town.settings.var, "outbox").glob("*.jsonl")) == []


def test_D1_the_server_is_killed_within_a_transaction_of_records(town: Town) -> None:
    with town.engine() as engine:
        house = town.house(engine)
        town.traffic(4)
        holder = create_unpooled_engine(town.server.url("fs_control"), lock_timeout_s=5)
        with holder.connect() as connection:
            connection.execute(text("LOCK TABLE call_segment IN ACCESS EXCLUSIVE MODE"))
            town.traffic(8)
            house.wait_for(lambda: waits_for_lock(town))
            town.server.kill()
            connection.invalidate()
        town.traffic(8)
        wait_away(house)
        town.server.start()
        town.assert_all_are_stored_once(house)


def waits_for_lock(town: Town) -> bool:
    """Whether the transaction of the records stands before the locked table, its calls written."""
    with town.database.connect() as connection:
        count = connection.execute(
            text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%call_segment%'")
        ).scalar_one()
    return bool(count)


def test_D1_connections_are_cut_again_and_again(town: Town) -> None:
    with town.engine() as engine:
        house = town.house(engine)
        traffic = gevent.spawn(town.traffic, CALLERS)
        while not traffic.ready():
            cut_all(town)
            gevent.sleep(0.1)
        traffic.get()
        town.assert_all_are_stored_once(house)


def cut_all(town: Town) -> None:
    """End every connection but our own."""
    asking = create_unpooled_engine(town.server.url("fs_control"), lock_timeout_s=5)
    with asking.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        )


def test_D1_an_engine_starts_without_its_database_and_goes_on_from_the_snapshot(town: Town) -> None:
    with town.engine() as engine:
        town.house(engine)
        town.traffic(4)
        engine.outbox.wait_until_empty(30.0)
    town.server.stop()
    with town.engine() as engine:
        house = House(engine, town.database, town.stage)
        assert engine.centre.directory.numbers
        town.traffic(20)
        wait_away(house)
    with town.engine() as engine:
        house = House(engine, town.database, town.stage)
        town.traffic(4)
        assert engine.outboxes.facts().on_disk > 0
        town.server.start()
        town.assert_all_are_stored_once(house)
        house.wait_for(lambda: "directory" not in engine.supervisor.names)


def test_D1_who_talks_and_who_is_in_the_menu_when_the_database_goes_notices_nothing(town: Town) -> None:
    with town.engine() as engine:
        house = town.house(engine)
        talking, listening = town.call(*TALKS), town.call(*LEAVES_THE_MENU)
        house.wait_for(lambda: any(live.call.state is CallState.TALKING for live in engine.centre.calls.values()))
        town.server.kill()
        for leg in (talking, listening):
            assert town.stage.wait_for_end(leg, 60.0).cause == "NORMAL_CLEARING"
        town.server.start()
        town.assert_all_are_stored_once(house)


def test_D1_a_server_that_hangs_holds_up_neither_calls_nor_the_disk(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "STORE_DEADLINE_S", 0.5)
    with town.engine() as engine:
        house = town.house(engine)
        town.traffic(4)
        town.server.freeze()
        try:
            town.traffic(CALLERS)
            house.wait_for(lambda: engine.outboxes.facts().why == "database_slow")
            house.wait_for(lambda: engine.outboxes.facts().on_disk > 0)
        finally:
            town.server.thaw()
        town.traffic(4)
        town.assert_all_are_stored_once(house)


def test_D1_without_room_callers_are_told_and_are_taken_again_when_the_database_is_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MEGABYTE", 30_000)
    town.settings = replace(town.settings, outbox_mb=1)
    with town.engine() as engine:
        house = town.house(engine)
        town.server.stop()
        town.traffic(CALLERS)
        house.wait_for(lambda: engine.centre.outbox is OutboxLevel.FULL)
        turned_away = town.stage.place_call(CallerScript(NUMBER, "13800138000", b"", ()))
        heard = town.stage.wait_for_end(turned_away, 60.0).heard()
        assert [Path(prompt).stem for prompt in heard] == ["centre-full"]
        town.server.start()
        house.wait_for(lambda: engine.centre.outbox is OutboxLevel.ROOM)
        assert house.record_of(turned_away).disposition is Disposition.RECORDS_FULL
        assert house.record_of(town.call(*LEAVES_THE_MENU)).disposition is Disposition.ABANDONED_IN_IVR
        assert [alarm.code for alarm in engine.centre.alarms] == ["alarm.outbox_nearly_full", "alarm.outbox_full"]
        house.check_journal()
