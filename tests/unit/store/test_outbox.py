"""Ended calls reach the database exactly once, in spite of everything, and only then it is said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.errors import BrokenInvariant, RemoteFault, UserMistake
from fs_control.events import Event, RecordStored
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, LegId, Micros, parse_phone_number
from fs_control.records import CallRecord
from fs_control.store import deliveries
from fs_control.store.deliveries import BATCH
from fs_control.store.outbox import Outbox
from fs_control.testing.fake_event_socket import wait_until


class FakeStore:
    """A database with memory that can be away, and that has something against some records."""

    def __init__(self) -> None:
        self.rows: dict[CallId, CallRecord] = {}
        self.batches: list[int] = []
        self.faults: list[Exception] = []
        self.against: dict[CallId, Exception] = {}

    def store(self, records: Sequence[CallRecord]) -> None:
        self.batches.append(len(records))
        if self.faults:
            raise self.faults.pop(0)
        for record in records:
            if record.call_id in self.against:
                raise self.against[record.call_id]
        self.rows.update({record.call_id: record for record in records})

    def recent(self, limit: int) -> Sequence[CallRecord]:
        return list(self.rows.values())[-limit:]

    def find(self, prefix: str) -> Sequence[CallRecord]:
        return [record for call, record in self.rows.items() if call.startswith(prefix)]

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        return [self.rows[call] for call in calls if call in self.rows]


class Desk:
    """An outbox at work."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.told: list[Event] = []
        self.outbox = Outbox(self.store, self.hear)
        self.greenlet = gevent.Greenlet(self.outbox.run)

    def hear(self, event: Event) -> None:
        self.told.append(event)

    def put(self, *names: str) -> None:
        for name in names:
            self.outbox.put(a_record(name))

    def work(self) -> None:
        """Until everything has been tried."""
        if not self.greenlet.started:
            self.greenlet.start()
        assert self.outbox.wait_until_empty(20.0)
        assert not self.greenlet.dead

    def confirmed(self) -> list[str]:
        return [event.call for event in self.told if isinstance(event, RecordStored)]


def a_record(name: str) -> CallRecord:
    caller = parse_phone_number("13800138000")
    return CallRecord(CallId(name), DEFAULT_ENTERPRISE, LegId(name), "4001", caller, "", Micros(1))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(deliveries, "GATHER_S", 0.01)
    monkeypatch.setattr(deliveries, "FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(deliveries, "LONGEST_WAIT_S", 0.004)
    desk = Desk()
    yield desk
    desk.greenlet.kill()


def test_a_record_is_stored_and_then_said_to_be(desk: Desk) -> None:
    desk.put("a", "b")
    assert (len(desk.outbox), desk.confirmed()) == (2, [])
    desk.work()
    assert (list(desk.store.rows), desk.confirmed(), len(desk.outbox)) == (["a", "b"], ["a", "b"], 0)


def test_a_burst_is_written_in_batches_and_in_order(desk: Desk) -> None:
    names = [f"call-{number}" for number in range(2 * BATCH + 1)]
    desk.put(*names)
    desk.work()
    assert desk.store.batches == [BATCH, BATCH, 1]
    assert desk.confirmed() == names


def test_records_that_come_soon_after_one_another_share_a_transaction(desk: Desk) -> None:
    desk.greenlet.start()
    for name in ("a", "b", "c"):
        desk.put(name)
        gevent.sleep(0)
    desk.work()
    assert desk.store.batches == [3]


def test_it_is_not_empty_while_the_database_is_away(desk: Desk) -> None:
    desk.store.faults = [RemoteFault("database_away")] * 10_000
    desk.put("a")
    desk.greenlet.start()
    assert not desk.outbox.wait_until_empty(0.05)
    assert (desk.confirmed(), len(desk.outbox)) == ([], 1)


@pytest.mark.parametrize("fault", [RemoteFault("database_away"), UserMistake("database_refuses_login", reason="x")])
def test_a_database_that_is_away_or_lets_nobody_in_is_asked_again(desk: Desk, fault: Exception) -> None:
    desk.store.faults = [fault] * 5
    desk.put("a", "b")
    with capture_logs() as logs:
        desk.work()
    assert desk.confirmed() == ["a", "b"]
    assert [line["action"] for line in logs] == ["outbox_waits"] * 5
    waits = [line["retry_in_s"] for line in logs]
    assert waits == sorted(waits)
    assert waits[-1] == deliveries.LONGEST_WAIT_S


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (BrokenInvariant("database_refused", state="23514", constraint="ends_later"), "database_refused"),
        (TypeError("the caller was 13800138000"), "TypeError"),
    ],
)
def test_a_record_that_cannot_be_stored_holds_up_no_other_and_is_not_said_to_be(
    desk: Desk, fault: Exception, why: str
) -> None:
    desk.store.against = {CallId("b"): fault}
    desk.put("a", "b", "c")
    with capture_logs() as logs:
        desk.work()
    assert list(desk.store.rows) == desk.confirmed() == ["a", "c"]
    (line,) = logs
    assert (line["action"], line["call"]) == ("record_refused", "b")
    assert line["why"].startswith(why)
    assert "test_outbox.py" in line["at"]
    assert "13800138000" not in str(logs)


def test_after_a_refused_record_it_goes_on(desk: Desk) -> None:
    desk.store.against = {CallId("b"): TypeError()}
    desk.put("b")
    desk.work()
    desk.put("c")
    desk.work()
    assert desk.confirmed() == ["c"]


def test_a_database_that_goes_away_in_the_middle_loses_and_doubles_nothing(desk: Desk) -> None:
    desk.store.faults = [TypeError(), RemoteFault("database_away")]
    desk.put("a", "b")
    desk.work()
    assert desk.store.batches == [2, 1, 2]
    assert (list(desk.store.rows), desk.confirmed()) == (["a", "b"], ["a", "b"])


def test_what_comes_while_a_batch_is_written_is_written_next(desk: Desk) -> None:
    desk.store.faults = [RemoteFault("database_away")] * 3
    desk.put("a")
    desk.greenlet.start()
    wait_until(lambda: desk.store.batches)
    desk.put("b")
    desk.work()
    assert desk.confirmed() == ["a", "b"]
