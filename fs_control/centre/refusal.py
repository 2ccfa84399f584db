"""Why something that people asked for is not done.

A value of its own file, because whoever carries actions out returns it, and whoever calls them all imports those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not done: the code and the values of a sentence."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
