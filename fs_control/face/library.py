"""The library of prompts of this installation, opened for one command or one run: complete, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fs_control.errors import UserMistake
from fs_control.face.options import load_settings
from fs_control.face.words import remark
from fs_control.settings import Settings

if TYPE_CHECKING:
    from fs_control.activating import Voice
    from fs_control.media.library import Library


def open_voice(settings: Settings) -> Voice:
    """Return what flows name and say before they become active."""
    from fs_control.activating import Voice

    return Voice(open_library(settings), settings.speech)


def voice_of_start(settings: Settings) -> Voice:
    """Return the same for a start: a library that cannot be written is told, taken as it lies, and stops nobody."""
    from fs_control.activating import Voice
    from fs_control.media.library import Library, library_folder

    try:
        return open_voice(settings)
    except UserMistake as fault:
        remark(fault.code, **fault.values)
    return Voice(Library(library_folder(settings)), settings.speech)


def known_prompts() -> frozenset[str]:
    """Return the names of the prompts that there are in any language: shipped ones and the operator's."""
    from fs_control.media.library import Library, library_folder
    from fs_control.media.prompts import prompt_names

    return prompt_names().union(*Library(library_folder(load_settings())).names().values())


def open_library(settings: Settings) -> Library:
    """Return the library with every shipped prompt in it; UserMistake where its folder cannot be written.

    The folders above it are made so that a switch with a user of its own may pass.
    """
    from fs_control.media.library import Library, library_folder
    from fs_control.store.folders import make_folders

    folder = library_folder(settings)
    try:
        make_folders(folder.parent)
    except OSError as error:
        raise UserMistake("library_not_written", folder=str(folder), reason=error.strerror) from error
    library = Library(folder)
    library.complete()
    return library
