"""Who gives an order, and whether they mean it.

Easy to break: a script has nobody who could answer, so a question to which nobody answers is a refusal that names the
option, never a yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fs_control.errors import UserMistake
from fs_control.face.words import words

if TYPE_CHECKING:
    from fs_control.store.undo_steps import Author


def author() -> Author:
    """Return this person at this moment."""
    from getpass import getuser

    from fs_control.runtime.clock import WallClock
    from fs_control.store.undo_steps import Author

    return Author(getuser(), WallClock().now())


def be_sure(yes: bool, code: str, **values: object) -> None:
    """Ask the question of this code unless `yes` was given; UserMistake where the answer is no, or none."""
    if yes:
        return
    try:
        agreed = click.confirm(words(code, **values), err=True)
    except click.Abort:
        raise UserMistake("not_confirmed") from None
    if not agreed:
        raise UserMistake("left_alone")
