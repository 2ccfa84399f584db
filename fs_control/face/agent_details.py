"""The table of what each agent had to do with a call (D8), below its story; and the same for machines."""

from __future__ import annotations

from typing import Any

from fs_control.cdr import AgentDetail, agent_details
from fs_control.face.punctuation import with_note
from fs_control.face.story import TENTH, in_seconds
from fs_control.face.story_book import StoryBook
from fs_control.face.words import language, print_table, words
from fs_control.ids import Micros
from fs_control.records import CallRecord

HEADINGS = ("agent", "offers", "rang", "answers", "talk", "hold", "consult", "advice", "end")


def print_agents(record: CallRecord, book: StoryBook) -> None:
    """Print one line for each agent who was offered the call; nothing where nobody was."""
    details = agent_details(record)
    if details:
        print_table(HEADINGS, [_row(detail, book) for detail in details], right=HEADINGS[1:-1])


def _row(detail: AgentDetail, book: StoryBook) -> tuple[str | None, ...]:
    result = words(f"offer.{detail.result}") if detail.result is not None else None
    end = with_note(result, detail.cause, language()) if result is not None and detail.cause else result
    return (
        book.agent(detail.agent, language()),
        str(detail.offered),
        _length(detail.rang),
        str(detail.answered),
        _length(detail.talked),
        _length(detail.held),
        _length(detail.consulted),
        _length(detail.advised),
        end,
    )


def _length(length: Micros) -> str:
    return words("story.seconds", seconds=in_seconds(round(length / TENTH)))


def plain_agents(record: CallRecord) -> Any:
    """Return the same as plain values; lengths in microseconds."""
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[AgentDetail, ...]).dump_python(agent_details(record), mode="json")
