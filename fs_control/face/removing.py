"""What is said of things that were taken out and can be brought back; the same for agents, groups, numbers, customers.

Knows no kind by itself; what hangs on a thing is shown by its own command before it asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from fs_control.face.words import print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.records import FlowText
    from fs_control.store.directory_plan import ItemKind
    from fs_control.store.undo_steps import UndoStep


def say_removed(kind: ItemKind, names: Sequence[str]) -> None:
    """Say what was removed and how it comes back."""
    say("removed", kind=words(f"item_kind.{kind}"), names=tuple(names), command=kind.value)


def say_restored(kind: ItemKind, name: str) -> None:
    """Say what was brought back."""
    say("restored", kind=words(f"item_kind.{kind}"), name=name)


def show_removed(steps: Iterable[UndoStep], zone: str, *, json: bool) -> None:
    """Print what can be brought back, until when, and who removed it."""
    from fs_control.face.clock_words import since_words

    found = list(steps)
    if json:
        print_json({"removed": [{**asdict(step), "kept_until": step.kept_until} for step in found]})
    elif not found:
        say("nothing_removed")
    else:
        rows = [
            (step.name, since_words(step.done_at, zone), step.done_by, since_words(step.kept_until, zone))
            for step in found
        ]
        print_table(("what", "removed_at", "removed_by", "kept_until"), rows)


def flows_that_name(flows: Iterable[FlowText], kind: ItemKind, name: str) -> tuple[str, ...]:
    """Return the active flows in which a step names this group or agent."""
    from fs_control.store.flow_names import names_in_flow

    return tuple(flow.name for flow in flows if name in names_in_flow(flow.text, kind.value))
