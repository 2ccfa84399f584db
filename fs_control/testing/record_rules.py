"""What must hold of every call record, in words: one for each call, whose segments are the whole call (D1).

Part of `rules`, and like them a second opinion: no function of the rooms that it judges is used. Easy to break: a live
call's record is looked at too, whose last segment has no end yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from fs_control.cdr import verify
from fs_control.commands import StoreRecord
from fs_control.ids import CallId, Micros
from fs_control.records import CallRecord
from fs_control.testing.happening import Happening


def ended_calls_leave_one_record(happening: Happening) -> Iterator[object]:
    """Every call that ended has left exactly one record, and no other call has (D1)."""
    stored = Counter(
        command.record.call_id for command in happening.result.commands if isinstance(command, StoreRecord)
    )
    ended: Counter[CallId] = Counter(call for call in happening.before.calls if call not in happening.after.calls)
    if stored != ended and not happening.call_given_up:
        yield stored, ended


def records_add_up(happening: Happening) -> Iterator[object]:
    """The segments of a record touch, none is negative, and their sum is the call (D1)."""
    for live in happening.after.calls.values():
        yield from ((what, live.record) for what in _broken_borders(live.record))
    for command in happening.result.commands:
        if isinstance(command, StoreRecord):
            yield from (
                (what, command.record) for what in (*_broken_borders(command.record), *_unfinished(command.record))
            )


def _broken_borders(record: CallRecord) -> Iterator[str]:
    if record.segments and record.segments[0].started_at != record.started_at:
        yield "first segment"
    if any(before.ended_at != after.started_at for before, after in pairwise(record.segments)):
        yield "gap"
    for segment in record.segments:
        if segment.ended_at is not None and segment.ended_at <= segment.started_at:
            yield "no length"
        if segment.ended_at is not None and (segment.ended_by is None or segment.cause is None):
            yield "end without a reason"
    for offer in record.offers:
        moments = [offer.offered_at, offer.ringing_at, offer.answered_at, offer.ended_at]
        known = [moment for moment in moments if moment is not None]
        if known != sorted(known):
            yield "offer runs backwards"


def _unfinished(record: CallRecord) -> Iterator[str]:
    lengths = [(segment.ended_at or Micros(0)) - segment.started_at for segment in record.segments]
    if record.ended_at is None or sum(lengths) != record.ended_at - record.started_at:
        yield "sum"
    if record.disposition is None or record.ended_by is None or record.cause is None:
        yield "without an outcome"
    if any(offer.result is None or offer.ended_at is None for offer in record.offers):
        yield "open offer"


def records_are_proved(happening: Happening) -> Iterator[object]:
    """The ledger has nothing against any record (D1): it is a judge like this one, and shares no code with the fold."""
    for command in happening.result.commands:
        if isinstance(command, StoreRecord):
            yield from ((finding, command.record) for finding in verify(command.record, None))


RECORD_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    ended_calls_leave_one_record,
    records_add_up,
    records_are_proved,
)
"""Every rule: one line each."""
