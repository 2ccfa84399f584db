"""Telling a running engine that the directory has changed, and the person what that means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fs_control.errors import UserMistake
from fs_control.face.client import running_engine
from fs_control.face.punctuation import listed
from fs_control.face.words import language, remark, words


def tell_engine(numbers: Mapping[str, Any] | None = None) -> None:
    """Have a running engine take the directory over; where none runs, say that the next one will.

    Of `numbers` (`NumberEntry` by number) those are named whose callers the running engine cannot serve yet.
    """
    engine = running_engine()
    try:
        engine.reload_directory()
    except UserMistake as mistake:
        if mistake.code != "engine_not_running":
            raise
        remark("directory_for_next_start")
    else:
        remark("directory_reloaded")
        name_numbers_without_flow(numbers or {}, engine.status()["flows"])


def name_numbers_without_flow(numbers: Mapping[str, Any], active: Sequence[str]) -> None:
    """Name the numbers whose flow is none of the active ones, with the nearest that is."""
    flows = {number: entry.flow for number, entry in numbers.items() if entry.flow not in (None, *active)}
    if flows:
        shown = (words("directory_flow_of_number", number=number, flow=flow) for number, flow in flows.items())
        remark("directory_flows_not_active", numbers=listed(shown, language()))
