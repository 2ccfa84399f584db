"""The samples: read without a mistake, proved, walked whole, and each with cases that pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.activating.surroundings import prove_at
from fs_control.face.trying.calendars import with_calendars
from fs_control.face.trying.paths import walk_paths
from fs_control.face.trying.play import moment, read_library
from fs_control.face.trying.run_cases import USUAL_MOMENT, run_file
from fs_control.face.trying.sources import case_files, office_of_files, with_flows_beside

FOLDER = Path(__file__).parents[4] / "ivr_flows"
SAMPLES = sorted((FOLDER / "samples").glob("*.yaml"))
ENTERED = [path for path in SAMPLES if path.stem not in ("bilingual-zh", "bilingual-en")]
"""Those with which a call begins."""
NEVER_TAKEN = {("id-collector", "pin", "wrong")}
"""How many digits a secret input has is known to nobody but the vault."""


@pytest.mark.parametrize("path", ENTERED, ids=lambda path: path.stem)
def test_a_sample_is_proved_and_every_step_and_exit_of_it_is_reached(path: Path) -> None:
    files = with_flows_beside(path)
    office = office_of_files(files, [])
    library = read_library(office, path.stem)
    now = moment(USUAL_MOMENT, office.directory.time_zone)
    sources = {text.name: (files.files[text.name], text.text) for text in files.texts}
    assert prove_at(now, library, path.stem, sources, with_calendars(office.directory, {}, now)) == ()
    walk = walk_paths(library, path.stem)
    assert (walk.are_all, walk.missed_steps) == (True, ())
    assert {(each.flow, each.step, each.exit) for each in walk.missed_exits} <= NEVER_TAKEN


@pytest.mark.parametrize("path", case_files((), FOLDER), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_cases_beside_the_flows_pass(path: Path) -> None:
    result = run_file(path)
    assert [(case.name, case.differences) for case in result.cases if case.differences or not case.expects] == []


def test_every_flow_with_which_a_call_begins_has_cases() -> None:
    tested = {(path.parents[1], path.stem) for path in case_files((), FOLDER)}
    begun = {(path.parent, path.stem) for path in (*FOLDER.glob("*.yaml"), *ENTERED)}
    assert begun == tested
