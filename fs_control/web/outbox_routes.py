"""What the control socket says of records on their way to the database, and how those are handed over again that it
refused.
"""

from __future__ import annotations

from typing import Protocol

from apiflask import APIFlask
from pydantic import BaseModel

from fs_control.records import OutboxFacts


class KnowsOutbox(Protocol):
    """What a running engine says and does about its outbox."""

    def outbox(self) -> OutboxFacts:
        """Return what waits for the database."""
        ...

    def retry_outbox(self) -> int:
        """Hand over again what the database refused, and return how many records that is; RemoteFault by the disk."""
        ...


class Waiting(BaseModel):
    """What waits for the database."""

    outbox: OutboxFacts


class HandedOver(BaseModel):
    """So many records are on their way again."""

    records: int


def add_outbox(app: APIFlask, control: KnowsOutbox) -> None:
    """Add the routes."""

    @app.get("/outbox")
    @app.output(Waiting)
    def outbox() -> Waiting:
        return Waiting(outbox=control.outbox())

    @app.post("/outbox/retry")
    @app.output(HandedOver)
    def retry() -> HandedOver:
        return HandedOver(records=control.retry_outbox())
