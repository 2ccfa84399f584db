"""The prompts that come with fs_control, their paths, and the length of any prompt.

A prompt's file is `<folder>/<language>/<name>.wav`, 8 kHz, mono, 16 bit; the shipped ones lie in the folder of this
module's name and each exists in every language of `LANGUAGES`; what is played is their copy in the `library`. Must not
know flows or calls. Easy to break: a name comes from an admin's YAML and becomes part of a path and of a switch
command, so only `prompt_path` joins them.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import yaml

from fs_control.errors import UserMistake

LANGUAGES: Final = ("en", "zh")
PART: Final = "part-"
"""How the names of those begin of which sentences are put together; by itself each says nothing."""
SAID: Final = "say-"
"""How the names of sentences begin that a synthesiser reads (`flow.literal_name`)."""
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")


def prompts_folder() -> Path:
    """Return the folder of the shipped prompts, as this machine sees it."""
    return Path(str(files("fs_control.media"))) / "prompts"


def hold_music_path() -> Path:
    """Return the shipped hold music, a WAV file whose end joins its beginning."""
    return Path(str(files("fs_control.media"))) / "music" / "hold.wav"


def prompt_names() -> frozenset[str]:
    """Return the names of the shipped prompts: those that are there in every language, and are no mere parts of one."""
    folder = prompts_folder()
    spoken = [{path.stem for path in (folder / language).glob("*.wav")} for language in LANGUAGES]
    return frozenset(name for name in set.intersection(*spoken) if not name.startswith(PART))


def shipped_words() -> Mapping[str, Mapping[str, str]]:
    """Return what the shipped prompts and parts say: name -> language -> words."""
    words: dict[str, dict[str, str]] = yaml.safe_load((prompts_folder() / "sentences.yaml").read_text(encoding="utf-8"))
    return words


def is_shipped(name: str, language: str) -> bool:
    """Whether a prompt of this name comes with fs_control."""
    return prompt_path(prompts_folder(), name, language).is_file()


def check_own_name(name: str) -> None:
    """Refuse a name that an operator's recording may not have; a part may be recorded anew, in another voice.

    Raises UserMistake `prompt_name_bad`, `prompt_name_reserved`.
    """
    is_part = name.startswith(PART)
    if name.startswith(SAID) or (is_part and not any(is_shipped(name, language) for language in LANGUAGES)):
        raise UserMistake("prompt_name_reserved", name=name)
    if not is_prompt_name(name):
        raise UserMistake("prompt_name_bad", name=name)


def is_prompt_name(name: str) -> bool:
    """Whether a prompt may have this name."""
    return _NAME.fullmatch(name) is not None


def prompt_path(folder: Path, prompt: str, language: str) -> Path:
    """Return where `folder` holds a prompt in a language (`zh`, `en`); whether it is there is not looked up.

    Raises `UserMistake` for a name that is not lower-case letters, digits and single dashes, so that no name leads out
    of the folder or ends a command.
    """
    if not is_prompt_name(prompt):
        raise UserMistake("prompt_name_bad", name=prompt)
    if not _LANGUAGE.fullmatch(language):
        raise UserMistake("prompt_language_bad", language=language)
    return folder / language / f"{prompt}.wav"


def seconds_of(path: Path) -> float:
    """Return the length of a WAV file in seconds; `UserMistake` says that it is missing or no PCM WAV file."""
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except OSError as error:
        raise UserMistake("prompt_missing", path=str(path)) from error
    except (wave.Error, EOFError) as error:
        raise UserMistake("prompt_not_wav", path=str(path)) from error
