"""One change of an enterprise's configuration or customers at a time.

Whoever writes locks first and reads behind the lock, so that what was judged still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store.engine import transaction
from fs_control.store.queries import query


@contextmanager
def changing(engine: Engine, enterprise: EnterpriseId) -> Iterator[Connection]:
    """Run the block in one transaction in which nobody else changes this enterprise; UserMistake `enterprise_unknown`.

    Loading the directory and storing calls go on meanwhile. Running engines are told of it (`directory_changes`).
    """
    with transaction(engine) as connection:
        if connection.execute(query("lock_enterprise"), {"enterprise": enterprise}).one_or_none() is None:
            raise UserMistake("enterprise_unknown", enterprise=enterprise)
        yield connection
        connection.execute(query("tell_of_change"), {"enterprise": enterprise})
