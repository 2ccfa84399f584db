"""Hold and resume: an agent's leg is taken from the customer's, and joined with it again (C2)."""

from __future__ import annotations

from dataclasses import replace

from fs_control.centre.step import Step
from fs_control.events import LegParked


def leg_parked(step: Step, event: LegParked) -> None:
    """A leg of ours is with nobody now."""
    live = step.live_on(event.leg)
    if live is not None:
        talk = replace(live.call.talk, parked=live.call.talk.parked | {event.leg})
        step.keep_call(live, replace(live.call, talk=talk))
