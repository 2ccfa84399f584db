"""Why something is not done that was asked of an agent's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """The code and the values of a sentence; nothing has changed."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
