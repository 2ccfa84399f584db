"""The node types: one file each, and `NODE_TYPES`, which is all that the rest of the room knows of them.

A new type is a file beside these and a line in the dict; its class is named by its file, its key by its `do`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fs_control.flow.nodes import hangup, menu, play, priority, queue, transfer
from fs_control.flow.nodes.base import Node

NODE_TYPES: Final[Mapping[str, type[Node]]] = {
    "play": play.Play,
    "menu": menu.Menu,
    "queue": queue.Queue,
    "hangup": hangup.Hangup,
    "priority": priority.Priority,
    "transfer": transfer.Transfer,
}
"""What may stand after `do:`."""
