"""The phones of an enterprise and the hashes of their passwords (A16).

Knows hashes and never a password. Easy to break: numbers are chosen and written in one transaction behind the
enterprise's lock, so that two who add phones at once do not get the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import count, islice

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store import tables
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """A phone; without a hash it belongs to the directory and may not register."""

    extension: str
    a1_hash: str | None = field(repr=False)


class PostgresPhoneStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake `enterprise_unknown`."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def all(self) -> list[StoredPhone]:
        """Return the phones, by extension."""
        with transaction(self._engine) as connection:
            return self._read(connection)

    def add(self, first: int, number: int, hash_of: Callable[[str], str]) -> list[str]:
        """Give the next `number` extensions from `first` that have no password one each, and return them.

        `hash_of` makes the hash for an extension. A phone of the directory without a password is one of them.
        """
        with changing(self._engine, self._enterprise) as connection:
            taken = {phone.extension for phone in self._read(connection) if phone.a1_hash is not None}
            extensions = list(islice((str(each) for each in count(first) if str(each) not in taken), number))
            self._give(connection, extensions, hash_of)
        return extensions

    def renew(self, extension: str, hash_of: Callable[[str], str]) -> None:
        """Give a phone another password; UserMistake `phone_unknown`."""
        with changing(self._engine, self._enterprise) as connection:
            if extension not in {phone.extension for phone in self._read(connection)}:
                raise UserMistake("phone_unknown", phones=(extension,))
            self._give(connection, [extension], hash_of)

    def remove(self, extensions: Collection[str]) -> None:
        """Remove phones, all or none; UserMistake `phone_unknown`, or `phone_in_use` where agents have them."""
        parameters = {"enterprise": self._enterprise, "extensions": sorted(extensions)}
        with changing(self._engine, self._enterprise) as connection:
            agents = connection.execute(query("agents_of_phones"), parameters).scalars().all()
            if agents:
                raise UserMistake("phone_in_use", agents=tuple(agents))
            removed = connection.execute(query("remove_phones"), parameters).scalars().all()
            unknown = sorted(set(extensions) - set(removed))
            if unknown:
                raise UserMistake("phone_unknown", phones=tuple(unknown))

    def _give(self, connection: Connection, extensions: Collection[str], hash_of: Callable[[str], str]) -> None:
        rows = [
            {"enterprise": self._enterprise, "extension": extension, "a1_hash": hash_of(extension)}
            for extension in extensions
        ]
        connection.execute(query("give_phone_password"), rows)

    def _read(self, connection: Connection) -> list[StoredPhone]:
        rows = connection.execute(rows_of(tables.phone, "phones"), {"enterprise": self._enterprise})
        return [StoredPhone(row.extension, row.a1_hash) for row in rows]
