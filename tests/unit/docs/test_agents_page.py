"""docs/agents.md has the matrix that the code makes, and names everything that an agent can want."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from fs_control.agents import Moment, allowed_actions
from fs_control.records import Action

CLONE = Path(__file__).parents[3]
PAGE = (CLONE / "docs/agents.md").read_text(encoding="utf-8")


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_action_matrix", CLONE / "tools/make_action_matrix.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_matrix_is_the_one_that_the_code_makes() -> None:
    assert maker().with_matrix(PAGE) == PAGE, "run tools/make_action_matrix.py"


def test_the_matrix_has_a_row_for_every_action_with_a_mark_for_every_moment_that_allows_it() -> None:
    grid = maker().matrix().partition("| refused |")[0]
    rows = {line.split("`")[1]: line for line in grid.splitlines() if line.startswith("| `")}
    for action in Action:
        row = rows[action.replace("_", "-")]
        allowing = [moment for moment in Moment if action in allowed_actions(moment)]
        assert row.count("●") == len(allowing)
