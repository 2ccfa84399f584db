"""Which flows are proved, and with which others, when some are to be activated.

Knows no rule of the proof. Easy to break: a change in one flow may strand the callers of another that runs it, so what
is proved is each flow in which a call may begin that comes to something new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from fs_control.flow import Flow, Library
from fs_control.flow.proof import Finding
from fs_control.flow.proof.checks import flows_from
from fs_control.records import Directory

Sources: TypeAlias = Mapping[str, tuple[str, str]]
"""The place and the text of each flow, from which findings have their places."""
Prove: TypeAlias = Callable[[Library, str, Sources, Directory], Sequence[Finding]]
"""Prove one flow with those that it may run."""
Speak: TypeAlias = Callable[[Flow], None]
"""Have the literal sentences of a flow made into prompts; raises where that cannot be."""


def beginnings(library: Library, changed: Collection[str], directory: Directory) -> list[str]:
    """Return the flows in which a call may begin that comes to one of those which change.

    In a flow that others run and no number leads to no call begins, so it is proved with them and not alone.
    """
    reached = {name: flows_from(library, name).keys() for name in library}
    affected = [name for name in library if reached[name] & set(changed)]
    dialled = {flow for number in directory.numbers.values() for flow in (number.flow, number.absent_flow)}
    run_by_others = {other for name in library for other in library[name].flows_named() - {name}}
    return [name for name in affected if name in dialled or name not in run_by_others] or affected
