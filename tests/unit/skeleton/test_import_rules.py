"""The import rules in setup.cfg cover every room there is, so that a new room cannot slip past them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

CLONE = Path(__file__).parents[3]
SHELLS_ROW = "(runtime)"


def contract(name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CLONE / "setup.cfg", encoding="utf-8")
    return parser[f"importlinter:contract:{name}"]


def rooms() -> set[str]:
    package = CLONE / "fs_control"
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


def test_every_pure_room_is_kept_from_the_outside_world() -> None:
    """Should this fail for a new room: name it under source_modules of the contract `pure`."""
    rows = contract("rows")["layers"].strip().splitlines()
    first_pure = next(number for number, row in enumerate(rows) if SHELLS_ROW in row) + 1
    pure_rows = set(re.findall(r"\w+", " ".join(rows[first_pure:])))
    kept = {name.removeprefix("fs_control.") for name in contract("pure")["source_modules"].split()}
    assert kept == pure_rows & rooms()


def test_every_room_has_its_row() -> None:
    assert rooms() <= set(re.findall(r"\w+", contract("rows")["layers"]))
