"""Playing something into a call from outside: `uuid_broadcast`, and the music of a hold.

Owns switch_ivr_broadcast: the application is ordered on the leg, event-locked, and starts after ten frames, since it
waits for sound from the phone and nobody sends any (traces hold-resume, phone-hold-reinvite). Easy to break: what is
played ends early with `stop_broadcast`, which also forgets its loops.
"""

from __future__ import annotations

from typing import Final

from fs_control.virtual_switch.causes import NORMAL_CLEARING
from fs_control.virtual_switch.sessions import Order, Session

LEAD_FRAMES: Final = 10
"""It waits for 5 frames of sound, at most 10 frames."""
FOR_EVER: Final = -1


def broadcast(session: Session, path: str, loops: int = 1) -> None:
    """Order a prompt, or `application::argument`; `application!CAUSE::...` hangs up afterwards."""
    application, separator, argument = path.partition("::")
    if not separator:
        application, argument = "playback", path
    application, ends, cause = application.partition("!")
    session.order(Order(application, argument or None, loops=loops, lock=True, lead_frames=LEAD_FRAMES))
    if ends:
        session.order(Order("hangup", cause or NORMAL_CLEARING, lock=True))
