"""`fs-control doctor --state`: where the engine and the switch did not agree in the last thirty days.

Reads what was kept on disk, so it works without an engine; `--now` has a running one look first. Easy to break: zero
is the aim and every ghost is worth a look, but it was healed, so it is a warning and no alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from fs_control.face.client import running_engine
from fs_control.face.doctor.findings import Item, bad, is_bad, ok, warning
from fs_control.face.doctor.page import as_json, print_page
from fs_control.face.words import print_json, print_table, progress, say, words
from fs_control.ids import SECOND, Micros, seconds
from fs_control.records import Ghost
from fs_control.runtime.clock import WallClock
from fs_control.runtime.ghost_shelf import GHOSTS, Shelf, read_shelf
from fs_control.runtime.ghost_shelf import as_json as ghost_as_json
from fs_control.settings import Settings

DAYS: Final = 30
MOST_SHOWN: Final = 50


def judge_state(settings: Settings) -> Item:
    """Return the doctor's item about the last thirty days."""
    return _judged(shelf_of(settings))


def shelf_of(settings: Settings) -> Shelf:
    """Return what was kept of the last thirty days."""
    since = Micros(WallClock().now() - seconds(DAYS * 24 * 3600))
    return read_shelf(Path(settings.var) / GHOSTS, since)


def print_state(settings: Settings, *, now: bool, json: bool) -> bool:
    """Print the ghosts; with `now` a running engine looks first. UserMistake where none runs.

    Returns whether a monitor has to call somebody: the engine could not ask its switch.
    """
    looked: Mapping[str, Any] | None = None
    if now:
        with progress("progress.state"):
            looked = running_engine().compare_state()
    shelf = shelf_of(settings)
    items = [_judged(shelf)]
    if looked is not None and not looked["looked"]:
        items.append(Item("state", bad("state_not_compared")))
    if json:
        kept = [ghost_as_json(each) for each in shelf.ghosts]
        print_json({**as_json(items), "days": DAYS, "ghosts": kept, "unreadable": shelf.unreadable, "looked": looked})
        return is_bad(items)
    if looked is not None and looked["looked"]:
        say("state_looked", **looked)
    print_page(items)
    if shelf.ghosts:
        print_table(
            ("ghost_at", "ghost_kind", "ghost_call", "ghost_agent", "ghost_done"),
            [_row(each.ghost) for each in shelf.ghosts[:MOST_SHOWN]],
        )
        say("state_kept", folder=str(Path(settings.var) / GHOSTS))
    return is_bad(items)


def _judged(shelf: Shelf) -> Item:
    count = len(shelf.ghosts) + shelf.unreadable
    return Item("state", warning("state_ghosts", ghosts=count, days=DAYS) if count else ok("state_agrees", days=DAYS))


def _row(ghost: Ghost) -> tuple[str | None, ...]:
    """Return a line; the time is that of this machine's clock, for the enterprise's may not be known here."""
    at = datetime.fromtimestamp(ghost.at / SECOND, UTC).astimezone()
    kind, done = words(f"ghost.{ghost.kind}"), words(f"ghost_done.{ghost.done}")
    return (f"{at:%Y-%m-%d %H:%M:%S}", kind, ghost.call, ghost.agent or None, done)
