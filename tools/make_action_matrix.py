#!/usr/bin/env python3
"""Writes the matrix of docs/agents.md anew: tools/in-env python tools/make_action_matrix.py

What an agent may do at which moment, and the sentence that refuses everything else, as the one table of the code says
it (`agents.actions`). Whoever changes that table runs this again; a test compares the page with the code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fs_control.agents import Moment, allowed_actions, refusal_of
from fs_control.records import Action
from fs_control.texts import sentence

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "agents.md"

BEGINS: Final = "<!-- Made by tools/make_action_matrix.py from the code: a change here is lost. -->"
ENDS: Final = "<!-- End of what is made. -->"

POSSIBLE: Final = "●"
AGENT: Final = {"agent": "8001"}
"""Whom the sentences speak of."""


def matrix() -> str:
    """Return what stands between the two marks."""
    grid = _table(("", *(_letter(moment) for moment in Moment)), [_row(action) for action in Action])
    legend = _table(("", "moment", "时刻"), [(_letter(each), *_both(f"moment.{each}")) for each in Moment])
    refusals = _table(("refused", "at", "with"), list(_refusals()))
    return "\n\n".join((BEGINS, grid, legend, refusals, ENDS))


def with_matrix(page: str) -> str:
    """Return the page with the matrix of the code in it."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return before + matrix() + after


def _letter(moment: Moment) -> str:
    return chr(ord("A") + list(Moment).index(moment))


def _row(action: Action) -> tuple[str, ...]:
    english, chinese = _both(f"action.{action}")
    return (
        f"`{action.replace('_', '-')}` {english} {chinese}",
        *(POSSIBLE if action in allowed_actions(moment) else "" for moment in Moment),
    )


def _refusals() -> Iterator[tuple[str, str, str]]:
    """Yield each sentence once for the actions that are refused with it at the same moments."""
    alike: dict[tuple[str, str], list[Action]] = {}
    for action in Action:
        by_code: dict[str, list[Moment]] = {}
        for moment in Moment:
            code = refusal_of(action, moment)
            if code is not None:
                by_code.setdefault(code, []).append(moment)
        for code, moments in by_code.items():
            alike.setdefault((code, " ".join(map(_letter, moments))), []).append(action)
    for (code, letters), actions in alike.items():
        names = ", ".join(f"`{action.replace('_', '-')}`" for action in actions)
        yield names, letters, " ".join(sentence(code, AGENT, language) for language in ("en", "zh"))


def _both(code: str) -> tuple[str, str]:
    return sentence(code, {}, "en"), sentence(code, {}, "zh")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---" for _ in heads], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> int:
    """Write the page."""
    PAGE.write_text(with_matrix(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
