"""What there is to ask a switch about: the modules that we need, the files that callers hear.

Looks up the shipped prompts and asks nobody, so that what is asked and what is judged come from one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from fs_control.face.doctor.facts import NeededPrompt
from fs_control.media.prompts import LANGUAGES, prompt_names, prompt_path, prompts_folder
from fs_control.settings import SwitchSettings

MODULES: Final = (
    "mod_event_socket",
    "mod_commands",
    "mod_dptools",
    "mod_dialplan_xml",
    "mod_sndfile",
    "mod_tone_stream",
    "mod_sofia",
)
"""What every call needs; silence_stream is mod_tone_stream's."""

LOCAL_STREAM: Final = "local_stream"

DIRECTORY_MODULE: Final = "mod_xml_curl"
"""Asks us for phones; a switch without it goes by its files."""

CDR_MODULE: Final = "mod_json_cdr"
"""Leaves a file of each leg that is over; without it nobody knows how a leg ended that ended while we were away."""

CODEC_MODULES: Final = {"OPUS": "mod_opus", "G722": "mod_spandsp"}
"""Codecs that a profile may name and that FreeSWITCH leaves out without their module; PCMA and PCMU are its own."""


def needed_modules(switch: SwitchSettings) -> tuple[str, ...]:
    """Return the modules without which calls fail."""
    streams = hold_music(switch).startswith(f"{LOCAL_STREAM}://")
    return (*MODULES, f"mod_{LOCAL_STREAM}") if streams else MODULES


def media_folder(switch: SwitchSettings) -> str:
    """Return the folder of `prompts/` and `music/` as the switch sees it."""
    return switch.media or str(prompts_folder().parent)


def prompt_files(folder: str, needed: Iterable[NeededPrompt] = ()) -> tuple[str, ...]:
    """Return every shipped prompt and every one that flows need, as a switch sees it for whom this is their folder."""
    shipped = (NeededPrompt(language, name) for language in LANGUAGES for name in sorted(prompt_names()))
    every = dict.fromkeys((*shipped, *needed))
    return tuple(str(prompt_path(Path(folder), prompt.name, prompt.language)) for prompt in every)


def hold_music(switch: SwitchSettings) -> str:
    """Return what waiting callers hear, as FreeSWITCH names it."""
    return switch.hold_music or f"{media_folder(switch)}/music/hold.wav"


def is_stream(name: str) -> bool:
    """Whether FreeSWITCH takes a name for something else than a file."""
    return "://" in name
