"""What the database has of a call, told as a ladder, and the file into which its picture goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fs_control.cdr.timeline_reading import timeline_of
from fs_control.errors import UserMistake
from fs_control.face.story_book import StoryBook
from fs_control.face.timeline.svg import svg
from fs_control.face.timeline.telling import ToldLadder, tell_timeline
from fs_control.face.words import remark
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import CallRecord

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_WATCHES: Final = 200


def told_call(engine: Engine, record: CallRecord, book: StoryBook, language: str) -> ToldLadder:
    """Tell a call with all that the database has besides its record: the leaders on it, the ends of its legs."""
    from fs_control.store.legs import PostgresLegStore
    from fs_control.store.supervision_log import PostgresSupervisionLog

    watches = PostgresSupervisionLog(engine, DEFAULT_ENTERPRISE).newest(MOST_WATCHES, call=record.call_id)
    agents = {agent.number: agent.id for agent in book.directory.agents.values()}
    legs = PostgresLegStore(engine, DEFAULT_ENTERPRISE).of_call(record.call_id)
    in_order = sorted(watches, key=lambda each: each.began_at)
    return tell_timeline(timeline_of(record, agents, in_order, legs), book, language)


def write_picture(file: Path, told: ToldLadder) -> None:
    """Write the picture; UserMistake `timeline_not_drawn` where the file cannot be written."""
    try:
        file.write_text(svg(told), encoding="utf-8")
    except OSError as error:
        raise UserMistake("timeline_not_drawn", file=str(file), reason=error.strerror) from error
    remark("timeline_drawn", file=str(file))
