"""From the text of a flow to its active version (N10): judged as a whole, let in all or none, gone back in.

Stands beside `app`, because it knows the language, the database, the prompts and the voice, and none of these knows
another. Prints nothing: the face tells what was found.
"""

from __future__ import annotations

from fs_control.activating.door import FlowDoor, open_door
from fs_control.activating.judgement import Acceptance, Draft, Judgement
from fs_control.activating.start import Activation, activate_flows, is_rolled_back
from fs_control.activating.voice import Voice

__all__ = [
    "Acceptance",
    "Activation",
    "Draft",
    "FlowDoor",
    "Judgement",
    "Voice",
    "activate_flows",
    "is_rolled_back",
    "open_door",
]
