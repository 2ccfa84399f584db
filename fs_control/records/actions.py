"""Vocabulary: what an agent can do, at a phone, by the command line, by the API, or by a plan.

Commands and the API's addresses say it with hyphens; whether it is possible at a moment is for `agents.actions`.
"""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One thing that an agent, or somebody for them, may want."""

    SIGN_IN = "sign_in"
    """Be there for calls, on a terminal; from elsewhere it moves there (A3)."""
    SIGN_OUT = "sign_out"
    READY = "ready"
    """Take calls: ends a break, and a wrap-up at once (A8)."""
    BREAK = "break"
    """Take no calls (A7)."""
    BREAK_AFTER_CALL = "break_after_call"
    """Take no more calls when this one is over."""
    STAY = "stay"
    """Take back a break that was to begin after the call."""
    DIAL = "dial"
    """Call somebody outside (O1)."""
    HANG_UP = "hang_up"
    HOLD = "hold"
    """Let the customer hear music, and nothing of the agent (C2)."""
    RESUME = "resume"
    MUTE = "mute"
    """Let the customer hear nothing of the agent, who hears the customer (C5)."""
    UNMUTE = "unmute"
    TRANSFER = "transfer"
    """Hand the customer to somebody else without a word; the agent's own call ends (C3)."""
    CONSULT = "consult"
    """Speak with a colleague while the customer hears music (C4)."""
    COMPLETE = "complete"
    """Leave the customer to the colleague who was asked."""
    CANCEL = "cancel"
    """Go back to the customer without the colleague."""
    SWAP = "swap"
    """Speak with the other one of the two: customer or colleague."""
    JOIN = "join"
    """Let all three speak with one another (C4)."""
