"""What `flow try` says of a call: the story as any other's, then the way through the flow, the end, and why.

The story is told by the code that tells live calls, so that both can be laid side by side. Nothing is looked up here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter
from rich.console import Console

from fs_control.face.story import tell_call
from fs_control.face.story_book import StoryBook
from fs_control.face.story_page import story_page
from fs_control.face.trying.play import Played
from fs_control.face.why_sentence import plain_sentence
from fs_control.face.why_words import answers_for
from fs_control.face.words import language, remark, say
from fs_control.records import CallRecord
from fs_control.texts import LANGUAGES

ARROW = " → "


def print_played(console: Console, played: Played, book: StoryBook) -> None:
    """Print the story, and beneath it what a record does not say in one line."""
    record = played.rehearsed.record
    console.print(story_page(tell_call(record, book, language()), language()), highlight=False)
    console.print()
    say("try.way", way=ARROW.join(played.way))
    say("try.ends", ends=played.outcome.ends)
    say("try.why", sentence=plain_sentence(record, answers_for(record), book, language()))
    if played.rehearsed.gave_up:
        remark("try.gave_up")
    if played.rehearsed.keys_left:
        remark("try.keys_left", keys=played.rehearsed.keys_left)


def plain_played(played: Played, book: StoryBook) -> dict[str, Any]:
    """Return the same for machines."""
    rehearsed = played.rehearsed
    record, answers = rehearsed.record, answers_for(rehearsed.record)
    return {
        "outcome": asdict(played.outcome),
        "heard": [
            {"prompt": step.detail, "words": book.spoken(step.detail, record.flow)}
            for step in record.steps
            if step.kind in ("heard", "told")
        ],
        "questions": [asdict(question) for question in rehearsed.questions],
        "keys_left": list(rehearsed.keys_left),
        "gave_up": rehearsed.gave_up,
        "why": {each: plain_sentence(record, answers, book, each) for each in LANGUAGES},
        "record": TypeAdapter(CallRecord).dump_python(record, mode="json"),
    }
