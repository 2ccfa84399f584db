"""The applications that a dialplan or a controller can run on a channel; all of them are in this one table.

An application takes the session and its expanded argument, runs in the session's greenlet, and returns when it is done.
What is not in the table hangs the call up with DESTINATION_OUT_OF_ORDER, as in FreeSWITCH. Easy to break:
`needs_media` decides whether an unanswered caller is pre-answered first (SAF_SUPPORT_NOMEDIA in mod_dptools.c).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fs_control.virtual_switch.apps import (
    basic,
    bind_digit_action,
    bridge,
    conference,
    digits,
    eavesdrop,
    intercept,
    playback,
    record,
    socket,
    variables,
)
from fs_control.virtual_switch.sessions import Session


@dataclass(frozen=True, slots=True)
class Application:
    """One application."""

    run: Callable[[Session, str | None], None]
    needs_media: bool = False


APPLICATIONS: dict[str, Application] = {
    "answer": Application(basic.answer),
    "bind_digit_action": Application(bind_digit_action.bind_digit_action),
    "bridge": Application(bridge.bridge_to),
    "conference": Application(conference.conference, needs_media=True),
    "eavesdrop": Application(eavesdrop.eavesdrop, needs_media=True),
    "export": Application(variables.export),
    "hangup": Application(basic.hang_up),
    "intercept": Application(intercept.intercept),
    "log": Application(basic.do_nothing),
    "multiset": Application(variables.multiset),
    "park": Application(basic.park_here),
    "play_and_get_digits": Application(digits.play_and_get_digits, needs_media=True),
    "playback": Application(playback.playback, needs_media=True),
    "pre_answer": Application(basic.pre_answer),
    "record": Application(record.record, needs_media=True),
    "record_session": Application(record.record_session, needs_media=True),
    "ring_ready": Application(basic.ring_ready),
    "say": Application(basic.do_nothing, needs_media=True),
    "set": Application(variables.set_variable),
    "sleep": Application(basic.sleep),
    "socket": Application(socket.socket),
    "stop_record_session": Application(record.stop_record_session),
    "three_way": Application(eavesdrop.eavesdrop, needs_media=True),
    "transfer": Application(basic.transfer_here),
    "unset": Application(variables.unset),
}
