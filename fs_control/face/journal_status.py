"""How the journal is, in sentences: what `status` says of it.

Knows the answer of the control socket and no journal. Easy to break: an engine of yesterday says nothing of its
journal, and that is no damage.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fs_control.face.words import say, words


def say_journal(status: Mapping[str, Any]) -> None:
    """Print what is wrong with the journal, and nothing where nothing is."""
    from fs_control.face.clock_words import since_words

    journal = status.get("journal") or {}
    if journal.get("unwritten_since") is not None:
        since = since_words(journal["unwritten_since"], status["time_zone"])
        say("status.journal_unwritten", events=journal["not_on_disk"], since=since, why=journal["why"])
    if journal.get("unconfirmed_s"):
        say("status.journal_unconfirmed", seconds=f"{journal['unconfirmed_s']:.0f}")
    if journal.get("damage"):
        say("status.journal_damage", count=len(journal["damage"]), damage=damage_words(journal["damage"][0]))


def damage_words(damage: Mapping[str, Any]) -> str:
    """Return what is damaged, as a sentence."""
    code = f"journal_damaged.{damage['why']}"
    return words(code, **{name: value for name, value in damage.items() if name != "why"})
