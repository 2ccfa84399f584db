"""The outbox: ended calls, and what leaders did, on their way to the database.

Says what each kind is called and what is told of it; how both get there is `deliveries`. Easy to break: what is told of
a record is what the centre waits for, and lets go of it by.
"""

from __future__ import annotations

from fs_control.events import OutboxLevelChanged, RecordKept, RecordStored, SupervisionKept, SupervisionStored
from fs_control.records import CallRecord, OutboxLevel, SupervisionEntry
from fs_control.store.deliveries import Deliveries


class Outbox(Deliveries[CallRecord]):
    """Ended calls on their way."""

    @staticmethod
    def confirmation_of(record: CallRecord) -> RecordStored:
        """Return what the centre waits for."""
        return RecordStored(call=record.call_id)

    @staticmethod
    def kept_of(record: CallRecord) -> RecordKept:
        """Return what lets the centre go of it."""
        return RecordKept(call=record.call_id)

    @staticmethod
    def name_of(record: CallRecord) -> str:
        """Return the call."""
        return record.call_id

    @staticmethod
    def news_of(level: OutboxLevel, percent: int) -> OutboxLevelChanged:
        """Return what decides whether calls are taken."""
        return OutboxLevelChanged(level=level, percent=percent)


class SupervisionOutbox(Deliveries[SupervisionEntry]):
    """What leaders did on its way; there is so little of it that its room decides nothing."""

    @staticmethod
    def confirmation_of(record: SupervisionEntry) -> SupervisionStored:
        """Return what the centre waits for."""
        return SupervisionStored(entry=record.id)

    @staticmethod
    def kept_of(record: SupervisionEntry) -> SupervisionKept:
        """Return what lets the centre go of it."""
        return SupervisionKept(entry=record.id)

    @staticmethod
    def name_of(record: SupervisionEntry) -> str:
        """Return the entry, which begins with the leader's leg."""
        return record.id
