"""Vocabulary: on what an agent can be rung (A14), and what an agent may do with it (A18).

A terminal is a kind and a code: a SIP number that registers with us, or an ordinary telephone number. Must not know who
is signed in where. Easy to break: an app is a SIP number too, only carried about, so all kinds but `PHONE` register.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TerminalKind(StrEnum):
    """What rings for an agent."""

    SIP = "sip"
    """A desk phone; its code is the SIP number under which it registers."""
    SOFTPHONE = "softphone"
    """A program on a computer; its code is a SIP number."""
    PHONE = "phone"
    """An ordinary telephone, a mobile or a landline; its code is a number, rung through the gateway."""
    APP = "app"
    """A program on a mobile; its code is a SIP number."""

    @property
    def registers(self) -> bool:
        """Whether the switch is told where it is; an ordinary telephone is somebody else's."""
        return self is not TerminalKind.PHONE


class Right(StrEnum):
    """What an agent may do."""

    CALL = "call"
    """Use a telephone of the centre: sign in, be rung, call colleagues."""
    DIAL = "dial"
    """Dial numbers outside."""
    LEADER = "leader"
    """Listen to the calls of others, and what else leaders do."""


FIRST_RIGHTS: Final = frozenset({Right.CALL})
"""What an agent has of whom nothing else is said: dialling out costs money, so somebody has to allow it."""
