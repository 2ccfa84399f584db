"""The error tree, sorted by what must happen next and not by who raised.

FsControlError
|-- UserMistake       refuse the request and explain; nothing was changed
|-- RemoteFault       the other side broke its word: retry, or drop the call or the link
|   |-- CallGone      the leg a command was meant for no longer exists
|   |-- SwitchRefused the switch answered with -ERR
|   `-- NoReply       the deadline passed without an answer
`-- BrokenInvariant   our own rule does not hold: end the owner of the broken thing, never the process

An error carries a code and values, never a sentence: people's sentences live in `fs_control.texts`.
"""

from __future__ import annotations

from collections.abc import Mapping


class FsControlError(Exception):
    """Base of every error of ours: a `code` (a key of `texts`) and the `values` its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values: Mapping[str, object] = values
        super().__init__(code, values)

    def __str__(self) -> str:
        details = " ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code} {details}".rstrip()


class UserMistake(FsControlError):
    """Somebody asked for what cannot be done: refuse, say why, change nothing."""


class RemoteFault(FsControlError):
    """The peer (switch, database, stranger on a port) did what it must not do."""


class CallGone(RemoteFault):
    """The command's leg has ended; a hang-up is never a surprise, so this is no alarm."""


class SwitchRefused(RemoteFault):
    """The switch answered the command with -ERR; `values['reply']` holds its words."""


class NoReply(RemoteFault):
    """No answer came before the deadline; whether the switch acted is not known."""


class BrokenInvariant(FsControlError):
    """A rule of our own does not hold: a defect of this program."""
