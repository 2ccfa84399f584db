"""The facts of a close-up in words: `state: waiting`, `sales: place 2 of 3`.

Knows the families in which the values of facts have words. Easy to break: a value may be an admin's name or what a
stranger dialled, so it goes to a terminal by `printable` only.
"""

from __future__ import annotations

from typing import Final

from fs_control.centre.closeup import Change, Fact
from fs_control.face.words import printable, words

FAMILIES: Final = {
    "state": "call_state",
    "segment": "segment",
    "wait": "session_wait",
    "talk": "talk_state",
    "agent": "moment",
    "offer": "offer_stage",
    "leader": "leader_stage",
    "disposition": "disposition",
    "link": "caller_link",
    "muted": "muted",
    "record": "record_stage",
}
"""Name of a fact -> the family of texts that says its values; of all others the value is a name or a number."""


def label(fact: Fact) -> str:
    """Return what a fact is about."""
    return printable(words(f"fact.{fact.name}", of=fact.of))


def value(fact: Fact, said: str | None) -> str:
    """Return what is so; a dash where it is not so."""
    if said is None:
        return "–"
    family = FAMILIES.get(fact.name)
    if fact.name == "place":
        place, _, length = said.partition("/")
        return words("fact.place_of", place=place, length=length)
    return words(f"{family}.{said}") if family is not None else printable(said)


def changed(change: Change) -> str:
    """Return a change in one line."""
    return f"{label(change.fact)}: {value(change.fact, change.before)} → {value(change.fact, change.after)}"
