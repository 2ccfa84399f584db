"""Journals written by hand: segments with the events of a play, cut where a test wants them cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fs_control.centre import CallCentre
from fs_control.events import Event
from fs_control.runtime.codec import encode_event, encode_head
from fs_control.runtime.journal import fold, read_segment


def write(folder: Path, events: Sequence[Event], centre: CallCentre | None = None, sequence: int = 1) -> Path:
    """Write one segment that begins with a centre; return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sequence:012d}.jsonl"
    lines = (encode_event(sequence + index, event) for index, event in enumerate(events))
    path.write_bytes(b"".join((encode_head(sequence, centre or CallCentre()), *lines)))
    return path


def write_in_parts(folder: Path, events: Sequence[Event], *cuts: int) -> list[Path]:
    """Write events as several segments, each of which begins with what the one before leaves."""
    paths: list[Path] = []
    centre, sequence = CallCentre(), 1
    for start, end in zip((0, *cuts), (*cuts, len(events)), strict=True):
        paths.append(write(folder, events[start:end], centre, sequence))
        segment = read_segment(paths[-1])
        centre, sequence = fold(segment), segment.next
    return paths
