"""Recording: the applications record, record_session and stop_record_session.

Owns their arguments. `record` keeps the caller until a terminator, the limit or the hang-up; record_session runs beside
the call (see `recording`). Trace record-call. Easy to break: callers in the box send no sound, so `record` hears no
silence either, and what it records has length 0.
"""

from __future__ import annotations

from fs_control.virtual_switch.apps.playback import terminators
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.recording import HEADER_BYTES, recorded, start_recording, stop_recording, write_silence
from fs_control.virtual_switch.sessions import Session


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
    """`PATH [SECONDS [THRESHOLD [SILENCE]]]`: record until a terminator, the limit, a break or the hang-up."""
    words = (argument or "").split()
    if not words:
        return
    channel, timing = session.channel, session.core.timing
    limit = words[1].lstrip("+") if len(words) > 1 else ""
    seconds = int(limit) if limit.isdecimal() and len(limit) < 7 else 0
    end = timing.now_us() + seconds * MICROSECONDS if seconds else None
    channel.variables.set("playback_terminator_used", None)
    channel.variables.set("silence_hits_exhausted", "false")
    channel.use_read_codec("L16")
    channel.fire("RECORD_START", [("Record-File-Path", words[0])])
    began = timing.now_us()
    _until_ended(session, end)
    # While it records the caller is sent silence.
    channel.played_us += timing.now_us() - began
    size = str(write_silence(words[0], 0))
    channel.variables.update([("record_record_file_size", size), ("record_file_size", str(HEADER_BYTES))])
    samples, whole, milliseconds = recorded(0)
    channel.variables.update([whole, milliseconds, samples])
    channel.fire("RECORD_STOP", [("Record-File-Path", words[0])])
    channel.use_read_codec("PCMU")
    if not channel.ready:
        channel.hang_up("DESTINATION_OUT_OF_ORDER")


def _until_ended(session: Session, end: int | None) -> None:
    channel = session.channel
    while channel.ready and not channel.flags.break_requested:
        session.serve_orders()
        key = channel.take_digit()
        if key is not None and key in terminators(session):
            channel.variables.set("playback_terminator_used", key)
            return
        if channel.digits:
            session.look_again()
        if end is not None and session.core.timing.now_us() >= end:
            return
        session.next_frame(end)
    channel.flags.break_requested = False
