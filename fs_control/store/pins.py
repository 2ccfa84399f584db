"""The PINs of agents, which they type after 0000 on a phone (A17): the database has an Argon2 hash of each.

Knows no PIN longer than it takes to hash or to compare it. Easy to break: hashing takes about 95 ms of a processor, so
in a process with calls it is done outside the loop (`verify` is a plain function for that); and an agent without a PIN
costs the same time as one with another, so that a phone cannot find out who has one.
"""

from __future__ import annotations

from functools import cache
from secrets import token_urlsafe
from typing import Final

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query

_HASHER: Final = PasswordHasher()


class PostgresPinStore:
    """Every method raises RemoteFault when the database is away, busy or slow."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def set(self, number: str, pin: str | None) -> None:
        """Give an agent a PIN, or take it away (None); UserMistake `agent_unknown`."""
        values = {"enterprise": self._enterprise, "number": number, "pin_hash": hash_of(pin) if pin else None}
        with changing(self._engine, self._enterprise) as connection:
            if connection.execute(query("set_pin"), values).scalar_one_or_none() is None:
                raise UserMistake("agent_unknown", agent=number, nearest=None)

    def check(self, number: str, pin: str) -> bool:
        """Tell whether this is the PIN of the agent with this number, without holding the loop up."""
        checked: bool = gevent.get_hub().threadpool.apply(verify, (self.hash_of(number), pin))
        return checked

    def hash_of(self, number: str) -> str | None:
        """Return the hash of an agent's PIN; None where there is no such agent, or no PIN."""
        with transaction(self._engine) as connection:
            row = connection.execute(query("pin_hash"), {"enterprise": self._enterprise, "number": number})
            found = row.one_or_none()
        return None if found is None else found.pin_hash


def hash_of(pin: str) -> str:
    """Return the hash of a PIN."""
    return _HASHER.hash(pin)


def verify(pin_hash: str | None, pin: str) -> bool:
    """Tell whether a PIN is the one of this hash; takes its time also where there is none."""
    try:
        _HASHER.verify(pin_hash or _nobodys(), pin)
    except (VerificationError, InvalidHashError):
        return False
    return pin_hash is not None


@cache
def _nobodys() -> str:
    """Return a hash to compare with where there is none."""
    return hash_of(token_urlsafe(24))
