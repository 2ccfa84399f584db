"""Each exit of each kind of step: a call on the switch and a dry run of it tell the same story."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.house import House
from tests.scenarios.same_story import SameStory, case_files, cases_of, dry_run, story_of


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_N3_a_call_and_its_dry_run_tell_the_same_story(house: House, path: Path) -> None:
    """The dry run is the real engine: what it says would happen is what happens."""
    stage = SameStory(house)
    for named in cases_of(path):
        tried = dry_run(path, named)
        lived = stage.play(path, named, tried.rehearsed.questions)
        assert (named.name, lived) == (named.name, story_of(tried.rehearsed.record, tried.directory))
