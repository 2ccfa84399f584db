"""What waits for the database, in some lines for people: how much, where, since when, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fs_control.face.words import say, words

MEGABYTE: Final = 1_000_000


def say_outbox(outbox: Mapping[str, Any], time_zone: str) -> None:
    """Print what waits; nothing where nothing does."""
    if outbox["in_memory"] or outbox["on_disk"]:
        say("outbox.waiting", memory=outbox["in_memory"], disk=outbox["on_disk"], size=used(outbox))
    if outbox["since"] is not None:
        _say_why(outbox, time_zone)
    if outbox["level"] == "full":
        say("outbox.is_full", most=outbox["bytes_most"] // MEGABYTE)
    if outbox["disk_fault"]:
        say("outbox.disk_fault", why=outbox["disk_fault"])
    if outbox["refused"]:
        say("outbox.refused", records=outbox["refused"])
    if outbox["damaged"]:
        say("outbox.damaged", files=outbox["damaged"])


def used(outbox: Mapping[str, Any]) -> str:
    """Return how much of the room is used."""
    room = outbox["bytes_most"]
    megabytes = f"{outbox['bytes_used'] / MEGABYTE:.1f}"
    percent = outbox["bytes_used"] * 100 // room if room else 0
    return words("outbox.size", megabytes=megabytes, percent=percent)


def _say_why(outbox: Mapping[str, Any], time_zone: str) -> None:
    from fs_control.face.clock_words import since_words

    since = since_words(outbox["since"], time_zone)
    if outbox["why"]:
        say("outbox.since_why", since=since, why=words(outbox["why"], reason=outbox["reason"]))
    else:
        say("outbox.since", since=since)
