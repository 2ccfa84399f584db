"""Recording a call beside what it does: `record_session`, `stop_record_session`, `uuid_record`.

Owns the recordings of a session by their path, RECORD_START and RECORD_STOP with their variables, and their end with
the call (trace record-call). Nobody says a word in the box: where the folder exists a silent WAV file of the right
length is written, as a sparse file, and a tone where a caller was to speak; where it cannot be written the call goes
on. Easy to break: `all` stops every recording, and a path that is not recorded is an error.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import pi, sin
from pathlib import Path
from typing import Final

from fs_control.virtual_switch.bus import Header
from fs_control.virtual_switch.event_names import SESSION_RECORD_SITE, SESSION_RECORDED_SITE
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.timing import Timer

RATE: Final = 8000
SAMPLE_BYTES: Final = 2
HEADER_BYTES: Final = 44
VOICE_HZ: Final = 300
VOICE: Final = 8000


@dataclass(slots=True)
class Recording:
    """One recording that runs."""

    path: str
    begun_us: int
    limit: Timer | None = None


def start_recording(session: Session, path: str, limit_seconds: int = 0) -> bool:
    """Begin to record into a file; False when the call has no sound or the file is recorded already."""
    channel = session.channel
    if path in session.recordings or not channel.media_ready or channel.down:
        return False
    recording = Recording(path, session.core.timing.now_us())
    session.recordings[path] = recording
    channel.fire("RECORD_START", [("Record-File-Path", path)], site=SESSION_RECORD_SITE)
    channel.fire("MEDIA_BUG_START", before=_bug(path))
    if limit_seconds > 0:
        recording.limit = session.core.timing.call_later(limit_seconds, _end_at_limit, session, path)
    return True


def _end_at_limit(session: Session, path: str) -> None:
    stop_recording(session, path)


def stop_recording(session: Session, path: str) -> bool:
    """End a recording, or with `all` every one; False when there is none."""
    paths = list(session.recordings) if path == "all" else [path] if path in session.recordings else []
    for each in paths:
        _finish(session, session.recordings.pop(each))
    return bool(paths)


def _finish(session: Session, recording: Recording) -> None:
    channel = session.channel
    if recording.limit is not None:
        recording.limit.cancel()
    milliseconds = (session.core.timing.now_us() - recording.begun_us) // 1000
    tracks = 2 if channel.variables.is_true("RECORD_STEREO") else 1
    size = write_silence(recording.path, milliseconds, tracks)
    cause = "no-input-timeout" if channel.down else "success-maxtime"
    channel.variables.update(
        [
            ("record_file_size", str(size)),
            *recorded(milliseconds),
            ("record_completion_cause", cause),
        ]
    )
    headers = [("Record-File-Path", recording.path), ("Record-Completion-Cause", cause)]
    channel.fire("RECORD_STOP", headers, site=SESSION_RECORDED_SITE)
    channel.fire("MEDIA_BUG_STOP", before=_bug(recording.path))


def _bug(path: str) -> tuple[Header, Header]:
    return ("Media-Bug-Function", "session_record"), ("Media-Bug-Target", path)


def recorded(milliseconds: int) -> list[tuple[str, str]]:
    """The variables that tell how much was recorded."""
    return [
        ("record_samples", str(milliseconds * RATE // 1000)),
        ("record_seconds", str(milliseconds // 1000)),
        ("record_ms", str(milliseconds)),
    ]


def write_speech(path: str, milliseconds: int) -> int:
    """Write a WAV file of somebody who spoke for so long, as a tone; the size that it has or would have."""
    size = HEADER_BYTES + milliseconds * RATE // 1000 * SAMPLE_BYTES
    second = struct.pack(f"<{RATE}h", *(round(VOICE * sin(2 * pi * VOICE_HZ * each / RATE)) for each in range(RATE)))
    sound = (second * (milliseconds // 1000 + 1))[: size - HEADER_BYTES]
    try:
        Path(path).write_bytes(_header(size, 1) + sound)
    except (OSError, ValueError):
        # As with silence: the caller does not notice.
        return size
    return size


def write_silence(path: str, milliseconds: int, tracks: int = 1) -> int:
    """Write a silent WAV file without using disk for the silence; the size that it has or would have."""
    size = HEADER_BYTES + milliseconds * RATE // 1000 * SAMPLE_BYTES * tracks
    try:
        with Path(path).open("wb") as opened:
            opened.write(_header(size, tracks))
            opened.truncate(size)
    except (OSError, ValueError):
        # No such folder: for the caller nothing changes, as there is no sound to be missed.
        return size
    return size


def _header(size: int, tracks: int) -> bytes:
    """The head of a WAV file of 16 bit samples that is so long in all."""
    frame = SAMPLE_BYTES * tracks
    form = struct.pack("<4sI4s", b"RIFF", size - 8, b"WAVE")
    sound = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, tracks, RATE, RATE * frame, frame, SAMPLE_BYTES * 8)
    return form + sound + struct.pack("<4sI", b"data", size - HEADER_BYTES)
