"""Every broken file of tests/data/broken_flows is told as expected.txt says, in both languages, however it is saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fs_control.texts import sentence
from tests.unit.flow.knowing import BROKEN, reading_of, told

FILES = sorted(BROKEN.glob("*.yaml"))


def expected() -> dict[str, list[str]]:
    """Return what is to be found in each file."""
    found: dict[str, list[str]] = {}
    for line in (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[list(found)[-1]].append(line.strip())
        elif line and not line.startswith("#"):
            found[line] = []
    return found


EXPECTED = expected()


def test_there_is_an_expectation_for_each_of_more_than_sixty_files() -> None:
    assert list(EXPECTED) == [path.name for path in FILES]
    assert len(FILES) >= 60
    assert all(EXPECTED.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_told_at_the_right_place(path: Path) -> None:
    reading = reading_of(path.read_bytes())
    assert reading.flow is None
    assert [told(problem).strip() for problem in reading.problems] == EXPECTED[path.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_mistake_has_a_sentence_of_ours_in_both_languages(path: Path) -> None:
    for problem in reading_of(path.read_bytes()).problems:
        english, chinese = (sentence(problem.code, problem.values, language) for language in ("en", "zh"))
        assert problem.code not in ("flow_bad_value", "flow_not_yaml")  # those are in the words of libraries
        assert not english.startswith(problem.code)
        assert re.search("[\u4e00-\u9fff]", chinese)
        assert "Traceback" not in english


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_are_the_same_with_the_ends_of_lines_of_windows(path: Path) -> None:
    data = path.read_bytes()
    if b"\r" not in data and not data.startswith(b"\xff\xfe"):
        found = reading_of(data.replace(b"\n", b"\r\n")).problems
        assert [told(problem).strip() for problem in found] == EXPECTED[path.name]
