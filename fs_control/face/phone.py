"""`fs-control phone`: SIP numbers with strong passwords for agents' telephones (A16).

A password is made here, shown once and never kept: the database has its hash. What changed is then made known: to the
engine, which FreeSWITCH asks, and in FreeSWITCH's files, which it reads where no engine answers. Easy to break: a file
for the passwords is opened before any phone is added and they are shown before anything else is tried, so that no
password is lost to a full disk, a wrong path or an engine that does not answer.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.database import database
from fs_control.face.options import load_settings
from fs_control.face.words import explained, print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.store.phones import PostgresPhoneStore

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs that nobody mistakes for one another when typing them into a telephone."""
PASSWORD_SIGNS: Final = 20
"""99 bits of chance."""
MOST_PHONES: Final = 5000

EXAMPLES = ("fs-control phone add --count 50 --from 1001 --out phones.csv", "fs-control phone list")


@click.group("phone", cls=Group, examples=EXAMPLES)
def phone_group() -> None:
    """Choose a command below."""


@phone_group.command("add", examples=("fs-control phone add", EXAMPLES[0]))
@click.option("--count", "phones_count", type=click.IntRange(1, MOST_PHONES), default=1, cls=Option)
@click.option("--from", "first_number", type=click.IntRange(1, 10**12), default=1001, cls=Option)
@click.option("--out", "out_csv", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def add_phones(phones_count: int, first_number: int, out_csv: Path | None, json: bool) -> None:
    """Make phones."""
    passwords = _Passwords()
    with _new_file(out_csv) as file, _store() as store:
        numbers = store.add(first_number, phones_count, passwords.hash_of)
        if file is not None:
            file.write_text(_csv(passwords.made), encoding="utf-8")
    if out_csv is not None and not json:
        say("phones_added_to_file", count=len(numbers), file=str(out_csv))
    else:
        _show(passwords.made, json=json)
    _make_known()


@phone_group.command("list", examples=("fs-control phone list", "fs-control phone list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_phones(json: bool) -> None:
    """List the phones."""
    with _store() as store:
        phones = store.all()
    if json:
        print_json({"phones": [{"number": each.extension, "may_register": bool(each.a1_hash)} for each in phones]})
        return
    rows = [(each.extension, words("phone_may_register" if each.a1_hash else "phone_may_not")) for each in phones]
    print_table(("phone", "password"), rows)


@phone_group.command("renew", examples=("fs-control phone renew 1001",))
@click.argument("number")
@click.option("--json", "json", is_flag=True, cls=Option)
def renew_phone(number: str, json: bool) -> None:
    """Give a phone another password."""
    passwords = _Passwords()
    with _store() as store:
        store.renew(number, passwords.hash_of)
    _show(passwords.made, json=json)
    _make_known()


@phone_group.command("remove", examples=("fs-control phone remove 1001", "fs-control phone remove 1001 1002 1003"))
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
def remove_phones(numbers: tuple[str, ...]) -> None:
    """Remove phones."""
    with _store() as store:
        store.remove(set(numbers))
    say("phones_removed", phones=numbers)
    _make_known()


class _Passwords:
    """Makes a password for each number that asks, and remembers it for the person who asked."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}

    def hash_of(self, number: str) -> str:
        """Make a password for a number and return its hash."""
        from fs_control.switch.configuration import a1_hash

        password = "".join(secrets.choice(ALPHABET) for _ in range(PASSWORD_SIGNS))
        self.made[number] = password
        return a1_hash(number, password)


@contextmanager
def _store() -> Iterator[PostgresPhoneStore]:
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.phones import PostgresPhoneStore

    with database() as engine:
        yield PostgresPhoneStore(engine, DEFAULT_ENTERPRISE)


def _make_known() -> None:
    """Tell whoever lets phones in what the database says now; what could not be told is said to the person."""
    if _engine_answers_for_phones():
        remark("phones_engine_knows")
    switch = load_settings().switch
    if switch is None or not switch.configuration:
        remark("phones_next")
        return
    try:
        remark("phones_files_read" if _refresh_files(Path(switch.configuration)) else "phones_files_written")
    except UserMistake as refused:
        remark("phones_files_old", reason=explained(refused))
    except RemoteFault as fault:
        remark(fault.code, **fault.values)


def _engine_answers_for_phones() -> bool:
    """Have the engine read the phones; whether FreeSWITCH can ask it. One that cannot be told sees it by itself."""
    try:
        return running_engine().reload_phones()
    except (UserMistake, RemoteFault):  # no engine, or none of this user's: no news to whoever changes phones
        return False


def _refresh_files(folder: Path) -> bool:
    """Write the phones into FreeSWITCH's files; whether a FreeSWITCH has read them."""
    from fs_control.face.freeswitch.phones_file import refresh_phones

    with _store() as store:
        hashes = {phone.extension: phone.a1_hash for phone in store.all()}
    return refresh_phones(folder, hashes)[1]


@contextmanager
def _new_file(path: Path | None) -> Iterator[Path | None]:
    """Make a file that its owner alone may read; it is gone again where the phones were not added."""
    from fs_control.face.freeswitch.files import write_secret

    if path is not None:
        write_secret(path, "")
    try:
        yield path
    except BaseException:
        if path is not None:
            path.unlink(missing_ok=True)
        raise


def _show(made: Mapping[str, str], *, json: bool) -> None:
    if json:
        print_json({"phones": [{"number": number, "password": password} for number, password in made.items()]})
        return
    print_table(("phone", "password"), list(made.items()))
    say("phones_shown_once")


def _csv(made: Mapping[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("number", "password"))
    writer.writerows(made.items())
    return text.getvalue()
