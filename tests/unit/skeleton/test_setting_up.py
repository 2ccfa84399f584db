"""What a person meets who has just cloned: targets that explain themselves, and what is missing by name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CLONE = Path(__file__).parents[3]


@pytest.fixture
def bare_clone(tmp_path: Path) -> Path:
    """As much of a clone as tools/in-env looks at, with a lock that no environment was made for yet."""
    clone = tmp_path / "a clone"
    (clone / "tools").mkdir(parents=True)
    shutil.copy(CLONE / "tools/in-env", clone / "tools")
    (clone / "requirements.lock").write_text(f"nothing==1.0  {tmp_path}\n")
    return clone


def in_env(clone: Path, python: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"FS_CONTROL_PYTHON": python}
    return subprocess.run([clone / "tools/in-env", "true"], env=environment, capture_output=True, text=True)


def script(path: Path, *lines: str) -> str:
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)
    return str(path)


def test_a_missing_python_is_named_with_the_line_that_installs_it(bare_clone: Path) -> None:
    done = in_env(bare_clone, python="no-such-python")
    assert done.returncode == 1
    assert "Python 3.11 is missing" in done.stderr
    assert "apt-get install python3.11 python3-venv" in done.stderr


def test_another_python_version_counts_as_missing(bare_clone: Path) -> None:
    old = script(bare_clone / "old-python", "exit 1")
    assert "Python 3.11 is missing" in in_env(bare_clone, python=old).stderr


def test_a_missing_venv_module_is_named_with_the_line_that_installs_it(bare_clone: Path) -> None:
    bare = script(bare_clone / "bare-python", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = in_env(bare_clone, python=bare)
    assert done.returncode == 1
    assert "venv module is missing" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_make_alone_lists_the_targets() -> None:
    done = subprocess.run(["make", "-C", CLONE, "--no-print-directory"], capture_output=True, text=True)
    assert done.returncode == 0
    assert [target for target in ("demo", "run", "test", "lint", "bench") if f"make {target} " not in done.stdout] == []


def test_the_links_into_the_package_lead_to_the_folders_at_the_top() -> None:
    links = {name: (CLONE / "fs_control" / name).resolve() for name in ("sql", "ivr_flows", "dialplan", "conf")}
    assert links == {name: CLONE.resolve() / name for name in links}
    assert [name for name, folder in links.items() if not folder.is_dir()] == []
