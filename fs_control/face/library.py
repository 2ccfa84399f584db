"""The library of prompts of this installation, opened for one command or one run: complete, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fs_control.errors import UserMistake
from fs_control.face.options import load_settings
from fs_control.settings import Settings

if TYPE_CHECKING:
    from fs_control.activating import Voice
    from fs_control.media.library import Library


def open_voice(settings: Settings) -> Voice:
    """Return what flows name and say before they become active."""
    from fs_control.activating import Voice

    return Voice(open_library(settings), settings.speech)


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
