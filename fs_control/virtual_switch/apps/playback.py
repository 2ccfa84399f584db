"""Playing prompts: the application `playback`, and the loop that others use.

Owns switch_ivr_play_file as far as a controller can see it: PLAYBACK_START and _STOP, what cuts a prompt short, and the
responses FILE PLAYED, FILE NOT FOUND and PLAYBACK ERROR. Easy to break: time spent on an order that is carried out
inside a prompt does not count as playing; the prompt goes on afterwards where it was.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Final

from fs_control.virtual_switch.audio import Length, prompt_length
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.sentence import Sentence
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.timing import FRAME_US

SAMPLES_PER_MS = 8
READ_AHEAD_MS = 4096
"""How much of a prompt is read at once, at most: a buffer of 64 KiB (trace caller-hangs-up-in-playback)."""
ALL_DIGITS = "1234567890*#"


class Played(Enum):
    """How a prompt ended."""

    DONE = "done"
    BROKEN_OFF = "broken off"
    """By a key or by uuid_break."""
    NOT_FOUND = "not found"
    TIMED_OUT = "timed out"
    """By the variable playback_timeout_sec."""
    FAILED = "failed"
    """The channel was hung up or moved on while it played (trace queue-uuid-bridge)."""


RESPONSES: Final = {
    Played.DONE: "FILE PLAYED",
    Played.BROKEN_OFF: "FILE PLAYED",
    Played.NOT_FOUND: "FILE NOT FOUND",
    Played.TIMED_OUT: "PLAYBACK ERROR",
    Played.FAILED: "PLAYBACK ERROR",
}


def playback(session: Session, argument: str | None) -> None:
    """Play a prompt; keys in playback_terminators (`*` unless set) end it."""
    session.channel.variables.set("playback_terminator_used", None)

    def ends(key: str) -> bool:
        found = key in terminators(session)
        if found:
            session.channel.variables.set("playback_terminator_used", key)
        return found

    session.respond(RESPONSES[play(session, argument or "", ends)])


def terminators(session: Session) -> str:
    """The keys that end what plays or is recorded."""
    text = session.channel.variables.get("playback_terminators") or "*"
    return {"any": ALL_DIGITS, "none": ""}.get(text.lower(), text)


def play(session: Session, name: str, on_key: Callable[[str], bool] | None) -> Played:
    """Play one prompt; `on_key` is given each key and says whether it ends the prompt (None: keys stay queued)."""
    channel = session.channel
    if not name or not channel.media_ready or not channel.ready:
        return Played.FAILED
    prefix = channel.variables.get("sound_prefix")
    folder = Path(prefix) if prefix else session.core.sound_folder
    length, sentence = prompt_length(name, folder), Sentence(session.core.bus, name, folder)
    sentence.begin()
    if length is None:
        return Played.NOT_FOUND
    headers = _headers(name, folder)
    # Opening a file looks at what SIP has brought (trace sentence: the caller's ACK).
    session.take_signals()
    channel.fire("PLAYBACK_START", headers)
    if session.peer is not None:
        session.peer.hears(name, begins=True)
    result, played_us = _run(session, length, sentence, on_key)
    channel.played_us += played_us
    _note_position(session, length, played_us)
    if session.peer is not None:
        session.peer.hears(name, begins=False)
    status = "break" if result is Played.BROKEN_OFF else "done"
    channel.fire("PLAYBACK_STOP", [*headers, ("Playback-Status", status)])
    return result


def _run(
    session: Session, length: Length, sentence: Sentence, on_key: Callable[[str], bool] | None
) -> tuple[Played, int]:
    channel, timing = session.channel, session.core.timing
    left, ending = _limit(session, length)
    played = 0
    while True:
        if not channel.ready:
            return Played.FAILED, played
        if channel.flags.break_requested:
            channel.flags.break_requested = False
            return Played.BROKEN_OFF, played
        session.serve_orders()
        key = channel.take_digit() if on_key is not None else None
        if key is not None and on_key is not None and on_key(key):
            return Played.BROKEN_OFF, played
        if on_key is not None and channel.digits:
            session.look_again()
        if left is not None and played >= left - FRAME_US // 2:
            return ending, max(played, left)
        began = timing.now_us()
        until = min(math.inf if left is None else left, sentence.next_change_us) - played
        channel.plays_since = began - played
        session.next_frame(None if math.isinf(until) else began + math.ceil(until))
        channel.plays_since = None
        played += timing.now_us() - began
        sentence.advance(played)


def _limit(session: Session, length: Length) -> tuple[int | None, Played]:
    """How long to play at most, in microseconds, and what it means when that has passed (switch_ivr_play_file)."""
    whole = None if length.endless else round(length.total_ms * 1000)
    variables = session.channel.variables
    text = variables.get("playback_timeout_sec") or ""
    seconds = int(text) if text.isdecimal() and len(text) < 10 else 0
    limit = seconds * MICROSECONDS
    if seconds < 2 or (whole is not None and whole <= limit):
        return whole, Played.DONE
    return limit, Played.DONE if variables.is_true("playback_timeout_as_success") else Played.TIMED_OUT


def _note_position(session: Session, length: Length, played_us: int) -> None:
    variables = session.channel.variables
    block = min(length.block_ms, READ_AHEAD_MS)
    made = block * max(1, math.ceil(played_us / 1000 / block)) if block else 0
    if not length.endless:
        made = min(made, math.ceil(length.total_ms))
    variables.set("playback_last_offset_pos", str(played_us * SAMPLES_PER_MS // 1000))
    variables.set("playback_seconds", str(made // 1000))
    variables.set("playback_ms", str(made))
    variables.set("playback_samples", str(made * SAMPLES_PER_MS))


def _headers(name: str, folder: Path | None) -> list[tuple[str, str]]:
    """A stream is named as it was ordered, a file by its whole path."""
    scheme, is_stream, _ = name.partition("://")
    kind = [("Playback-File-Type", scheme)] if scheme in ("local_stream", "tone_stream") else []
    path = name if is_stream or folder is None else str(folder / name)
    return [*kind, ("Playback-File-Path", path)]
