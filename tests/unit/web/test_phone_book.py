"""The phones in memory: as last read, read in turns, and kept while the database is away."""

from __future__ import annotations

import gevent
import pytest
from gevent.event import Event

from fs_control.errors import RemoteFault, UserMistake
from fs_control.switch.configuration import PhoneAccount
from fs_control.web.phone_book import PhoneBook
from tests.unit.web.questions import PHONE

PATIENCE_S = 30.0
AWAY = RemoteFault("database_away", reason="a test took it away")


class Database:
    """Phones that somebody changes, in a database that may be away or slow."""

    def __init__(self) -> None:
        self.phones = [PHONE]
        self.fault: RemoteFault | UserMistake | None = None
        self.readings = 0
        self.asked = Event()
        self.answers = Event()
        self.answers.set()

    def read(self) -> list[PhoneAccount]:
        if self.fault is not None:
            raise self.fault
        seen = list(self.phones)
        self.readings += 1
        self.asked.set()
        assert self.answers.wait(PATIENCE_S)
        return seen


def test_a_phone_is_found_as_it_was_when_last_read() -> None:
    database = Database()
    book = PhoneBook(database.read)
    assert (book.is_read, book.find("1001")) == (False, None)
    book.refresh()
    assert (book.is_read, book.find("1001")) == (True, PHONE)
    database.phones.clear()
    assert book.find("1001") == PHONE
    book.refresh()
    assert (book.is_read, book.find("1001")) == (True, None)


def test_a_database_that_is_away_changes_nothing() -> None:
    database = Database()
    book = PhoneBook(database.read)
    book.refresh()
    database.fault = AWAY
    with pytest.raises(RemoteFault, match="database_away"):
        book.refresh()
    assert book.find("1001") == PHONE


def test_a_reading_that_began_before_a_change_does_not_undo_it() -> None:
    database = Database()
    book = PhoneBook(database.read)
    database.answers.clear()
    slow = gevent.spawn(book.refresh)
    assert database.asked.wait(PATIENCE_S)
    database.phones.clear()
    told = gevent.spawn(book.refresh)
    gevent.sleep(0)
    database.answers.set()
    gevent.joinall([slow, told], timeout=PATIENCE_S, raise_error=True)
    assert (book.find("1001"), database.readings) == (None, 2)


@pytest.mark.parametrize("fault", [AWAY, UserMistake("database_unknown", reason="none of this name")])
def test_it_is_read_again_and_again_and_what_is_wrong_is_logged_once(
    fault: RemoteFault | UserMistake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("fs_control.web.phone_book.AGAIN_S", 0.001)
    database = Database()
    database.fault = fault
    book = PhoneBook(database.read)
    running = gevent.spawn(book.run)
    gevent.sleep(0.05)
    assert not book.is_read
    database.fault = None
    assert database.asked.wait(PATIENCE_S)
    running.kill()
    assert book.find("1001") == PHONE
    assert capsys.readouterr().out.count("phones_not_read") == 1
