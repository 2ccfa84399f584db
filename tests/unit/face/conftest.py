"""People and words for stories, and a reader of what a page looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from fs_control.face.story import tell_call
from fs_control.face.story_book import StoryBook, story_book
from fs_control.face.story_page import print_story
from fs_control.records import CallRecord
from fs_control.testing.builders import LINE, MENU, a_directory

NAMES = {1: "王芳", 2: "李明", 3: "Ann Lee"}


@pytest.fixture
def book() -> StoryBook:
    """The directory of the builders with names, and the shipped prompts."""
    directory = a_directory({"sales": (1, 2, 3), "service": (3,)})
    agents = {agent: replace(profile, name=NAMES[agent]) for agent, profile in directory.agents.items()}
    return story_book(replace(directory, agents=agents), (LINE, MENU))


Pager = Callable[[CallRecord, str], str]


@pytest.fixture
def page(book: StoryBook) -> Pager:
    """The page of a record as 80 columns of plain text, without the blanks behind its lines."""

    def told(record: CallRecord, language: str) -> str:
        output = StringIO()
        print_story(Console(file=output, width=80), tell_call(record, book, language), language)
        return "\n".join(line.rstrip() for line in output.getvalue().splitlines()).strip()

    return told
