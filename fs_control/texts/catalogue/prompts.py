"""What the commands of prompts say, ask and refuse, and what speech synthesis lacks."""

from __future__ import annotations

from typing import Final

PROMPTS: Final[dict[str, tuple[str, str]]] = {}
