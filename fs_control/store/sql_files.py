"""Where the SQL of this program is: in the folder sql/, found in a clone and in an installed wheel alike.

Knows no statement. The folder stands at the top of a clone and is linked into the package, so one path serves both.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sql_folder() -> Path:
    """Return the folder of migrations and named queries."""
    return Path(str(files("fs_control").joinpath("sql")))
