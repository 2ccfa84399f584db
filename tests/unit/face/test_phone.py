"""`fs-control phone`: passwords are strong, shown once and nowhere kept (A16)."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import create_engine, text

from fs_control.face.box import free_port
from fs_control.face.phone import ALPHABET, PASSWORD_SIGNS
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.phones import PostgresPhoneStore
from fs_control.switch.configuration import a1_hash, accounts_of
from fs_control.testing.control import FakeControl
from fs_control.web.control import ControlSocket
from fs_control.web.phone_book import PhoneBook

DATA = Path(__file__).parents[2] / "data" / "directory"


def add(terminal, *options: str) -> dict[str, str]:
    answer = json.loads(terminal.type("phone", "add", "--json", *options).stdout)
    return {phone["number"]: phone["password"] for phone in answer["phones"]}


def numbers(terminal) -> dict[str, bool]:
    answer = json.loads(terminal.type("phone", "list", "--json").stdout)
    return {phone["number"]: phone["may_register"] for phone in answer["phones"]}


def stored(terminal) -> dict[str, str]:
    engine = create_engine(terminal.environment["DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT extension, a1_hash FROM phone")).all()
    engine.dispose()
    return {row.extension: row.a1_hash for row in rows}


def test_A16_fifty_phones_have_fifty_strong_passwords(terminal_with_database):
    """`phone add --count 50` makes SIP numbers with strong passwords."""
    made = add(terminal_with_database, "--count", "50")
    assert list(made) == [str(number) for number in range(1001, 1051)]
    assert len(set(made.values())) == 50
    assert all(len(word) == PASSWORD_SIGNS and set(word) <= set(ALPHABET) for word in made.values())


def test_the_database_has_the_hash_and_not_the_password(terminal_with_database):
    made = add(terminal_with_database)
    assert stored(terminal_with_database) == {"1001": a1_hash("1001", made["1001"])}


def test_the_next_phones_take_the_next_numbers_and_passwords_stay(terminal_with_database):
    add(terminal_with_database, "--count", "2")
    before = stored(terminal_with_database)
    assert list(add(terminal_with_database, "--count", "2")) == ["1003", "1004"]
    assert stored(terminal_with_database).items() >= before.items()


def test_phones_of_the_directory_get_a_password_in_their_turn(terminal_with_database):
    terminal_with_database.type("directory", "import", str(DATA / "centre.yaml"))
    assert numbers(terminal_with_database) == {"1001": False, "1002": False, "1009": False}
    assert list(add(terminal_with_database, "--count", "3", "--from", "1002")) == ["1002", "1003", "1004"]
    assert numbers(terminal_with_database)["1001"] is False


def test_a_password_is_shown_in_a_table_this_once(terminal_with_database):
    result = terminal_with_database.type("phone", "add")
    number, password = result.stdout.splitlines()[1].split()
    assert (number, len(password)) == ("1001", PASSWORD_SIGNS)
    assert "shown this once" in result.stdout
    assert password not in terminal_with_database.type("phone", "list").output


def test_a_file_for_the_passwords_is_for_its_owner_alone(terminal_with_database, tmp_path):
    file = tmp_path / "phones.csv"
    result = terminal_with_database.type("phone", "add", "--count", "2", "--out", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8") as opened:
        rows = {row["number"]: row["password"] for row in csv.DictReader(opened)}
    assert list(rows) == ["1001", "1002"]
    assert not any(password in result.output for password in rows.values())


def test_a_file_that_is_there_already_adds_no_phone(terminal_with_database, tmp_path):
    file = tmp_path / "phones.csv"
    file.write_text("mine", encoding="utf-8")
    result = terminal_with_database.type("phone", "add", "--out", str(file))
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert numbers(terminal_with_database) == {}


def test_a_renewed_password_takes_the_place_of_the_old_one(terminal_with_database):
    old = add(terminal_with_database)["1001"]
    answer = json.loads(terminal_with_database.type("phone", "renew", "1001", "--json").stdout)
    new = answer["phones"][0]["password"]
    assert new != old
    assert stored(terminal_with_database) == {"1001": a1_hash("1001", new)}


def test_removed_phones_are_gone(terminal_with_database):
    add(terminal_with_database, "--count", "3")
    result = terminal_with_database.type("phone", "remove", "1001", "1003")
    assert (result.exit_code, result.stdout) == (0, "Removed: 1001, 1003.\n")
    assert list(numbers(terminal_with_database)) == ["1002"]


def test_a_phone_of_an_agent_is_not_removed(terminal_with_database):
    terminal_with_database.type("directory", "import", str(DATA / "centre.yaml"))
    result = terminal_with_database.type("phone", "remove", "1009", "1001")
    assert result.exit_code == 1
    assert "8001" in result.stderr
    assert set(numbers(terminal_with_database)) == {"1001", "1002", "1009"}


@pytest.mark.parametrize("words", [("remove", "1001", "77"), ("renew", "77")])
def test_a_phone_that_is_not_there_is_named_and_nothing_changes(terminal_with_database, words):
    add(terminal_with_database)
    before = stored(terminal_with_database)
    result = terminal_with_database.type("phone", *words)
    assert (result.exit_code, result.stderr) == (1, "There is no phone 77.\n")
    assert stored(terminal_with_database) == before


# --- who is told ---


@pytest.fixture
def knowing(terminal_with_database, tmp_path):
    """A terminal that knows the folder of a FreeSWITCH's configuration; no FreeSWITCH runs with it."""
    terminal = terminal_with_database
    folder = tmp_path / "switch"
    terminal.type("freeswitch", "config", "--out", str(folder), "--event-port", str(free_port()))
    switch = {"FREESWITCH_HOST": "127.0.0.1", "FREESWITCH_PASSWORD": "a-generated-word"}
    terminal.environment.update(switch, FREESWITCH_CONFIGURATION=str(folder))
    return terminal


