"""Importing this first makes a start quicker: nothing is collected while everything is loaded and stays.

A control plane that was killed is waited for by callers, and the collector would look through all modules again and
again. Easy to break: whoever imports this calls `started` when all is there, or nothing is ever collected.
"""

from __future__ import annotations

import gc

gc.disable()


def started() -> None:
    """What is there now stays: to look through all of it again and again would hold callers up."""
    gc.freeze()
    gc.enable()
