"""A stored call as it reads with what was put right since.

Pure. Easy to break: a call that began or ended at another moment has other segments too, for they are to be the whole
call before and after; the views of sql/0016 do the same, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fs_control.ids import Micros
from fs_control.records import CallRecord, CorrectedField, Correction, Offer, Segment


def corrected(record: CallRecord, corrections: Sequence[Correction]) -> CallRecord:
    """Return a stored record with these corrections; of several for one field the last one counts."""
    if not corrections:
        return record
    known = {each.field: each.corrected for each in corrections}
    cause = known.get(CorrectedField.CAUSE, record.cause)
    assert not isinstance(cause, int)  # a word, or none
    started = _moment(known.get(CorrectedField.STARTED_AT, record.started_at))
    answered = known.get(CorrectedField.ANSWERED_AT, record.answered_at)
    ended = _moment(known.get(CorrectedField.ENDED_AT, record.ended_at))
    return replace(
        record,
        started_at=started,
        answered_at=_moment(answered) if answered is not None else None,
        ended_at=ended,
        cause=cause,
        segments=_last_one_ends(record, cause, ended, _within(record.segments, started, ended)),
        offers=tuple(_offer_within(offer, started, ended) for offer in record.offers),
        corrections=tuple(corrections),
    )


def _moment(value: Micros | str | None) -> Micros:
    assert isinstance(value, int)  # only ended calls are stored, and a moment is corrected to a moment
    return value


def _within(segments: Sequence[Segment], started: Micros, ended: Micros) -> tuple[Segment, ...]:
    """Return the segments of a call that lasted from `started` to `ended`: first and last reach that far."""
    last = len(segments) - 1
    reaching = (
        replace(
            each,
            started_at=started if place == 0 else max(each.started_at, started),
            ended_at=ended if place == last else min(each.ended_at or ended, ended),
        )
        for place, each in enumerate(segments)
    )
    return tuple(each for each in reaching if each.ended_at is not None and each.started_at < each.ended_at)


def _last_one_ends(
    record: CallRecord, cause: str | None, ended: Micros, segments: tuple[Segment, ...]
) -> tuple[Segment, ...]:
    """Let the last segment tell the end of the call, where it did so before or was not the last one."""
    if not segments:
        return segments
    *before, last = segments
    was = record.segments[-1]
    if was.started_at >= ended or (was.ended_by, was.cause) == (record.ended_by, record.cause):
        last = replace(last, ended_by=record.ended_by, cause=cause)
    return (*before, last)


def _offer_within(offer: Offer, started: Micros, ended: Micros) -> Offer:
    def within(at: Micros) -> Micros:
        return min(max(at, started), ended)

    return replace(
        offer,
        offered_at=within(offer.offered_at),
        ringing_at=within(offer.ringing_at) if offer.ringing_at is not None else None,
        answered_at=within(offer.answered_at) if offer.answered_at is not None else None,
        ended_at=within(offer.ended_at) if offer.ended_at is not None else None,
    )
