"""The node types: one file each, and `NODE_TYPES`, which is all that the rest of the room knows of them.

A new type is a file beside these and a line in the dict; its key is its `do`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fs_control.flow.nodes import (
    agent,
    branch,
    collect,
    comeback,
    dial,
    flow,
    hangup,
    hours,
    http,
    menu,
    message,
    owner,
    play,
    priority,
    queue,
    say,
    set,
)
from fs_control.flow.nodes.base import Node

NODE_TYPES: Final[Mapping[str, type[Node]]] = {
    "play": play.Play,
    "menu": menu.Menu,
    "queue": queue.Queue,
    "hangup": hangup.Hangup,
    "priority": priority.Priority,
    "transfer": owner.Transfer,
    "owner": owner.Owner,
    "say": say.Speak,
    "collect": collect.Collect,
    "hours": hours.Hours,
    "branch": branch.Branch,
    "set": set.Set,
    "agent": agent.RingAgent,
    "dial": dial.DialOut,
    "message": message.Message,
    "http": http.Http,
    "flow": flow.OtherFlow,
    "return": comeback.Return,
}
"""What may stand after `do:`."""
