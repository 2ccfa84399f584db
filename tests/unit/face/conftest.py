"""People and words for stories, and a reader of what a page looks like."""

from __future__ import annotations

import json
import logging
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import CliRunner, Result
from rich.console import Console

from fs_control.face.main import cli
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


@dataclass(frozen=True, slots=True)
class Terminal:
    """Types command lines and keeps what they printed."""

    environment: dict[str, str | None]

    def type(self, *words: str, typed: str | None = None) -> Result:
        """Type a line, and what is asked for after it."""
        named: dict[str, Any] = {"prog_name": "fs-control", "env": self.environment, "catch_exceptions": False}
        return CliRunner().invoke(cli, words, input=typed, **named)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A person whose locale is English and whose files are in a folder of the test; there is no database."""
    folders = {"FS_CONTROL_VAR": str(tmp_path), "FS_CONTROL_FLOWS": str(tmp_path / "flows")}
    return Terminal({"LANG": "en_GB.UTF-8", "LC_ALL": "", **folders, "DATABASE_URL": None})


@pytest.fixture
def terminal_with_database(terminal: Terminal, database_url: str) -> Terminal:
    return Terminal({**terminal.environment, "DATABASE_URL": database_url})


@pytest.fixture(autouse=True)
def logs_of_the_engine_beside() -> Iterator[None]:
    """An engine's logs go to its own process in life; here it shares this one with the terminal."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder that the embedded server's own user can reach, too, when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


CENTRE = """
agents:
- {number: 8001, name: 王芳, phone: 1001}
- {number: 8002, name: 李明, phone: 1002}
- {number: 8003, name: Ann Lee}
groups:
- {name: sales, members: [8001, "8002:2"]}
- {name: service, strategy: round_robin, members: [8002]}
numbers:
- {number: 4001234567, flow: main, max_calls: 100}
- {number: 4007654321, takes_memory: yes, memory_valid: 7d}
"""


@pytest.fixture
def office(terminal_with_database: Terminal, tmp_path: Path) -> Terminal:
    """A person at a terminal of a small centre; no engine runs."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    assert terminal_with_database.type("directory", "import", str(file)).exit_code == 0
    return terminal_with_database


@dataclass(frozen=True, slots=True)
class Shell:
    """Types a line at a terminal and wants it to be done."""

    terminal: Terminal

    def __call__(self, line: str, typed: str | None = None) -> str:
        result = self.terminal.type(*shlex.split(line), typed=typed)
        assert (result.exit_code, line) == (0, line), result.output
        return result.stdout

    def json(self, line: str) -> Any:
        return json.loads(self(f"{line} --json"))

    def refused(self, line: str, code: int = 1, typed: str | None = None) -> str:
        """Type a line that is refused, and return what is said on stderr."""
        result = self.terminal.type(*shlex.split(line), typed=typed)
        assert (result.exit_code, line) == (code, line), result.output
        return result.stderr


@pytest.fixture
def run(office: Terminal) -> Shell:
    return Shell(office)