def in_file(terminal) -> dict[str, str]:
    path = Path(terminal.environment["FREESWITCH_CONFIGURATION"]) / "conf/directory/phones.xml"
    users = ElementTree.fromstring(path.read_text(encoding="utf-8")).iter("user")
    return {user.attrib["id"]: parameter.attrib["value"] for user in users for parameter in user.iter("param")}


def test_FreeSWITCHs_files_follow_every_change(knowing):
    made = add(knowing, "--count", "2")
    assert in_file(knowing) == {number: a1_hash(number, word) for number, word in made.items()}
    knowing.type("phone", "renew", "1001")
    assert in_file(knowing) == stored(knowing)
    assert in_file(knowing)["1001"] != a1_hash("1001", made["1001"])
    result = knowing.type("phone", "remove", "1001")
    assert list(in_file(knowing)) == ["1002"]
    assert "files say so too" in result.stderr


def test_where_the_files_are_not_known_the_person_is_told_how_they_learn_of_it(terminal_with_database):
    assert "freeswitch directory --out DIR" in terminal_with_database.type("phone", "add").stderr


def test_files_that_cannot_be_written_are_named_and_the_passwords_are_shown(knowing, tmp_path):
    knowing.environment["FREESWITCH_CONFIGURATION"] = str(tmp_path / "elsewhere")
    result = knowing.type("phone", "add")
    assert result.exit_code == 0
    assert list(numbers(knowing)) == ["1001"] == [result.stdout.split()[2]]
    assert "do not say so yet" in result.stderr
    assert "holds no configuration of ours" in result.stderr


def test_an_engine_that_FreeSWITCH_asks_knows_at_once(terminal_with_database, tmp_path):
    engine = create_engine(terminal_with_database.environment["DATABASE_URL"])
    store = PostgresPhoneStore(engine, DEFAULT_ENTERPRISE)
    book = PhoneBook(lambda: accounts_of({phone.extension: phone.a1_hash for phone in store.all()}))
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl(), book)
    try:
        result = terminal_with_database.type("phone", "add")
        assert book.find("1001") is not None
        assert "The engine knows" in result.stderr
        terminal_with_database.type("phone", "remove", "1001")
        assert book.find("1001") is None
    finally:
        door.stop()
        engine.dispose()


def test_an_engine_that_nobody_asks_is_no_news(terminal_with_database, tmp_path):
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl())
    try:
        assert "The engine knows" not in terminal_with_database.type("phone", "add").stderr
    finally:
        door.stop()
