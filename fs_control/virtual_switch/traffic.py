"""What has passed over the wires of a switch, counted.

Owns four numbers. A stepped switch and whoever lets its time go on compare them, so that nothing that was sent is still
on its way when time passes. Easy to break: a count covers all wires since the start, also those that have ended.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Traffic:
    """Counts since the start of the switch."""

    commands: int = 0
    """Commands that were taken, answered or not."""
    wires: int = 0
    """Wires that there have been."""
    ended: int = 0
    """Wires that have ended."""
    bytes_sent: int = 0
