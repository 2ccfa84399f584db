"""The wheel holds what the clone holds, and the lock what setup.cfg asks for."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement

CLONE = Path(__file__).parents[3]
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CLONE / "setup.cfg", encoding="utf-8")
    return parser


def files_of_the_package() -> set[str]:
    """Every file below fs_control/ as a clone has it, the linked folders included."""
    found = set()
    for folder, folders, names in os.walk(CLONE / "fs_control", followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found |= {str((Path(folder) / name).relative_to(CLONE)) for name in names if not name.startswith(".")}
    return found


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "a clone"
    source.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(CLONE / name, source)
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in ("fs_control", "sql", "ivr_flows", "dialplan", "conf"):
        shutil.copytree(CLONE / name, source / name, symlinks=True, ignore=leave_out)
    expected = files_of_the_package()
    done = subprocess.run([sys.executable, "-c", BUILD, tmp_path], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == expected


def test_the_console_script_names_a_function_that_exists() -> None:
    scripts = setup_cfg()["options.entry_points"]["console_scripts"].split()
    assert scripts == ["fs-control", "=", "fs_control.face.main:main"]
    module = (CLONE / "fs_control/face/main.py").read_text(encoding="utf-8")
    assert re.search(r"^(def main\(|main = )", module, re.MULTILINE)


def test_the_lock_satisfies_setup_cfg() -> None:
    lock = (CLONE / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    parser = setup_cfg()
    extras = parser["options.extras_require"]
    lines = (parser["options"]["install_requires"] + extras["local"] + extras["dev"]).strip().splitlines()
    for requirement in map(Requirement, filter(None, lines)):
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert requirement.specifier.contains(pinned[name]), f"{requirement}: run tools/lock"


def test_every_locked_package_has_hashes_and_the_lock_names_no_place() -> None:
    lock = (CLONE / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--index|--find-links|/home/|/root/", lock)
