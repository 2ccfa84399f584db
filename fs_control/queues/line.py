"""What a caller in line remembers of the agents, and the rule that uses that memory.

Whom a caller was declined by is kept with the caller, never with the agent: rejecting one caller says nothing about
the next one.
"""

from __future__ import annotations

from typing import Final

from fs_control.ids import Micros, seconds

ASK_DECLINER_AGAIN_AFTER: Final = seconds(60)
"""One who declined a caller is asked again only after this, and only if nobody else is signed in (C1)."""


def may_be_offered(declined_at: Micros | None, others_signed_in: bool, now: Micros) -> bool:
    """Tell whether a caller may be offered to an agent who declined this caller at `declined_at` (C1).

    `others_signed_in` says whether the group has another signed-in member, busy or not.
    """
    if declined_at is None:
        return True
    return not others_signed_in and now >= declined_at + ASK_DECLINER_AGAIN_AFTER
