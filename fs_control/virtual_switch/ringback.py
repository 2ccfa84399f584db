"""What a caller hears while somebody is rung for them: `transfer_ringback`, or `ringback` before the answer.

Owns the ringback of switch_ivr_originate: which variable it comes from, when it begins and when it ends. FreeSWITCH
fires no event for it, so that only the caller at the other end knows, and who looks at the codec in which the caller's
sound is read meanwhile (trace keys-told-while-ringing). Easy to break: it begins with the first 180 or
183 unless `instant_ringback` says otherwise, and a caller who was not answered yet gets a 183 first (setup_ringback).
"""

from __future__ import annotations

from pathlib import Path

from fs_control.virtual_switch.audio import prompt_length
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.timing import FRAME_US


class Ringback:
    """The ringback of one dialling, over all its rounds."""

    def __init__(self, caller: Session | None, *, instant: bool) -> None:
        """Read from the caller's channel what there is to hear; `instant`: before anything rings."""
        self._caller = caller
        self._sound = "" if caller is None else _chosen(caller)
        self._from_now_on = instant
        self._since: int | None = None
        """When it began (virtual microseconds), while it sounds."""

    def look(self, *, rings: bool, early_media: bool) -> None:
        """Begin if it is time: something rings, or has rung in this round or an earlier one, or sends early media."""
        self._from_now_on = self._from_now_on or rings
        if self._caller is None or not self._sound or self._since is not None:
            return
        if self._from_now_on or early_media:
            self._begin(self._caller)

    def _begin(self, caller: Session) -> None:
        caller.core.sip.pre_answer(caller)
        caller.channel.use_read_codec("L16")
        if not _is_there(caller, self._sound):
            self._sound = ""
            return
        self._since = caller.core.timing.now_us()
        if caller.peer is not None:
            caller.peer.hears(self._sound, begins=True)

    def stop(self) -> None:
        """Nobody is waited for any more in this round."""
        caller, since = self._caller, self._since
        if caller is not None and caller.channel.read_codec == "L16":
            caller.channel.use_read_codec("PCMU")
        if caller is None or since is None:
            return
        self._since = None
        # The frame in which it was opened is over before any sound is sent (trace ring-all-declined).
        caller.channel.played_us += max(0, caller.core.timing.now_us() - since - FRAME_US)
        if caller.peer is not None:
            caller.peer.hears(self._sound, begins=False)


def _chosen(caller: Session) -> str:
    variables = caller.channel.variables
    transferred = variables.get("transfer_ringback") if caller.channel.answered else None
    return transferred or variables.get("ringback") or ""


def _is_there(caller: Session, sound: str) -> bool:
    """Whether there is anything to hear: a file that is there, or a tone; `silence` is none (switch_is_file_path)."""
    if sound.startswith("/") or "://" in sound:
        folder = caller.channel.variables.get("sound_prefix")
        return prompt_length(sound, Path(folder) if folder else caller.core.sound_folder) is not None
    return not sound.lower().startswith("silence")
