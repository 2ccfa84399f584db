"""What a figure is worthless without: machine, versions, commit, and how busy the machine was."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "bench" / "requirements.in"
PACKAGES = ("greenswitch", "gevent", "pydantic", "immutables", "SQLAlchemy")


def circumstances() -> str:
    """One line each, as a Markdown list."""
    load = os.getloadavg()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    peers = ", ".join(line for line in PEERS.read_text(encoding="utf-8").splitlines() if "==" in line)
    return "\n".join(
        (
            f"- machine: {_processor()}, {os.cpu_count()} cores, load {load:.1f} when the run began",
            f"- {platform.python_implementation()} {platform.python_version()}; {packages}",
            f"- peers (bench/requirements.in): {peers.replace('==', ' ')}",
            f"- commit: {_commit()}",
        )
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD")
    if not commit:
        return "none (not a git clone)"
    return f"{commit}, with changes that are not committed" if _git("status", "--porcelain") else commit


def _git(*arguments: str) -> str:
    try:
        return subprocess.run(("git", *arguments), cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
