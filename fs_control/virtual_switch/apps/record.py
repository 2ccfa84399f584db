"""Recording: the applications record, record_session and stop_record_session.

Owns their arguments. `record` keeps the caller until a terminator, the limit or the hang-up; record_session runs beside
the call (see `recording`). Traces record-call and message. Easy to break: only sound that comes is recorded, so a
caller who says nothing leaves a file of length 0, however long it takes; keys that are left behind it are gone.
"""

from __future__ import annotations

from fs_control.virtual_switch.apps.playback import terminators
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.recording import recorded, start_recording, stop_recording, write_speech
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.timing import FRAME_US


def record_session(session: Session, argument: str | None) -> None:
    """`PATH [+SECONDS]`: record this call from now on; it takes a frame until the file is open."""
    words = (argument or "").split(" ")
    limit = words[1][1:] if len(words) > 1 and words[1].startswith("+") else ""
    if words[0]:
        start_recording(session, words[0], int(limit) if limit.isdecimal() and len(limit) < 7 else 0)
        session.skip_frames(1)


def stop_record_session(session: Session, argument: str | None) -> None:
    """`PATH` or `all`."""
    stop_recording(session, argument or "")


def record(session: Session, argument: str | None) -> None:
    """`PATH [SECONDS [THRESHOLD [SILENCE]]]`: record until a terminator, the limit, silence, a break or the hang-up."""
    words = (argument or "").split()
    if not words:
        return
    channel, timing = session.channel, session.core.timing
    limit, silence = _seconds(words, 1), _seconds(words, 3) if _seconds(words, 2) else 0
    channel.variables.set("playback_terminator_used", None)
    channel.variables.set("silence_hits_exhausted", "false")
    channel.use_read_codec("L16")
    channel.fire("RECORD_START", [("Record-File-Path", words[0])])
    began, heard = timing.now_us(), channel.heard_us
    _until_ended(session, began + limit * MICROSECONDS if limit else None, silence * MICROSECONDS)
    # While it records the caller is sent silence.
    channel.played_us += timing.now_us() - began
    length_ms = (channel.heard_us - heard) // 1000
    size = str(write_speech(words[0], length_ms))
    channel.variables.update([("record_record_file_size", size), ("record_file_size", size)])
    samples, whole, milliseconds = recorded(length_ms)
    channel.variables.update([whole, milliseconds, samples])
    channel.fire("RECORD_STOP", [("Record-File-Path", words[0])])
    channel.use_read_codec("PCMU")
    channel.digits.clear()
    if not channel.ready:
        channel.hang_up("DESTINATION_OUT_OF_ORDER")


def _seconds(words: list[str], place: int) -> int:
    text = words[place].lstrip("+") if len(words) > place else ""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _until_ended(session: Session, end: int | None, silence_us: int) -> None:
    channel, timing = session.channel, session.core.timing
    began = timing.now_us()
    while channel.ready and not channel.flags.break_requested:
        session.serve_orders()
        key = channel.take_digit()
        if key is not None and key in terminators(session):
            channel.variables.set("playback_terminator_used", key)
            return
        if channel.digits:
            session.look_again()
        if end is not None and timing.now_us() >= end:
            return
        silent_at = _silent_at(session, began, silence_us)
        if silent_at is not None and timing.now_us() >= silent_at:
            channel.variables.set("silence_hits_exhausted", "true")
            return
        session.next_frame(min((each for each in (end, silent_at) if each is not None), default=None))
    channel.flags.break_requested = False


def _silent_at(session: Session, began: int, silence_us: int) -> int | None:
    """When it has been silent for long enough, counted in frames of which the first comes at once."""
    channel = session.channel
    if not silence_us or channel.speaks_since is not None:
        return None
    return max(began, channel.silent_since) + silence_us - FRAME_US
